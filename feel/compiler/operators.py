"""Literals, arithmetic and comparison. What conditions are made of, so the common cases are decided when compiling."""

import operator
from collections.abc import Callable
from decimal import Decimal
from typing import Any

from feel import syntax
from feel.arithmetic import OPERATIONS, negate
from feel.comparison import equal, order
from feel.compiler.core import Compiler, compiles
from feel.functions import Code
from feel.numbers import CONTEXT
from feel.scope import Scope
from feel.temporal.reading import parse_temporal
from feel.values import Value

_DECIMAL: dict[str, Callable[[Decimal, Decimal], Decimal]] = {
    "+": CONTEXT.add,
    "-": CONTEXT.subtract,
    "*": CONTEXT.multiply,
}
Compare = Callable[[Any, Any], bool]

_ORDERS: dict[str, Compare] = {
    "<": operator.lt,
    "<=": operator.le,
    ">": operator.gt,
    ">=": operator.ge,
}


def constant(value: Value) -> Code:
    """The closure of a value that is known."""

    def known(_scope: Scope) -> Value:
        return value

    return known


@compiles(syntax.Literal)
def literal(_compiler: Compiler, node: syntax.Literal) -> Code:
    """A number, a text, true, false or null."""
    return constant(node.value)


@compiles(syntax.AtLiteral)
def at_literal(_compiler: Compiler, node: syntax.AtLiteral) -> Code:
    """A temporal value; null if the text is none."""
    return constant(parse_temporal(node.text))


@compiles(syntax.Negate)
def minus(compiler: Compiler, node: syntax.Negate) -> Code:
    """``-operand``"""
    operand = compiler.compile(node.operand)
    return lambda scope: negate(operand(scope))


@compiles(syntax.Arithmetic)
def arithmetic(compiler: Compiler, node: syntax.Arithmetic) -> Code:
    """``left operator right``"""
    left = compiler.compile(node.left)
    right = compiler.compile(node.right)
    general = OPERATIONS[node.operator]
    numeric = _DECIMAL.get(node.operator)

    def calculate(scope: Scope) -> Value:
        one = left(scope)
        other = right(scope)
        if numeric is not None and type(one) is Decimal and type(other) is Decimal:
            try:
                return numeric(one, other)
            except ArithmeticError:
                return None
        return general(scope.run, one, other)

    return calculate


@compiles(syntax.Comparison)
def comparison(compiler: Compiler, node: syntax.Comparison) -> Code:
    """``left operator right``"""
    left = compiler.compile(node.left)
    if node.operator in _ORDERS:
        if isinstance(node.right, syntax.Literal) and isinstance(node.right.value, Decimal):
            return _order_with(left, node.operator, node.right.value)
        return _order(left, node.operator, compiler.compile(node.right))
    if isinstance(node.right, syntax.Literal) and isinstance(node.right.value, Decimal | str):
        return _equality_with(left, node.operator == "=", node.right.value)
    return _equality(left, node.operator == "=", compiler.compile(node.right))


def _order_with(left: Code, sign: str, bound: Decimal) -> Code:
    compare = _ORDERS[sign]

    def ordered(scope: Scope) -> Value:
        value = left(scope)
        return compare(value, bound) if type(value) is Decimal else None

    return ordered


def _order(left: Code, sign: str, right: Code) -> Code:
    compare = _ORDERS[sign]

    def ordered(scope: Scope) -> Value:
        return ordering(compare, left(scope), right(scope))

    return ordered


def ordering(compare: Compare, left: Value, right: Value) -> bool | None:
    """Whether two values stand in an order; None if they have none."""
    result = order(left, right)
    return None if result is None else compare(result, 0)


def _equality_with(left: Code, wanted: bool, known: Decimal | str) -> Code:
    kind = type(known)

    def same(scope: Scope) -> Value:
        value = left(scope)
        if type(value) is kind:
            return (value == known) is wanted
        return not wanted if value is None else None

    return same


def _equality(left: Code, wanted: bool, right: Code) -> Code:
    def same(scope: Scope) -> Value:
        result = equal(scope.run, left(scope), right(scope))
        return None if result is None else result is wanted

    return same


def order_test(sign: str) -> Callable[[Scope, Value, Value], bool | None]:
    """The test ``value sign end`` of a cell."""
    if sign in _ORDERS:
        compare = _ORDERS[sign]
        return lambda _scope, value, end: ordering(compare, value, end)
    wanted = sign == "="

    def same(scope: Scope, value: Value, end: Value) -> bool | None:
        result = equal(scope.run, value, end)
        return None if result is None else result is wanted

    return same

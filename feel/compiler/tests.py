"""Unary tests: the cells of decision tables and what stands behind ``in`` (DMN 1.5, 10.3.2.11)."""

from collections.abc import Callable

from feel import syntax
from feel.comparison import matches
from feel.compiler.core import Compiler, compiles
from feel.compiler.operators import order_test
from feel.functions import Code
from feel.scope import Scope
from feel.values import Value
from feel.walk import uses

Test = Callable[[Scope, Value], bool | None]
"""Whether a value passes, in a scope."""

INPUT = "?"


def compile_test(compiler: Compiler, node: syntax.Node) -> Test:
    """The closure of one test."""
    if isinstance(node, syntax.Anything):
        return lambda _scope, _value: True
    if isinstance(node, syntax.Not):
        return _negation(any_of(compiler, node.tests))
    if isinstance(node, syntax.HalfRange):
        return _half(compiler, node)
    if uses(node, INPUT):
        return _condition(compiler.compile_within({INPUT}, node))
    if isinstance(node, syntax.RangeLiteral):
        return _within(compiler.compile(node))
    return _match(compiler.compile(node))


def any_of(compiler: Compiler, nodes: tuple[syntax.Node, ...]) -> Test:
    """Passes if one of the tests does."""
    tests = [compile_test(compiler, node) for node in nodes]
    if len(tests) == 1:
        return tests[0]

    def either(scope: Scope, value: Value) -> bool | None:
        result: bool | None = False
        for test in tests:
            passed = test(scope, value)
            if passed:
                return True
            result = None if passed is None else result
        return result

    return either


def _negation(test: Test) -> Test:
    def fails(scope: Scope, value: Value) -> bool | None:
        passed = test(scope, value)
        return None if passed is None else not passed

    return fails


def _half(compiler: Compiler, node: syntax.HalfRange) -> Test:
    compare = order_test(node.operator)
    end = compiler.compile_within({INPUT}, node.end)
    return lambda scope, value: compare(scope, value, end(Scope(scope.run, scope, {INPUT: value})))


def _condition(code: Code) -> Test:
    """An expression that asks about the value itself, as in ``? > 5 and ? < 10``."""

    def holds(scope: Scope, value: Value) -> bool | None:
        verdict = code(Scope(scope.run, scope, {INPUT: value}))
        return verdict if isinstance(verdict, bool) else None

    return holds


def _match(code: Code) -> Test:
    def match(scope: Scope, value: Value) -> bool | None:
        return matches(scope.run, value, code(scope))

    return match


def _within(code: Code) -> Test:
    """A range. One that is none, as ``[5..1]``, holds nothing; a missing value does not "equal" it."""

    def within(scope: Scope, value: Value) -> bool | None:
        range_ = code(scope)
        if range_ is None:
            return None if value is None else False
        return matches(scope.run, value, range_)

    return within


@compiles(syntax.In)
def inclusion(compiler: Compiler, node: syntax.In) -> Code:
    """``value in tests``"""
    value = compiler.compile(node.value)
    test = any_of(compiler, node.tests)
    return lambda scope: test(scope, value(scope))


@compiles(syntax.Not)
@compiles(syntax.Anything)
def only_in_cells(_compiler: Compiler, _node: syntax.Node) -> Code:
    """These stand in cells alone, and the parser sees to it."""
    raise AssertionError

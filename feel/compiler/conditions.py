"""``and``, ``or``, ``if`` and ``between``, in the logic of true, false and unknown (DMN 1.5, tables 48 to 49)."""

import operator

from feel import syntax
from feel.compiler.core import Compiler, compiles
from feel.compiler.operators import ordering
from feel.functions import Code
from feel.scope import Scope
from feel.values import Value


@compiles(syntax.Conjunction)
def conjunction(compiler: Compiler, node: syntax.Conjunction) -> Code:
    """False if any term is false, true if all are true, else unknown."""
    terms = tuple(compiler.compile(term) for term in node.terms)

    def both(scope: Scope) -> Value:
        result: bool | None = True
        for term in terms:
            value = term(scope)
            if value is False:
                return False
            if value is not True:
                result = None
        return result

    return both


@compiles(syntax.Disjunction)
def disjunction(compiler: Compiler, node: syntax.Disjunction) -> Code:
    """True if any term is true, false if all are false, else unknown."""
    terms = tuple(compiler.compile(term) for term in node.terms)

    def either(scope: Scope) -> Value:
        result: bool | None = False
        for term in terms:
            value = term(scope)
            if value is True:
                return True
            if value is not False:
                result = None
        return result

    return either


@compiles(syntax.If)
def branch(compiler: Compiler, node: syntax.If) -> Code:
    """What is not true, unknown included, goes the way of ``else``."""
    condition = compiler.compile(node.condition)
    consequent = compiler.compile(node.consequent)
    alternative = compiler.compile(node.alternative)

    def choose(scope: Scope) -> Value:
        return consequent(scope) if condition(scope) is True else alternative(scope)

    return choose


@compiles(syntax.Between)
def between(compiler: Compiler, node: syntax.Between) -> Code:
    """``value >= low and value <= high``"""
    value = compiler.compile(node.value)
    low = compiler.compile(node.low)
    high = compiler.compile(node.high)

    def within(scope: Scope) -> Value:
        middle = value(scope)
        above = ordering(operator.ge, middle, low(scope))
        below = ordering(operator.le, middle, high(scope))
        return None if above is None or below is None else above and below

    return within

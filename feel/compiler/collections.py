"""Lists, contexts, ranges and filters."""

from decimal import Decimal

from feel import syntax
from feel.comparison import order
from feel.compiler.core import Compiler, compiles
from feel.functions import Code
from feel.scope import Run, Scope
from feel.values import ORDERED, Range, Value
from feel.walk import size_of


@compiles(syntax.ListLiteral)
def list_literal(compiler: Compiler, node: syntax.ListLiteral) -> Code:
    """``[a, b]``"""
    items = tuple(compiler.compile(item) for item in node.items)
    return lambda scope: [item(scope) for item in items]


@compiles(syntax.ContextLiteral)
def context_literal(compiler: Compiler, node: syntax.ContextLiteral) -> Code:
    """``{name: value}``; a name that comes twice makes it null."""
    names = [name for name, _ in node.entries]
    known: set[str] = set()
    entries: list[tuple[str, Code]] = []
    for name, value in node.entries:
        entries.append((name, compiler.compile_within(known, value)))
        known.add(name)
    if len(known) < len(names):
        return lambda scope: None

    def build(scope: Scope) -> Value:
        context: dict[str, Value] = {}
        inner = Scope(scope.run, scope, context)
        for name, value in entries:
            context[name] = value(inner)
        return context

    return build


@compiles(syntax.RangeLiteral)
def range_literal(compiler: Compiler, node: syntax.RangeLiteral) -> Code:
    """``[low..high]``"""
    low = compiler.compile(node.low)
    high = compiler.compile(node.high)
    return lambda scope: make_range(low(scope), high(scope), node.low_included, node.high_included)


def make_range(low: Value, high: Value, low_included: bool, high_included: bool) -> Range | None:
    """A range, or None if its ends have no order or the wrong one. An end may be null: none on that side."""
    if low is None and high is None:
        return None
    for end in (low, high):
        if end is not None and not isinstance(end, ORDERED):
            return None
    if low is not None and high is not None and order(low, high) not in (-1, 0):
        return None
    return Range(low, high, low_included and low is not None, high_included and high is not None)


@compiles(syntax.HalfRange)
def half_range(compiler: Compiler, node: syntax.HalfRange) -> Code:
    """``(< end)`` as a value."""
    end = compiler.compile(node.end)
    included = node.operator in ("<=", ">=")

    def build(scope: Scope) -> Value:
        value = end(scope)
        if node.operator == "=":
            return make_range(value, value, True, True)
        if node.operator == "!=":
            return None
        below = node.operator in ("<", "<=")
        return make_range(None, value, False, included) if below else make_range(value, None, included, False)

    return build


@compiles(syntax.Filter)
def filtered(compiler: Compiler, node: syntax.Filter) -> Code:
    """``target[predicate]``: the items for which it is true or, if it is a number, the item at that place."""
    target = compiler.compile(node.target)
    predicate = compiler.compile_within(None, node.predicate)
    size = size_of(node.predicate)

    def select(scope: Scope) -> Value:
        value = target(scope)
        if value is None:
            return None
        items = value if isinstance(value, list) else [value]
        return _select(scope, items, predicate, size)

    return select


def _select(scope: Scope, items: list[Value], predicate: Code, size: int) -> Value:
    run = scope.run
    if not items:
        return None if isinstance(predicate(Scope(run, scope, {"item": None})), Decimal) else []
    chosen: list[Value] = []
    for item in items:
        run.charge(size)
        verdict = predicate(Scope(run, scope, {"item": item}))
        if verdict is True:
            chosen.append(item)
        elif isinstance(verdict, Decimal):
            return item_at(run, items, verdict)
        elif verdict is not False and verdict is not None:
            return None
    return chosen


def item_at(run: Run, items: list[Value], place: Decimal) -> Value:
    """The item at a place counted from 1, or from -1 at the end; null if there is none."""
    run.charge(1)
    if not 1 <= abs(place) <= len(items) or place != place.to_integral_value():
        return None
    return items[int(place) - 1] if place > 0 else items[int(place)]

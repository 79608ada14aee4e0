"""``for``, ``some`` and ``every``. Each turn costs as many steps as its body has nodes."""

from collections.abc import Callable, Iterator
from decimal import Decimal

from feel import syntax
from feel.compiler.core import Compiler, compiles
from feel.functions import Code
from feel.numbers import ONE
from feel.scope import Run, Scope
from feel.temporal.moments import Date, date_of_days
from feel.values import Range, Value
from feel.walk import size_of, uses

Domain = Callable[[Scope], Iterator[Value] | None]
Scopes = Callable[[Scope], Iterator[Scope]]


class NoDomain(Exception):
    """What should be gone through is nothing that can be."""


@compiles(syntax.For)
def for_loop(compiler: Compiler, node: syntax.For) -> Code:
    """The list of the body's values; ``partial`` in the body is the list so far."""
    partial = uses(node.body, "partial")
    if partial:
        compiler.bind(["partial"])
    scopes = _bind(compiler, node.iterators)
    body = compiler.compile(node.body)
    compiler.unbind(len(node.iterators) + partial)
    size = size_of(node.body) + 1

    def loop(scope: Scope) -> Value:
        results: list[Value] = []
        start = Scope(scope.run, scope, {"partial": results}) if partial else scope
        try:
            for inner in scopes(start):
                scope.run.charge(size)
                if partial:
                    scope.run.charge(len(results))
                    start.values["partial"] = list(results)
                results.append(body(inner))
        except NoDomain:
            return None
        scope.run.charge_for(results)
        return results

    return loop


@compiles(syntax.Quantified)
def quantified(compiler: Compiler, node: syntax.Quantified) -> Code:
    """True as soon as one is (``some``), false as soon as one is not (``every``); unknown if it depends on one unknown."""
    scopes = _bind(compiler, node.iterators)
    condition = compiler.compile(node.condition)
    compiler.unbind(len(node.iterators))
    decisive = node.quantifier == "some"
    size = size_of(node.condition) + 1

    def quantify(scope: Scope) -> Value:
        result: bool | None = not decisive
        try:
            for inner in scopes(scope):
                scope.run.charge(size)
                value = condition(inner)
                if value is decisive:
                    return decisive
                if value is None:
                    result = None
                elif not isinstance(value, bool):
                    return None
        except NoDomain:
            return None
        return result

    return quantify


def _bind(compiler: Compiler, iterators: tuple[syntax.Iterator, ...]) -> Scopes:
    """The scopes of all combinations. Leaves one frame open for each iterator."""
    scopes: Scopes = lambda scope: iter((scope,))  # noqa: E731 - the first of a chain
    for iterator in iterators:
        scopes = _combine(scopes, iterator.name, _domain(compiler, iterator))
        compiler.bind([iterator.name])
    return scopes


def _combine(outer: Scopes, name: str, domain: Domain) -> Scopes:
    def scopes(scope: Scope) -> Iterator[Scope]:
        for around in outer(scope):
            values = domain(around)
            if values is None:
                raise NoDomain
            for value in values:
                yield Scope(around.run, around, {name: value})

    return scopes


def _domain(compiler: Compiler, iterator: syntax.Iterator) -> Domain:
    start = compiler.compile(iterator.domain)
    if iterator.end is None:
        return lambda scope: values_of(scope.run, start(scope))
    end = compiler.compile(iterator.end)
    return lambda scope: _steps(scope.run, start(scope), end(scope))


def values_of(run: Run, value: Value) -> Iterator[Value] | None:
    """What a loop goes through: the items of a list, the whole numbers or days of a range, or the one value."""
    if value is None:
        return None
    if isinstance(value, list):
        return iter(value)
    return _within(run, value) if isinstance(value, Range) else iter((value,))


def _within(run: Run, span: Range) -> Iterator[Value] | None:
    steps = _steps(run, span.low, span.high)
    if steps is None:
        return None
    skipped = ([] if span.low_included else [span.low]) + ([] if span.high_included else [span.high])
    return (value for value in steps if value not in skipped)


def _steps(run: Run, start: Value, end: Value) -> Iterator[Value] | None:
    """Whole numbers or days from ``start`` to ``end``, upwards or downwards; None for anything else."""
    if isinstance(start, Decimal) and isinstance(end, Decimal):
        if start != start.to_integral_value() or end != end.to_integral_value():
            return None
        return _numbers(run, start, end)
    if isinstance(start, Date) and isinstance(end, Date):
        return _dates(run, start.days, end.days)
    return None


def _numbers(run: Run, start: Decimal, end: Decimal) -> Iterator[Value]:
    step = ONE if start <= end else -ONE
    while (start - end) * step <= 0:
        run.charge(1)
        yield start
        start += step


def _dates(run: Run, start: int, end: int) -> Iterator[Value]:
    step = 1 if start <= end else -1
    for day in range(start, end + step, step):
        run.charge(1)
        yield date_of_days(day)

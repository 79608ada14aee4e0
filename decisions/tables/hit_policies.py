"""From the rules that matched to the result of the table (DMN 1.5, 8.2.10). At least one rule did."""

from collections.abc import Callable, Sequence
from decimal import Decimal
from functools import reduce
from typing import Protocol

from decisions.evaluation import Evaluation, Trouble
from decisions.tables.table import Aggregation, HitPolicy, Table
from feel.arithmetic import OPERATIONS
from feel.comparison import equal, order
from feel.durations import DaysTimeDuration, YearsMonthsDuration
from feel.values import ORDERED, Value

_ZERO = Decimal(0)

Ranked = tuple[tuple[int, ...], int, Value]
"""How important an outcome is (less is more), the place of its rule, and the outcome itself."""


class Outcome:
    """What a rule says: a value, or a context where there are several output columns."""

    @staticmethod
    def of(table: Table, values: Sequence[Value]) -> Value:
        """The outcome of one value a column."""
        if len(table.outputs) == 1:
            return values[0]
        return {output.name: value for output, value in zip(table.outputs, values, strict=True)}

    @staticmethod
    def of_none(table: Table) -> Value:
        """The outcome when no rule matches and there is no default: null, no items, or their number."""
        if table.hit_policy.is_single:
            return None
        if table.aggregation is Aggregation.COUNT:
            return _ZERO
        return [] if table.aggregation is Aggregation.LIST else None


class Outcomes(Protocol):
    """What the rules that matched say, in the order of the table."""

    numbers: list[int]

    def __len__(self) -> int: ...

    def value(self, place: int) -> Value:
        """What the rule at a place says."""

    def ranked(self, place: int) -> Ranked:
        """That, and how important it is."""


def choose(run: Evaluation, table: Table, outcomes: Outcomes) -> Value:
    """The result of the table."""
    return _POLICIES[table.hit_policy](run, table, outcomes)


def unique(run: Evaluation, table: Table, outcomes: Outcomes) -> Value:
    """The one rule. Several are a mistake in the table, and none of them is taken."""
    if len(outcomes) == 1:
        return outcomes.value(0)
    listed = ", ".join(map(str, outcomes.numbers))
    run.meet(
        Trouble(
            "unique-overlap",
            table.id,
            table.name,
            f"UNIQUE决策表“{table.name}”应只有一条规则匹配，但第{listed}条同时匹配。",
            f"Expected one rule of the UNIQUE table {table.name!r} to match, but rules {listed} do.",
        )
    )
    return None


def any_of(run: Evaluation, table: Table, outcomes: Outcomes) -> Value:
    """What all of them say, if they say the same."""
    values = _all(outcomes)
    for place, value in enumerate(values):
        if equal(run, values[0], value) is not True:
            run.meet(
                Trouble(
                    "any-conflict",
                    table.id,
                    table.name,
                    f"ANY决策表“{table.name}”匹配的规则应输出相同，但第{outcomes.numbers[0]}条与第{outcomes.numbers[place]}条不同。",
                    f"Expected the matching rules of the ANY table {table.name!r} to say the same, "
                    f"but rules {outcomes.numbers[0]} and {outcomes.numbers[place]} do not.",
                )
            )
            return None
    return values[0]


def first(_run: Evaluation, _table: Table, outcomes: Outcomes) -> Value:
    """The first in the order of the table."""
    return outcomes.value(0)


def priority(_run: Evaluation, _table: Table, outcomes: Outcomes) -> Value:
    """The most important one by the order of the output values, columns from left to right."""
    return _by_importance(outcomes)[0]


def rule_order(_run: Evaluation, _table: Table, outcomes: Outcomes) -> Value:
    """All, in the order of the table."""
    return _all(outcomes)


def output_order(_run: Evaluation, _table: Table, outcomes: Outcomes) -> Value:
    """All, the most important ones first."""
    return _by_importance(outcomes)


def collect(run: Evaluation, table: Table, outcomes: Outcomes) -> Value:
    """All in any order, or what they come to."""
    values = _all(outcomes)
    if table.aggregation is Aggregation.LIST:
        return values
    if table.aggregation is Aggregation.COUNT:
        return _ZERO + len(values)
    result = _aggregated(run, table.aggregation, values)
    if result is None:
        run.meet(
            Trouble(
                "aggregation-failed",
                table.id,
                table.name,
                f"决策表“{table.name}”的输出无法进行{table.aggregation}汇总。",
                f"Expected the outputs of table {table.name!r} to have a {table.aggregation}, but they have none.",
            )
        )
        return None
    return result


def _aggregated(run: Evaluation, aggregation: Aggregation, values: list[Value]) -> Value:
    kinds = (Decimal, DaysTimeDuration, YearsMonthsDuration) if aggregation is Aggregation.SUM else ORDERED
    if not all(isinstance(value, kinds) for value in values):
        return None
    return reduce(lambda one, other: _joined(run, aggregation, one, other), values)


def _joined(run: Evaluation, aggregation: Aggregation, one: Value, other: Value) -> Value:
    if aggregation is Aggregation.SUM:
        return OPERATIONS["+"](run, one, other)
    direction = order(one, other)
    if direction is None:
        return None
    return one if (direction < 0) is (aggregation is Aggregation.MIN) else other


def _all(outcomes: Outcomes) -> list[Value]:
    return [outcomes.value(place) for place in range(len(outcomes))]


def _ranked(outcomes: Outcomes) -> list[Ranked]:
    return [outcomes.ranked(place) for place in range(len(outcomes))]


def _by_importance(outcomes: Outcomes) -> list[Value]:
    # Equal ranks keep the order of the table; the place keeps values, which have no order, from being compared.
    return [value for _, _, value in sorted(_ranked(outcomes), key=lambda ranked: ranked[:2])]


_POLICIES: dict[HitPolicy, Callable[[Evaluation, Table, Outcomes], Value]] = {
    HitPolicy.UNIQUE: unique,
    HitPolicy.ANY: any_of,
    HitPolicy.FIRST: first,
    HitPolicy.PRIORITY: priority,
    HitPolicy.RULE_ORDER: rule_order,
    HitPolicy.OUTPUT_ORDER: output_order,
    HitPolicy.COLLECT: collect,
}

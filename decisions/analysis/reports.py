"""The findings about one table.

Overlaps of a UNIQUE table, and of an ANY table whose rules say different things, are errors: the standard has no answer for
such an input (DMN 1.5, 8.2.10). Gaps and rules that never speak are warnings.
"""

from collections.abc import Callable, Iterator
from dataclasses import dataclass, replace
from typing import Any

from decisions.allowed import constant_scope
from decisions.analysis.boxes import Point, bits
from decisions.analysis.cells import NotDecided, constant
from decisions.analysis.space import Space, space_of
from decisions.findings import Finding, Severity, suggested
from decisions.tables.table import HitPolicy, Rule, Table
from feel.comparison import equal
from feel.errors import FeelBudgetExceeded

MAX_FINDINGS = 20
"""Overlaps that are told of one table."""


@dataclass(frozen=True, slots=True)
class TableReport:
    """What the analysis of one table came to. If it was not decided, ``reason_zh`` and ``reason_en`` say what was in the way;
    the findings are those that could be made all the same."""

    table_id: str
    table_name: str
    decided: bool
    findings: tuple[Finding, ...]
    reason_zh: str = ""
    reason_en: str = ""


def analyse(table: Table, *, tolerant: bool = False) -> TableReport:
    """Find what is wrong with a table. Tolerant: everything is a warning."""
    findings: list[Finding] = []
    try:
        space = space_of(table)
        for look in (_never, _overlaps, _hidden, _gaps):
            for found in look(table, space):
                findings.append(replace(found, severity=Severity.WARNING) if tolerant else found)
    except NotDecided as unknown:
        return TableReport(table.id, table.name, False, tuple(findings), unknown.zh, unknown.en)
    except FeelBudgetExceeded as error:
        return TableReport(table.id, table.name, False, tuple(findings), f"计算量过大：{error}", str(error))
    return TableReport(table.id, table.name, True, tuple(findings))


def _never(table: Table, space: Space) -> Iterator[Finding]:
    """Rules that no input passes; there is no example of that."""
    for rule, box in zip(table.rules, space.boxes.boxes, strict=True):
        if not all(box):
            yield _found(
                table,
                rule,
                Severity.WARNING,
                "rule-never-matches",
                f"第{rule.number}条规则永远不会匹配。",
                f"Expected rule {rule.number} to match some input, but it matches none.",
                None,
            )


def _overlaps(table: Table, space: Space) -> Iterator[Finding]:
    if table.hit_policy not in (HitPolicy.UNIQUE, HitPolicy.ANY):
        return
    told = 0
    for later, rule in enumerate(table.rules):
        for earlier in bits(space.boxes.overlapping(later) & ((1 << later) - 1)):
            if not _conflict(table, table.rules[earlier], rule):
                continue
            yield _overlap(table, space, table.rules[earlier], rule, space.boxes.common(earlier, later))
            told += 1
            if told == MAX_FINDINGS:
                return


def _conflict(table: Table, one: Rule, other: Rule) -> bool:
    """Whether the table has no answer when both match."""
    if table.hit_policy is HitPolicy.UNIQUE:
        return True
    try:
        outputs = [(constant(left), constant(right)) for left, right in zip(one.outputs, other.outputs, strict=True)]
    except NotDecided:
        return False
    return any(equal(constant_scope().run, left, right) is not True for left, right in outputs)


def _overlap(table: Table, space: Space, one: Rule, other: Rule, point: Point) -> Finding:
    shown = space.written(point)
    if table.hit_policy is HitPolicy.UNIQUE:
        return _found(
            table,
            other,
            Severity.ERROR,
            "unique-overlap",
            f"UNIQUE决策表的第{one.number}条和第{other.number}条规则重叠，例如：{shown}。",
            f"Expected the rules of a UNIQUE table not to overlap, but {one.number} and {other.number} do, "
            f"for example for {shown}.",
            space.example(point),
            "修改条件使其互斥，或改用FIRST等命中策略。",
            "Make the conditions exclude each other, or choose another hit policy such as FIRST.",
        )
    return _found(
        table,
        other,
        Severity.ERROR,
        "any-conflict",
        f"ANY决策表的第{one.number}条和第{other.number}条规则同时匹配但输出不同，例如：{shown}。",
        f"Expected rules of an ANY table that match together to say the same, but {one.number} and {other.number} do not, "
        f"for example for {shown}.",
        space.example(point),
        "使两条规则输出一致，或修改条件使其互斥。",
        "Let both say the same, or make their conditions exclude each other.",
    )


def _hidden(table: Table, space: Space) -> Iterator[Finding]:
    """Rules that others always go before. The example is an input that the rule matches and another one answers."""
    if table.hit_policy not in _GOING_BEFORE:
        return
    before = _GOING_BEFORE[table.hit_policy](table)
    for rule, box, rivals in zip(table.rules, space.boxes.boxes, before, strict=True):
        if not all(box) or not rivals or space.boxes.outside(box, rivals) is not None:
            continue
        point = tuple((regions & -regions).bit_length() - 1 for regions in box)
        yield _found(
            table,
            rule,
            Severity.WARNING,
            "rule-unreachable",
            f"第{rule.number}条规则总被其他规则覆盖，不起作用，例如：{space.written(point)}。",
            f"Expected rule {rule.number} to decide some input, but others always go before it, "
            f"for example for {space.written(point)}.",
            space.example(point),
            "调整规则顺序，或删除该规则。",
            "Move the rule up, or take it out.",
        )


def _earlier(table: Table) -> list[int]:
    return [(1 << place) - 1 for place in range(len(table.rules))]


def _more_important(table: Table) -> list[int]:
    """For each rule those that PRIORITY takes before it: of a higher rank or, with the same, earlier."""
    ranks = [_rank(table, rule) for rule in table.rules]
    before = [0] * len(ranks)
    seen = 0
    for place in sorted(range(len(ranks)), key=lambda place: (ranks[place], place)):
        before[place] = seen
        seen |= 1 << place
    return before


def _rank(table: Table, rule: Rule) -> tuple[int, ...]:
    ranks: list[int] = []
    for output, tree in zip(table.outputs, rule.outputs, strict=True):
        if output.order is not None:
            rank = output.order.rank(constant(tree))
            ranks.append(len(output.order.trees) if rank is None else rank)
    return tuple(ranks)


_GOING_BEFORE: dict[HitPolicy, Callable[[Table], list[int]]] = {
    HitPolicy.FIRST: _earlier,
    HitPolicy.PRIORITY: _more_important,
}


def _gaps(table: Table, space: Space) -> Iterator[Finding]:
    """An input that no rule answers; a table with default outputs, or one that collects, has an answer for all."""
    if table.has_default or not table.hit_policy.is_single:
        return
    point = space.boxes.outside(space.expected, (1 << len(table.rules)) - 1)
    if point is None:
        return
    yield _found(
        table,
        None,
        Severity.WARNING,
        "table-gap",
        f"没有规则匹配的输入，例如：{space.written(point)}；结果将为null。",
        f"Expected a rule for every input, but there is none for {space.written(point)}; the result would be null.",
        space.example(point),
        "补充规则，或设置默认输出。",
        "Add a rule, or a default output.",
    )


def _found(
    table: Table,
    rule: Rule | None,
    severity: Severity,
    code: str,
    zh: str,
    en: str,
    example: dict[str, Any] | None,
    suggestion_zh: str = "",
    suggestion_en: str = "",
) -> Finding:
    element_id = rule.id if rule is not None and rule.id else table.id
    suggestion = suggested(code, suggestion_zh, suggestion_en)
    return Finding(element_id, table.name, severity, code, zh, en, *suggestion, example)

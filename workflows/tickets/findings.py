"""Looking for what must not be: numbers without a state, numbers with two, a log that says otherwise; and many void ones."""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from datetime import datetime

from sqlalchemy import func, select
from sqlalchemy.orm import Session

from workflows.clock import hall_day
from workflows.tickets import book
from workflows.tickets.issuing import months_before
from workflows.tickets.kind import ticket_kinds, ticket_rules
from workflows.tickets.life import MOVES, Step
from workflows.tickets.span import Span
from workflows.tickets.tables import ticket_move, ticket_span


@dataclass(frozen=True, slots=True)
class Finding:
    """``what``: gap, double, log-differs or void-rate. ``department``: of a rate; ``percent``: of its used and void numbers."""

    what: str
    kind: str
    first: int | None = None
    last: int | None = None
    department: str | None = None
    percent: float | None = None


def findings(session: Session, now: datetime) -> list[Finding]:
    """Everything there is to find today, in every kind."""
    found: list[Finding] = []
    for kind in ticket_kinds():
        spans = book.spans_where(session, ticket_span.c.kind == kind.key)
        ordered = _ordered(session, kind.key)
        found += [Finding("gap", kind.key, *pair) for pair in gaps(ordered, [(span.first, span.last) for span in spans])]
        found += [Finding("double", kind.key, *pair) for pair in doubles([(span.first, span.last) for span in spans])]
        found += [Finding("log-differs", kind.key, *pair) for pair in differences(spans, _logged(session, kind.key))]
        found += void_rates(session, kind.key, now)
    return found


def gaps(ordered: Iterable[tuple[int, int]], kept: Iterable[tuple[int, int]]) -> list[tuple[int, int]]:
    """Numbers that were ordered and have no state."""
    result, there = [], sorted(kept)
    for first, last in sorted(ordered):
        expected = first
        for begin, end in there:
            if end < expected or begin > last:
                continue
            if begin > expected:
                result.append((expected, begin - 1))
            expected = max(expected, end + 1)
        if expected <= last:
            result.append((expected, last))
    return result


def doubles(kept: Iterable[tuple[int, int]]) -> list[tuple[int, int]]:
    """Numbers that have two states."""
    result, reached = [], 0
    for first, last in sorted(kept):
        if first <= reached:
            result.append((first, min(last, reached)))
        reached = max(reached, last)
    return result


def differences(spans: Sequence[Span], log: Iterable[tuple[int, int, str]]) -> list[tuple[int, int]]:
    """Numbers whose last line in the log says another state than they have. ``log``: first, last, state, oldest first."""
    latest: list[tuple[int, int, str]] = []
    for first, last, state in log:
        cut = []
        for begin, end, before in latest:
            if begin < first:
                cut.append((begin, min(end, first - 1), before))
            if end > last:
                cut.append((max(begin, last + 1), end, before))
            if last < begin or end < first:
                continue
        latest = sorted({(b, e, s) for b, e, s in cut if b <= e} | {(first, last, state)})
    wrong = []
    for begin, end, state in latest:
        for span in spans:
            if span.first <= end and span.last >= begin and span.state.value != state:
                wrong.append((max(span.first, begin), min(span.last, end)))
    return wrong


def void_rates(session: Session, kind: str, now: datetime) -> list[Finding]:
    """Departments with more void numbers than the alarm allows, within the months of the rule (A-13)."""
    rules, columns = ticket_rules(), ticket_move.c
    begin = months_before(hall_day(now), rules.months_of_use)
    since = now.replace(year=begin.year, month=begin.month, day=begin.day)
    size = func.sum(columns.last_number - columns.first_number + 1)
    steps = columns.step.in_((Step.USE.value, Step.VOID.value))
    rows = session.execute(
        select(columns.department, columns.step, size)
        .where(columns.kind == kind, columns.at >= since, steps, columns.department.is_not(None))
        .group_by(columns.department, columns.step)
    )
    figures: dict[str, dict[str, int]] = {}
    for department, step, count in rows:
        figures.setdefault(department, {})[step] = int(count)
    found = []
    for department, counts in sorted(figures.items()):
        percent = void_percent(counts.get(Step.USE.value, 0), counts.get(Step.VOID.value, 0))
        if percent is not None:
            found.append(Finding("void-rate", kind, department=department, percent=percent))
    return found


def void_percent(used: int, void: int) -> float | None:
    """The share of void numbers where it is an alarm, otherwise None."""
    rules, total = ticket_rules(), used + void
    percent = 100 * void / total if total else 0.0
    return round(percent, 1) if total >= rules.void_alarm_from and percent > rules.void_alarm_percent else None


def _ordered(session: Session, kind: str) -> list[tuple[int, int]]:
    columns = ticket_move.c
    chosen = select(columns.first_number, columns.last_number)
    rows = session.execute(chosen.where(columns.kind == kind, columns.step == Step.ORDER.value))
    return [(first, last) for first, last in rows]


def _logged(session: Session, kind: str) -> list[tuple[int, int, str]]:
    columns = ticket_move.c
    chosen = select(columns.first_number, columns.last_number, columns.step).where(columns.kind == kind)
    rows = session.execute(chosen.order_by(columns.sequence))
    return [(first, last, MOVES[Step(step)][1].value) for first, last, step in rows]

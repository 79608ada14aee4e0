"""The one place that moves numbers: the log and where they stand are written together, in the transaction at hand."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from datetime import datetime
from typing import Any

from sqlalchemy import and_, func, or_, select
from sqlalchemy.orm import Session

from engine.core.rejection import Rejection
from engine.runtime.number_series import next_number
from workflows.tickets.kind import kind_of
from workflows.tickets.life import MOVES, State, Step
from workflows.tickets.span import Keeper, Span, joined, moved, require_numbers
from workflows.tickets.tables import ticket_move, ticket_span


@dataclass(frozen=True, slots=True)
class Entry:
    """What the log says of a step beside the numbers. ``second_id``: the second person; ``amount_fen``: of a used number."""

    at: datetime
    actor_id: str
    second_id: str | None = None
    payment: str | None = None
    amount_fen: int | None = None
    reason: str | None = None
    reference: str | None = None
    detail: Mapping[str, Any] = field(default_factory=dict)


@dataclass(frozen=True, slots=True)
class Move:
    """A line of the log."""

    kind: str
    sequence: int
    step: str
    first_number: int
    last_number: int
    state: str
    at: datetime
    actor_id: str
    second_id: str | None
    department: str | None
    holder: str | None
    payment: str | None
    amount_fen: int | None
    reason: str | None
    reference: str | None
    detail: dict[str, Any]


UNCHANGED = Keeper()


def lock(session: Session, kind: str) -> int:
    """Wait for whoever moves numbers of this kind: the place of the next line in its log.

    :raises Rejection: ``ticket-kind-unknown``.
    """
    return next_number(session, f"ticket/{kind_of(kind).key}")


def order(session: Session, kind: str, first: int, last: int, entry: Entry) -> None:
    """Enter new numbers.

    :raises Rejection: ``ticket-kind-unknown``, ``ticket-out-of-range``, ``ticket-overlap``.
    """
    sequence = lock(session, kind)
    require_numbers(first, last)
    around = touching(session, kind, first, last)
    if any(span.first <= last and span.last >= first for span in around):
        raise Rejection("ticket-overlap", field="first", first=first, last=last)
    new = Span(first, last, State.ORDERED)
    _replace(session, kind, around, joined(sorted([*around, new], key=lambda span: span.first)))
    _log(session, kind, sequence, Step.ORDER, new, entry)


def move(
    session: Session, step: Step, kind: str, first: int, last: int, entry: Entry, keeper: Keeper = UNCHANGED, *, place: int = 0
) -> None:
    """Do a step to numbers ``first`` to ``last``. ``place``: what :func:`lock` gave, if it was asked already.

    :raises Rejection: ``ticket-kind-unknown``, ``ticket-out-of-range``, ``ticket-state``, ``ticket-lost``, ``ticket-doubled``.
    """
    sequence = place or lock(session, kind)
    around = touching(session, kind, first, last)
    after = moved(around, step, first, last, keeper)
    _replace(session, kind, around, after)
    owner = next(span for span in after if span.first <= first <= span.last)
    span = Span(first, last, MOVES[step][1], owner.department, owner.holder)
    _log(session, kind, sequence, step, span, entry)


def touching(session: Session, kind: str, first: int, last: int) -> list[Span]:
    """Spans that overlap these numbers or lie beside them, in order."""
    columns = ticket_span.c
    near = and_(columns.first_number <= last + 1, columns.last_number >= first - 1)
    return spans_where(session, columns.kind == kind, near)


def spans_where(session: Session, *conditions: Any) -> list[Span]:
    """Spans by their numbers."""
    columns = ticket_span.c
    chosen = columns.first_number, columns.last_number, columns.state, columns.department, columns.holder
    rows = session.execute(select(*chosen).where(*conditions).order_by(columns.first_number))
    return [Span(row[0], row[1], State(row[2]), row[3], row[4]) for row in rows]


def last_number(session: Session, kind: str) -> int:
    """The highest number that was ever ordered; 0 before the first order."""
    found: int | None = session.execute(
        select(func.max(ticket_span.c.last_number)).where(ticket_span.c.kind == kind)
    ).scalar_one()
    return found or 0


def life_of(session: Session, kind: str, number: int) -> list[Move]:
    """Everything that happened to one number, oldest first.

    :raises Rejection: ``ticket-out-of-range``: it was never ordered.
    """
    columns = ticket_move.c
    covers = and_(columns.kind == kind_of(kind).key, columns.first_number <= number, columns.last_number >= number)
    rows = session.execute(select(ticket_move).where(covers).order_by(columns.sequence)).mappings()
    if not (found := [Move(**row) for row in rows]):
        raise Rejection("ticket-out-of-range", field="number", first=number, last=number)
    return found


def span_of(session: Session, kind: str, number: int) -> Span:
    """Where a number stands.

    :raises Rejection: ``ticket-kind-unknown``, ``ticket-out-of-range``.
    """
    columns = ticket_span.c
    found = spans_where(
        session, columns.kind == kind_of(kind).key, columns.first_number <= number, columns.last_number >= number
    )
    if not found:
        raise Rejection("ticket-out-of-range", field="first", first=number, last=number)
    return found[0]


def _replace(session: Session, kind: str, before: Sequence[Span], after: Sequence[Span]) -> None:
    gone = [span for span in before if span not in after]
    new = [span for span in after if span not in before]
    if gone:
        firsts = or_(*(ticket_span.c.first_number == span.first for span in gone))
        session.execute(ticket_span.delete().where(ticket_span.c.kind == kind, firsts))
    for span in new:
        row = {"kind": kind, "first_number": span.first, "last_number": span.last, "state": span.state.value}
        session.execute(ticket_span.insert().values(**row, department=span.department, holder=span.holder))


def _log(session: Session, kind: str, sequence: int, step: Step, span: Span, entry: Entry) -> None:
    said = {name: getattr(entry, name) for name in Entry.__dataclass_fields__}
    session.execute(
        ticket_move.insert().values(
            {
                **said,
                "detail": dict(entry.detail),
                "kind": kind,
                "sequence": sequence,
                "step": step.value,
                "first_number": span.first,
                "last_number": span.last,
                "state": span.state.value,
                "department": span.department,
                "holder": span.holder,
            }
        )
    )

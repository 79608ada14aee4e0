"""What comes after use: stubs back, written off against the money, kept, destroyed (R-48d, rules.md 3.2)."""

from dataclasses import dataclass, replace
from datetime import date

from sqlalchemy import and_, func, select
from sqlalchemy.orm import Session

from engine.core.rejection import Rejection, declare
from workflows.clock import hall_day
from workflows.tickets import book
from workflows.tickets.book import Entry
from workflows.tickets.issuing import months_before
from workflows.tickets.kind import ticket_rules
from workflows.tickets.life import Step
from workflows.tickets.span import Span
from workflows.tickets.tables import ticket_move

declare(
    {
        "ticket-stub-count": (
            "存根应为{expected}份，实收{stubs}份。",
            "Expected {expected} stubs, but {stubs} were counted.",
        ),
        "ticket-write-off-difference": (
            "票据金额{tickets}分与实收金额{received}分相差{difference}分，不能核销。",
            "Expected the money received to equal {tickets} fen, but it is {received} fen (difference {difference}).",
        ),
        "ticket-of-several-departments": (
            "票据{first}至{last}不是同一单位领用的。",
            "Expected tickets {first} to {last} to be of one department, but they are of several.",
        ),
        "ticket-keep-longer": (
            "票据存根须保存{years}年，最早可于{day}销毁。",
            "Expected stubs to be kept for {years} years, until {day}, but that day has not come.",
        ),
        "ticket-register-missing": ("销毁须有销毁清册。", "Expected a register of destruction, but none is named."),
    }
)


@dataclass(frozen=True, slots=True)
class Sum:
    """What a span of settled numbers comes to. ``stubs``: used and void ones, whose stubs must be there."""

    used: int
    void: int
    lost: int
    amount_fen: int

    @property
    def stubs(self) -> int:
        """Lost numbers have none."""
        return self.used + self.void


def sum_of(session: Session, kind: str, first: int, last: int) -> Sum:
    """By the log: what was used and is not void, and for how much; what is void, what is lost."""
    columns = ticket_move.c
    inside = and_(columns.kind == kind, columns.first_number <= last, columns.last_number >= first)
    overlap_first = func.max(columns.first_number, first) if _sqlite(session) else func.greatest(columns.first_number, first)
    overlap_last = func.min(columns.last_number, last) if _sqlite(session) else func.least(columns.last_number, last)
    figures = {Step.USE: 0, Step.VOID: 0, Step.LOSE: 0}
    for step in figures:
        count = select(func.coalesce(func.sum(overlap_last - overlap_first + 1), 0)).where(inside, columns.step == step.value)
        figures[step] = session.execute(count).scalar_one()
    spoiled = ticket_move.alias("spoiled")
    is_void = (
        select(spoiled.c.sequence)
        .where(
            spoiled.c.kind == columns.kind,
            spoiled.c.step == Step.VOID.value,
            spoiled.c.first_number <= columns.first_number,
            spoiled.c.last_number >= columns.first_number,
        )
        .exists()
    )
    used = select(func.count(), func.coalesce(func.sum(columns.amount_fen), 0))
    number, amount = session.execute(used.where(inside, columns.step == Step.USE.value, ~is_void)).one()
    return Sum(number, figures[Step.VOID], figures[Step.LOSE], int(amount))


def return_stubs(session: Session, kind: str, first: int, last: int, entry: Entry) -> None:
    """The stubs of a department's finished numbers come back to the centre.

    :raises Rejection: ``ticket-state``: one is not used, void or lost; ``ticket-of-several-departments``.
    """
    _require_one_department(session, kind, first, last)
    book.move(session, Step.RETURN_STUBS, kind, first, last, entry)


def write_off(session: Session, kind: str, first: int, last: int, stubs: int, received_fen: int, entry: Entry) -> Sum:
    """Settle returned numbers: stubs counted, and their amounts equal to the money received.

    :raises Rejection: ``ticket-stub-count``, ``ticket-write-off-difference``, ``ticket-state``,
        ``ticket-of-several-departments``.
    """
    place = book.lock(session, kind)
    _require_one_department(session, kind, first, last)
    found = sum_of(session, kind, first, last)
    if stubs != found.stubs:
        raise Rejection("ticket-stub-count", field="stubs", expected=found.stubs, stubs=stubs)
    if received_fen != found.amount_fen:
        figures = {"tickets": found.amount_fen, "received": received_fen, "difference": received_fen - found.amount_fen}
        raise Rejection("ticket-write-off-difference", field="received_fen", **figures)
    said = {"used": found.used, "void": found.void, "lost": found.lost, "amount_fen": found.amount_fen, "stubs": stubs}
    book.move(session, Step.WRITE_OFF, kind, first, last, replace(entry, detail={**entry.detail, **said}), place=place)
    return found


def require_destroyable(session: Session, kind: str, first: int, last: int, reference: str | None, today: date) -> None:
    """:raises Rejection: ``ticket-register-missing``, ``ticket-keep-longer``, ``ticket-out-of-range``."""
    if not reference:
        raise Rejection("ticket-register-missing", field="reference")
    columns = ticket_move.c
    inside = columns.kind == kind, columns.first_number <= last, columns.last_number >= first
    latest = session.execute(select(func.max(columns.at)).where(*inside, columns.step == Step.WRITE_OFF.value)).scalar_one()
    years = ticket_rules().keep_years
    if latest is not None and (written := hall_day(latest)) > months_before(today, 12 * years):
        said = {"years": years, "day": date(written.year + years, written.month, min(written.day, 28)).isoformat()}
        raise Rejection("ticket-keep-longer", field="first", **said)


def _require_one_department(session: Session, kind: str, first: int, last: int) -> None:
    spans: list[Span] = [s for s in book.touching(session, kind, first, last) if s.first <= last and s.last >= first]
    if len({span.department for span in spans}) > 1:
        raise Rejection("ticket-of-several-departments", field="first", first=first, last=last)


def _sqlite(session: Session) -> bool:
    return session.get_bind().dialect.name == "sqlite"

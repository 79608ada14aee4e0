"""Reading the register of waivers: for the hall, for the public without payers, and by who decided (R-51)."""

from dataclasses import dataclass
from typing import Any

from sqlalchemy import Row, Select, func, select

from engine.core.rejection import Rejection
from engine.runtime.queries.paging import Page
from engine.runtime.registers import Registers
from workflows.journal import Event
from workflows.waivers import storage
from workflows.waivers.tables import waiver, waiver_arrear, waiver_event

PUBLIC = ("number", "department", "fee", "kind", "basis", "amount_fen", "days", "state", "decider", "by_silence",
          "decision_number", "minutes", "due_on", "published_on")  # fmt: skip
"""What everybody may know. Neither payer nor case, nor who works here."""


@dataclass(frozen=True, slots=True)
class Waiver:
    """An application with all that was said about it."""

    row: Row[Any]
    events: tuple[Event, ...]


class WaiverRegister:
    """Reads waivers; they are made by their process alone."""

    def __init__(self, registers: Registers) -> None:
        self._registers = registers

    def page(
        self, state: str | None, payer: str | None, cursor: str | None, limit: int, *, speaker: str | None = None
    ) -> Page[Row[Any]]:
        """Applications by number, refused ones too. ``speaker``: only those this account had a part in."""
        columns = waiver.c
        statement = select(waiver).order_by(columns.number).limit(limit + 1)
        for column, value in ((columns.state, state), (columns.payer, payer)):
            if value is not None:
                statement = statement.where(column == value)
        if speaker is not None:
            statement = statement.where(columns.number.in_(_had_part(speaker)))
        return self._page(statement, cursor, limit)

    def public_page(self, cursor: str | None, limit: int) -> Page[Row[Any]]:
        """What was published, by number."""
        columns = waiver.c
        statement = select(*(columns[name] for name in PUBLIC)).where(columns.published_on.is_not(None))
        return self._page(statement.order_by(columns.number).limit(limit + 1), cursor, limit)

    def read(self, number: str, *, speaker: str | None = None) -> Waiver:
        """One application; it does not exist for a ``speaker`` who had no part in it.

        :raises Rejection: ``waiver-not-found``.
        """
        with self._registers.read() as session:
            found = Waiver(storage.find(session, number), tuple(storage.events_of(session, number)))
        if speaker is not None and speaker not in {event.actor_id for event in found.events}:
            raise Rejection("waiver-not-found", field="number", number=number[:40])
        return found

    def statistics(self, year: int) -> list[Row[Any]]:
        """By decider and kind: how many were granted and refused in a year, and how much was waived or put off (R-51)."""
        columns = waiver.c
        of = columns.decider, columns.decided_by, columns.kind, columns.state
        figures = func.count().label("number"), func.sum(columns.amount_fen).label("amount_fen")
        decided = select(*of, *figures).where(columns.year == year, columns.decided_by.is_not(None))
        with self._registers.read() as session:
            return list(session.execute(decided.group_by(*of).order_by(*of)))

    def arrears(self) -> list[Row[Any]]:
        """Whose deferral ended unpaid and who still owes (欠缴名单)."""
        with self._registers.read() as session:
            payers = session.execute(select(waiver_arrear.c.payer).distinct().order_by(waiver_arrear.c.payer)).scalars()
            return [row for payer in list(payers) for row in storage.in_arrears(session, payer)]

    def _page(self, statement: Any, cursor: str | None, limit: int) -> Page[Row[Any]]:
        wanted = statement if cursor is None else statement.where(waiver.c.number > cursor)
        with self._registers.read() as session:
            found = list(session.execute(wanted).all())
        return Page(found[:limit], found[limit - 1].number if len(found) > limit else None)


def _had_part(account: str) -> Select[tuple[str]]:
    return select(waiver_event.c.number).where(waiver_event.c.actor_id == account)

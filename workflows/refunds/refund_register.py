"""Reading the register of refunds."""

from dataclasses import dataclass
from typing import Any

from sqlalchemy import Row, select

from engine.core.rejection import Rejection
from engine.runtime.queries.paging import Page
from engine.runtime.registers import Registers
from workflows.journal import Event
from workflows.refunds import storage
from workflows.refunds.tables import refund, refund_event


@dataclass(frozen=True, slots=True)
class Refund:
    """A refund with all that was done about it."""

    row: Row[Any]
    events: tuple[Event, ...]


class RefundRegister:
    """Reads refunds; they are made by their process alone."""

    def __init__(self, registers: Registers) -> None:
        self._registers = registers

    def page(self, state: str | None, cursor: str | None, limit: int, *, speaker: str | None = None) -> Page[Row[Any]]:
        """Applications by number, refused ones too. ``speaker``: only those this account had a part in."""
        columns = refund.c
        statement = select(refund).order_by(columns.number).limit(limit + 1)
        if state is not None:
            statement = statement.where(columns.state == state)
        if speaker is not None:
            part = select(refund_event.c.number).where(refund_event.c.actor_id == speaker)
            statement = statement.where(columns.number.in_(part))
        if cursor is not None:
            statement = statement.where(columns.number > cursor)
        with self._registers.read() as session:
            found = list(session.execute(statement).all())
        return Page(found[:limit], found[limit - 1].number if len(found) > limit else None)

    def read(self, number: str, *, speaker: str | None = None) -> Refund:
        """One refund; it does not exist for a ``speaker`` who had no part in it. :raises Rejection: ``refund-not-found``."""
        with self._registers.read() as session:
            found = Refund(storage.find(session, number), tuple(storage.events_of(session, number)))
        if speaker is not None and speaker not in {event.actor_id for event in found.events}:
            raise Rejection("refund-not-found", field="number", number=number[:40])
        return found

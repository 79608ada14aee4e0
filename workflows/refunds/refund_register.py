"""Reading the register of refunds."""

from dataclasses import dataclass
from typing import Any

from sqlalchemy import Row, select

from engine.runtime.queries.paging import Page
from engine.runtime.registers import Registers
from workflows.refunds import storage
from workflows.refunds.tables import refund


@dataclass(frozen=True, slots=True)
class Refund:
    """A refund with all that was done about it."""

    row: Row[Any]
    events: tuple[Row[Any], ...]


class RefundRegister:
    """Reads refunds; they are made by their process alone."""

    def __init__(self, registers: Registers) -> None:
        self._registers = registers

    def page(self, state: str | None, cursor: str | None, limit: int) -> Page[Row[Any]]:
        """All applications by number, refused ones too."""
        columns = refund.c
        statement = select(refund).order_by(columns.number).limit(limit + 1)
        if state is not None:
            statement = statement.where(columns.state == state)
        if cursor is not None:
            statement = statement.where(columns.number > cursor)
        with self._registers.read() as session:
            found = list(session.execute(statement).all())
        return Page(found[:limit], found[limit - 1].number if len(found) > limit else None)

    def read(self, number: str) -> Refund:
        """One refund. :raises Rejection: ``refund-not-found``."""
        with self._registers.read() as session:
            return Refund(storage.find(session, number), tuple(storage.events_of(session, number)))

"""Looking up follow-up visits and what was found."""

from typing import Any

from sqlalchemy import Row, select

from engine.runtime.queries.paging import Page
from engine.runtime.registers import Registers
from workflows.journal import Event
from workflows.visits import storage
from workflows.visits.tables import follow_up_visit


class VisitRegister:
    """The register of follow-up visits."""

    def __init__(self, registers: Registers) -> None:
        self._registers = registers

    def page(self, status: str | None, cursor: str | None, limit: int) -> Page[Row[Any]]:
        """Visits by number; ``status``: open, visited or closed, None for all."""
        columns = follow_up_visit.c
        statement = select(follow_up_visit).order_by(columns.number).limit(limit + 1)
        if status is not None:
            statement = statement.where(columns.status == status)
        if cursor is not None:
            statement = statement.where(columns.number > cursor)
        with self._registers.read() as session:
            found = list(session.execute(statement).all())
        return Page(found[:limit], found[limit - 1].number if len(found) > limit else None)

    def read(self, number: str) -> tuple[Row[Any], list[Row[Any]], list[Event]]:
        """A visit, the problems found, and what happened. :raises Rejection: ``follow-up-not-found``."""
        with self._registers.read() as session:
            found = storage.find(session, number, locked=False)
            return found, storage.problems_of(session, number), storage.JOURNAL.events_of(session, number)

"""Looking up joint meetings and what was decided in them."""

from typing import Any

from sqlalchemy import Row, select

from engine.runtime.queries.paging import Page
from engine.runtime.registers import Registers
from workflows.journal import Event
from workflows.meetings import storage
from workflows.meetings.tables import liaison_meeting


class MeetingRegister:
    """The register of joint meetings."""

    def __init__(self, registers: Registers) -> None:
        self._registers = registers

    def page(self, cursor: str | None, limit: int) -> Page[Row[Any]]:
        """Meetings by number."""
        columns = liaison_meeting.c
        statement = select(liaison_meeting).order_by(columns.number).limit(limit + 1)
        if cursor is not None:
            statement = statement.where(columns.number > cursor)
        with self._registers.read() as session:
            found = list(session.execute(statement).all())
        return Page(found[:limit], found[limit - 1].number if len(found) > limit else None)

    def read(self, number: str) -> tuple[Row[Any], list[Row[Any]], list[Event]]:
        """A meeting, its decisions, and what happened. :raises Rejection: ``meeting-not-found``."""
        with self._registers.read() as session:
            found = storage.find(session, number, locked=False)
            return found, storage.decisions_of(session, number), storage.JOURNAL.events_of(session, number)

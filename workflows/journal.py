"""Registers that keep a journal: a row says where a matter stands, its events what happened, and both are written together.

Such a row has a ``number`` and a ``length``, how many events it has; an event has ``number``, ``sequence``, ``at``,
``actor_id``, ``event`` and ``detail``.
"""

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import datetime
from typing import Any

from sqlalchemy import Row, Table, select
from sqlalchemy.orm import Session

EVENT = ("sequence", "at", "actor_id", "event", "detail")


@dataclass(frozen=True, slots=True)
class Entry:
    """What is written into a journal: who did what, when by the server's clock."""

    at: datetime
    actor_id: str
    event: str
    detail: Mapping[str, Any]


@dataclass(frozen=True, slots=True)
class Event:
    """A line of a journal."""

    sequence: int
    at: datetime
    actor_id: str
    event: str
    detail: dict[str, Any]


@dataclass(frozen=True, slots=True)
class Journal:
    """``rows``: where matters stand; ``events``: what happened to them, which only grows."""

    rows: Table
    events: Table

    def find(self, session: Session, number: str, *, locked: bool) -> Row[Any] | None:
        """The row; ``locked`` for changing it."""
        statement = select(self.rows).where(self.rows.c.number == number)
        return session.execute(statement.with_for_update() if locked else statement).one_or_none()

    def add(self, session: Session, row: Mapping[str, Any], entry: Entry) -> None:
        """Enter a matter with its first event."""
        session.execute(self.rows.insert().values(**row, length=1))
        self._write(session, str(row["number"]), 1, entry)

    def change(self, session: Session, found: Row[Any], entry: Entry, **values: Any) -> None:
        """Change a row that was found ``locked`` in this transaction."""
        statement = self.rows.update().where(self.rows.c.number == found.number)
        session.execute(statement.values(**values, length=found.length + 1))
        self._write(session, found.number, found.length + 1, entry)

    def events_of(self, session: Session, number: str) -> list[Event]:
        """What happened, oldest first."""
        columns = [self.events.c[name] for name in EVENT]
        mine = select(*columns).where(self.events.c.number == number).order_by(self.events.c.sequence)
        return [Event(*row) for row in session.execute(mine)]

    def _write(self, session: Session, number: str, sequence: int, entry: Entry) -> None:
        said = {"at": entry.at, "actor_id": entry.actor_id, "event": entry.event, "detail": dict(entry.detail)}
        session.execute(self.events.insert().values(number=number, sequence=sequence, **said))

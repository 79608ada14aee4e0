"""What begins a process by itself."""

from dataclasses import dataclass
from datetime import datetime
from typing import Literal

from sqlalchemy import Connection, select

from engine.runtime.tables import start_message, start_signal, start_timer


@dataclass(frozen=True, slots=True)
class Start:
    """A start event that waits. ``name`` is that of the message or signal; ``due`` is when a timer starts the next case, None
    when it does not any more."""

    element_id: str
    kind: Literal["timer", "message", "signal"]
    name: str | None = None
    due: datetime | None = None


def starts(connection: Connection, definition_id: str) -> list[Start]:
    """Of a version, by element. An outdated version begins no more."""
    timers, messages, signals = (
        connection.execute(select(table).where(table.c.definition_id == definition_id)).all()
        for table in (start_timer, start_message, start_signal)
    )
    found = [Start(row.element_id, "timer", due=row.due) for row in timers]
    found += [Start(row.element_id, "message", name=row.message) for row in messages]
    found += [Start(row.element_id, "signal", name=row.signal) for row in signals]
    return sorted(found, key=lambda start: start.element_id)

"""What happened to a case, step by step, refused attempts included."""

from dataclasses import dataclass
from datetime import datetime
from typing import Any

from sqlalchemy import Connection

from engine.runtime import history
from engine.runtime.history import Record
from engine.runtime.queries.paging import DEFAULT_LIMIT, MAX_LIMIT, Page


@dataclass(frozen=True, slots=True)
class HistoryEntry:
    """A row of history. ``details`` and ``events`` are None where the payload was erased."""

    sequence: int
    command: str
    command_id: str
    actor_id: str
    at: datetime
    outcome: str
    code: str | None
    sentence_zh: str | None
    sentence_en: str | None
    version: int
    details: dict[str, Any] | None
    events: tuple[dict[str, Any], ...] | None
    payload_digest: str
    hash: str


def history_page(connection: Connection, instance_id: str, *, after: int = 0, limit: int = DEFAULT_LIMIT) -> Page[HistoryEntry]:
    """The rows after a sequence number, oldest first. The cursor is the last row's sequence number."""
    size = max(1, min(limit, MAX_LIMIT))
    records = history.of_instance(connection, instance_id, after, size + 1)
    items = [_entry(record) for record in records[:size]]
    return Page(items, str(items[-1].sequence) if len(records) > size else None)


def _entry(record: Record) -> HistoryEntry:
    row, erased = record.row, record.payload is None
    rejection = None if erased else record.rejection
    return HistoryEntry(
        sequence=row["sequence"],
        command=row["command"],
        command_id=row["command_id"],
        actor_id=row["actor_id"],
        at=record.at,
        outcome=row["outcome"],
        code=row["code"],
        sentence_zh=None if rejection is None else rejection.sentence("zh"),
        sentence_en=None if rejection is None else rejection.sentence("en"),
        version=row["version"],
        details=None if erased else record.content["command"],
        events=None if erased else tuple(record.content.get("events", ())),
        payload_digest=row["payload_digest"].hex(),
        hash=row["hash"].hex(),
    )

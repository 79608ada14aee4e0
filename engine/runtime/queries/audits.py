"""The audit log, for auditors: what belongs to no case."""

from dataclasses import dataclass
from datetime import datetime
from typing import Any

from sqlalchemy import Connection, select

from engine.runtime.plain_text import findable
from engine.runtime.queries.paging import DEFAULT_LIMIT, Order, Page, page
from engine.runtime.tables import audit

NEWEST_FIRST = Order("-id", (audit.c.id,), descending=True)


@dataclass(frozen=True, slots=True)
class AuditEntry:
    """A row of the log."""

    id: int
    at: datetime
    actor_id: str
    action: str
    subject: str | None
    outcome: str
    code: str | None
    detail: dict[str, Any] | None


def audit_log(
    connection: Connection,
    *,
    actor_id: str | None = None,
    action: str | None = None,
    subject: str | None = None,
    outcome: str | None = None,
    cursor: str | None = None,
    limit: int = DEFAULT_LIMIT,
) -> Page[AuditEntry]:
    """Newest first."""
    wanted = {"actor_id": actor_id, "action": action, "subject": subject, "outcome": outcome}
    conditions = [audit.c[name] == findable(value) for name, value in wanted.items() if value is not None]
    rows, following = page(connection, select(audit).where(*conditions), NEWEST_FIRST, cursor=cursor, limit=limit)
    return Page([AuditEntry(**{name: row._mapping[name] for name in AuditEntry.__slots__}) for row in rows], following)

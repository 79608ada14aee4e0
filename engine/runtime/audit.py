"""The log of what belongs to no instance: refused attempts without one, accounts, deployments. Append-only."""

from datetime import datetime
from typing import Any, Literal

from sqlalchemy import Connection

from engine.runtime import tables
from engine.runtime.plain_text import findable


def write(
    connection: Connection,
    *,
    at: datetime,
    actor_id: str,
    action: str,
    subject: str | None,
    outcome: Literal["accepted", "refused"] = "accepted",
    code: str | None = None,
    detail: dict[str, Any] | None = None,
) -> None:
    """Add a row. ``subject`` is the instance, account or deployment it is about; ``detail`` holds no secret."""
    connection.execute(
        tables.audit.insert(),
        {
            "at": at,
            "actor_id": actor_id,
            "action": action,
            "subject": None if subject is None else findable(subject),
            "outcome": outcome,
            "code": code,
            "detail": detail,
        },
    )

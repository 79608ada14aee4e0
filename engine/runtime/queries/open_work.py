"""What waits for something other than a person: incidents, jobs, timers, subscriptions."""

from dataclasses import dataclass
from datetime import datetime
from typing import Any

from sqlalchemy import ColumnElement, Connection, Table, select

from engine.runtime.columns import AnyRow
from engine.runtime.plain_text import findable
from engine.runtime.queries.paging import DEFAULT_LIMIT, Order, Page, page
from engine.runtime.tables import incident, job, message_subscription, process_instance, timer


@dataclass(frozen=True, slots=True)
class Incident:
    """Trouble a supervisor has to look at. ``kind``: ``model`` (an element could not do its work; resolving tries again) or
    ``engine`` (a command failed unexpectedly, a message found nobody; resolving says that somebody has seen to it)."""

    id: str
    instance_id: str | None
    kind: str
    process_key: str | None
    element_id: str | None
    job_id: str | None
    code: str
    message: str
    message_zh: str | None
    state: str
    raised_at: datetime
    resolved_at: datetime | None
    resolved_by: str | None
    reason: str | None
    business_key: str | None


@dataclass(frozen=True, slots=True)
class Job:
    """A service task or message on its way. ``attempts`` have been made; the next is due at ``next_attempt_at``."""

    id: str
    instance_id: str
    kind: str
    process_key: str
    element_id: str
    operator: str
    parameters: dict[str, Any]
    requested_at: datetime
    attempts: int
    next_attempt_at: datetime
    worker: str | None
    last_error: str | None


@dataclass(frozen=True, slots=True)
class Timer:
    """A timer that has not fired."""

    id: str
    instance_id: str
    process_key: str
    element_id: str
    due: datetime


@dataclass(frozen=True, slots=True)
class Subscription:
    """An instance that waits for a message, or for a signal (``kind``)."""

    id: str
    instance_id: str
    process_key: str
    element_id: str
    kind: str
    message: str
    correlation_key: str | None
    opened_at: datetime


INCIDENTS = Order("-raised", (incident.c.raised_at, incident.c.id), descending=True)
JOBS = Order("requested", (job.c.requested_at, job.c.id))
TIMERS = Order("due", (timer.c.due, timer.c.id))
SUBSCRIPTIONS = Order("opened", (message_subscription.c.opened_at, message_subscription.c.id))


def incidents(
    connection: Connection,
    *,
    state: str | None = "open",
    instance_id: str | None = None,
    cursor: str | None = None,
    limit: int = DEFAULT_LIMIT,
) -> Page[Incident]:
    """Newest first."""
    statement = _incidents.where(*_equal(incident, state=state, instance_id=instance_id))
    rows, following = page(connection, statement, INCIDENTS, cursor=cursor, limit=limit)
    return Page([_as(Incident, row) for row in rows], following)


def incident_row(connection: Connection, incident_id: str) -> Incident | None:
    """One incident, open or resolved."""
    row = connection.execute(_incidents.where(incident.c.id == incident_id)).one_or_none()
    return None if row is None else _as(Incident, row)


_incidents = select(incident, process_instance.c.business_key).outerjoin(
    process_instance, process_instance.c.id == incident.c.instance_id
)


def jobs(
    connection: Connection, *, instance_id: str | None = None, cursor: str | None = None, limit: int = DEFAULT_LIMIT
) -> Page[Job]:
    """Oldest first."""
    statement = select(job).where(*_equal(job, instance_id=instance_id))
    rows, following = page(connection, statement, JOBS, cursor=cursor, limit=limit)
    return Page([_as(Job, row) for row in rows], following)


def timers(
    connection: Connection, *, instance_id: str | None = None, cursor: str | None = None, limit: int = DEFAULT_LIMIT
) -> Page[Timer]:
    """The next to fire first. Those bound to a clock that stands still are not among them: they have no moment."""
    statement = select(timer).where(timer.c.due.is_not(None), *_equal(timer, instance_id=instance_id))
    rows, following = page(connection, statement, TIMERS, cursor=cursor, limit=limit)
    return Page([_as(Timer, row) for row in rows], following)


def subscriptions(
    connection: Connection,
    *,
    instance_id: str | None = None,
    message: str | None = None,
    cursor: str | None = None,
    limit: int = DEFAULT_LIMIT,
) -> Page[Subscription]:
    """Oldest first."""
    statement = select(message_subscription).where(*_equal(message_subscription, instance_id=instance_id, message=message))
    rows, following = page(connection, statement, SUBSCRIPTIONS, cursor=cursor, limit=limit)
    return Page([_as(Subscription, row) for row in rows], following)


def _equal(table: Table, **wanted: str | None) -> list[ColumnElement[bool]]:
    return [table.c[name] == findable(value) for name, value in wanted.items() if value is not None]


def _as(kind: type[Any], row: AnyRow) -> Any:
    return kind(**{name: row._mapping[name] for name in kind.__slots__})

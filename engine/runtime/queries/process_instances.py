"""Cases: lists of them, and one as it stands now."""

from dataclasses import dataclass
from datetime import datetime

from sqlalchemy import ColumnElement, Connection, exists, or_, select

from engine.core.actor import Actor
from engine.runtime.columns import AnyRow
from engine.runtime.plain_text import findable
from engine.runtime.queries.paging import DEFAULT_LIMIT, Page, chosen, orders, page
from engine.runtime.queries.text_search import contains
from engine.runtime.queries.user_tasks import candidate_of
from engine.runtime.tables import incident, process_definition, process_instance, user_task

ORDERS = orders({"started": process_instance.c.started_at}, process_instance.c.id)


@dataclass(frozen=True, slots=True)
class ProcessInstanceFilter:
    """Which instances. Everything given must hold. ``text`` is looked for in the business key and the process's name."""

    process_key: str | None = None
    status: str | None = None
    business_key: str | None = None
    started_by: str | None = None
    started_from: datetime | None = None
    started_before: datetime | None = None
    text: str | None = None
    with_incident: bool | None = None
    instance_id: str | None = None
    participant: Actor | None = None
    """Cases this person started, has or had a task in, or whose tasks one of her groups may or might have done."""


@dataclass(frozen=True, slots=True)
class ProcessInstanceRow:
    """An instance as lists show it."""

    id: str
    process_key: str
    process_name: str
    definition_id: str
    definition_version: int
    business_key: str | None
    status: str
    version: int
    started_at: datetime
    started_by: str
    ended_at: datetime | None
    end_reason: str | None
    bindings: dict[str, str]
    has_incident: bool


_open_incident = exists().where(incident.c.instance_id == process_instance.c.id, incident.c.state == "open")
_select = select(
    process_instance.c.id,
    process_instance.c.process_key,
    process_definition.c.name.label("process_name"),
    process_instance.c.definition_id,
    process_definition.c.version.label("definition_version"),
    process_instance.c.business_key,
    process_instance.c.status,
    process_instance.c.version,
    process_instance.c.started_at,
    process_instance.c.started_by,
    process_instance.c.ended_at,
    process_instance.c.end_reason,
    process_instance.c.bindings,
    _open_incident.label("has_incident"),
).join(process_definition, process_definition.c.id == process_instance.c.definition_id)


def process_instances(
    connection: Connection,
    wanted: ProcessInstanceFilter,
    *,
    sort: str = "-started",
    cursor: str | None = None,
    limit: int = DEFAULT_LIMIT,
) -> Page[ProcessInstanceRow]:
    """A page of instances.

    :raises Rejection: ``cursor-invalid``, ``sort-unknown``.
    """
    statement = _select.where(*_conditions(wanted))
    rows, following = page(connection, statement, chosen(ORDERS, sort), cursor=cursor, limit=limit)
    return Page([_instance(row) for row in rows], following)


def process_instance_row(connection: Connection, instance_id: str) -> ProcessInstanceRow | None:
    """One instance."""
    row = connection.execute(_select.where(process_instance.c.id == instance_id)).one_or_none()
    return None if row is None else _instance(row)


def _conditions(wanted: ProcessInstanceFilter) -> list[ColumnElement[bool]]:
    conditions: list[ColumnElement[bool]] = []
    for name in ("process_key", "status", "business_key", "started_by"):
        value = getattr(wanted, name)
        if value is not None:
            conditions.append(process_instance.c[name] == findable(value))
    if wanted.instance_id is not None:
        conditions.append(process_instance.c.id == findable(wanted.instance_id))
    if wanted.participant is not None:
        conditions.append(_took_part(wanted.participant))
    if wanted.started_from is not None:
        conditions.append(process_instance.c.started_at >= wanted.started_from)
    if wanted.started_before is not None:
        conditions.append(process_instance.c.started_at < wanted.started_before)
    if wanted.text:
        searched = (process_instance.c.business_key, process_definition.c.name)
        conditions.append(or_(*(contains(column, wanted.text) for column in searched)))
    if wanted.with_incident is not None:
        conditions.append(_open_incident if wanted.with_incident else ~_open_incident)
    return conditions


def _took_part(actor: Actor) -> ColumnElement[bool]:
    people = (user_task.c.assignee, user_task.c.owner, user_task.c.performer)
    concerned = or_(*(column == actor.id for column in people), candidate_of(actor.groups))
    task = exists().where(user_task.c.instance_id == process_instance.c.id, concerned)
    return or_(process_instance.c.started_by == actor.id, task)


def _instance(row: AnyRow) -> ProcessInstanceRow:
    values = row._mapping
    kept = {name: values[name] for name in ProcessInstanceRow.__slots__}
    return ProcessInstanceRow(**{**kept, "has_incident": bool(kept["has_incident"])})

"""What is deployed."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime
from typing import Any, Literal

from sqlalchemy import ColumnElement, Connection, Select, func, select

from engine.core.lifecycle import InstanceStatus
from engine.runtime.columns import AnyRow
from engine.runtime.plain_text import findable
from engine.runtime.queries.paging import DEFAULT_LIMIT, Order, Page, page
from engine.runtime.tables import decision_definition, deployment, form_definition, process_definition, process_instance

Kind = Literal["process", "form", "decision"]
TABLES = {"process": process_definition, "form": form_definition, "decision": decision_definition}
UNDER_WAY = (InstanceStatus.ACTIVE.value, InstanceStatus.SUSPENDED.value)
DEPLOYMENTS = Order("-deployed", (deployment.c.at, deployment.c.id), descending=True)


@dataclass(frozen=True, slots=True)
class Definition:
    """A version of a process or form. ``uses`` names what a process refers to."""

    id: str
    key: str
    version: int
    name: str
    resource: str
    content_hash: str
    deployed_at: datetime
    deployment_id: str
    version_tag: str | None
    uses: dict[str, list[str]] | None


@dataclass(frozen=True, slots=True)
class DeploymentRow:
    """A deployment that brought something new."""

    id: str
    at: datetime
    actor_id: str
    resources: list[str]
    warnings: list[dict[str, Any]]


def definitions(
    connection: Connection,
    kind: Kind,
    *,
    key: str | None = None,
    latest_only: bool = True,
    cursor: str | None = None,
    limit: int = DEFAULT_LIMIT,
) -> Page[Definition]:
    """By key, then version."""
    table = TABLES[kind]
    conditions: list[ColumnElement[bool]] = [] if key is None else [table.c.key == findable(key)]
    if latest_only:
        other = table.alias()
        newest = select(func.max(other.c.version)).where(other.c.key == table.c.key).scalar_subquery()
        conditions.append(table.c.version == newest)
    order = Order("key", (table.c.key, table.c.version))
    rows, following = page(connection, _select(kind).where(*conditions), order, cursor=cursor, limit=limit)
    return Page([_definition(row) for row in rows], following)


def definition(connection: Connection, kind: Kind, definition_id: str) -> Definition | None:
    """One version."""
    row = connection.execute(_select(kind).where(TABLES[kind].c.id == definition_id)).one_or_none()
    return None if row is None else _definition(row)


@dataclass(frozen=True, slots=True)
class RunningVersion:
    """A version of a process that cases are under way on."""

    id: str
    version: int
    running: int


def running_versions(connection: Connection, process_key: str) -> Sequence[RunningVersion]:
    """Newest first. Cases keep their version when another is deployed; only a migration takes them to it."""
    running = (
        select(process_instance.c.definition_id, func.count().label("running"))
        .where(process_instance.c.process_key == process_key, process_instance.c.status.in_(UNDER_WAY))
        .group_by(process_instance.c.definition_id)
        .subquery()
    )
    table = TABLES["process"]
    wanted = select(table.c.id, table.c.version, running.c.running).join(running, running.c.definition_id == table.c.id)
    rows = connection.execute(wanted.order_by(table.c.version.desc()))
    return [RunningVersion(row.id, row.version, row.running) for row in rows]


def source(connection: Connection, kind: Kind, definition_id: str) -> bytes | None:
    """The file as it was deployed, to the byte."""
    table = TABLES[kind]
    found: bytes | None = connection.execute(select(table.c.source).where(table.c.id == definition_id)).scalar()
    return found


def deployments(connection: Connection, *, cursor: str | None = None, limit: int = DEFAULT_LIMIT) -> Page[DeploymentRow]:
    """Newest first."""
    rows, following = page(connection, select(deployment), DEPLOYMENTS, cursor=cursor, limit=limit)
    return Page([DeploymentRow(**{name: row._mapping[name] for name in DeploymentRow.__slots__}) for row in rows], following)


def _select(kind: Kind) -> Select[Any]:
    return select(*(column for column in TABLES[kind].c if column.name != "source"))


def _definition(row: AnyRow) -> Definition:
    return Definition(**{name: row._mapping.get(name) for name in Definition.__slots__})  # type: ignore[arg-type]

"""Deploying models and forms together: all of it is sound and gets in, or nothing does and the findings say why.

Identical content is not a new version: a file that equals the latest version of its key is passed over. References (called
processes, forms, operators) must lead to something in the same deployment or already deployed.
"""

from collections.abc import Sequence
from dataclasses import asdict, dataclass
from datetime import datetime
from typing import Any

from sqlalchemy import Connection, Table, func, select

from engine.core.actor import Actor
from engine.core.rejection import Rejection
from engine.runtime import audit, tables
from engine.runtime.clock import Clock
from engine.runtime.database import Database
from engine.runtime.deployment_check import Compiled, DeploymentFinding, compile_files, reference_findings
from engine.runtime.faults import fault_point
from engine.runtime.identifiers import Identifiers
from engine.runtime.lost_races import retried
from engine.runtime.models import Models, latest
from engine.runtime.operators import OperatorRegistry
from engine.runtime.unit_of_work import unit_of_work

TABLES = {"process": tables.process_definition, "form": tables.form_definition, "decision": tables.decision_definition}


@dataclass(frozen=True, slots=True)
class ResourceFile:
    """A file to deploy. The ending of its name says what it is: ``.bpmn``, ``.dmn`` or ``.form``."""

    name: str
    content: bytes


@dataclass(frozen=True, slots=True)
class DeployedResource:
    """A definition as it stands after a deployment. ``created`` is false where the latest version was the same already."""

    kind: str
    key: str
    version: int
    id: str
    name: str
    resource: str
    created: bool


@dataclass(frozen=True, slots=True)
class Deployment:
    """What a deployment brought. ``id`` is None when nothing in it was new."""

    id: str | None
    at: datetime
    resources: tuple[DeployedResource, ...]
    warnings: tuple[DeploymentFinding, ...]


class DeploymentRefused(Rejection):
    """The files have errors; ``findings`` hold all of them, warnings too."""

    def __init__(self, findings: Sequence[DeploymentFinding]) -> None:
        errors = [finding for finding in findings if finding.is_error]
        super().__init__("deployment-refused", count=len(errors), first=f"{errors[0].resource}: {errors[0].en}")
        self.findings = tuple(findings)


class Deployments:
    """Takes in models and forms."""

    def __init__(
        self,
        database: Database,
        models: Models,
        operators: OperatorRegistry,
        clock: Clock,
        identifiers: Identifiers,
    ) -> None:
        self._database = database
        self._models = models
        self._operators = operators
        self._clock = clock
        self._identifiers = identifiers

    def check(self, files: Sequence[ResourceFile]) -> list[DeploymentFinding]:
        """What is wrong with the files, were they deployed now. Nothing is stored."""
        compiled, findings = compile_files(files, self._models)
        with self._database.read() as connection:
            return findings + self._references(connection, compiled)

    def deploy(self, files: Sequence[ResourceFile], actor: Actor) -> Deployment:
        """Store new versions of what changed.

        :raises DeploymentRefused: a file has an error; nothing was stored.
        """
        compiled, findings = compile_files(files, self._models)
        return retried(lambda: self._deploy(compiled, findings, actor))

    def _references(self, connection: Connection, compiled: Sequence[Compiled]) -> list[DeploymentFinding]:
        known = {kind: frozenset(latest(connection, table)) for kind, table in TABLES.items()}
        return reference_findings(compiled, known, self._operators)

    def _deploy(self, compiled: Sequence[Compiled], findings: list[DeploymentFinding], actor: Actor) -> Deployment:
        now = self._clock()
        with unit_of_work(self._database) as work:
            found = findings + self._references(work.connection, compiled)
            if any(finding.is_error for finding in found):
                raise DeploymentRefused(found)
            deployment_id = self._identifiers(now)
            rows = [self._row(work.connection, item, deployment_id, now) for item in compiled]
            if created := [row for row in rows if row["created"]]:
                self._store(work.connection, created, deployment_id, now, actor, found)
            fault_point("deployment-written")
        return Deployment(
            id=deployment_id if created else None,
            at=now,
            resources=tuple(_resource(row) for row in rows),
            warnings=tuple(found),
        )

    def _row(self, connection: Connection, item: Compiled, deployment_id: str, now: datetime) -> dict[str, Any]:
        table = TABLES[item.kind]
        present = _latest_version(connection, table, item.key)
        common = {"kind": item.kind, "key": item.key, "resource": item.resource, "name": item.name}
        if present is not None and present.content_hash == item.content_hash:
            return {**common, "id": present.id, "version": present.version, "created": False}
        version = 1 if present is None else present.version + 1
        return {
            **common,
            "id": self._identifiers(now),
            "version": version,
            "created": True,
            "content_hash": item.content_hash,
            "source": item.content,
            "deployed_at": now,
            "deployment_id": deployment_id,
            **item.details,
        }

    def _store(
        self,
        connection: Connection,
        rows: list[dict[str, Any]],
        deployment_id: str,
        now: datetime,
        actor: Actor,
        warnings: list[DeploymentFinding],
    ) -> None:
        names = [row["resource"] for row in rows]
        connection.execute(
            tables.deployment.insert(),
            {
                "id": deployment_id,
                "at": now,
                "actor_id": actor.id,
                "resources": names,
                "warnings": [asdict(finding) for finding in warnings],
            },
        )
        for row in rows:
            table = TABLES[row["kind"]]
            connection.execute(table.insert(), {name: value for name, value in row.items() if name in table.c})
        audit.write(connection, at=now, actor_id=actor.id, action="Deploy", subject=deployment_id, detail={"resources": names})


def _latest_version(connection: Connection, table: Table, key: str) -> Any:
    newest = select(func.max(table.c.version)).where(table.c.key == key).scalar_subquery()
    return connection.execute(
        select(table.c.id, table.c.version, table.c.content_hash).where(table.c.key == key, table.c.version == newest)
    ).one_or_none()


def _resource(row: dict[str, Any]) -> DeployedResource:
    return DeployedResource(**{name: row[name] for name in DeployedResource.__slots__})

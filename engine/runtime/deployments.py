"""Deploying models and forms together: all of it is sound and gets in, or nothing does and the findings say why.

Identical content is not a new version: a file that equals the latest version of its key is passed over. References (called
processes, forms, operators) must lead to something in the same deployment or already deployed. What a model does wrong only
in rare circumstances is a warning that the deployer may override with a reason; it is kept with the deployment.
"""

from collections.abc import Callable, Sequence
from dataclasses import asdict, dataclass, replace
from datetime import datetime
from typing import Any

from sqlalchemy import Connection, Table, func, select

from engine.core.actor import Actor
from engine.core.rejection import Rejection
from engine.runtime import audit, tables
from engine.runtime.clock import Clock
from engine.runtime.database import Database
from engine.runtime.deployment_check import Compiled, DeploymentFinding, compile_files, reference_findings, start_findings
from engine.runtime.faults import fault_point
from engine.runtime.identifiers import Identifiers
from engine.runtime.lost_races import retried
from engine.runtime.models import Models, latest
from engine.runtime.operators import OperatorRegistry
from engine.runtime.start_events import open_starts, started_by_messages
from engine.runtime.unit_of_work import unit_of_work
from engine.runtime.whole_model_check import WholeModelCheck

DeploymentRule = Callable[[Connection, Sequence[Compiled], datetime], list[DeploymentFinding]]
"""What an installation asks of files beyond that they run: the findings about what was read without an error, at a moment."""

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
    """``deployment-refused``: the files have errors. ``warnings-not-overridden``: they have warnings that need a reason.

    ``findings`` hold all of them.
    """

    def __init__(self, findings: Sequence[DeploymentFinding]) -> None:
        errors = [finding for finding in findings if finding.is_error]
        blamed = errors or [finding for finding in findings if finding.needs_reason]
        code = "deployment-refused" if errors else "warnings-not-overridden"
        super().__init__(code, count=len(blamed), first=f"{blamed[0].resource}: {blamed[0].en}")
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
        scheduled: Callable[[datetime], None] = lambda due: None,
        rules: Sequence[DeploymentRule] = (),
    ) -> None:
        self._database = database
        self._models = models
        self._operators = operators
        self._clock = clock
        self._identifiers = identifiers
        self._scheduled = scheduled
        self._rules = rules

    def check(self, files: Sequence[ResourceFile]) -> list[DeploymentFinding]:
        """What is wrong with the files, were they deployed now. Nothing is stored."""
        candidate = self._read(files)
        with self._database.read() as connection:
            return self._findings(connection, candidate)

    def deploy(self, files: Sequence[ResourceFile], actor: Actor, *, override_reason: str = "") -> Deployment:
        """Store new versions of what changed.

        :param override_reason: why warnings that need a reason do not matter. It is kept with each of them.
        :raises DeploymentRefused: a file has an error, or a warning that nobody gave a reason for; nothing was stored.
        """
        candidate = self._read(files)
        with self._database.read() as connection:  # the long look, before anybody is kept waiting
            self._findings(connection, candidate)
        return retried(lambda: self._deploy(candidate, actor, override_reason.strip()))

    def _read(self, files: Sequence[ResourceFile]) -> "Candidate":
        compiled, findings = compile_files(files, self._models)
        return Candidate(compiled, findings, WholeModelCheck(self._models, compiled))

    def _findings(self, connection: Connection, candidate: "Candidate") -> list[DeploymentFinding]:
        known = {kind: frozenset(latest(connection, table)) for kind, table in TABLES.items()}
        found = candidate.findings + reference_findings(candidate.compiled, known, self._operators)
        found += start_findings(candidate.compiled, started_by_messages(connection), self._clock())
        found += [finding for rule in self._rules for finding in rule(connection, candidate.compiled, self._clock())]
        if any(finding.is_error for finding in found):
            return found
        return found + candidate.whole.findings(connection)

    def _deploy(self, candidate: "Candidate", actor: Actor, override_reason: str) -> Deployment:
        now, compiled = self._clock(), candidate.compiled
        with unit_of_work(self._database) as work:
            found = _admitted(self._findings(work.connection, candidate), override_reason)
            deployment_id = self._identifiers(now)
            rows = [self._row(work.connection, item, deployment_id, now) for item in compiled]
            if created := [row for row in rows if row["created"]]:
                self._store(work.connection, created, deployment_id, now, actor, found)
                dues = self._let_begin(work.connection, compiled, rows, now)
                if dues:
                    work.after_commit(lambda: self._scheduled(min(dues)))
            fault_point("deployment-written")
        return Deployment(
            id=deployment_id if created else None,
            at=now,
            resources=tuple(_resource(row) for row in rows),
            warnings=tuple(found),
        )

    def _let_begin(
        self, connection: Connection, compiled: list[Compiled], rows: list[dict[str, Any]], now: datetime
    ) -> list[datetime]:
        """What starts the new versions by itself takes the place of what started the old ones."""
        pairs = zip(compiled, rows, strict=True)
        new = {row["id"]: item.definition for item, row in pairs if row["created"] and item.definition is not None}
        return open_starts(connection, new, now, self._identifiers)

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
        detail: dict[str, Any] = {"resources": names}
        if overridden := [finding for finding in warnings if finding.overridden_because]:
            detail["override_reason"] = overridden[0].overridden_because
            detail["overridden"] = [f"{finding.resource}#{finding.element_id} {finding.code}" for finding in overridden]
        audit.write(connection, at=now, actor_id=actor.id, action="Deploy", subject=deployment_id, detail=detail)


@dataclass(frozen=True, slots=True)
class Candidate:
    """Files that want to be deployed, read: what each is, and what is wrong with it by itself."""

    compiled: list[Compiled]
    findings: list[DeploymentFinding]
    whole: WholeModelCheck


def _admitted(findings: list[DeploymentFinding], override_reason: str) -> list[DeploymentFinding]:
    """The warnings, with the reason beside those that need one.

    :raises DeploymentRefused: there are errors, or a reason is needed and there is none.
    """
    if any(finding.is_error or (finding.needs_reason and not override_reason) for finding in findings):
        raise DeploymentRefused(findings)
    return [replace(one, overridden_because=override_reason) if one.needs_reason else one for one in findings]


def _latest_version(connection: Connection, table: Table, key: str) -> Any:
    newest = select(func.max(table.c.version)).where(table.c.key == key).scalar_subquery()
    return connection.execute(
        select(table.c.id, table.c.version, table.c.content_hash).where(table.c.key == key, table.c.version == newest)
    ).one_or_none()


def _resource(row: dict[str, Any]) -> DeployedResource:
    return DeployedResource(**{name: row[name] for name in DeployedResource.__slots__})

"""Everything that is read. A query sees what was committed before it began; there is no index to catch up (law h)."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime, timedelta
from typing import Any

from sqlalchemy import Connection, select

from engine.core.rejection import Rejection
from engine.core.values import Variables
from engine.runtime.accounts import Account
from engine.runtime.clock import Clock
from engine.runtime.database import Database
from engine.runtime.instances import Instances
from engine.runtime.models import NOT_FOUND, PROCESS
from engine.runtime.plain_text import findable
from engine.runtime.queries import (
    accounts,
    audits,
    definitions,
    diagrams,
    element_loads,
    figures,
    histories,
    open_work,
    process_instances,
    starts,
    stuck_cases,
    tokens,
    user_tasks,
)
from engine.runtime.queries.audits import AuditEntry
from engine.runtime.queries.definitions import Definition, DeploymentRow, Kind, RunningVersion
from engine.runtime.queries.diagrams import ElementState
from engine.runtime.queries.element_loads import ElementLoad
from engine.runtime.queries.figures import Figures
from engine.runtime.queries.histories import HistoryEntry
from engine.runtime.queries.lights import Light
from engine.runtime.queries.open_work import Incident, Job, Subscription, Timer
from engine.runtime.queries.paging import DEFAULT_LIMIT, Page
from engine.runtime.queries.process_instances import ProcessInstanceFilter, ProcessInstanceRow
from engine.runtime.queries.starts import Start
from engine.runtime.queries.stuck_cases import StuckCase
from engine.runtime.queries.stuck_reasons import StuckReason
from engine.runtime.queries.tokens import LiveToken
from engine.runtime.queries.user_tasks import UserTask, UserTaskCounts, UserTaskFilter
from engine.runtime.tables import user_task_draft

__all__ = [
    "AuditEntry",
    "Definition",
    "DeploymentRow",
    "ElementLoad",
    "ElementState",
    "Figures",
    "HistoryEntry",
    "Incident",
    "Job",
    "Light",
    "LiveToken",
    "Page",
    "ProcessInstanceDetail",
    "ProcessInstanceFilter",
    "ProcessInstanceRow",
    "Queries",
    "RunningVersion",
    "Start",
    "StuckCase",
    "StuckReason",
    "Subscription",
    "Timer",
    "UserTask",
    "UserTaskCounts",
    "UserTaskDetail",
    "UserTaskFilter",
]


@dataclass(frozen=True, slots=True)
class UserTaskDetail:
    """A task with what its performer may read. ``variables`` are those of its token while it is open, else empty.
    ``form_id`` is the version of the form this case is bound to."""

    task: UserTask
    variables: Variables
    form_id: str | None
    draft: Variables | None


@dataclass(frozen=True, slots=True)
class ProcessInstanceDetail:
    """An instance with its variables: of each the newest value any branch holds."""

    instance: ProcessInstanceRow
    variables: Variables


class Queries:
    """The read side of the runtime."""

    def __init__(self, database: Database, instances: Instances, clock: Clock, grace: timedelta = timedelta(minutes=5)) -> None:
        self._database = database
        self._instances = instances
        self._clock = clock
        self._grace = grace

    def user_tasks(
        self,
        wanted: UserTaskFilter,
        *,
        sort: str = "created",
        cursor: str | None = None,
        limit: int = DEFAULT_LIMIT,
    ) -> Page[UserTask]:
        """Sorted by ``created``, ``due`` or, with ``-`` before it, the other way round.

        :raises Rejection: ``cursor-invalid``, ``sort-unknown``.
        """
        with self._database.read() as connection:
            return user_tasks.user_tasks(connection, wanted, self._clock(), sort=sort, cursor=cursor, limit=limit)

    def user_task_counts(self, wanted: UserTaskFilter) -> UserTaskCounts:
        with self._database.read() as connection:
            return user_tasks.user_task_counts(connection, wanted, self._clock())

    def user_task(self, task_id: str, *, account_id: str | None = None) -> UserTaskDetail:
        """One task, with the draft ``account_id`` saved for it.

        :raises Rejection: ``user-task-not-found``.
        """
        with self._database.read() as connection:
            task = user_tasks.user_task_row(connection, findable(task_id), self._clock())
            if task is None:
                raise Rejection("user-task-not-found", task=task_id)
            loaded = self._instances.peek(connection, task.instance_id)
            view = loaded.instance.user_task(task_id)
            draft = select(user_task_draft.c.variables).where(
                user_task_draft.c.task_id == task_id, user_task_draft.c.account_id == account_id
            )
            return UserTaskDetail(
                task=task,
                variables={} if view is None else view.variables,
                form_id=loaded.bindings.get(f"form:{task.form_key}") if task.form_key else None,
                draft=connection.execute(draft).scalar_one_or_none(),
            )

    def process_instances(
        self,
        wanted: ProcessInstanceFilter,
        *,
        sort: str = "-started",
        cursor: str | None = None,
        limit: int = DEFAULT_LIMIT,
    ) -> Page[ProcessInstanceRow]:
        """:raises Rejection: ``cursor-invalid``, ``sort-unknown``."""
        with self._database.read() as connection:
            return process_instances.process_instances(connection, wanted, sort=sort, cursor=cursor, limit=limit)

    def process_instance(self, instance_id: str) -> ProcessInstanceDetail:
        """:raises Rejection: ``instance-not-found``."""
        with self._database.read() as connection:
            row = process_instances.process_instance_row(connection, findable(instance_id))
            if row is None:
                raise Rejection("instance-not-found", instance=instance_id)
            loaded = self._instances.peek(connection, instance_id)
            return ProcessInstanceDetail(row, loaded.instance.variables())

    def history(self, instance_id: str, *, after: int = 0, limit: int = DEFAULT_LIMIT) -> Page[HistoryEntry]:
        """Rows after a sequence number, oldest first; empty for an unknown instance."""
        with self._database.read() as connection:
            return histories.history_page(connection, findable(instance_id), after=after, limit=limit)

    def diagram_state(self, instance_id: str, process_key: str | None = None) -> dict[str, ElementState]:
        """Element id to state on one diagram of the instance.

        :raises Rejection: ``instance-not-found``.
        """
        with self._database.read() as connection:
            if process_instances.process_instance_row(connection, findable(instance_id)) is None:
                raise Rejection("instance-not-found", instance=instance_id)
            return diagrams.diagram_state(connection, instance_id, process_key, self._clock())

    def tokens(self, instance_id: str) -> list[LiveToken]:
        """Where the case stands, token by token, oldest first; what to choose from before one is moved.

        :raises Rejection: ``instance-not-found``.
        """
        with self._database.read_consistently() as connection:
            if process_instances.process_instance_row(connection, findable(instance_id)) is None:
                raise Rejection("instance-not-found", instance=instance_id)
            return tokens.live_tokens(connection, self._instances.peek(connection, instance_id).instance)

    def stuck_cases(self, **filters: Any) -> Page[StuckCase]:
        """Filters of :func:`engine.runtime.queries.stuck_cases.stuck_cases`."""
        with self._database.read_consistently() as connection:

            def name(bindings: dict[str, str], process_key: str, element_id: str) -> str | None:
                return self._element_name(connection, bindings, process_key, element_id)

            return stuck_cases.stuck_cases(connection, self._clock(), self._grace, name, **filters)

    def _element_name(self, connection: Connection, bindings: dict[str, str], process_key: str, element_id: str) -> str | None:
        definition_id = bindings.get(PROCESS + process_key)
        if definition_id is None:
            return None
        definition = self._instances.models.definition(connection, definition_id)
        return next((element.bpmn_name for element in definition.elements() if element.bpmn_id == element_id), None)

    def incidents(self, **filters: Any) -> Page[Incident]:
        """Filters of :func:`engine.runtime.queries.open_work.incidents`."""
        with self._database.read() as connection:
            return open_work.incidents(connection, **filters)

    def incident(self, incident_id: str) -> Incident:
        """:raises Rejection: ``incident-not-found``."""
        with self._database.read() as connection:
            found = open_work.incident_row(connection, findable(incident_id))
        if found is None:
            raise Rejection("incident-not-found", incident=incident_id)
        return found

    def jobs(self, **filters: Any) -> Page[Job]:
        """Filters of :func:`engine.runtime.queries.open_work.jobs`."""
        with self._database.read() as connection:
            return open_work.jobs(connection, **filters)

    def timers(self, **filters: Any) -> Page[Timer]:
        """Filters of :func:`engine.runtime.queries.open_work.timers`."""
        with self._database.read() as connection:
            return open_work.timers(connection, **filters)

    def subscriptions(self, **filters: Any) -> Page[Subscription]:
        """Filters of :func:`engine.runtime.queries.open_work.subscriptions`."""
        with self._database.read() as connection:
            return open_work.subscriptions(connection, **filters)

    def definitions(self, kind: Kind = "process", **filters: Any) -> Page[Definition]:
        """Filters of :func:`engine.runtime.queries.definitions.definitions`."""
        with self._database.read() as connection:
            return definitions.definitions(connection, kind, **filters)

    def definition(self, definition_id: str, kind: Kind = "process") -> Definition:
        """:raises Rejection: ``definition-not-found`` or ``form-not-found``."""
        with self._database.read() as connection:
            found = definitions.definition(connection, kind, findable(definition_id))
        if found is None:
            raise Rejection(NOT_FOUND[f"{kind}_definition"], key=definition_id)
        return found

    def running_versions(self, process_key: str) -> Sequence[RunningVersion]:
        """Versions of a process with how many cases are under way on each."""
        with self._database.read() as connection:
            return definitions.running_versions(connection, process_key)

    def starts(self, definition_id: str) -> list[Start]:
        """What begins a version of a process by itself."""
        with self._database.read() as connection:
            return starts.starts(connection, findable(definition_id))

    def source(self, definition_id: str, kind: Kind = "process") -> bytes:
        """The deployed file, to the byte.

        :raises Rejection: ``definition-not-found`` or ``form-not-found``.
        """
        with self._database.read() as connection:
            found = definitions.source(connection, kind, findable(definition_id))
        if found is None:
            raise Rejection(NOT_FOUND[f"{kind}_definition"], key=definition_id)
        return found

    def deployments(self, *, cursor: str | None = None, limit: int = DEFAULT_LIMIT) -> Page[DeploymentRow]:
        """Newest first."""
        with self._database.read() as connection:
            return definitions.deployments(connection, cursor=cursor, limit=limit)

    def audit_log(self, **filters: Any) -> Page[AuditEntry]:
        """Filters of :func:`engine.runtime.queries.audits.audit_log`."""
        with self._database.read() as connection:
            return audits.audit_log(connection, **filters)

    def element_loads(self, process_key: str) -> Sequence[ElementLoad]:
        """What waits at each element of a process, in cases of all its versions."""
        with self._database.read() as connection:
            return element_loads.element_loads(connection, process_key, self._clock())

    def accounts(self, *, text: str | None = None, cursor: str | None = None, limit: int = DEFAULT_LIMIT) -> Page[Account]:
        """Who may log in, by id."""
        with self._database.read() as connection:
            return accounts.accounts(connection, text=text, cursor=cursor, limit=limit)

    def figures(self) -> Figures:
        """How much is going on."""
        with self._database.read() as connection:
            return figures.figures(connection, self._clock())

    def now(self) -> datetime:
        """The clock that lights are computed by."""
        return self._clock()

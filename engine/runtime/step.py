"""One command, the local operators it leads to, and the rows they leave: everything between two commits.

A service task with a local operator is answered at once, by a command of its own with its own row of history, so that a
replay finds the answer there and calls nobody.
"""

from dataclasses import dataclass, field
from datetime import datetime

from engine.core import events
from engine.core.actor import WORKER, Actor
from engine.core.commands import Command, CompleteServiceTask, FailServiceTask, MigrateProcessInstance, MoveDeadlines
from engine.core.events import Event
from engine.core.model import ProcessModel
from engine.core.moments import to_text
from engine.core.process import process
from engine.core.rejection import Rejection
from engine.core.values import Value, admit
from engine.runtime import history
from engine.runtime.changes import Changes
from engine.runtime.faults import fault_point
from engine.runtime.history import Entry
from engine.runtime.identifiers import Salt
from engine.runtime.instances import Loaded, moved, state_columns
from engine.runtime.lost_races import is_lost_race
from engine.runtime.models import Models
from engine.runtime.operators import LocalOperator, OperatorCall, OperatorError, OperatorRegistry
from engine.runtime.projections import Place, project
from engine.runtime.statements import send
from engine.runtime.unit_of_work import UnitOfWork

MAX_LOCAL_CALLS = 1000
"""Local operators one command may lead to: a loop around a service task ends in an incident, not never."""


@dataclass(slots=True)
class Step:
    """A step under way. ``now`` is the one moment at which all of it happens."""

    work: UnitOfWork
    loaded: Loaded
    operators: OperatorRegistry
    salt: Salt
    now: datetime
    actor: Actor
    models: Models
    happened: list[Event] = field(default_factory=list)
    changes: Changes = field(default_factory=Changes)
    entries: list[Entry] = field(default_factory=list)
    requests: dict[str, events.ServiceTaskRequested] = field(default_factory=dict)
    told: dict[str, datetime | None] = field(default_factory=dict)

    def run(self, asked: Command, command: Command) -> None:
        """Process the command and whatever local operators it reaches. ``asked`` is how its giver put it.

        :raises Rejection: it is refused; the transaction must be rolled back.
        """
        self._process(asked, command)
        for calls in range(MAX_LOCAL_CALLS + 1):
            request = next((job for job in self.requests.values() if self._is_local(job)), None)
            if request is None:
                return
            answer = self._answer(request, f"{asked.command_id}/{request.job_id}", exhausted=calls == MAX_LOCAL_CALLS)
            if self.told and isinstance(answer, CompleteServiceTask):
                self._tell(answer)
            self._process(answer, answer)

    def _tell(self, answer: CompleteServiceTask) -> None:
        """What the operator said of deadlines the case knows before it goes on, by a command of its own."""
        command = MoveDeadlines(
            instance_id=answer.instance_id,
            command_id=f"{answer.command_id}/deadlines",
            actor=WORKER,
            moments={binding: None if at is None else to_text(at) for binding, at in self.told.items()},
        )
        self._process(command, command)

    def _is_local(self, request: events.ServiceTaskRequested) -> bool:
        return isinstance(self.operators.get(request.operator), LocalOperator)

    def _process(self, asked: Command, command: Command) -> None:
        happened = process(self.loaded.instance, command, self.now, target=self._target(command))
        fault_point("command-processed")
        self._record(asked, command, happened)
        place = self._place(command)
        for event in happened:
            project(self.changes, event, place)
            self.loaded.counts.apply(event)
            self._note_request(event)
        self.happened += happened

    def _target(self, command: Command) -> ProcessModel | None:
        if not isinstance(command, MigrateProcessInstance):
            return None
        return self.models.target(self.work.connection, command)

    def _record(self, asked: Command, command: Command, happened: tuple[Event, ...]) -> None:
        entry = history.entry(
            self.loaded.chain_end,
            command,
            history.accepted_payload(asked, command, happened, self.salt()),
            at=self.now,
            outcome="accepted",
            code=None,
            version=self.loaded.instance.version,
        )
        self.entries.append(entry)
        self.loaded.chain_end = entry.chain_end

    def _place(self, command: Command) -> Place:
        return Place(
            instance_id=self.loaded.instance_id,
            process_key=self.loaded.process_key,
            business_key=self.loaded.business_key,
            sequence=self.loaded.chain_end.length,
            version=self.loaded.instance.version,
            at=self.now,
            actor_id=command.actor.id,
        )

    def _note_request(self, event: Event) -> None:
        if isinstance(event, events.ServiceTaskRequested):
            self.requests[event.job_id] = event
        elif isinstance(event, events.ServiceTaskCompleted | events.ServiceTaskFailed | events.ServiceTaskCanceled):
            self.requests.pop(event.job_id, None)

    def _answer(self, request: events.ServiceTaskRequested, command_id: str, *, exhausted: bool) -> Command:
        if exhausted:
            return self._failure(request, command_id, f"Expected at most {MAX_LOCAL_CALLS} service tasks in one step.")
        try:
            result = self._call(request)
        except OperatorError as error:
            return self._failure(request, command_id, str(error), error.code)
        except Rejection:
            raise
        except Exception as error:
            if is_lost_race(error):
                raise
            return self._failure(request, command_id, f"{type(error).__name__}: {error}")
        return CompleteServiceTask(
            instance_id=self.loaded.instance_id,
            command_id=command_id,
            actor=WORKER,
            job_id=request.job_id,
            result=result,
        )

    def _call(self, request: events.ServiceTaskRequested) -> Value:
        operator = self.operators[request.operator]
        assert isinstance(operator, LocalOperator)
        call = OperatorCall(
            instance_id=self.loaded.instance_id,
            job_id=request.job_id,
            operator=request.operator,
            now=self.now,
            actor=self.actor,
            process_key=self.loaded.process_key,
            business_key=self.loaded.business_key,
        )
        self.told = call.deadlines
        with self.work.savepoint() as session:
            result = operator.function(session, dict(request.parameters), call)
        fault_point("operator-called")
        return storable_result(result)

    def _failure(
        self, request: events.ServiceTaskRequested, command_id: str, message: str, error_code: str | None = None
    ) -> FailServiceTask:
        return FailServiceTask(
            instance_id=self.loaded.instance_id,
            command_id=command_id,
            actor=WORKER,
            job_id=request.job_id,
            message=message,
            error_code=error_code,
        )

    def write(self) -> None:
        """Store what was gathered: projections, state, history."""
        self.changes.update("process_instance", self.loaded.instance_id, **state_columns(self.loaded))
        values = self.changes.take_update("process_instance", self.loaded.instance_id)
        deletions, additions = self.changes.deletions(), self.changes.additions()
        if self.changes.replaces:
            send(self.work.connection, deletions)
            deletions = []
        move = None if values is None else moved(self.loaded.instance_id, self.entries[0].row["previous_hash"], values)
        self.work.store(move, deletions + additions + history.writes(self.entries))
        fault_point("step-written")


def storable_result(result: object) -> Value:
    """An operator's result as history can hold it.

    :raises ValueError: it is no JSON value. (Not a Rejection: nobody who gave a command is to blame for it.)
    """
    try:
        return admit({"result": result})["result"]
    except Rejection as rejection:
        raise ValueError(str(rejection)) from rejection

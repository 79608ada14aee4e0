"""Work that is done after the commit that asked for it: remote operators, and messages from one instance to another.

A job row is claimed by moving its ``next_attempt_at`` to the end of a lease. A worker that dies leaves the row behind, and
when the lease is over somebody takes it again: so a remote operator may run more than once, and gets an id to tell. What
comes of a job enters the instance as a command, whose id follows from the job, so it enters once.
"""

import logging
from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime, timedelta

from sqlalchemy import bindparam, or_, select

from engine.core.actor import WORKER
from engine.core.commands import Command, CompleteServiceTask, FailServiceTask
from engine.core.events import ProcessInstanceStarted
from engine.core.lifecycle import InstanceStatus
from engine.core.rejection import Rejection
from engine.core.values import Value
from engine.runtime import history
from engine.runtime.clock import Clock
from engine.runtime.columns import AnyRow
from engine.runtime.database import Database
from engine.runtime.dispatcher import SYSTEM, Dispatcher, Prepare
from engine.runtime.faults import fault_point
from engine.runtime.instances import Loaded
from engine.runtime.lost_races import retried
from engine.runtime.messages import Messages
from engine.runtime.operators import LocalOperator, OperatorCall, OperatorError, OperatorRegistry, RemoteOperator
from engine.runtime.receipts import Receipt
from engine.runtime.refusals import raise_engine_incident
from engine.runtime.step import storable_result
from engine.runtime.tables import job, process_instance
from engine.runtime.turns import REST, Turns
from engine.runtime.unit_of_work import UnitOfWork, unit_of_work

log = logging.getLogger(__name__)

BATCH = 10
MESSAGE_OPERATOR = RemoteOperator("message", lambda parameters, call: None, (), retries=8, backoff_seconds=5.0)
"""How long a thrown message waits for somebody to wait for it: 8 tries over about ten minutes."""

# No operator is called for a suspended instance; what it had already said to others is still brought to them.
_running = (job.c.instance_id == process_instance.c.id) & or_(
    job.c.kind != "service", process_instance.c.status != InstanceStatus.SUSPENDED.value
)
_any_due = select(job.c.id).join(process_instance, _running).where(job.c.next_attempt_at <= bindparam("now")).limit(1)
_next_due = select(job.c.next_attempt_at).join(process_instance, _running).order_by(job.c.next_attempt_at).limit(1)
_due = (
    select(job, process_instance.c.process_key.label("root_process_key"), process_instance.c.business_key)
    .join(process_instance, _running)
    .where(job.c.next_attempt_at <= bindparam("now"))
    .order_by(job.c.next_attempt_at, job.c.id)
    .limit(BATCH)
    .with_for_update(of=job, skip_locked=True)
)
_lease = (
    job.update()
    .where(job.c.id == bindparam("key"))
    .values(next_attempt_at=bindparam("until"), attempts=job.c.attempts + 1, worker=bindparam("by"))
)
_release = job.update().where(job.c.id == bindparam("key"), job.c.sequence == bindparam("of"))
_finish = job.delete().where(job.c.id == bindparam("key"))


@dataclass(slots=True)
class JobWorker:
    """Claims due jobs and runs them. Any number of these may run, in any number of processes."""

    database: Database
    dispatcher: Dispatcher
    messages: Messages
    operators: OperatorRegistry
    clock: Clock
    lease: timedelta
    name: str

    def run_due(self, now: datetime | None = None) -> int:
        """Run what is due, until nothing is. Returns how many attempts were made.

        ``now`` replaces the clock; a simulation calls this instead of waiting.
        """
        moment: Clock = self.clock if now is None else lambda: now
        turns, attempts = Turns(self.database, "jobs"), 0
        while claimed := self._claim(moment()):
            for row in claimed:
                if turns.take(row.instance_id, moment()):
                    for started in self._run(row, moment):
                        turns.share(row.instance_id, started)
                    attempts += 1
                else:
                    self._put_back(row, attempts=row.attempts, next_attempt_at=moment() + REST)
        return attempts

    def next_due(self) -> datetime | None:
        """When the earliest job is due, claimed ones at the end of their lease."""
        with self.database.read() as connection:
            due: datetime | None = connection.execute(_next_due).scalar_one_or_none()
        return due

    def _claim(self, now: datetime) -> list[AnyRow]:
        def claim() -> list[AnyRow]:
            with self.database.read() as connection:
                if not connection.execute(_any_due, {"now": now}).first():
                    return []
            with unit_of_work(self.database) as work:
                rows = list(work.connection.execute(_due, {"now": now}))
                for row in rows:
                    leased = {"key": row.id, "until": now + self.lease, "by": self.name}
                    work.connection.execute(_lease, leased)
                fault_point("jobs-claimed")
            return rows

        return retried(claim)

    def _run(self, row: AnyRow, moment: Clock) -> Sequence[str]:
        """Do one job. Returns the instances it started."""
        try:
            if row.kind == "message":
                return self._correlate(row, moment)
            if row.kind == "signal":
                return self._broadcast(row, moment)
            self._serve(row, moment)
        except Exception as error:
            log.warning("job %s (%s) failed", row.id, row.operator, exc_info=error)
            self._failed(row, error, moment())
        return ()

    def _serve(self, row: AnyRow, moment: Clock) -> None:
        operator = self.operators[row.operator]
        call = _call(row, moment())
        if isinstance(operator, LocalOperator):
            self._serve_locally(row, operator, call)
            return
        result = storable_result(operator.function(dict(row.parameters), call))
        fault_point("job-ran")
        self._submit(_completion(row, result), moment())

    def _serve_locally(self, row: AnyRow, operator: LocalOperator, call: OperatorCall) -> None:
        """The operator was remote when the job was requested, and is local now: run it inside the step that it ends."""

        def prepare(work: UnitOfWork, loaded: Loaded, now: datetime) -> Command:
            with work.savepoint() as session:
                return _completion(row, storable_result(operator.function(session, dict(row.parameters), call)))

        self._submit(_completion(row, None), call.now, prepare)

    def _submit(self, command: Command, now: datetime, prepare: Prepare | None = None) -> None:
        """The instance may have moved on meanwhile: then the result is refused, recorded, and nobody's any more."""
        try:
            self.dispatcher.submit(command, now=now, prepare=prepare)
        except Rejection as rejection:
            log.info("result of %s refused: %s", command.command_id, rejection)

    def _correlate(self, row: AnyRow, moment: Clock) -> Sequence[str]:
        started: Sequence[str] = ()
        if not self._delivered(row):
            key = row.parameters["correlation_key"]
            if self.messages.receiver_is_suspended(row.operator, key):
                self._put_back(row, attempts=row.attempts, next_attempt_at=moment() + REST, last_error=None)
                return ()
            receipt = self.messages.correlate(
                message=row.operator,
                correlation_key=key,
                variables=row.parameters["variables"],
                actor=WORKER,
                command_id=_delivery_id(row, row.attempts),
            )
            started = [receipt.instance_id] if _has_begun(receipt) else ()
        self._drop(row)
        return started

    def _broadcast(self, row: AnyRow, moment: Clock) -> Sequence[str]:
        """Whoever waits now hears it; whoever is suspended hears it when it goes on, if it waited already."""
        heard = self.messages.broadcast(
            signal=row.operator,
            variables=row.parameters["variables"],
            actor=WORKER,
            command_id=f"{SYSTEM}{row.id}/{row.sequence}",
            source=row.instance_id,
            opened_until=row.requested_at if row.attempts else None,
        )
        if heard.suspended:
            self._put_back(row, next_attempt_at=moment() + REST)
        else:
            self._drop(row)
        return heard.started

    def _delivered(self, row: AnyRow) -> bool:
        """Whether an earlier try got through and only its worker did not live to say so."""
        with self.database.read() as connection:
            earlier = (history.find(connection, _delivery_id(row, attempt)) for attempt in range(row.attempts))
            return any(record is not None and record.row["outcome"] == "accepted" for record in earlier)

    def _drop(self, row: AnyRow) -> None:
        def drop() -> None:
            with unit_of_work(self.database) as work:
                work.connection.execute(_finish, {"key": row.id})

        retried(drop)

    def _failed(self, row: AnyRow, error: Exception, now: datetime) -> None:
        operator = self._policy(row)
        attempts = row.attempts + 1
        if isinstance(error, OperatorError) or operator is None or attempts >= operator.retries:
            self._give_up(row, error, now)
            return
        again = now + timedelta(seconds=operator.pause_seconds(attempts))
        self._put_back(row, next_attempt_at=again, last_error=_told(error))

    def _put_back(self, row: AnyRow, **values: object) -> None:
        """Let go of a claimed job."""

        def put_back() -> None:
            with unit_of_work(self.database) as work:
                work.connection.execute(_release, {"key": row.id, "of": row.sequence, "worker": None, **values})

        retried(put_back)

    def _policy(self, row: AnyRow) -> RemoteOperator | None:
        """How often to try; None where trying again is no use, because there is no such operator."""
        if row.kind != "service":
            return MESSAGE_OPERATOR
        operator = self.operators.get(row.operator)
        return operator if isinstance(operator, RemoteOperator) else None

    def _give_up(self, row: AnyRow, error: Exception, now: datetime) -> None:
        if row.kind != "service":
            self._message_lost(row, error, now)
            return
        code = error.code if isinstance(error, OperatorError) else None
        self._submit(
            FailServiceTask(
                instance_id=row.instance_id,
                command_id=f"{SYSTEM}{row.id}/{row.sequence}/{row.attempts}/failed",
                actor=WORKER,
                job_id=row.id,
                message=_told(error),
                error_code=code,
            ),
            now,
        )

    def _message_lost(self, row: AnyRow, error: Exception, now: datetime) -> None:
        def lose() -> None:
            with unit_of_work(self.database) as work:
                work.connection.execute(_finish, {"key": row.id})
                raise_engine_incident(work.connection, row.instance_id, "message-lost", _told(error), now)

        retried(lose)


def _call(row: AnyRow, now: datetime) -> OperatorCall:
    return OperatorCall(
        instance_id=row.instance_id,
        job_id=row.id,
        operator=row.operator,
        now=now,
        actor=WORKER,
        process_key=row.root_process_key,
        business_key=row.business_key,
        attempt=row.attempts + 1,
    )


def _has_begun(receipt: Receipt) -> bool:
    return any(isinstance(event, ProcessInstanceStarted) for event in receipt.events)


def _completion(row: AnyRow, result: Value) -> CompleteServiceTask:
    return CompleteServiceTask(
        instance_id=row.instance_id,
        command_id=f"{SYSTEM}{row.id}/{row.sequence}/{row.attempts}",
        actor=WORKER,
        job_id=row.id,
        result=result,
    )


def _delivery_id(row: AnyRow, attempt: int) -> str:
    return f"{SYSTEM}{row.id}/{row.sequence}/{attempt}"


def _told(error: Exception) -> str:
    return str(error) if isinstance(error, OperatorError | Rejection) else f"{type(error).__name__}: {error}"

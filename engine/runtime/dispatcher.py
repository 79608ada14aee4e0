"""The one door to every process instance: a command comes in, a receipt or a refusal goes out.

The order inside is that of DESIGN.md section 2: lock and load, let core decide, run local operators, write projections,
state and history, commit; then, as hints only, wake whoever has work now.
"""

import itertools
import re
from collections.abc import Callable
from dataclasses import dataclass, field
from datetime import datetime
from typing import TypeAlias

from sqlalchemy import Connection

import forms
from engine.core.commands import Command, StartProcessInstance, field_names
from engine.core.events import ProcessInstanceResumed
from engine.core.rejection import Rejection
from engine.core.values import storable
from engine.runtime.clock import Clock
from engine.runtime.database import Database
from engine.runtime.faults import fault_point
from engine.runtime.identifiers import Salt
from engine.runtime.instances import Instances, Loaded, locked_head
from engine.runtime.lost_races import retried
from engine.runtime.operators import OperatorRegistry
from engine.runtime.receipts import CommandIdRefused, Receipt, recorded_answer
from engine.runtime.refusals import Refusals
from engine.runtime.step import Step
from engine.runtime.unit_of_work import Moved, UnitOfWork, unit_of_work

COMMAND_ID = re.compile(r"[\x21-\x7e]{1,200}")
SYSTEM = "system:"
"""Beginning of command ids (and actors) of the runtime itself; nobody else can take one before it."""

Prepare: TypeAlias = Callable[[UnitOfWork, Loaded, datetime], Command]
"""Makes, of the instance as it is now, the command that core is to get: cleans its variables by a form."""


@dataclass(slots=True)
class Hints:
    """Whom to wake after a commit. The rows are the truth; a hint that is lost costs time, not work."""

    timer_scheduled: Callable[[datetime], None] = lambda due: None
    job_requested: Callable[[], None] = lambda: None


@dataclass(slots=True)
class Dispatcher:
    """Takes commands, from any thread."""

    database: Database
    instances: Instances
    operators: OperatorRegistry
    clock: Clock
    salt: Salt
    refusals: Refusals
    hints: Hints = field(default_factory=Hints)

    def submit(self, command: Command, *, now: datetime | None = None, prepare: Prepare | None = None) -> Receipt:
        """Do what the command says, once, however often it is submitted.

        ``now`` replaces the clock (simulations). ``prepare`` sees the loaded instance inside the transaction.

        :raises Rejection: it is refused, and that is recorded. A repeated command is refused again as it was.
        :raises forms.FormErrors: from ``prepare``; the audit log says so and history does not, so the command may be corrected
            and submitted again.
        """
        moment: Clock = self.clock if now is None else lambda: now
        try:
            check_command_id(command)
            check_texts(command)
            answer = self._answer(command, moment, prepare)
        except Rejection as rejection:
            self.refusals.record(command, rejection, moment())
            raise
        except forms.FormErrors as errors:
            self.refusals.form(command, errors, moment())
            raise
        except Exception as error:
            self.refusals.trouble(command, error, moment())
            raise
        if isinstance(answer, Rejection):
            raise answer
        return answer

    def _answer(self, command: Command, moment: Clock, prepare: Prepare | None) -> Receipt | Rejection:
        """Nearly every command is new, so nobody looks for it in history before there is a sign that it is not: it is
        refused, or history, in which a command_id can stand once, does not take it."""
        tries = itertools.count()
        try:
            return retried(lambda: self._attempt(command, moment, prepare, again=next(tries) > 0))
        except (Rejection, forms.FormErrors):
            with self.database.read() as connection:
                answer = recorded_answer(connection, command)
            if answer is None:
                raise
            return answer

    def _attempt(self, command: Command, moment: Clock, prepare: Prepare | None, *, again: bool) -> Receipt | Rejection:
        """On trust if that is possible. What is said against a command then may be out of date, so it is decided again."""
        known = None if again or self.database.is_sqlite else self.instances.live.take_on_trust(command.instance_id)
        if known is not None:
            try:
                return self._on_trust(known, command, moment, prepare)
            except Moved:
                self.instances.live.doubt()
            except (Rejection, forms.FormErrors):
                pass
        return self._locked(command, moment, prepare, again=again)

    def _on_trust(self, known: Loaded, command: Command, moment: Clock, prepare: Prepare | None) -> Receipt:
        end = known.chain_end

        def confirm(connection: Connection) -> None:
            head = locked_head(connection, known.instance_id)
            if head is None or head.chain_end != end:
                raise Moved

        with unit_of_work(self.database, confirm) as work:
            return self._step(work, known, command, moment(), prepare)

    def _locked(self, command: Command, moment: Clock, prepare: Prepare | None, *, again: bool) -> Receipt | Rejection:
        with unit_of_work(self.database) as work:
            cached = command.instance_id in self.instances.live
            head = locked_head(work.connection, command.instance_id, with_state=not cached)
            if again and (answer := recorded_answer(work.connection, command)) is not None:
                return answer
            if isinstance(command, StartProcessInstance):
                if head is not None:
                    raise Rejection("instance-already-exists", instance=command.instance_id)
                loaded = self.instances.new(work.connection, command)
            else:
                loaded = self.instances.load(work.connection, command.instance_id, head)
            return self._step(work, loaded, command, moment(), prepare)

    def _step(self, work: UnitOfWork, loaded: Loaded, command: Command, now: datetime, prepare: Prepare | None) -> Receipt:
        fault_point("instance-loaded")
        step = Step(work, loaded, self.operators, self.salt, now, command.actor, self.instances.models)
        step.run(command, command if prepare is None else prepare(work, loaded, now))
        step.write()
        work.after_commit(lambda: self.instances.live.put(loaded))
        work.after_commit(lambda: self._wake(step))
        return Receipt(loaded.instance_id, loaded.instance.version, tuple(step.happened))

    def _wake(self, step: Step) -> None:
        if any(isinstance(event, ProcessInstanceResumed) for event in step.happened):
            self.hints.timer_scheduled(step.now)  # what stood still may be due
            self.hints.job_requested()
        if due := step.changes.moments("timer", "next_attempt_at"):
            self.hints.timer_scheduled(min(due))
        if any(step.changes.rows("job")):
            self.hints.job_requested()


def check_command_id(command: Command) -> None:
    """:raises CommandIdRefused: ``command-id-invalid`` or ``command-id-reserved``."""
    if not COMMAND_ID.fullmatch(command.command_id):
        raise CommandIdRefused("command-id-invalid", command_id=ascii(command.command_id)[:80])
    if command.command_id.startswith(SYSTEM) and not command.actor.id.startswith(SYSTEM):
        raise CommandIdRefused("command-id-reserved", command_id=command.command_id)


def check_texts(command: Command) -> None:
    """:raises Rejection: ``variable-not-storable``, where a reason, a key or a name cannot be stored."""
    for name in field_names(command.name):
        value = getattr(command, name)
        if isinstance(value, str) and not storable(value):
            raise Rejection("variable-not-storable", field=name, expected="Unicode text")

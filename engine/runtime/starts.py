"""Beginning a process instance: by somebody, by a message, by a signal, by a start timer. All by one command, by one door.

An instance begins on the latest version of its process, bound to the latest versions of all it will come to use.
"""

from collections.abc import Callable
from contextlib import suppress
from dataclasses import dataclass, replace
from datetime import datetime

from sqlalchemy import select

from engine.core.actor import SCHEDULER, Actor
from engine.core.commands import Command, StartProcessInstance
from engine.core.rejection import Rejection
from engine.core.values import Variables
from engine.runtime.clock import Clock
from engine.runtime.columns import AnyRow
from engine.runtime.database import Database
from engine.runtime.dispatcher import Dispatcher
from engine.runtime.identifiers import Identifiers
from engine.runtime.instances import Loaded
from engine.runtime.models import FORM, PROCESS, Models
from engine.runtime.plain_text import findable
from engine.runtime.receipts import Receipt
from engine.runtime.tables import start_message, start_signal
from engine.runtime.unit_of_work import UnitOfWork


@dataclass(slots=True)
class Starts:
    """Starts instances."""

    database: Database
    dispatcher: Dispatcher
    models: Models
    clock: Clock
    identifiers: Identifiers

    def by_hand(
        self, process_key: str, *, actor: Actor, command_id: str, business_key: str | None, variables: Variables
    ) -> Receipt:
        """Somebody starts an instance, at the none start.

        :raises Rejection: ``definition-not-found``, ``start-not-found``, or whatever else core says against it.
        :raises forms.FormErrors: the process has a start form, and it does not admit the variables.
        """
        command = self._command(process_key, actor, command_id, business_key=business_key, variables=variables)
        return self.dispatcher.submit(command, prepare=lambda work, loaded, now: self._cleaned(work, command, now))

    def by_message(
        self, message: str, correlation_key: str | None, variables: Variables, actor: Actor, command_id: str
    ) -> Receipt | None:
        """A message that nobody waits for starts the one process that begins with it; None if there is none.

        Its correlation key becomes the business key, by which later messages find the instance.
        """
        with self.database.read() as connection:
            wanted = select(start_message).where(start_message.c.message == findable(message))
            row = connection.execute(wanted).one_or_none()
        if row is None:
            return None
        return self.dispatcher.submit(
            self._command(
                row.process_key,
                actor,
                command_id,
                business_key=correlation_key,
                variables=variables,
                start_event=row.element_id,
            )
        )

    def again(self, started: StartProcessInstance, correlation_key: str | None, variables: Variables, actor: Actor) -> Receipt:
        """The message that started an instance comes a second time."""
        return self.dispatcher.submit(replace(started, actor=actor, business_key=correlation_key, variables=variables))

    def by_signal(
        self, signal: str, variables: Variables, actor: Actor, command_id: str, opened_until: datetime | None
    ) -> list[str]:
        """A signal starts one instance of every process that begins with it; by the same command_id never a second.

        Returns which.

        :param opened_until: processes that began to listen later do not hear it.
        """
        table = start_signal
        wanted = select(table).where(table.c.signal == findable(signal))
        if opened_until is not None:
            wanted = wanted.where(table.c.opened_at <= opened_until)
        with self.database.read() as connection:
            rows = connection.execute(wanted.order_by(table.c.process_key)).all()
        started: list[str] = []
        for row in rows:
            with suppress(Rejection):  # which is recorded
                receipt = self.dispatcher.submit(
                    self._command(
                        row.process_key,
                        actor,
                        f"{command_id}/{row.id}",
                        variables=variables,
                        start_event=row.element_id,
                    )
                )
                started.append(receipt.instance_id)
        return started

    def by_timer(
        self, timer: AnyRow, command_id: str, now: datetime, move_on: Callable[[UnitOfWork, datetime], None]
    ) -> Receipt:
        """A start timer is due. ``move_on`` moves its row to the next occurrence, in the step's own transaction.

        :raises Rejection: from ``move_on``, or what core says.
        """
        command = self._command(timer.process_key, SCHEDULER, command_id, start_event=timer.element_id)

        def prepare(work: UnitOfWork, loaded: Loaded, moment: datetime) -> Command:
            move_on(work, moment)
            return command

        return self.dispatcher.submit(command, now=now, prepare=prepare)

    def _command(
        self,
        process_key: str,
        actor: Actor,
        command_id: str,
        *,
        business_key: str | None = None,
        variables: Variables | None = None,
        start_event: str | None = None,
    ) -> StartProcessInstance:
        with self.database.read() as connection:
            bindings = self.models.resolve(connection, process_key)
        return StartProcessInstance(
            instance_id=self.identifiers(self.clock()),
            command_id=command_id,
            actor=actor,
            process_key=process_key,
            business_key=business_key,
            variables=variables or {},
            bindings=bindings,
            start_event=start_event,
        )

    def _cleaned(self, work: UnitOfWork, command: StartProcessInstance, now: datetime) -> Command:
        definition = self.models.definition(work.connection, command.bindings[PROCESS + command.process_key])
        if definition.start_form_key is None:
            return command
        form = self.models.form(work.connection, command.bindings[FORM + definition.start_form_key])
        return replace(command, variables=form.clean(command.variables, variables={}, now=now))

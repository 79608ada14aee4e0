"""Taking running cases to another version of their models: looked at first, then done.

A preview works on a copy and stores nothing. What it lists is what a supervisor must know before agreeing: every deadline
with what becomes of it, and every place that goes elsewhere.
"""

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import datetime

from sqlalchemy import Connection

from engine.core import events
from engine.core.actor import Actor
from engine.core.commands import MigrateProcessInstance
from engine.core.events import Event
from engine.core.instance import ProcessInstance
from engine.core.moments import from_text
from engine.core.process import process
from engine.core.spiff.token import Token
from engine.runtime.clock import Clock
from engine.runtime.database import Database
from engine.runtime.dispatcher import Dispatcher
from engine.runtime.instances import Instances
from engine.runtime.models import Models
from engine.runtime.plain_text import findable
from engine.runtime.receipts import Receipt


@dataclass(frozen=True, slots=True)
class Deadline:
    """A timer or the due date of a task, before and after. None: there is none."""

    kind: str
    element_id: str
    before: datetime | None
    after: datetime | None


@dataclass(frozen=True, slots=True)
class Move:
    """A place of the case that has another element in the new version."""

    from_element_id: str
    element_id: str


@dataclass(frozen=True, slots=True)
class Preview:
    """What a migration would do."""

    bindings: dict[str, str]
    deadlines: tuple[Deadline, ...]
    moves: tuple[Move, ...]


@dataclass(slots=True)
class InstanceMigration:
    """Previews and migrates."""

    database: Database
    instances: Instances
    models: Models
    dispatcher: Dispatcher
    clock: Clock

    def preview(
        self,
        instance_id: str,
        *,
        actor: Actor,
        mapping: Mapping[str, str] | None = None,
        bindings: Mapping[str, str] | None = None,
    ) -> Preview:
        """What would become of the case. ``bindings``: the versions to go to; the latest ones if not given.

        :raises Rejection: ``instance-not-found``, ``definition-not-found``, or what the migration itself would say.
        """
        with self.database.read() as connection:
            loaded = self.instances.peek(connection, findable(instance_id))
            command = self._command(connection, loaded.instance, actor, "preview", "preview", mapping, bindings)
            target = self.models.target(connection, command)
        before = _deadlines(loaded.instance)
        happened = process(loaded.instance, command, self.clock(), target=target)
        return Preview(command.bindings, _compared(before, _deadlines(loaded.instance)), _moves(happened))

    def migrate(
        self,
        instance_id: str,
        *,
        actor: Actor,
        reason: str,
        command_id: str,
        mapping: Mapping[str, str] | None = None,
        bindings: Mapping[str, str] | None = None,
        expected_version: int | None = None,
    ) -> Receipt:
        """Do it.

        :raises Rejection: as :meth:`preview`, and whatever a command may be refused for.
        """
        with self.database.read() as connection:
            instance = self.instances.peek(connection, findable(instance_id)).instance
            command = self._command(connection, instance, actor, reason, command_id, mapping, bindings, expected_version)
        return self.dispatcher.submit(command)

    def _command(
        self,
        connection: Connection,
        instance: ProcessInstance,
        actor: Actor,
        reason: str,
        command_id: str,
        mapping: Mapping[str, str] | None,
        bindings: Mapping[str, str] | None,
        expected_version: int | None = None,
    ) -> MigrateProcessInstance:
        key = instance.model.root.key
        return MigrateProcessInstance(
            instance_id=instance.id,
            command_id=command_id,
            actor=actor,
            expected_version=expected_version,
            process_key=key,
            bindings=dict(bindings) if bindings is not None else self.models.resolve(connection, key),
            reason=reason,
            mapping=dict(mapping or {}),
        )


Deadlines = dict[str, tuple[str, str, datetime]]


def _deadlines(instance: ProcessInstance) -> Deadlines:
    """Every timer and every task with a due date, by an id that survives the migration."""
    found: Deadlines = {}
    for token in instance.tokens():
        timer, due = token.internal_data.get("timer"), _due(token)
        if timer is not None and timer["due"] is not None:
            found[f"timer {timer['id']}"] = ("timer", token.element.bpmn_id, from_text(timer["due"]))
        if due is not None:
            found[f"task {token.id}"] = ("user-task", token.element.bpmn_id, from_text(due))
    return found


def _due(token: Token) -> str | None:
    due: str | None = token.internal_data.get("user_task", {}).get("due")
    return due


def _compared(before: Deadlines, after: Deadlines) -> tuple[Deadline, ...]:
    rows = []
    for key in [*before, *(key for key in after if key not in before)]:
        kind, element_id, _ = after.get(key) or before[key]
        old, new = before.get(key), after.get(key)
        rows.append(Deadline(kind, element_id, old[2] if old else None, new[2] if new else None))
    return tuple(rows)


def _moves(happened: tuple[Event, ...]) -> tuple[Move, ...]:
    return tuple(
        Move(event.from_element_id, event.element_id)
        for event in happened
        if isinstance(event, events.TokenMigrated) and event.from_element_id != event.element_id
    )

"""Bringing a message to the one process instance that waits for it, or starting the process that begins with it."""

from contextlib import suppress
from dataclasses import dataclass
from datetime import datetime
from typing import Any

from sqlalchemy import Connection, Select, select

from engine.core.actor import Actor
from engine.core.commands import Command, DeliverMessage, StartProcessInstance
from engine.core.lifecycle import InstanceStatus
from engine.core.rejection import Rejection
from engine.core.values import Variables
from engine.runtime import history
from engine.runtime.database import Database
from engine.runtime.dispatcher import Dispatcher
from engine.runtime.plain_text import findable
from engine.runtime.receipts import Receipt
from engine.runtime.starts import Starts
from engine.runtime.tables import message_subscription, process_instance


@dataclass(frozen=True, slots=True)
class Heard:
    """What came of a signal: how many instances could not hear it because they are suspended, and which it started."""

    suspended: int
    started: tuple[str, ...]


class Messages:
    """Correlation by message name and key."""

    def __init__(self, database: Database, dispatcher: Dispatcher, starts: Starts) -> None:
        self._database = database
        self._dispatcher = dispatcher
        self._starts = starts

    def correlate(
        self,
        *,
        message: str,
        correlation_key: str | None,
        variables: Variables,
        actor: Actor,
        command_id: str,
    ) -> Receipt:
        """Hand a message to the open subscription with this name and key; if there is none, start what begins with it.

        :raises Rejection: ``message-not-correlated`` or ``message-ambiguous``, or what the instance says.
        """
        with self._database.read_consistently() as connection:  # or its first coming could lie between the two looks
            earlier = _delivered(connection, command_id)
            receiver = _receiver(earlier) if earlier is not None else _subscription(connection, message, correlation_key)
        if isinstance(earlier, StartProcessInstance):
            return self._starts.again(earlier, correlation_key, variables, actor)
        if receiver is None:
            started = self._starts.by_message(message, correlation_key, variables, actor, command_id)
            if started is None:
                raise Rejection("message-not-correlated", message=message, correlation_key=correlation_key)
            return started
        return self._dispatcher.submit(
            DeliverMessage(
                instance_id=receiver[0],
                command_id=command_id,
                actor=actor,
                subscription_id=receiver[1],
                variables=variables,
            )
        )

    def receiver_is_suspended(self, message: str, correlation_key: str | None) -> bool:
        """Whether the message has its one receiver, which can take nothing until it is resumed."""
        waiting = _waiting_for(message, correlation_key).add_columns(process_instance.c.status)
        statement = waiting.join(process_instance, process_instance.c.id == message_subscription.c.instance_id)
        with self._database.read() as connection:
            found = connection.execute(statement).all()
        return len(found) == 1 and found[0].status == InstanceStatus.SUSPENDED.value

    def broadcast(
        self,
        *,
        signal: str,
        variables: Variables,
        actor: Actor,
        command_id: str,
        source: str,
        opened_until: datetime | None = None,
    ) -> Heard:
        """Let every instance but ``source`` that waits for the signal hear it, now or since ``opened_until``, and start what
        begins with it.

        Those that could not because they are suspended are told later by the same command_id, and no one twice.
        An instance that has moved on meanwhile refuses, which is recorded there and no trouble here.
        """
        table = message_subscription
        waiting = (
            select(table.c.instance_id, table.c.id, process_instance.c.status)
            .join(process_instance, process_instance.c.id == table.c.instance_id)
            .where(table.c.kind == "signal", table.c.message == findable(signal), table.c.instance_id != source)
        )
        if opened_until is not None:
            waiting = waiting.where(table.c.opened_at <= opened_until)
        with self._database.read() as connection:
            found = connection.execute(waiting.order_by(table.c.id)).all()
        suspended = [row for row in found if row.status == InstanceStatus.SUSPENDED.value]
        for row in found:
            if row not in suspended:
                self._tell(row.instance_id, row.id, variables, actor, f"{command_id}/{row.id}")
        started = self._starts.by_signal(signal, variables, actor, command_id, opened_until)
        return Heard(len(suspended), tuple(started))

    def _tell(self, instance_id: str, subscription_id: str, variables: Variables, actor: Actor, command_id: str) -> None:
        command = DeliverMessage(
            instance_id=instance_id,
            command_id=command_id,
            actor=actor,
            subscription_id=subscription_id,
            variables=variables,
        )
        with suppress(Rejection):
            self._dispatcher.submit(command)


def _delivered(connection: Connection, command_id: str) -> Command | None:
    """What a message with this command_id did when it came the first time."""
    record = history.find(connection, command_id)
    if record is None or record.row["command"] not in (DeliverMessage.__name__, StartProcessInstance.__name__):
        return None
    command = record.command
    begun_by_hand = isinstance(command, StartProcessInstance) and command.start_event is None
    return None if begun_by_hand else command


def _receiver(command: Command) -> tuple[str, str] | None:
    return (command.instance_id, command.subscription_id) if isinstance(command, DeliverMessage) else None


def _subscription(connection: Connection, message: str, correlation_key: str | None) -> tuple[str, str] | None:
    """:raises Rejection: ``message-ambiguous``."""
    found = connection.execute(_waiting_for(message, correlation_key)).all()
    if not found:
        return None
    if len(found) > 1:
        raise Rejection("message-ambiguous", message=message, correlation_key=correlation_key, count=len(found))
    return found[0].instance_id, found[0].id


def _waiting_for(message: str, correlation_key: str | None) -> Select[Any]:
    table = message_subscription
    same_key = (
        table.c.correlation_key.is_(None) if correlation_key is None else table.c.correlation_key == findable(correlation_key)
    )
    waiting = (table.c.kind == "message", table.c.message == findable(message), same_key)
    return select(table.c.instance_id, table.c.id).where(*waiting).limit(100)

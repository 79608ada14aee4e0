"""Bringing a message to the one process instance that waits for it."""

from contextlib import suppress
from datetime import datetime
from typing import Any

from sqlalchemy import Connection, Select, select

from engine.core.actor import Actor
from engine.core.commands import DeliverMessage
from engine.core.lifecycle import InstanceStatus
from engine.core.rejection import Rejection
from engine.core.values import Variables
from engine.runtime import history
from engine.runtime.database import Database
from engine.runtime.dispatcher import Dispatcher
from engine.runtime.plain_text import findable
from engine.runtime.receipts import Receipt
from engine.runtime.tables import message_subscription, process_instance


class Messages:
    """Correlation by message name and key."""

    def __init__(self, database: Database, dispatcher: Dispatcher) -> None:
        self._database = database
        self._dispatcher = dispatcher

    def correlate(
        self,
        *,
        message: str,
        correlation_key: str | None,
        variables: Variables,
        actor: Actor,
        command_id: str,
    ) -> Receipt:
        """Hand a message to the open subscription with this name and key.

        :raises Rejection: ``message-not-correlated`` or ``message-ambiguous``, or what the instance says.
        """
        with self._database.read() as connection:
            instance_id, subscription_id = _delivered(connection, command_id) or _subscription(
                connection, message, correlation_key
            )
        return self._dispatcher.submit(
            DeliverMessage(
                instance_id=instance_id,
                command_id=command_id,
                actor=actor,
                subscription_id=subscription_id,
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
    ) -> int:
        """Let every instance but ``source`` that waits for the signal hear it, now or since ``opened_until``.

        Returns how many could not because they are suspended; the same command_id tells those, later, and no one twice.
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
        return len(suspended)

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


def _delivered(connection: Connection, command_id: str) -> tuple[str, str] | None:
    """Where a message with this command_id went when it came the first time."""
    record = history.find(connection, command_id)
    if record is None or record.row["command"] != DeliverMessage.__name__:
        return None
    command = record.command
    assert isinstance(command, DeliverMessage)
    return command.instance_id, command.subscription_id


def _subscription(connection: Connection, message: str, correlation_key: str | None) -> tuple[str, str]:
    found = connection.execute(_waiting_for(message, correlation_key)).all()
    if not found:
        raise Rejection("message-not-correlated", message=message, correlation_key=correlation_key)
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

"""Bringing a message to the one process instance that waits for it."""

from sqlalchemy import Connection, select

from engine.core.actor import Actor
from engine.core.commands import DeliverMessage
from engine.core.rejection import Rejection
from engine.core.values import Variables
from engine.runtime import history
from engine.runtime.database import Database
from engine.runtime.dispatcher import Dispatcher
from engine.runtime.plain_text import findable
from engine.runtime.receipts import Receipt
from engine.runtime.tables import message_subscription


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

    def broadcast(self, *, signal: str, variables: Variables, actor: Actor, command_id: str, source: str) -> int:
        """Let every instance but ``source`` that waits for the signal hear it. Returns how many did.

        An instance that has moved on meanwhile refuses, which is recorded there and no trouble here.
        """
        table = message_subscription
        waiting = select(table.c.instance_id, table.c.id).where(
            table.c.kind == "signal", table.c.message == findable(signal), table.c.instance_id != source
        )
        with self._database.read() as connection:
            found = connection.execute(waiting.order_by(table.c.id)).all()
        return sum(self._hears(row.instance_id, row.id, variables, actor, f"{command_id}/{row.id}") for row in found)

    def _hears(self, instance_id: str, subscription_id: str, variables: Variables, actor: Actor, command_id: str) -> bool:
        command = DeliverMessage(
            instance_id=instance_id,
            command_id=command_id,
            actor=actor,
            subscription_id=subscription_id,
            variables=variables,
        )
        try:
            self._dispatcher.submit(command)
        except Rejection:
            return False
        return True


def _delivered(connection: Connection, command_id: str) -> tuple[str, str] | None:
    """Where a message with this command_id went when it came the first time."""
    record = history.find(connection, command_id)
    if record is None or record.row["command"] != DeliverMessage.__name__:
        return None
    command = record.command
    assert isinstance(command, DeliverMessage)
    return command.instance_id, command.subscription_id


def _subscription(connection: Connection, message: str, correlation_key: str | None) -> tuple[str, str]:
    table = message_subscription
    same_key = (
        table.c.correlation_key.is_(None) if correlation_key is None else table.c.correlation_key == findable(correlation_key)
    )
    found = connection.execute(
        select(table.c.instance_id, table.c.id)
        .where(table.c.kind == "message", table.c.message == findable(message), same_key)
        .limit(100)
    ).all()
    if not found:
        raise Rejection("message-not-correlated", message=message, correlation_key=correlation_key)
    if len(found) > 1:
        raise Rejection("message-ambiguous", message=message, correlation_key=correlation_key, count=len(found))
    return found[0].instance_id, found[0].id

"""What the giver of a command gets back, the first time and every time it is repeated."""

from dataclasses import dataclass

from sqlalchemy import Connection

from engine.core.commands import Command
from engine.core.events import Event
from engine.core.rejection import Rejection
from engine.runtime import history
from engine.runtime.fingerprint import fingerprint
from engine.runtime.history import Record


@dataclass(frozen=True, slots=True)
class Receipt:
    """An accepted command. ``events`` include those of the local operators it led to."""

    instance_id: str
    version: int
    events: tuple[Event, ...]
    replayed: bool = False


class CommandIdRefused(Rejection):
    """The command_id itself is to blame, so the refusal cannot stand in history under it."""


def recorded_answer(connection: Connection, command: Command) -> Receipt | Rejection | None:
    """The answer this command got before; None if it is new.

    :raises CommandIdRefused: its id belongs to another command.
    """
    record = history.find(connection, command.command_id)
    if record is None:
        return None
    if record.row["command"] != command.name or record.row["actor_id"] != command.actor.id:
        raise CommandIdRefused("command-id-reused", command_id=command.command_id)
    if record.payload is not None and record.content["request"] != fingerprint(command):
        raise CommandIdRefused("command-id-reused", command_id=command.command_id)
    return record.rejection or _receipt(connection, record)


def _receipt(connection: Connection, record: Record) -> Receipt:
    instance_id, first = record.row["instance_id"], record.row["sequence"]
    command_id, version, events = record.row["command_id"], record.row["version"], list(record.events)
    for follower in history.of_instance(connection, instance_id, first):
        if not follower.row["command_id"].startswith(f"{command_id}/"):
            break
        version = follower.row["version"]
        events += follower.events
    return Receipt(instance_id, version, tuple(events), replayed=True)

"""What begins process instances by itself: the start timers, messages and signals of the newest version of every process.

A deployment opens these rows in its own transaction, and thereby closes those of the version before. A signal or a message
that was started by before is started by still; a timer whose words are the same goes on with its schedule, so that a new
version neither repeats nor skips an occurrence. Only a duration begins anew, for it counts from the deployment.
"""

from collections.abc import Collection, Mapping
from datetime import datetime
from typing import Any

from sqlalchemy import Connection, Table, delete, select

from engine.core.model import ProcessDefinition
from engine.core.spiff.definitions import TimerDefinition
from engine.core.spiff.timing import TimerKind
from engine.core.starts import StartSchedule, start_messages, start_signals, start_timers
from engine.runtime.identifiers import Identifiers
from engine.runtime.tables import start_message, start_signal, start_timer


def started_by_messages(connection: Connection) -> dict[str, str]:
    """Names of messages that start a process, with its key."""
    rows = connection.execute(select(start_message.c.message, start_message.c.process_key))
    return {row.message: row.process_key for row in rows}


def open_starts(
    connection: Connection, definitions: Mapping[str, ProcessDefinition], now: datetime, identifiers: Identifiers
) -> list[datetime]:
    """Let new versions, by identifier, begin by themselves from ``now`` on. Returns when the timers among them are due."""
    keys = [definition.key for definition in definitions.values()]
    before = {table: _taken_over(connection, table, keys) for table in (start_message, start_signal, start_timer)}
    for table in before:
        connection.execute(delete(table).where(table.c.process_key.in_(keys)))
    dues: list[datetime] = []
    for definition_id, definition in definitions.items():
        given = {"process_key": definition.key, "definition_id": definition_id, "opened_at": now}
        _open_messages(connection, definition, given)
        _open_signals(connection, definition, given, before[start_signal], identifiers(now))
        dues += _open_timers(connection, definition, given, before[start_timer], identifiers(now))
    return dues


Row = dict[str, Any]


def _taken_over(connection: Connection, table: Table, keys: Collection[str]) -> list[Row]:
    """The rows of the versions before, locked: a timer that fires at this moment moves its row on first, or not at all."""
    rows = connection.execute(select(table).where(table.c.process_key.in_(keys)).with_for_update())
    return [row._asdict() for row in rows]


def _open_messages(connection: Connection, definition: ProcessDefinition, given: Row) -> None:
    for message, element_id in start_messages(definition.spec).items():
        connection.execute(start_message.insert(), {**given, "message": message, "element_id": element_id})


def _open_signals(connection: Connection, definition: ProcessDefinition, given: Row, before: list[Row], fresh: str) -> None:
    for number, (signal, element_id) in enumerate(start_signals(definition.spec).items()):
        row = {**given, "signal": signal, "element_id": element_id, "id": f"{fresh}.{number}"}
        for old in before:
            if (old["process_key"], old["signal"]) == (definition.key, signal):
                row |= {"id": old["id"], "opened_at": old["opened_at"]}
        connection.execute(start_signal.insert(), row)


def _open_timers(
    connection: Connection, definition: ProcessDefinition, given: Row, before: list[Row], fresh: str
) -> list[datetime]:
    known = {old["element_id"]: old for old in before if old["process_key"] == definition.key}
    dues: list[datetime] = []
    for number, (element_id, timer) in enumerate(start_timers(definition.spec).items()):
        words = f"{timer.kind.value} {timer.formula.text}"
        old = known.get(element_id)
        if old is not None and old["words"] == words and timer.kind is not TimerKind.DURATION:
            row = {**old, "definition_id": given["definition_id"]}
        else:
            row = {**given, **_first(timer, given["opened_at"]), "element_id": element_id, "words": words}
            row["series"] = f"{fresh}.{number}"
        connection.execute(start_timer.insert(), row)
        dues += [row["due"]] if row["due"] is not None else []
    return dues


def _first(timer: TimerDefinition, now: datetime) -> Row:
    schedule = StartSchedule.of(timer, now)
    moments = {"first": schedule.first, "due": schedule.first, "next_attempt_at": schedule.first}
    return {"interval": schedule.interval, "times": schedule.count, "occurrence": 1, "attempts": 0, **moments}

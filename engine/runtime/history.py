"""One row for every command, chained, so that what happened can be repeated and cannot be altered unseen (law b).

The *head* of a row says who asked for what, when, and what came of it. It holds the digest of the *payload*: the command
with its data, the events, and a random salt, as the very bytes that were digested. The salt keeps anybody from guessing
erased personal data by trying digests. ``hash = SHA-256(previous hash || canonical head)``, the head written by RFC 8785;
the first row's previous hash is SHA-256 of the instance's identifier.

The head is not stored a second time as text: it is made of the row's own columns, and verification makes it again.
"""

import hashlib
import threading
from collections.abc import Mapping
from dataclasses import dataclass
from datetime import datetime
from typing import Any, Literal

import orjson
import zstandard
from sqlalchemy import Connection, bindparam, select

from engine.core.commands import COMMANDS, Command
from engine.core.events import Event
from engine.core.rejection import Rejection
from engine.runtime import clock
from engine.runtime.columns import AnyRow
from engine.runtime.fingerprint import fingerprint
from engine.runtime.statements import Statement, Write
from engine.runtime.tables import history, history_payload

Outcome = Literal["accepted", "refused"]

UNSTORABLE_LENGTH = 2000
HEAD_COLUMNS = ("instance_id", "sequence", "command", "command_id", "actor_id", "at", "outcome", "code", "version")


@dataclass(frozen=True, slots=True)
class ChainEnd:
    """Where an instance's history ends: so many rows, and the last one's hash."""

    length: int
    hash: bytes

    @classmethod
    def before_first(cls, instance_id: str) -> "ChainEnd":
        return cls(0, hashlib.sha256(instance_id.encode()).digest())


@dataclass(frozen=True, slots=True)
class Entry:
    """A row about to be written."""

    row: dict[str, Any]
    payload: bytes

    @property
    def chain_end(self) -> ChainEnd:
        return ChainEnd(self.row["sequence"], self.row["hash"])


def accepted_payload(asked: Command, command: Command, events: tuple[Event, ...], salt: str) -> bytes:
    """What is digested and kept of a command that was accepted.

    ``asked`` is the command as it came, ``command`` as core got it (its variables cleaned by the form).
    """
    return _payload(asked, command, salt, {"events": [event.to_dict() for event in events]})


def refused_payload(asked: Command, rejection: Rejection, salt: str) -> bytes:
    """What is digested and kept of a command that was refused, even of one whose data cannot be stored."""
    refusal = {"code": rejection.code, "field": rejection.field, "parameters": rejection.parameters}
    try:
        return _payload(asked, asked, salt, {"rejection": refusal})
    except TypeError:
        told = {name: str(value) for name, value in rejection.parameters.items()}
        content = {"command": {"unstorable": ascii(asked)[:UNSTORABLE_LENGTH]}, "rejection": {**refusal, "parameters": told}}
        return orjson.dumps({**content, "request": fingerprint(asked), "salt": salt})


def _payload(asked: Command, command: Command, salt: str, result: dict[str, object]) -> bytes:
    return orjson.dumps({"command": command.to_dict(), **result, "request": fingerprint(asked), "salt": salt})


def entry(
    end: ChainEnd, command: Command, payload: bytes, *, at: datetime, outcome: Outcome, code: str | None, version: int
) -> Entry:
    """The row that follows ``end``. ``version`` is the instance's version after the command."""
    row: dict[str, Any] = {
        "instance_id": command.instance_id,
        "sequence": end.length + 1,
        "command": command.name,
        "command_id": command.command_id,
        "actor_id": command.actor.id,
        "at": clock.to_text(at),
        "outcome": outcome,
        "code": code,
        "version": version,
        "payload_digest": hashlib.sha256(payload).digest(),
        "previous_hash": end.hash,
    }
    row["hash"] = chain_hash(row)
    return Entry(row, payload)


def head(row: Mapping[Any, Any]) -> bytes:
    """The canonical JSON of a row's head, digests in hexadecimal.

    Names are ASCII, values text, small integers or null: of these orjson writes exactly what RFC 8785 asks for.
    """
    content = {name: row[name] for name in HEAD_COLUMNS}
    digests = {"payload_digest": row["payload_digest"].hex(), "previous_hash": row["previous_hash"].hex()}
    return orjson.dumps({**content, **digests}, option=orjson.OPT_SORT_KEYS)


def chain_hash(row: Mapping[Any, Any]) -> bytes:
    previous: bytes = row["previous_hash"]
    return hashlib.sha256(previous + head(row)).digest()


_insert_row = Statement(history.insert().inline(), tuple(history.c.keys()))
_insert_payload = Statement(history_payload.insert().inline(), tuple(history_payload.c.keys()))


def writes(entries: list[Entry]) -> list[Write]:
    """What appends rows; whoever sends it holds the instance's lock."""
    payloads = [
        {"instance_id": item.row["instance_id"], "sequence": item.row["sequence"], "payload": compress(item.payload)}
        for item in entries
    ]
    return [Write(_insert_row, [item.row for item in entries]), Write(_insert_payload, payloads)]


_columns = (*history.c, history_payload.c.payload)
_joined = history.outerjoin(
    history_payload,
    (history_payload.c.instance_id == history.c.instance_id) & (history_payload.c.sequence == history.c.sequence),
)
_by_command_id = select(*_columns).select_from(_joined).where(history.c.command_id == bindparam("command_id"))
_by_instance = (
    select(*_columns)
    .select_from(_joined)
    .where(history.c.instance_id == bindparam("instance_id"), history.c.sequence > bindparam("after"))
    .order_by(history.c.sequence)
)


class Record:
    """A stored row with its payload opened. ``payload`` is None where it was erased."""

    def __init__(self, row: AnyRow) -> None:
        self.row: Mapping[Any, Any] = row._mapping
        packed = self.row["payload"]
        self.payload: bytes | None = None if packed is None else decompress(packed)
        self._content: dict[str, Any] | None = None

    @property
    def content(self) -> dict[str, Any]:
        """:raises Rejection: ``history-erased``."""
        if self.payload is None:
            raise Rejection("history-erased", instance=self.row["instance_id"], sequence=self.row["sequence"])
        if self._content is None:
            self._content = orjson.loads(self.payload)
        return self._content

    @property
    def command(self) -> Command:
        return COMMANDS[self.row["command"]].from_dict(self.content["command"])

    @property
    def events(self) -> tuple[Event, ...]:
        return tuple(Event.from_dict(data) for data in self.content.get("events", ()))

    @property
    def rejection(self) -> Rejection | None:
        """The refusal as it was, if it was one."""
        if self.row["outcome"] != "refused":
            return None
        refusal = self.content["rejection"]
        return Rejection(refusal["code"], field=refusal["field"], **refusal["parameters"])

    @property
    def at(self) -> datetime:
        return clock.from_text(self.row["at"])


def find(connection: Connection, command_id: str) -> Record | None:
    """The row of a command, if it was given before."""
    row = connection.execute(_by_command_id, {"command_id": command_id}).one_or_none()
    return None if row is None else Record(row)


def of_instance(connection: Connection, instance_id: str, after: int = 0, limit: int | None = None) -> list[Record]:
    """Rows of one instance in order, those after sequence ``after``."""
    statement = _by_instance if limit is None else _by_instance.limit(limit)
    rows = connection.execute(statement, {"instance_id": instance_id, "after": after})
    return [Record(row) for row in rows]


def compress(data: bytes) -> bytes:
    """zstd, without a checksum of its own: the digest is one."""
    return _zstd.compressor.compress(data)


def decompress(data: bytes) -> bytes:
    return _zstd.decompressor.decompress(data)


class _Zstd(threading.local):
    """One of each for a thread: making them costs more than using them, and they cannot be shared."""

    def __init__(self) -> None:
        self.compressor = zstandard.ZstdCompressor(level=3, write_checksum=False)
        self.decompressor = zstandard.ZstdDecompressor()


_zstd = _Zstd()

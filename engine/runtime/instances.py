"""Process instances: locked and loaded for a command, and kept ready in memory between commands.

The row is the truth. A live instance saves reading and building the state again, and is used only while its version equals
the row's, so any number of processes may each keep one. It is taken out of the cache while a command works on it and put
back only after the commit; whatever goes wrong in between, it is gone and the next command reads the row.
"""

import threading
from collections import OrderedDict
from dataclasses import dataclass
from functools import cache
from typing import Any

import orjson
from sqlalchemy import Connection, bindparam, select

from engine.core import snapshot
from engine.core.commands import StartProcessInstance
from engine.core.instance import ProcessInstance, new_instance
from engine.core.rejection import Rejection
from engine.core.values import storable
from engine.runtime.element_counts import ElementCounts
from engine.runtime.history import ChainEnd, compress, decompress
from engine.runtime.models import Models
from engine.runtime.statements import Statement, Write, first
from engine.runtime.tables import process_instance


@dataclass(slots=True)
class Loaded:
    """An instance with what belongs to it, while a command has it."""

    instance: ProcessInstance
    counts: ElementCounts
    instance_id: str
    process_key: str
    business_key: str | None
    chain_end: ChainEnd

    @property
    def bindings(self) -> dict[str, str]:
        """The versions the instance runs on now."""
        return self.instance.bindings


@dataclass(frozen=True, slots=True)
class Head:
    """What the row of an instance says besides its state."""

    version: int
    process_key: str
    business_key: str | None
    bindings: dict[str, str]
    chain_end: ChainEnd
    state: tuple[bytes, bytes] | None = None
    """Snapshot and element counts, where they were asked for."""


_head_columns = (
    process_instance.c.version,
    process_instance.c.process_key,
    process_instance.c.business_key,
    process_instance.c.bindings,
    process_instance.c.history_length,
    process_instance.c.history_hash,
)
_heads = select(*_head_columns).where(process_instance.c.id == bindparam("id"))
# FOR NO KEY UPDATE: rows that refer to the instance may still be inserted by others.
_lock = Statement(_heads.with_for_update(key_share=True))
_lock_and_read = Statement(
    _heads.add_columns(process_instance.c.snapshot, process_instance.c.element_counts).with_for_update(key_share=True)
)
_state = Statement(
    select(process_instance.c.snapshot, process_instance.c.element_counts).where(process_instance.c.id == bindparam("id"))
)
_peek = select(*_head_columns, process_instance.c.snapshot, process_instance.c.element_counts).where(
    process_instance.c.id == bindparam("id")
)


DOUBTS = 100
"""Commands for which nobody trusts what is kept here, after it was found to be out of date."""


class LiveInstances:
    """A bounded number of instances by identifier, the least recently used going first."""

    def __init__(self, size: int) -> None:
        self._size = size
        self._live: OrderedDict[str, Loaded] = OrderedDict()
        self._doubts = 0
        self._lock = threading.Lock()

    def take(self, instance_id: str) -> Loaded | None:
        """Take an instance out, as it was when it was put in."""
        with self._lock:
            return self._live.pop(instance_id, None)

    def take_on_trust(self, instance_id: str) -> Loaded | None:
        """The same, for whoever goes on without looking at its row; None when that has lately been a mistake."""
        with self._lock:
            if self._doubts:
                self._doubts -= 1
                return None
            return self._live.pop(instance_id, None)

    def doubt(self) -> None:
        """Trust in what is kept here was misplaced: other nodes are at work on the same instances."""
        with self._lock:
            self._doubts = DOUBTS

    def has_user_task(self, instance_id: str, task_id: str) -> bool:
        """Whether an instance is kept here that has, or lately had, this task open."""
        with self._lock:  # nobody changes an instance that has not been taken out
            live = self._live.get(instance_id)
            token = None if live is None else live.instance.root.find(task_id)
            return token is not None and "user_task" in token.internal_data

    def put(self, loaded: Loaded) -> None:
        """Keep an instance whose state is committed."""
        with self._lock:
            self._live[loaded.instance_id] = loaded
            self._live.move_to_end(loaded.instance_id)
            while len(self._live) > self._size:
                self._live.popitem(last=False)

    def __contains__(self, instance_id: str) -> bool:
        return instance_id in self._live

    def __len__(self) -> int:
        return len(self._live)


class Instances:
    """Where the dispatcher gets an instance from."""

    def __init__(self, models: Models, size: int) -> None:
        self.models = models
        self.live = LiveInstances(size)

    def new(self, connection: Connection, command: StartProcessInstance) -> Loaded:
        """A new instance, not started yet."""
        model = self.models.model(connection, command.process_key, command.bindings)
        return Loaded(
            instance=new_instance(model),
            counts=ElementCounts(),
            instance_id=command.instance_id,
            process_key=command.process_key,
            business_key=command.business_key,
            chain_end=ChainEnd.before_first(command.instance_id),
        )

    def load(self, connection: Connection, instance_id: str, head: Head | None) -> Loaded:
        """The instance behind a locked row.

        :raises Rejection: ``instance-not-found``.
        """
        if head is None:
            raise Rejection("instance-not-found", instance=instance_id)
        live = self.live.take(instance_id)
        if live is None or live.instance.version != head.version:
            return self._read(connection, instance_id, head)
        live.chain_end = head.chain_end  # refusals do not count as versions
        return live

    def peek(self, connection: Connection, instance_id: str) -> Loaded:
        """A copy of the instance as it was last committed, for reading.

        :raises Rejection: ``instance-not-found``.
        """
        row = connection.execute(_peek, {"id": instance_id}).one_or_none()
        if row is None:
            raise Rejection("instance-not-found", instance=instance_id)
        version, process_key, business_key, bindings, length, last_hash, state, counts = row
        head = Head(version, process_key, business_key, bindings, ChainEnd(length, last_hash))
        return self._build(connection, instance_id, head, state, counts)

    def _read(self, connection: Connection, instance_id: str, head: Head) -> Loaded:
        state = head.state or first(connection, _state, {"id": instance_id})
        assert state is not None, "the row is locked"
        return self._build(connection, instance_id, head, *state)

    def _build(self, connection: Connection, instance_id: str, head: Head, state: bytes, counts: bytes) -> Loaded:
        model = self.models.model(connection, head.process_key, head.bindings)
        return Loaded(
            instance=snapshot.load(model, decompress(state)),
            counts=ElementCounts.load(counts),
            instance_id=instance_id,
            process_key=head.process_key,
            business_key=head.business_key,
            chain_end=head.chain_end,
        )


def locked_head(connection: Connection, instance_id: str, *, with_state: bool = False) -> Head | None:
    """Lock an instance's row until the transaction ends; read its state too if it is going to be needed."""
    statement = _lock_and_read if with_state else _lock
    row = first(connection, statement, {"id": instance_id}) if storable(instance_id) else None
    if row is None:
        return None
    version, process_key, business_key, bindings, length, last_hash, *state = row
    snapshot_and_counts = (state[0], state[1]) if state else None
    return Head(version, process_key, business_key, orjson.loads(bindings), ChainEnd(length, last_hash), snapshot_and_counts)


@cache
def _move(columns: tuple[str, ...]) -> Statement:
    as_it_was = (process_instance.c.id == bindparam("key"), process_instance.c.history_hash == bindparam("end_before"))
    return Statement(process_instance.update().where(*as_it_was), columns)


def moved(instance_id: str, end_before: bytes, values: dict[str, Any]) -> Write:
    """The change of an instance's row, if its history ends as it did before.

    Whatever happened to an instance, even a refusal, is in its history; so one hash stands for all that was known of it.
    """
    return Write(_move(tuple(values)), [{"key": instance_id, "end_before": end_before, **values}])


def state_columns(loaded: Loaded) -> dict[str, Any]:
    """What is stored of an instance after a command."""
    return {
        "version": loaded.instance.version,
        "snapshot": compress(snapshot.dump(loaded.instance)),
        "element_counts": loaded.counts.dump(),
        "history_length": loaded.chain_end.length,
        "history_hash": loaded.chain_end.hash,
    }

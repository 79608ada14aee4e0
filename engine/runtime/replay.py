"""An instance rebuilt from its history alone, and compared with what is stored (laws a and c).

Every accepted command is processed again, at the moment it was, on the versions the case was bound to. The events must be
the recorded ones, and after the last of them state and projections must be the stored ones. Nobody is called: operators'
results are in history. Refused commands changed nothing and are passed over.
"""

from dataclasses import dataclass, field
from typing import Any

import orjson
from sqlalchemy import Connection, select

from engine.core import snapshot
from engine.core.commands import StartProcessInstance
from engine.core.instance import ProcessInstance, new_instance
from engine.core.model import ProcessModel
from engine.core.process import process
from engine.core.rejection import Rejection
from engine.runtime import history
from engine.runtime.changes import Changes
from engine.runtime.database import Database
from engine.runtime.element_counts import ElementCounts
from engine.runtime.history import Record, decompress
from engine.runtime.models import Models
from engine.runtime.projections import Place, project
from engine.runtime.stored_projections import first_difference
from engine.runtime.tables import process_instance


@dataclass(frozen=True, slots=True)
class Difference:
    """Where a replay first left what is recorded. ``where``: ``events``, ``command``, ``state`` or a projection's table."""

    where: str
    sequence: int
    recorded: str
    replayed: str


@dataclass(frozen=True, slots=True)
class ReplayReport:
    """What a replay found."""

    instance_id: str
    steps: int
    refused: int
    difference: Difference | None

    @property
    def agrees(self) -> bool:
        return self.difference is None


@dataclass(slots=True)
class Rebuilt:
    """An instance as history makes it, up to some step."""

    instance: ProcessInstance
    process_key: str
    business_key: str | None
    counts: ElementCounts = field(default_factory=ElementCounts)
    changes: Changes = field(default_factory=Changes)
    steps: int = 0
    refused: int = 0
    sequence: int = 0
    difference: Difference | None = None


class Replay:
    """Rebuilds instances."""

    def __init__(self, database: Database, models: Models) -> None:
        self._database = database
        self._models = models

    def rebuild(self, instance_id: str, sequence: int | None = None) -> Rebuilt:
        """The instance after the step with this sequence number; None: after the last.

        :raises Rejection: ``instance-not-found``, ``sequence-not-found``, ``history-erased``.
        """
        with self._database.read_consistently() as connection:
            return self._rebuild(connection, instance_id, sequence)

    def check(self, instance_id: str) -> ReplayReport:
        """Rebuild the instance and compare it with what is stored.

        :raises Rejection: ``instance-not-found``, ``history-erased``.
        """
        with self._database.read_consistently() as connection:
            rebuilt = self._rebuild(connection, instance_id, None)
            difference = rebuilt.difference or _compare(connection, rebuilt)
        return ReplayReport(instance_id, rebuilt.steps, rebuilt.refused, difference)

    def _rebuild(self, connection: Connection, instance_id: str, sequence: int | None) -> Rebuilt:
        records = history.of_instance(connection, instance_id)
        if not records:
            raise Rejection("instance-not-found", instance=instance_id)
        if sequence is not None and not 1 <= sequence <= len(records):
            raise Rejection("sequence-not-found", instance=instance_id, sequence=sequence)
        rebuilt = self._begin(connection, records[0])
        for record in records[:sequence]:
            if record.row["outcome"] == "accepted":
                target = self._models.target(connection, record.command)
                rebuilt.difference = _repeat(rebuilt, record, target)
            else:
                rebuilt.refused += 1
            if rebuilt.difference is not None:
                break
        return rebuilt

    def _begin(self, connection: Connection, first: Record) -> Rebuilt:
        command = first.command
        assert isinstance(command, StartProcessInstance), "the first row of an instance starts it"
        model = self._models.model(connection, command.process_key, command.bindings)
        return Rebuilt(new_instance(model), command.process_key, command.business_key)


def _repeat(rebuilt: Rebuilt, record: Record, target: ProcessModel | None) -> Difference | None:
    sequence = record.row["sequence"]
    try:
        events = process(rebuilt.instance, record.command, record.at, target=target)
    except Rejection as rejection:
        return Difference("command", sequence, "accepted", f"refused: {rejection}")
    recorded = orjson.dumps(record.content["events"])
    replayed = orjson.dumps([event.to_dict() for event in events])
    if recorded != replayed:
        return Difference("events", sequence, recorded.decode(), replayed.decode())
    place = Place(
        instance_id=record.row["instance_id"],
        process_key=rebuilt.process_key,
        business_key=rebuilt.business_key,
        sequence=sequence,
        version=rebuilt.instance.version,
        at=record.at,
        actor_id=record.row["actor_id"],
    )
    for event in events:
        project(rebuilt.changes, event, place)
        rebuilt.counts.apply(event)
    rebuilt.steps += 1
    rebuilt.sequence = sequence
    return None


def _compare(connection: Connection, rebuilt: Rebuilt) -> Difference | None:
    row = connection.execute(select(process_instance).where(process_instance.c.id == rebuilt.instance.id)).one_or_none()
    if row is None:
        return Difference("process_instance", rebuilt.sequence, "no row", "an instance")
    pairs: list[tuple[str, Any, Any]] = [
        ("version", row.version, rebuilt.instance.version),
        ("state", decompress(row.snapshot).decode(), snapshot.dump(rebuilt.instance).decode()),
        ("element_counts", decompress(row.element_counts), decompress(rebuilt.counts.dump())),
    ]
    for where, stored, replayed in pairs:
        if stored != replayed:
            return Difference(where, rebuilt.sequence, str(stored), str(replayed))
    found = first_difference(connection, rebuilt.instance.id, rebuilt.changes)
    return None if found is None else Difference(found[0], rebuilt.sequence, found[1], found[2])

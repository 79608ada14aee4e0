"""Steps and bare commits in turns, on one database."""

from dataclasses import dataclass, field

from sqlalchemy import select

from bench.databases import place
from bench.latency import Latencies
from bench.step.approval import GROUP, KEY, TASKS, files
from bench.step.bare import BareCommit, bare_commits
from engine.core.actor import Actor
from engine.core.events import UserTaskCreated
from engine.core.values import Variables
from engine.runtime.operators import OperatorRegistry
from engine.runtime.receipts import Receipt
from engine.runtime.runtime import Runtime
from engine.runtime.settings import Settings
from engine.runtime.tables import history_payload, process_instance

CLERK = Actor("bench-clerk", (GROUP,))
WARM_UP = 2
"""Approvals before anything counts."""


@dataclass(slots=True)
class Measurement:
    """Steps of one database, with or without the cache of live instances, and the bare commits between them."""

    database: str
    cached: bool
    step: Latencies = field(default_factory=Latencies)
    bare: Latencies = field(default_factory=Latencies)
    stored_bytes: int = 0

    @property
    def ratio(self) -> float:
        """How many bare commits a step costs, at the median."""
        return self.step.summary()["p50_ms"] / self.bare.summary()["p50_ms"]

    @property
    def bytes_per_step(self) -> float:
        return self.stored_bytes / len(self.step.nanoseconds)


def measure(kind: str, *, cached: bool, approvals: int) -> Measurement:
    """Take ``approvals`` approvals from their first task to their last."""
    found = Measurement(kind, cached)
    with place(kind) as database, bare_commits(database.url) as commit:
        settings = Settings(database_url=database.url)
        if not cached:
            settings = Settings(database_url=database.url, live_instances=0)
        runtime = Runtime(settings, operators=OperatorRegistry())
        try:
            runtime.upgrade()
            runtime.deployments.deploy(files(), CLERK)
            for number in range(-WARM_UP, approvals):
                _approve(runtime, commit, number, found if number >= 0 else Measurement(kind, cached))
        finally:
            runtime.stop()
    return found


def _approve(runtime: Runtime, commit: BareCommit, number: int, found: Measurement) -> None:
    receipt = runtime.start(process_key=KEY, actor=CLERK, command_id=f"start-{number}")
    for step in range(TASKS):
        task, key = created(receipt), f"complete-{number}-{step}"
        variables: Variables = {"opinion": f"step {step}: nothing stands against it"}
        with found.step.measured():
            receipt = runtime.complete(task, variables, actor=CLERK, command_id=key)
        state, payload = _stored(runtime, receipt)
        with found.bare.measured():
            commit(state, payload)
        found.stored_bytes += len(state) + len(payload)


def created(receipt: Receipt) -> str:
    """The user task that a step opened."""
    return next(event.task_id for event in receipt.events if isinstance(event, UserTaskCreated))


def _stored(runtime: Runtime, receipt: Receipt) -> tuple[bytes, bytes]:
    """The state and the payload of history that the last step stored."""
    state = select(process_instance.c.snapshot).where(process_instance.c.id == receipt.instance_id)
    payload = (
        select(history_payload.c.payload)
        .where(history_payload.c.instance_id == receipt.instance_id)
        .order_by(history_payload.c.sequence.desc())
        .limit(1)
    )
    with runtime.database.read() as connection:
        return connection.execute(state).scalar_one(), connection.execute(payload).scalar_one()

"""How fast the history of finished approvals is verified and replayed, by one process."""

import time
from dataclasses import dataclass

from bench.databases import place
from bench.step.approval import KEY, TASKS, files
from bench.step.measure import CLERK, created
from engine.runtime.operators import OperatorRegistry
from engine.runtime.runtime import Runtime
from engine.runtime.settings import Settings


@dataclass(frozen=True, slots=True)
class Audit:
    """Steps a second. ``intact``: every chain was right, and every case replayed to what is stored."""

    database: str
    verified_per_second: float
    replayed_per_second: float
    intact: bool


def audit(kind: str, *, approvals: int) -> Audit:
    """Take approvals to their end, then verify and replay them. A step is a row of history."""
    with place(kind) as database:
        runtime = Runtime(Settings(database_url=database.url), operators=OperatorRegistry())
        try:
            runtime.upgrade()
            runtime.deployments.deploy(files(), CLERK)
            ids = [_finished(runtime, number) for number in range(approvals)]
            return _look_back(kind, runtime, ids)
        finally:
            runtime.stop()


def _look_back(kind: str, runtime: Runtime, ids: list[str]) -> Audit:
    steps = len(ids) * (TASKS + 1)
    begun = time.perf_counter()
    report = runtime.verification.run()
    verified = time.perf_counter()
    agreeing = [runtime.replay.check(instance_id).agrees for instance_id in ids]
    replayed = time.perf_counter()
    intact = report.intact and report.rows == steps and all(agreeing)
    return Audit(kind, steps / (verified - begun), steps / (replayed - verified), intact)


def _finished(runtime: Runtime, number: int) -> str:
    receipt = runtime.start(process_key=KEY, actor=CLERK, command_id=f"start-{number}")
    for step in range(TASKS):
        opinion = {"opinion": f"step {step}: nothing stands against it"}
        receipt = runtime.complete(created(receipt), {**opinion}, actor=CLERK, command_id=f"complete-{number}-{step}")
    return receipt.instance_id

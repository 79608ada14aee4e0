"""Approvals of twelve, taken from their first task to their last without HTTP."""

from types import TracebackType
from typing import Self

from api.installation import open_runtime
from bench.step.approval import GROUP, KEY, files
from engine.core.actor import Actor
from engine.core.events import UserTaskCreated
from engine.core.values import Variables
from engine.runtime.receipts import Receipt
from engine.runtime.settings import Settings

CLERK = Actor("bench-clerk", (GROUP,))
OPINION: Variables = {"opinion": "nothing stands against it, as far as this office can see"}


class Approvals:
    """A runtime with the approval deployed, and how to take one to its end."""

    def __init__(self, url: str) -> None:
        self.runtime = open_runtime(Settings(database_url=url), deployment_rules=())
        self._taken = 0

    def __enter__(self) -> Self:
        self.runtime.upgrade()
        self.runtime.deployments.deploy(files(), CLERK)
        return self

    def __exit__(self, kind: type[BaseException] | None, error: BaseException | None, trace: TracebackType | None) -> None:
        self.runtime.stop()

    def take(self, cases: int) -> None:
        """So many more, one after the other."""
        for _ in range(cases):
            self._taken += 1
            self._take(self._taken)

    def _take(self, number: int) -> None:
        receipt, step = self.runtime.start(process_key=KEY, actor=CLERK, command_id=f"start-{number}"), 0
        while task := created(receipt):
            step += 1
            receipt = self.runtime.complete(task, OPINION, actor=CLERK, command_id=f"complete-{number}-{step}")


def created(receipt: Receipt) -> str | None:
    """The task that a step led to."""
    return next((event.task_id for event in receipt.events if isinstance(event, UserTaskCreated)), None)

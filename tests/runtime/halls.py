"""A runtime under test, with a clock that tests move and models sketched as text."""

from collections.abc import Sequence
from datetime import UTC, datetime, timedelta
from itertools import count
from typing import Any

from argon2 import PasswordHasher
from sqlalchemy import Table, func, select

from engine.core import commands
from engine.core.actor import Actor
from engine.core.commands import Command
from engine.runtime.clock import Clock
from engine.runtime.deployments import Deployment, DeploymentRule, ResourceFile
from engine.runtime.operators import OperatorRegistry
from engine.runtime.queries import UserTask, UserTaskFilter
from engine.runtime.receipts import Receipt
from engine.runtime.runtime import Runtime
from engine.runtime.settings import Settings
from engine.runtime.tables import metadata
from tests.core.sketch import bpmn

BEGIN = datetime(2026, 3, 2, 1, 0, tzinfo=UTC)
CLERK = Actor("clerk", ("g",))
OTHER = Actor("other", ("g",))
STRANGER = Actor("stranger", ("h",))
CHEAP = PasswordHasher(time_cost=1, memory_cost=8, parallelism=1)


class Hall:
    """A runtime. ``check`` holds laws a, b and c for one instance or all."""

    def __init__(
        self,
        url: str,
        operators: OperatorRegistry | None = None,
        *,
        clock: Clock | None = None,
        deployment_rules: Sequence[DeploymentRule] = (),
        **settings: Any,
    ) -> None:
        self.now = BEGIN
        self.operators = operators or OperatorRegistry()
        self.runtime = Runtime(
            Settings(database_url=url, **settings),
            operators=self.operators,
            clock=clock or (lambda: self.now),
            hasher=CHEAP,
            deployment_rules=deployment_rules,
        )
        self._ids = count(1)

    def next_id(self) -> str:
        return f"c{next(self._ids)}"

    def deploy(self, text: str, *others: ResourceFile, **called: str) -> Deployment:
        """The sketch ``text`` as process ``p``, called processes by key, and other files."""
        files = [ResourceFile("p.bpmn", bpmn(text))]
        files += [ResourceFile(f"{key}.bpmn", bpmn(inner, key)) for key, inner in called.items()]
        return self.runtime.deployments.deploy([*files, *others], CLERK)

    def start(self, variables: dict[str, Any] | None = None, **options: Any) -> Receipt:
        given: dict[str, Any] = {"process_key": "p", "actor": CLERK, "command_id": self.next_id(), **options}
        return self.runtime.start(variables=variables or {}, **given)

    def submit(self, kind: type[Command], instance_id: str, **fields: Any) -> Receipt:
        given: dict[str, Any] = {"actor": CLERK, "command_id": self.next_id(), **fields}
        return self.runtime.dispatcher.submit(kind(instance_id=instance_id, **given))

    def tasks(self, **filters: Any) -> list[UserTask]:
        wanted = UserTaskFilter(**{"scope": "all", **filters})
        return self.runtime.queries.user_tasks(wanted, limit=200).items

    def task(self, element: str, **filters: Any) -> UserTask:
        return next(task for task in self.tasks(element_id=element, **filters))

    def complete(self, element: str, variables: dict[str, Any] | None = None, **options: Any) -> Receipt:
        """Complete the first open task of an element, past its form."""
        task = self.task(element)
        return self.submit(commands.CompleteUserTask, task.instance_id, task_id=task.id, variables=variables or {}, **options)

    def wait(self, **length: float) -> None:
        """Let time pass and do what is due."""
        self.now += timedelta(**length)
        self.runtime.run_due()

    def open(self) -> list[str]:
        return sorted(task.element_id for task in self.tasks())

    def status(self, instance_id: str) -> str:
        return self.runtime.queries.process_instance(instance_id).instance.status

    def variables(self, instance_id: str) -> dict[str, Any]:
        return self.runtime.queries.process_instance(instance_id).variables

    def count(self, table: Table) -> int:
        with self.runtime.database.read() as connection:
            return connection.execute(select(func.count()).select_from(table)).scalar_one()

    def check(self, *instance_ids: str) -> None:
        """Replay agrees in state and projections, and every chain verifies."""
        for instance_id in instance_ids:
            report = self.runtime.replay.check(instance_id)
            assert report.difference is None, report.difference
        verified = self.runtime.verification.run()
        assert verified.intact, verified.problems

    def outlive_the_killed(self) -> None:
        """Wait until the database has let go of what a killed process held.

        PostgreSQL learns of a death from the closed connection, a moment after the process is gone; until then its rows are
        locked, and whoever looks for due ones skips them, as a running centre may, for it looks again.
        """
        if self.runtime.database.engine.dialect.name == "postgresql":
            with self.runtime.database.engine.begin() as connection:
                connection.exec_driver_sql(f"LOCK TABLE {', '.join(table.name for table in metadata.sorted_tables)}")

    def close(self) -> None:
        self.runtime.stop()

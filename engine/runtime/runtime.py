"""The runtime of one process: everything the floors above use, put together."""

import os
from collections.abc import Sequence
from datetime import datetime, timedelta

from argon2 import PasswordHasher

from engine.core.actor import Actor
from engine.core.values import Variables
from engine.runtime import migrations
from engine.runtime.access_tokens import AccessTokens
from engine.runtime.accounts import Accounts
from engine.runtime.clock import Clock, utc_now
from engine.runtime.database import Database
from engine.runtime.deployments import DeploymentRule, Deployments
from engine.runtime.dispatcher import Dispatcher, Hints
from engine.runtime.identifiers import Identifiers, Salt, random_salt, time_ordered
from engine.runtime.incidents import Incidents
from engine.runtime.instance_migration import InstanceMigration
from engine.runtime.instances import Instances
from engine.runtime.job_threads import JobThreads
from engine.runtime.jobs import JobWorker
from engine.runtime.messages import Messages
from engine.runtime.models import Models
from engine.runtime.operators import OperatorRegistry
from engine.runtime.queries import Queries
from engine.runtime.receipts import Receipt
from engine.runtime.refusals import Refusals
from engine.runtime.registers import Registers
from engine.runtime.repairs import Repairs
from engine.runtime.replay import Replay
from engine.runtime.scheduler import Scheduler, Timers
from engine.runtime.settings import Settings
from engine.runtime.start_timers import StartTimers
from engine.runtime.starts import Starts
from engine.runtime.stranded_tokens import StrandedTokens
from engine.runtime.user_tasks import UserTasks
from engine.runtime.verify import Verification

MAX_ROUNDS = 1000
"""Rounds of timers and jobs that wake each other in one :meth:`Runtime.run_due`."""


class Runtime:
    """One for each process. Usable from any thread; :meth:`start_workers` lets it work by itself.

    ``clock``, ``identifiers`` and ``salt`` are given so that a simulation can be repeated. ``schemas`` are the
    tables there are, the engine's first. ``deployment_rules``: what is asked of models beyond that they run.
    """

    def __init__(
        self,
        settings: Settings,
        *,
        operators: OperatorRegistry,
        clock: Clock = utc_now,
        identifiers: Identifiers = time_ordered,
        salt: Salt = random_salt,
        hasher: PasswordHasher | None = None,
        schemas: Sequence[migrations.Schema] = (migrations.ENGINE,),
        deployment_rules: Sequence[DeploymentRule] = (),
    ) -> None:
        self.settings = settings
        self.schemas = schemas
        self.operators = operators
        self.clock = clock
        self.database = Database(settings)
        self.models = Models()
        self.instances = Instances(self.models, settings.live_instances)
        self.dispatcher = Dispatcher(self.database, self.instances, operators, clock, salt, Refusals(self.database, salt))
        self.starts = Starts(self.database, self.dispatcher, self.models, clock, identifiers)
        self.messages = Messages(self.database, self.dispatcher, self.starts)
        self.user_tasks = UserTasks(self.database, self.dispatcher, self.models, clock)
        self.migration = InstanceMigration(self.database, self.instances, self.models, self.dispatcher, clock)
        self.incidents = Incidents(self.database, self.dispatcher, clock)
        self.deployments = Deployments(
            self.database,
            self.models,
            operators,
            clock,
            identifiers,
            scheduled=lambda due: self.dispatcher.hints.timer_scheduled(due),
            rules=deployment_rules,
        )
        self.registers = Registers(self.database, clock)
        self.accounts = Accounts(self.database, clock, hasher)
        self.access_tokens = AccessTokens(self.database, clock, identifiers)
        self.stranded_tokens = StrandedTokens(self.database, self.instances, clock)
        self.repairs = Repairs(self.dispatcher, self.incidents, self.user_tasks, self.migration, self.stranded_tokens)
        self.queries = Queries(self.database, self.instances, clock, timedelta(seconds=settings.stuck_grace_seconds))
        self.replay = Replay(self.database, self.models)
        self.verification = Verification(self.database)
        self._work_by_itself()

    def _work_by_itself(self) -> None:
        start_timers = StartTimers(self.database, self.starts, self.clock)
        self.timers = Timers(self.database, self.dispatcher, self.clock, start_timers)
        self.jobs = JobWorker(
            self.database,
            self.dispatcher,
            self.messages,
            self.operators,
            self.clock,
            timedelta(seconds=self.settings.job_lease_seconds),
            name=f"{os.uname().nodename}:{os.getpid()}",
        )
        self.scheduler = Scheduler(self.timers, self.settings.poll_seconds)
        self.job_threads = JobThreads(self.jobs, self.settings.job_threads, self.settings.poll_seconds)

    def upgrade(self) -> None:
        """Bring the database to the newest shape."""
        migrations.upgrade(self.database.engine, self.schemas)

    def start_workers(self) -> None:
        """Let timers fire and jobs run from now on, in threads of this process."""
        self.dispatcher.hints = Hints(self.scheduler.scheduled, self.job_threads.wake)
        self.scheduler.start()
        self.job_threads.start()

    def stop(self) -> None:
        """Finish what is under way and let go of the database. What was not begun is in the rows."""
        self.dispatcher.hints = Hints()
        if self.scheduler.running:
            self.scheduler.stop()
            self.job_threads.stop()
        self.database.close()

    def run_due(self, now: datetime | None = None) -> int:
        """Fire due timers and run due jobs here and now, until nothing is due. Returns how many were tried."""
        done = 0
        for _ in range(MAX_ROUNDS):
            round_ = self.timers.run_due(now) + self.jobs.run_due(now)
            if round_ == 0:
                break
            done += round_
        return done

    def start(
        self,
        *,
        process_key: str,
        actor: Actor,
        command_id: str,
        business_key: str | None = None,
        variables: Variables | None = None,
    ) -> Receipt:
        """Start an instance of the latest version of a process, bound to the latest versions of all it will use.

        :raises Rejection: ``definition-not-found``, ``start-not-found`` (it only begins by itself), or what core says.
        :raises forms.FormErrors: the process has a start form, and it does not admit the variables.
        """
        return self.starts.by_hand(
            process_key, actor=actor, command_id=command_id, business_key=business_key, variables=variables or {}
        )

    def complete(
        self,
        task_id: str,
        variables: Variables,
        *,
        actor: Actor,
        command_id: str,
        expected_version: int | None = None,
    ) -> Receipt:
        """Finish a user task; see :meth:`engine.runtime.user_tasks.UserTasks.complete`."""
        return self.user_tasks.complete(
            task_id, variables, actor=actor, command_id=command_id, expected_version=expected_version
        )

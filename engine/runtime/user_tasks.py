"""What people do with user tasks: claim, release, assign, delegate, save a draft, complete.

Every one of these is a command given by the task's id; completing also passes what was entered through the task's form, in
the version the case is bound to, inside the transaction: core gets what the form admits and nothing else.
"""

from dataclasses import replace
from datetime import datetime
from typing import TypeAlias

from sqlalchemy import select

from engine.core.actor import Actor
from engine.core.commands import (
    AssignUserTask,
    ClaimUserTask,
    Command,
    CompleteUserTask,
    DelegateUserTask,
    ReleaseUserTask,
)
from engine.core.instance import UserTaskView
from engine.core.rejection import Rejection
from engine.core.values import Variables, admit
from engine.runtime.accounts import account_by_id
from engine.runtime.clock import Clock
from engine.runtime.database import Database
from engine.runtime.dispatcher import Dispatcher
from engine.runtime.instances import Loaded, locked_head
from engine.runtime.lost_races import retried
from engine.runtime.models import FORM, Models
from engine.runtime.plain_text import findable
from engine.runtime.queries.user_tasks import OPEN
from engine.runtime.receipts import Receipt
from engine.runtime.tables import user_task, user_task_draft
from engine.runtime.unit_of_work import UnitOfWork, unit_of_work

TaskCommand: TypeAlias = type[ClaimUserTask] | type[ReleaseUserTask] | type[DelegateUserTask]


class UserTasks:
    """Commands by task id. ``expected_version`` is the instance's, or None for whatever it is."""

    def __init__(self, database: Database, dispatcher: Dispatcher, models: Models, clock: Clock) -> None:
        self._database = database
        self._dispatcher = dispatcher
        self._models = models
        self._clock = clock

    def claim(self, task_id: str, *, actor: Actor, command_id: str, expected_version: int | None = None) -> Receipt:
        """:raises Rejection: whatever core says against it."""
        return self._submit(ClaimUserTask, task_id, actor, command_id, expected_version)

    def release(self, task_id: str, *, actor: Actor, command_id: str, expected_version: int | None = None) -> Receipt:
        """:raises Rejection: whatever core says against it."""
        return self._submit(ReleaseUserTask, task_id, actor, command_id, expected_version)

    def assign(
        self,
        task_id: str,
        assignee: str,
        *,
        actor: Actor,
        command_id: str,
        reason: str = "",
        expected_version: int | None = None,
    ) -> Receipt:
        """Give a task to a person. Taking it from somebody else for that is a repair, and needs a reason.

        :raises Rejection: ``account-not-found`` (unknown or disabled), ``reason-required``, or whatever core says against it.
        """
        command = AssignUserTask(
            instance_id=self.instance_of(task_id),
            command_id=command_id,
            actor=actor,
            expected_version=expected_version,
            task_id=task_id,
            assignee=self._enabled(assignee),
            reason=reason,
        )
        return self._dispatcher.submit(command, prepare=lambda work, loaded, now: _justified(loaded, command))

    def delegate(
        self, task_id: str, delegate: str, *, actor: Actor, command_id: str, expected_version: int | None = None
    ) -> Receipt:
        """:raises Rejection: ``account-not-found`` (unknown or disabled), or whatever core says against it."""
        return self._submit(DelegateUserTask, task_id, actor, command_id, expected_version, delegate=self._enabled(delegate))

    def complete(
        self,
        task_id: str,
        variables: Variables,
        *,
        actor: Actor,
        command_id: str,
        expected_version: int | None = None,
    ) -> Receipt:
        """Finish a task with what was entered into its form.

        :raises forms.FormErrors: the form does not admit it; the audit log says so, and the same command_id may be used
            for the corrected data.
        :raises Rejection: whatever core says against it; ``user-task-without-form`` for data nobody asked for.
        """
        command = CompleteUserTask(
            instance_id=self.instance_of(task_id),
            command_id=command_id,
            actor=actor,
            expected_version=expected_version,
            task_id=task_id,
            variables=variables,
        )
        return self._dispatcher.submit(command, prepare=lambda work, loaded, now: self._cleaned(work, loaded, command, now))

    def _cleaned(self, work: UnitOfWork, loaded: Loaded, command: CompleteUserTask, now: datetime) -> Command:
        view = loaded.instance.user_task(command.task_id)
        if view is None or not _may_act(view, command.actor):
            return command  # core says why not; whoever may not act learns nothing of the form
        if view.form_key is None:
            if command.variables:
                raise Rejection("user-task-without-form", task=command.task_id)
            return command
        form_id = loaded.bindings[FORM + view.form_key]
        form = self._models.known_form(form_id) or self._models.form(work.connection, form_id)
        return replace(command, variables=form.clean(command.variables, variables=view.variables, now=now))

    def save_draft(self, task_id: str, variables: Variables, actor: Actor) -> None:
        """Keep what was entered so far, for this person alone, until the task ends. It is not checked and not history.

        :raises Rejection: ``user-task-not-found`` (also when it has ended), ``variable-not-storable``.
        """
        row = {
            "task_id": task_id,
            "account_id": actor.id,
            "variables": admit(variables),
            "saved_at": self._clock(),
        }
        table, instance_id = user_task_draft, self.instance_of(task_id)

        def save() -> None:
            with unit_of_work(self._database) as work:
                locked_head(work.connection, instance_id)  # a step that ends the task throws its drafts away
                _require_open(work, task_id)
                mine = (table.c.task_id == task_id, table.c.account_id == actor.id)
                work.connection.execute(table.delete().where(*mine))
                work.connection.execute(table.insert(), row)

        retried(save)

    def delete_draft(self, task_id: str, actor: Actor) -> None:
        """Throw away what this person saved for a task; nothing happens if there is nothing."""
        table = user_task_draft
        mine = (table.c.task_id == findable(task_id), table.c.account_id == actor.id)

        def delete() -> None:
            with unit_of_work(self._database) as work:
                work.connection.execute(table.delete().where(*mine))

        retried(delete)

    def instance_of(self, task_id: str) -> str:
        """The instance a task belongs to, open or not.

        :raises Rejection: ``user-task-not-found``.
        """
        likely, _, _ = task_id.rpartition(".")  # the law of identifiers, see engine.core.events
        if self._dispatcher.instances.live.has_user_task(likely, task_id):
            return likely
        statement = select(user_task.c.instance_id).where(user_task.c.id == findable(task_id))
        with self._database.read() as connection:
            found: str | None = connection.execute(statement).scalar_one_or_none()
        if found is None:
            raise Rejection("user-task-not-found", task=task_id)
        return found

    def _enabled(self, account_id: str) -> str:
        with self._database.read() as connection:
            account = account_by_id(connection, account_id)
        if account is None or account.disabled:
            raise Rejection("account-not-found", field="assignee", account=account_id)
        return account.id

    def _submit(
        self,
        kind: TaskCommand,
        task_id: str,
        actor: Actor,
        command_id: str,
        expected_version: int | None,
        **fields: str,
    ) -> Receipt:
        command = kind(
            instance_id=self.instance_of(task_id),
            command_id=command_id,
            actor=actor,
            expected_version=expected_version,
            task_id=task_id,
            **fields,
        )
        return self._dispatcher.submit(command)


def _justified(loaded: Loaded, command: AssignUserTask) -> Command:
    view = loaded.instance.user_task(command.task_id)
    if view is not None and view.assignee not in (None, command.assignee) and not command.reason.strip():
        raise Rejection("reason-required", field="reason")
    return command


def _may_act(view: UserTaskView, actor: Actor) -> bool:
    if view.assignee is not None:
        return view.assignee == actor.id
    return bool(set(view.candidate_groups) & set(actor.groups))


def _require_open(work: UnitOfWork, task_id: str) -> None:
    statement = select(user_task.c.state).where(user_task.c.id == findable(task_id))
    if work.connection.execute(statement).scalar_one_or_none() not in OPEN:
        raise Rejection("user-task-not-found", task=task_id)

"""What a supervisor may do to a case that cannot go on by itself, in one place. Each repair needs a reason, which is part of
the case's history; so is a repair that was refused.
"""

from collections.abc import Mapping

from engine.core.actor import Actor
from engine.core.commands import (
    CancelProcessInstance,
    MoveToken,
    ResumeProcessInstance,
    SetVariables,
    SuspendProcessInstance,
)
from engine.core.values import Variables
from engine.runtime.dispatcher import Dispatcher
from engine.runtime.incidents import Incidents
from engine.runtime.instance_migration import InstanceMigration
from engine.runtime.receipts import Receipt
from engine.runtime.stranded_tokens import StrandedTokens
from engine.runtime.user_tasks import UserTasks


class Repairs:
    """Commands by instance. ``expected_version`` is the instance's, or None for whatever it is.

    Every method raises Rejection: ``reason-required``, ``instance-not-found``, and whatever core says against it.
    """

    def __init__(
        self,
        dispatcher: Dispatcher,
        incidents: Incidents,
        user_tasks: UserTasks,
        migration: InstanceMigration,
        stranded: StrandedTokens,
    ) -> None:
        self._dispatcher = dispatcher
        self._migration = migration
        self._incidents = incidents
        self._user_tasks = user_tasks
        self._stranded = stranded

    def suspend(
        self, instance_id: str, *, reason: str, actor: Actor, command_id: str, expected_version: int | None = None
    ) -> Receipt:
        """Halt a case: no task can be worked on, no timer fires, no operator is called, until it is resumed."""
        return self._dispatcher.submit(
            SuspendProcessInstance(
                instance_id=instance_id,
                command_id=command_id,
                actor=actor,
                expected_version=expected_version,
                reason=reason,
            )
        )

    def resume(
        self, instance_id: str, *, reason: str, actor: Actor, command_id: str, expected_version: int | None = None
    ) -> Receipt:
        """Let a suspended case go on. What became due meanwhile is done now."""
        return self._dispatcher.submit(
            ResumeProcessInstance(
                instance_id=instance_id,
                command_id=command_id,
                actor=actor,
                expected_version=expected_version,
                reason=reason,
            )
        )

    def cancel(
        self, instance_id: str, *, reason: str, actor: Actor, command_id: str, expected_version: int | None = None
    ) -> Receipt:
        """End a case before its time."""
        return self._dispatcher.submit(
            CancelProcessInstance(
                instance_id=instance_id,
                command_id=command_id,
                actor=actor,
                expected_version=expected_version,
                reason=reason,
            )
        )

    def set_variables(
        self,
        instance_id: str,
        variables: Variables,
        *,
        reason: str,
        actor: Actor,
        command_id: str,
        token_id: str | None = None,
        expected_version: int | None = None,
    ) -> Receipt:
        """Put right what the case knows: everywhere, or at one token."""
        return self._dispatcher.submit(
            SetVariables(
                instance_id=instance_id,
                command_id=command_id,
                actor=actor,
                expected_version=expected_version,
                variables=variables,
                token_id=token_id,
                reason=reason,
            )
        )

    def move_token(
        self,
        instance_id: str,
        token_id: str,
        element_id: str,
        *,
        reason: str,
        actor: Actor,
        command_id: str,
        expected_version: int | None = None,
    ) -> Receipt:
        """Take a token back and let it go on at another element of the same process."""
        receipt = self._dispatcher.submit(
            MoveToken(
                instance_id=instance_id,
                command_id=command_id,
                actor=actor,
                expected_version=expected_version,
                token_id=token_id,
                element_id=element_id,
                reason=reason,
            )
        )
        self._stranded.look(instance_id)
        return receipt

    def migrate(
        self,
        instance_id: str,
        *,
        reason: str,
        actor: Actor,
        command_id: str,
        mapping: Mapping[str, str] | None = None,
        expected_version: int | None = None,
    ) -> Receipt:
        """Take a case to the latest versions; see :meth:`engine.runtime.instance_migration.InstanceMigration.migrate`."""
        receipt = self._migration.migrate(
            instance_id,
            actor=actor,
            reason=reason,
            command_id=command_id,
            mapping=mapping,
            expected_version=expected_version,
        )
        self._stranded.look(instance_id)
        return receipt

    def retry(
        self, incident_id: str, *, reason: str, actor: Actor, command_id: str, expected_version: int | None = None
    ) -> Receipt | None:
        """Try again where an incident stopped; see :meth:`engine.runtime.incidents.Incidents.resolve`."""
        return self._incidents.resolve(
            incident_id, reason=reason, actor=actor, command_id=command_id, expected_version=expected_version
        )

    def reassign(
        self,
        task_id: str,
        assignee: str,
        *,
        reason: str,
        actor: Actor,
        command_id: str,
        expected_version: int | None = None,
    ) -> Receipt:
        """Give a task to somebody else; see :meth:`engine.runtime.user_tasks.UserTasks.assign`."""
        return self._user_tasks.assign(
            task_id, assignee, reason=reason, actor=actor, command_id=command_id, expected_version=expected_version
        )

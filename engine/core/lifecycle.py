"""Legal transitions, as tables: what is not in a table is refused with one sentence."""

from enum import StrEnum

from engine.core import commands
from engine.core.rejection import Rejection


class InstanceStatus(StrEnum):
    """Where a process instance stands in its life."""

    NEW = "new"
    ACTIVE = "active"
    SUSPENDED = "suspended"
    COMPLETED = "completed"
    CANCELED = "canceled"


class UserTaskState(StrEnum):
    """Where a user task stands in its life."""

    CREATED = "created"
    CLAIMED = "claimed"
    DELEGATED = "delegated"
    COMPLETED = "completed"
    CANCELED = "canceled"


USER_TASK: dict[tuple[UserTaskState, type[commands.Command]], UserTaskState] = {
    (UserTaskState.CREATED, commands.ClaimUserTask): UserTaskState.CLAIMED,
    (UserTaskState.CREATED, commands.AssignUserTask): UserTaskState.CLAIMED,
    (UserTaskState.CREATED, commands.CompleteUserTask): UserTaskState.COMPLETED,
    (UserTaskState.CLAIMED, commands.ReleaseUserTask): UserTaskState.CREATED,
    (UserTaskState.CLAIMED, commands.AssignUserTask): UserTaskState.CLAIMED,
    (UserTaskState.CLAIMED, commands.DelegateUserTask): UserTaskState.DELEGATED,
    (UserTaskState.CLAIMED, commands.CompleteUserTask): UserTaskState.COMPLETED,
    (UserTaskState.DELEGATED, commands.AssignUserTask): UserTaskState.CLAIMED,
    (UserTaskState.DELEGATED, commands.ReleaseUserTask): UserTaskState.CREATED,
    (UserTaskState.DELEGATED, commands.CompleteUserTask): UserTaskState.COMPLETED,
}

VERBS: dict[type[commands.Command], str] = {
    commands.ClaimUserTask: "claim",
    commands.ReleaseUserTask: "release",
    commands.AssignUserTask: "assign",
    commands.DelegateUserTask: "delegate",
    commands.CompleteUserTask: "complete",
}


WHILE_SUSPENDED: frozenset[type[commands.Command]] = frozenset(
    {
        commands.ResumeProcessInstance,
        commands.CancelProcessInstance,
        commands.MoveDeadlines,
        commands.SetVariables,
        commands.MoveToken,
        commands.MigrateProcessInstance,
        commands.CompleteServiceTask,
        commands.FailServiceTask,
    }
)
"""What a suspended instance still takes: repairs, and the answers that were under way."""


def check_instance_takes(status: InstanceStatus, command: commands.Command, instance_id: str) -> None:
    """:raises Rejection: ``instance-already-exists``, ``instance-not-active``, ``instance-not-suspended``."""
    if isinstance(command, commands.StartProcessInstance):
        if status is not InstanceStatus.NEW:
            raise Rejection("instance-already-exists", instance=instance_id)
    elif isinstance(command, commands.ResumeProcessInstance):
        if status is not InstanceStatus.SUSPENDED:
            raise Rejection("instance-not-suspended", instance=instance_id, state=status.value)
    elif status is not InstanceStatus.ACTIVE and not (status is InstanceStatus.SUSPENDED and type(command) in WHILE_SUSPENDED):
        raise Rejection("instance-not-active", instance=instance_id, state=status.value)


def next_user_task_state(state: UserTaskState, command: commands.Command, task_id: str) -> UserTaskState:
    """:raises Rejection: ``user-task-state``."""
    try:
        return USER_TASK[state, type(command)]
    except KeyError:
        raise Rejection("user-task-state", task=task_id, state=state.value, command=VERBS[type(command)]) from None

"""Handing the open tasks of somebody who leaves to the successor (R-13): each by a command of its case, in its history."""

from sqlalchemy import select

from engine.core.actor import Actor
from engine.core.rejection import Rejection, declare
from engine.runtime.identifiers import random_salt
from engine.runtime.queries import UserTaskFilter
from engine.runtime.runtime import Runtime
from engine.runtime.tables import account_group
from workflows.organisation import storage

PAGE = 200

declare(
    {
        "hand-over-not-of-window": (
            "{account}不是窗口{window}的派驻人员，不能接收交接。",
            "Expected the successor to be of window {window}, but {account} is not.",
        ),
        "hand-over-to-oneself": ("接收人不能是离岗人员本人。", "Expected the successor to be somebody else."),
    }
)


def hand_over(runtime: Runtime, appointment: int, to_account: str, reason: str, actor: Actor) -> list[str]:
    """Reassign every open task of an appointment's holder. The ids of the tasks that were handed over.

    :raises Rejection: ``staff-not-found``, ``hand-over-not-of-window``, ``hand-over-to-oneself``, and
        whatever the engine says against a task; what was handed over before stays so, and the rest can be asked for again.
    """
    with runtime.registers.read() as session:
        member = storage.appointment(session, appointment)
        if member.account_id == to_account:
            raise Rejection("hand-over-to-oneself", field="to_account")
        groups = select(account_group.c.group_id).where(account_group.c.account_id == to_account)
        if member.window not in set(session.execute(groups).scalars()):
            raise Rejection("hand-over-not-of-window", field="to_account", account=to_account[:60], window=member.window)
    given: list[str] = []
    wanted = UserTaskFilter(scope="all", assignee=member.account_id)
    while tasks := runtime.queries.user_tasks(wanted, limit=PAGE).items:
        for task in tasks:
            runtime.repairs.reassign(task.id, to_account, reason=reason, actor=actor, command_id=f"hand-over-{random_salt()}")
            given.append(task.id)
    return given

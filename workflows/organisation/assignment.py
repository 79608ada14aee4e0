"""What the county government gives the centre to do besides (交办事项, R-09): who may give it, and to whom."""

from collections.abc import Mapping

from sqlalchemy import func, select
from sqlalchemy.orm import Session

from engine.core.rejection import Rejection, declare
from engine.core.values import Value, Variables
from engine.runtime.operators import OperatorCall, OperatorRegistry
from engine.runtime.tables import account, account_group
from workflows.organisation.staff import COMMITTEE

GIVERS = frozenset({COMMITTEE, "leader-county"})

declare(
    {
        "assignment-not-entitled": (
            "交办事项由管委会或者县领导登记。",
            "Assignments are entered by the committee or a county leader.",
        ),
        "assignment-to-nobody": (
            "承办任务组{group}没有可用的账户。",
            "Expected somebody in group {group} who can do it, but there is nobody.",
        ),
    }
)


def register(registry: OperatorRegistry) -> None:
    """Add the step of the assignment model to the operators models may name."""
    registry.local("organisation.judge_assignment", parameters=("order",))(judge_assignment)


def judge_assignment(session: Session, parameters: Variables, call: OperatorCall) -> Value:
    """``{"people"}``: how many accounts may do what is given to a group.

    :raises Rejection: ``assignment-not-entitled``, ``assignment-to-nobody``.
    """
    if not GIVERS & set(call.actor.groups):
        raise Rejection("assignment-not-entitled")
    order = parameters.get("order")
    group = str(order.get("group")) if isinstance(order, Mapping) else ""
    there = select(func.count()).select_from(account.join(account_group)).where(account_group.c.group_id == group)
    people = int(session.execute(there.where(account.c.disabled.is_(False))).scalar_one())
    if not people:
        raise Rejection("assignment-to-nobody", field="order.group", group=group[:60])
    return {"people": people}

"""How long somebody stays, and what must be in order before he goes (R-13): no open task, no seal, the year over."""

from datetime import UTC, date, datetime, time, timedelta

from sqlalchemy import func, select
from sqlalchemy.orm import Session

from engine.core.actor import Actor
from engine.core.moments import HALL
from engine.core.rejection import Rejection, declare
from engine.runtime.queries.user_tasks import OPEN
from engine.runtime.tables import user_task
from workflows.clock import hall_day
from workflows.organisation import provisioning, storage, tables
from workflows.organisation.seal import SealState
from workflows.organisation.staff import StaffMember, require_change, year_after

REMINDER = timedelta(days=30)
"""So long before a tenure ends the hall is told."""

declare(
    {
        "staff-open-tasks": (
            "{account}还有{count}项未办结的任务，须先办理交接。",
            "{account} still has {count} open tasks; they are handed over before an appointment ends.",
        ),
        "staff-keeps-seal": (
            "{account}还保管审批专用章{seal}，须先办理印章交接。",
            "{account} still keeps seal {seal}; it is handed over before an appointment ends.",
        ),
        "staff-tenure-running": (
            "派驻期至{until}，提前三十日内方可续派。",
            "The tenure runs until {until}; it is renewed within its last thirty days.",
        ),
    }
)


def remind_at(member: StaffMember) -> datetime:
    """The moment, UTC, at which the hall is told that a tenure ends."""
    return datetime.combine(member.until_on - REMINDER, time(9), HALL).astimezone(UTC)


def open_tasks(session: Session, account: str) -> int:
    """Tasks that somebody has taken or was given and that are not done."""
    statement = select(func.count()).where(user_task.c.assignee == account, user_task.c.state.in_(OPEN))
    return int(session.execute(statement).scalar_one())


def end(session: Session, appointment_id: int, reason: str, actor: Actor, now: datetime) -> StaffMember:
    """End an appointment today and take the window's group from the account.

    :raises Rejection: ``staff-not-found``, ``staff-open-tasks``, ``staff-keeps-seal`` and as
        :func:`~workflows.organisation.staff.require_change`.
    """
    member, today = storage.appointment(session, appointment_id), hall_day(now)
    require_change(member, today, reason, actor.groups)
    _require_handed_over(session, member.account_id)
    table = tables.staff_member
    session.execute(table.update().where(table.c.id == appointment_id).values(ended_on=today, end_reason=reason))
    provisioning.close_account(session, member.account_id, member.window, actor, now)
    return storage.appointment(session, appointment_id)


def _require_handed_over(session: Session, account: str) -> None:
    if count := open_tasks(session, account):
        raise Rejection("staff-open-tasks", account=account, count=count)
    kept = (tables.seal.c.keeper == account) & (tables.seal.c.state == SealState.IN_USE.value)
    seal = session.execute(select(tables.seal.c.number).where(kept).limit(1)).scalar()
    if seal is not None:
        raise Rejection("staff-keeps-seal", account=account, seal=seal)


def renew(session: Session, appointment_id: int, today: date) -> StaffMember:
    """Another year, from the day the last one ends.

    :raises Rejection: ``staff-not-found``, ``staff-ended``, ``staff-tenure-running``.
    """
    member = storage.appointment(session, appointment_id)
    if member.ended_on is not None:
        raise Rejection("staff-ended", id=appointment_id)
    if today < member.until_on - REMINDER:
        raise Rejection("staff-tenure-running", until=member.until_on.isoformat())
    table = tables.staff_member
    until = year_after(member.until_on)
    session.execute(table.update().where(table.c.id == appointment_id).values(until_on=until))
    return storage.appointment(session, appointment_id)

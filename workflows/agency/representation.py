"""Whether whoever files does it for another, and by which mandate: asked where a case is received, whatever door it came by."""

from datetime import datetime

from sqlalchemy import select
from sqlalchemy.orm import Session

from engine.core.actor import Actor
from engine.core.rejection import Rejection, declare
from workflows.agency import storage
from workflows.agency.mandate import Mandate, Principal, choose
from workflows.agency.town import is_agent
from workflows.clock.hall_time import hall_day
from workflows.organisation.tables import staff_member

OFFICES = ("window-", "department-", "leader-", "town-")
HALL_GROUPS = ("committee", "supervision")

declare(
    {
        "agency-officer": (
            "{account}是大厅窗口或者部门的工作人员，不得担任代办员。",
            "{account} serves in the hall or in a department and can not act as an agent.",
        ),
    }
)


def represent(session: Session, actor: Actor, principal: Principal, item: str, now: datetime) -> Mandate | None:
    """The mandate by which ``actor`` files ``item`` for ``principal``; None: it is not an agent who files.

    :raises Rejection: ``agency-officer``, and as :func:`workflows.agency.mandate.choose`.
    """
    if not is_agent(actor.groups):
        return None
    require_no_officer(session, actor.id, actor.groups)
    return choose(storage.mandates_of(session, principal), actor.id, principal, item, hall_day(now))


def keep_filing(session: Session, case_number: str, mandate: Mandate, item: str, now: datetime) -> None:
    """Write down that a case was filed by an agent."""
    row = {"case_number": case_number, "mandate": mandate.number, "agent": mandate.agent, "item_code": item, "at": now}
    storage.add_filing(session, **row)


def require_no_officer(session: Session, account: str, groups: tuple[str, ...] = ()) -> None:
    """Nobody stands on both sides of the counter: not by a group of the account, not by an appointment to a window.

    :raises Rejection: ``agency-officer``.
    """
    by_group = any(group.startswith(OFFICES) or group in HALL_GROUPS for group in groups)
    here = (staff_member.c.account_id == account, staff_member.c.ended_on.is_(None))
    if by_group or session.execute(select(staff_member.c.id).where(*here).limit(1)).first() is not None:
        raise Rejection("agency-officer", account=account)

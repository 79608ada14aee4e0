"""Leave and its substitutes (AB岗, R-13, R-64): asked for by oneself, approved by another, and the post is never empty."""

from dataclasses import dataclass
from datetime import date

from sqlalchemy import select
from sqlalchemy.orm import Session

from engine.core.rejection import Rejection, declare
from workflows.organisation.tables import leave

declare(
    {
        "leave-not-found": ("没有找到请假记录{id}。", "Expected a request for leave {id}, but there is none."),
        "leave-decided": ("请假记录{id}已经审批。", "Expected request {id} to be open, but it is decided."),
        "leave-own-approval": (
            "本人不能审批自己的请假。",
            "Expected somebody else to approve the leave; nobody approves his own.",
        ),
        "leave-substitute-away": (
            "{substitute}在此期间也请假，不能顶岗。",
            "Expected a substitute who is there; {substitute} is on leave himself.",
        ),
        "leave-substitute-self": ("顶岗人不能是本人。", "Expected somebody else to stand in, but it is the same account."),
        "leave-dates": ("请假的起止日期不正确。", "Expected leave to end on or after its first day."),
    }
)


@dataclass(frozen=True, slots=True)
class Leave:
    """A request. Both days are included. ``approved``: null until somebody has decided."""

    id: int
    account_id: str
    substitute: str
    from_on: date
    until_on: date
    reason: str
    approved: bool | None = None
    decided_by: str | None = None

    def covers(self, day: date) -> bool:
        return self.from_on <= day <= self.until_on


def require_askable(asked: Leave, others: list[Leave]) -> None:
    """:raises Rejection: ``leave-dates``, ``leave-substitute-self``, ``leave-substitute-away``."""
    if asked.until_on < asked.from_on:
        raise Rejection("leave-dates", field="until_on")
    if asked.substitute == asked.account_id:
        raise Rejection("leave-substitute-self", field="substitute")
    overlapping = (other.from_on <= asked.until_on and asked.from_on <= other.until_on for other in others)
    away = any(
        overlaps and other.account_id == asked.substitute and other.approved is not False
        for other, overlaps in zip(others, overlapping, strict=True)
    )
    if away:
        raise Rejection("leave-substitute-away", field="substitute", substitute=asked.substitute)


def require_decidable(found: Leave, approver: str) -> None:
    """:raises Rejection: ``leave-decided``, ``leave-own-approval``."""
    if found.approved is not None:
        raise Rejection("leave-decided", id=found.id)
    if approver == found.account_id:
        raise Rejection("leave-own-approval", id=found.id)


def leaves(session: Session) -> list[Leave]:
    """All requests, oldest first."""
    rows = session.execute(select(leave).order_by(leave.c.id)).all()
    return [Leave(**{name: getattr(row, name) for name in Leave.__slots__}) for row in rows]


def away_on(session: Session, day: date) -> dict[str, str]:
    """Who is on approved leave that day, and who stands in."""
    wanted = (leave.c.from_on <= day) & (leave.c.until_on >= day) & (leave.c.approved.is_(True))
    return {row.account_id: row.substitute for row in session.execute(select(leave).where(wanted)).all()}

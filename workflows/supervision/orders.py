"""What an open press letter means for the case it is about: it is not closed (R-04), and once overdue its light is red (D9)."""

from datetime import datetime

from sqlalchemy import exists, select
from sqlalchemy.orm import Session

from engine.core.rejection import Rejection, declare
from workflows.case_file.tables import case_file
from workflows.supervision.tables import press_letter

declare(
    {
        "case-order-unanswered": (
            "办件{case}还有未答复的督办函{letter}，不能办结。",
            "Expected every press letter about {case} to be answered before it is closed, but {letter} is not.",
        )
    }
)


def require_answered(session: Session, case_number: str) -> None:
    """:raises Rejection: ``case-order-unanswered``."""
    waiting = (press_letter.c.case_number == case_number) & press_letter.c.answered_at.is_(None)
    found = session.execute(select(press_letter.c.number).where(waiting).limit(1)).scalar_one_or_none()
    if found is not None:
        raise Rejection("case-order-unanswered", case=case_number, letter=found)


def is_overdue(session: Session, instance_id: str, now: datetime) -> bool:
    """Whether a press letter about the case that runs in this instance is past its day without an answer."""
    mine = (case_file.c.number == press_letter.c.case_number) & (case_file.c.instance_id == instance_id)
    late = press_letter.c.answered_at.is_(None) & (press_letter.c.due_at < now)
    return bool(session.execute(select(exists().where(mine & late))).scalar_one())

"""Joint meetings in the database: each change writes the row and its event together."""

from typing import Any

from sqlalchemy import Row, select
from sqlalchemy.orm import Session

from engine.core.rejection import Rejection, declare
from workflows.journal import Journal
from workflows.meetings.tables import liaison_decision, liaison_meeting, liaison_meeting_event

declare(
    {
        "meeting-not-found": ("没有找到联席会议{number}。", "Expected joint meeting {number}, but there is none."),
        "meeting-decision-not-found": (
            "联席会议{number}没有第{sequence}项议定事项。",
            "Expected decision {sequence} of joint meeting {number}, but there is none.",
        ),
    }
)

JOURNAL = Journal(liaison_meeting, liaison_meeting_event)


def find(session: Session, number: str, *, locked: bool) -> Row[Any]:
    """:raises Rejection: ``meeting-not-found``."""
    found = JOURNAL.find(session, number, locked=locked)
    if found is None:
        raise Rejection("meeting-not-found", field="number", number=number[:20])
    return found


def decisions_of(session: Session, number: str) -> list[Row[Any]]:
    """What was decided in a meeting, as it was recorded."""
    mine = select(liaison_decision).where(liaison_decision.c.meeting == number).order_by(liaison_decision.c.sequence)
    return list(session.execute(mine).all())


def decision(session: Session, number: str, sequence: int) -> Row[Any]:
    """One decision, locked. :raises Rejection: ``meeting-decision-not-found``."""
    columns = liaison_decision.c
    mine = select(liaison_decision).where(columns.meeting == number, columns.sequence == sequence).with_for_update()
    found = session.execute(mine).one_or_none()
    if found is None:
        raise Rejection("meeting-decision-not-found", field="sequence", number=number, sequence=sequence)
    return found


def change_decision(session: Session, found: Row[Any], **values: Any) -> None:
    """Change a decision that was found in this transaction."""
    columns = liaison_decision.c
    mine = (columns.meeting == found.meeting) & (columns.sequence == found.sequence)
    session.execute(liaison_decision.update().where(mine).values(**values))

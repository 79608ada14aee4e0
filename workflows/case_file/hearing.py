"""What a hearing asks of the case: no decision before it is over, a decision by its record, a chair from outside (Art. 48)."""

from collections.abc import Mapping
from typing import Any

from sqlalchemy import select
from sqlalchemy.orm import Session

from engine.core.actor import Actor
from engine.core.rejection import Rejection, declare
from engine.runtime.tables import user_task
from workflows.case_file.storage import CaseFile
from workflows.documents.tables import issued_document

PENDING = "hearing-pending"
HEARING_PROCESS = "hearing"
MINUTES = "hearing_minutes"

declare(
    {
        "hearing-pending": (
            "听证事宜尚未办结，不能作出决定。",
            "Expected the hearing, or the right to it, to be over before the decision, but it is not.",
        ),
        "decision-without-hearing-record": (
            "举行过听证的，应当根据听证笔录作出决定，并写明笔录编号{minutes}。",
            "A decision after a hearing is made by its record; expected its number {minutes}, but it is not named.",
        ),
        "hearing-chair-involved": (
            "{actor}办理过本件，不能主持听证（《行政许可法》第四十八条第一款第三项）。",
            "Expected a chair who did not handle the case, but {actor} did.",
        ),
    }
)


def require_hearing_done(session: Session, found: CaseFile, detail: Mapping[str, Any]) -> None:
    """Before a decision.

    :raises Rejection: ``hearing-pending``, ``decision-without-hearing-record``.
    """
    if PENDING in found.flags:
        raise Rejection("hearing-pending")
    minutes = _minutes(session, found.number)
    if minutes is not None and detail.get("hearing_record") != minutes:
        raise Rejection("decision-without-hearing-record", field="hearing_record", minutes=minutes)


def _minutes(session: Session, case_number: str) -> str | None:
    """The number of the last record of a hearing on the case."""
    mine = (issued_document.c.case_number == case_number) & (issued_document.c.kind == MINUTES)
    statement = select(issued_document.c.number).where(mine).order_by(issued_document.c.issued_at.desc()).limit(1)
    return session.execute(statement).scalar_one_or_none()


def require_uninvolved(session: Session, instance_id: str, chair: Actor) -> None:
    """``chair`` has completed no task of the case, the hearing's own apart.

    :raises Rejection: ``hearing-chair-involved``.
    """
    theirs = (user_task.c.instance_id == instance_id) & (user_task.c.performer == chair.id)
    handled = select(user_task.c.id).where(theirs, user_task.c.process_key != HEARING_PROCESS).limit(1)
    if session.execute(handled).first() is not None:
        raise Rejection("hearing-chair-involved", actor=chair.id)

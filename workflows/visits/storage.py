"""Follow-up visits in the database: each change writes the row and its event together."""

from typing import Any

from sqlalchemy import Row, select
from sqlalchemy.orm import Session

from engine.core.rejection import Rejection, declare
from workflows.journal import Journal
from workflows.visits.tables import follow_up_visit, follow_up_visit_event, visit_problem

declare(
    {
        "follow-up-not-found": ("没有找到回访{number}。", "Expected visit {number}, but there is none."),
        "follow-up-problem-not-found": (
            "回访{number}没有第{sequence}项问题。",
            "Expected problem {sequence} of visit {number}, but there is none.",
        ),
    }
)

JOURNAL = Journal(follow_up_visit, follow_up_visit_event)


def find(session: Session, number: str, *, locked: bool) -> Row[Any]:
    """:raises Rejection: ``follow-up-not-found``."""
    found = JOURNAL.find(session, number, locked=locked)
    if found is None:
        raise Rejection("follow-up-not-found", field="number", number=number[:20])
    return found


def problems_of(session: Session, number: str) -> list[Row[Any]]:
    """What was found, as it was recorded."""
    columns = visit_problem.c
    return list(session.execute(select(visit_problem).where(columns.visit == number).order_by(columns.sequence)).all())


def problem(session: Session, number: str, sequence: int) -> Row[Any]:
    """One problem, locked. :raises Rejection: ``follow-up-problem-not-found``."""
    columns = visit_problem.c
    mine = select(visit_problem).where(columns.visit == number, columns.sequence == sequence).with_for_update()
    found = session.execute(mine).one_or_none()
    if found is None:
        raise Rejection("follow-up-problem-not-found", field="sequence", number=number, sequence=sequence)
    return found


def visited(session: Session, case_number: str) -> bool:
    """Whether a case has its visit."""
    mine = select(follow_up_visit.c.number).where(follow_up_visit.c.case_number == case_number)
    return session.execute(mine).first() is not None

"""Responsibilities and opinions in the database, in the step's own transaction."""

from dataclasses import dataclass
from datetime import datetime
from typing import Any

from sqlalchemy import func, select
from sqlalchemy.orm import Session

from engine.core.rejection import Rejection, declare
from workflows.joint_review.responsibility import Responsibility
from workflows.joint_review.tables import joint_opinion, joint_task

OPEN, AGREED, DISAGREED, NOT_PROCESSED, REMOVED = "open", "agreed", "disagreed", "not-processed", "removed"

declare(
    {
        "joint-task-not-found": (
            "联办件{case}没有事项{task}。",
            "Expected joint case {case} to have a responsibility {task}, but it has none.",
        ),
    }
)


@dataclass(frozen=True, slots=True)
class Task:
    """A responsibility and where it stands."""

    responsibility: Responsibility
    state: str


def tasks_of(session: Session, case_number: str) -> list[Task]:
    """All responsibilities of a case, by code; locked, because whether all have answered depends on each of them."""
    statement = select(joint_task).where(joint_task.c.case_number == case_number).order_by(joint_task.c.code)
    return [_task(row) for row in session.execute(statement.with_for_update()).all()]


def task_of(session: Session, case_number: str, code: str) -> Task:
    """:raises Rejection: ``joint-task-not-found``."""
    for task in tasks_of(session, case_number):
        if task.responsibility.code == code:
            return task
    raise Rejection("joint-task-not-found", field="code", case=case_number, task=code[:20])


def _task(row: Any) -> Task:
    same = {name: getattr(row, name) for name in ("code", "permit", "department", "days", "superior")}
    return Task(Responsibility(**same, group=row.group_name, depends_on=tuple(row.depends_on)), row.state)


def add(session: Session, case_number: str, task: Responsibility) -> None:
    given = {**task.to_dict(), "case_number": case_number, "group_name": task.group, "state": OPEN}
    del given["group"]
    session.execute(joint_task.insert().values(**given))


def set_state(session: Session, case_number: str, code: str, state: str) -> None:
    mine = (joint_task.c.case_number == case_number) & (joint_task.c.code == code)
    session.execute(joint_task.update().where(mine).values(state=state))


def turns(session: Session, case_number: str, code: str) -> int:
    """How many opinions were given on a responsibility so far."""
    mine = (joint_opinion.c.case_number == case_number) & (joint_opinion.c.code == code)
    return session.execute(select(func.count()).select_from(joint_opinion).where(mine)).scalar_one()


def keep_opinion(session: Session, case_number: str, code: str, opinion: dict[str, Any], by: str, at: datetime) -> None:
    """Add an opinion; none is ever overwritten."""
    session.execute(joint_opinion.insert().values(case_number=case_number, code=code, **opinion, given_by=by, at=at))

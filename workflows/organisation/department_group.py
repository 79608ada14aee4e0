"""Whom the steps of a department's officers belong to."""

from sqlalchemy import select
from sqlalchemy.orm import Session

from engine.core.rejection import Rejection, declare
from workflows.case_file.tables import case_file
from workflows.organisation.tables import window_department

declare(
    {
        "department-not-in-hall": (
            "{department}没有进驻窗口。",
            "Expected a department with a window in the hall, but {department} has none.",
        )
    }
)


def department_group(session: Session, department: str, case_number: str) -> str:
    """The group of a department's officers; those of a joint window have one between them.

    A department that has no window under this name is the one whose window received the case.

    :raises Rejection: ``department-not-in-hall``.
    """
    columns = window_department.c
    window = session.execute(select(columns.window).where(columns.department == department)).scalars().first()
    if window is None:
        window = session.execute(select(case_file.c.window_group).where(case_file.c.number == case_number)).scalar()
    if window is None:
        raise Rejection("department-not-in-hall", field="department", department=department)
    return f"department-{str(window).removeprefix('window-')}"

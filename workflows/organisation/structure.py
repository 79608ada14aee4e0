"""Departments and windows, entered and joined: what a hall without samples has before anything else (R-16, R-18)."""

import re
from dataclasses import asdict, dataclass
from datetime import datetime

from sqlalchemy import select
from sqlalchemy.orm import Session

from engine.core.actor import Actor
from engine.core.rejection import Rejection, declare
from engine.runtime.registers import Registers
from workflows.organisation import storage, tables

CODE = re.compile(r"[0-9]{3}")
GROUP = re.compile(r"window-[a-z0-9-]{1,50}")

declare(
    {
        "department-exists": (
            "部门{department}或者代码{number}已经登记。",
            "Expected a new name and code, but {department} or {number} is registered.",
        ),
        "department-code-invalid": (
            "部门代码应为三位数字，现为{given}。",
            "Expected a code of three digits, but got {given}.",
        ),
        "window-exists": ("窗口{window}已经登记。", "Expected a new window, but {window} is registered."),
        "window-group-invalid": (
            "窗口任务组应以window-开头，由小写字母、数字和连字符组成，现为{given}。",
            "Expected window- and then small letters, digits and hyphens, but got {given}.",
        ),
        "window-serves-already": (
            "窗口{window}已经办理{department}的事项。",
            "Expected a department that {window} does not serve yet, but it serves {department}.",
        ),
    }
)


@dataclass(frozen=True, slots=True)
class NewDepartment:
    """A department, outside the hall until it enters. ``exemption``: the government's decision that it need not."""

    name: str
    code: str
    name_en: str
    has_approval_power: bool
    is_vertical: bool
    exemption: str | None = None


class Structure:
    """Adds departments and windows. Nothing is taken away: what was, stays in the cases."""

    def __init__(self, registers: Registers) -> None:
        self._registers = registers

    def add_department(self, new: NewDepartment, actor: Actor) -> None:
        """Register a department.

        :raises Rejection: ``department-code-invalid``, ``department-exists``.
        """

        def change(session: Session, now: datetime) -> None:
            if not CODE.fullmatch(new.code):
                raise Rejection("department-code-invalid", field="number", given=new.code[:20])
            table = tables.department
            same = select(table.c.name).where((table.c.name == new.name) | (table.c.code == new.code))
            if session.execute(same).first() is not None:
                raise Rejection("department-exists", department=new.name, number=new.code)
            session.execute(table.insert().values(**asdict(new), entered_on=None))

        self._registers.change("AddDepartment", actor, change, subject=new.name, detail={"number": new.code})

    def add_window(self, group: str, name: str, department: str, actor: Actor) -> None:
        """Register a window with the first department it serves.

        :raises Rejection: ``window-group-invalid``, ``window-exists``, ``department-unknown``.
        """

        def change(session: Session, now: datetime) -> None:
            if not GROUP.fullmatch(group):
                raise Rejection("window-group-invalid", field="group_name", given=group[:60])
            if _is_window(session, group):
                raise Rejection("window-exists", field="group_name", window=group)
            session.execute(tables.service_window.insert().values(group_name=group, name=name))
            _serve(session, group, department)

        self._registers.change("AddWindow", actor, change, subject=group, detail={"department": department})

    def join_window(self, group: str, department: str, actor: Actor) -> None:
        """A department with little business is served at a window there is already (联合窗口, R-18).

        Letters and seals stay each department's own.

        :raises Rejection: ``window-unknown``, ``department-unknown``, ``window-serves-already``.
        """

        def change(session: Session, now: datetime) -> None:
            if not _is_window(session, group):
                raise Rejection("window-unknown", field="window", window=group[:60])
            if group in storage.windows_of(session, department):
                raise Rejection("window-serves-already", window=group, department=department)
            _serve(session, group, department)

        self._registers.change("JoinWindow", actor, change, subject=group[:60], detail={"department": department})


def _is_window(session: Session, group: str) -> bool:
    column = tables.service_window.c.group_name
    return session.execute(select(column).where(column == group)).first() is not None


def _serve(session: Session, group: str, department: str) -> None:
    name = tables.department.c.name
    if session.execute(select(name).where(name == department)).first() is None:
        raise Rejection("department-unknown", field="department", department=department[:60])
    session.execute(tables.window_department.insert().values(window=group, department=department))

"""Keeping who has entered the hall, and the file of who has not (R-16, R-19)."""

from collections.abc import Sequence
from datetime import date, datetime
from typing import Any

from sqlalchemy import func, select
from sqlalchemy.orm import Session

from engine.core.actor import Actor
from engine.core.rejection import Rejection
from engine.runtime.registers import Registers
from workflows.clock import hall_day
from workflows.organisation import storage, tables
from workflows.organisation.entry import EntryEvent, Standing, Step, require_enterable, require_step
from workflows.organisation.items_kept import items_kept
from workflows.organisation.seal import SealState
from workflows.organisation.staff import Post


class EntryBook:
    """Reads and changes it."""

    def __init__(self, registers: Registers) -> None:
        self._registers = registers

    def events(self, department: str) -> Sequence[Any]:
        """The file of a department, oldest first."""
        event = tables.entry_event
        with self._registers.read() as session:
            statement = select(event).where(event.c.department == department).order_by(event.c.id)
            found: Sequence[Any] = session.execute(statement).all()
            return found

    def standing(self, department: str, today: date) -> Standing:
        """What the department has in the hall.

        :raises Rejection: ``department-unknown``.
        """
        with self._registers.read() as session:
            _department(session, department)
            return _standing(session, department, today)

    def take_step(self, department: str, new: EntryEvent, actor: Actor) -> None:
        """Add a step to the file of a department that does not enter.

        :raises Rejection: ``department-unknown``, ``entry-already``, ``entry-exempt`` and as
            :func:`~workflows.organisation.entry.require_step`.
        """

        def change(session: Session, now: datetime) -> None:
            _require_outside(session, department)
            require_step(_since_last_entry(session, department), new, hall_day(now))
            _keep(session, department, new, actor, now)

        detail = {"step": new.step.value, "document": new.document}
        self._registers.change("EntryStep", actor, change, subject=department, detail=detail)

    def enter(self, department: str, actor: Actor) -> None:
        """The department is in the hall from today on, with everything it needs there.

        :raises Rejection: ``department-unknown``, ``entry-already``, ``entry-not-ready``.
        """

        def change(session: Session, now: datetime) -> None:
            today = hall_day(now)
            _require_outside(session, department, exempt_too=True)
            require_enterable(department, _standing(session, department, today))
            table = tables.department
            session.execute(table.update().where(table.c.name == department).values(entered_on=today, exemption=None))
            _keep(session, department, EntryEvent(Step.ENTERED), actor, now)

        self._registers.change("EnterHall", actor, change, subject=department)


def _department(session: Session, name: str) -> Any:
    """:raises Rejection: ``department-unknown``."""
    found = session.execute(select(tables.department).where(tables.department.c.name == name)).first()
    if found is None:
        raise Rejection("department-unknown", field="department", department=name[:60])
    return found


def _require_outside(session: Session, name: str, *, exempt_too: bool = False) -> None:
    found = _department(session, name)
    if found.entered_on is not None:
        raise Rejection("entry-already", department=name)
    if found.exemption and not exempt_too:
        raise Rejection("entry-exempt", department=name, document=found.exemption)


def _since_last_entry(session: Session, department: str) -> list[EntryEvent]:
    event = tables.entry_event
    rows = session.execute(select(event).where(event.c.department == department).order_by(event.c.id)).all()
    past = [EntryEvent(Step(row.step), row.document, row.text, row.due_on) for row in rows]
    entries = [place for place, one in enumerate(past) if one.step is Step.ENTERED]
    return past[entries[-1] + 1 :] if entries else past


def _keep(session: Session, department: str, new: EntryEvent, actor: Actor, now: datetime) -> None:
    values = {"step": new.step.value, "document": new.document, "text": new.text, "due_on": new.due_on}
    session.execute(tables.entry_event.insert().values(department=department, entered_by=actor.id, at=now, **values))


def _standing(session: Session, department: str, today: date) -> Standing:
    windows = storage.windows_of(session, department)
    own = [item for item in items_kept(session, today).values() if item.department == department]
    letters = [letter for letter in storage.letters_of(session, department) if letter.is_in_force(today)]
    seal = tables.seal.c
    seals = select(func.count()).where(seal.department == department, seal.state == SealState.IN_USE.value)
    there = [member for member in storage.staff_of(session) if member.window in windows and member.is_there(today)]
    return Standing(
        windows=len(windows),
        items_elsewhere=sorted(item.code for item in own if item.window_group not in windows),
        letters_in_force=len(letters),
        seals_in_use=int(session.execute(seals).scalar_one()),
        heads=sum(member.post is Post.HEAD for member in there),
    )

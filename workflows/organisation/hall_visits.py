"""The log of leaders' visits to the windows (R-67): what was found, who puts it right until when, and what came of it."""

from collections.abc import Sequence
from dataclasses import asdict, dataclass
from datetime import date, datetime
from typing import Any

from sqlalchemy import select
from sqlalchemy.orm import Session

from engine.core.actor import Actor
from engine.core.rejection import Rejection, declare
from engine.runtime.registers import Registers
from workflows.clock import hall_day
from workflows.organisation import tables

declare(
    {
        "visit-dates": (
            "走访日期不得晚于今天，解决期限不得早于走访日期。",
            "Expected a visit that has been, and a day on or after it until which the problem is solved.",
        ),
        "visit-not-found": ("没有找到走访记录{id}。", "Expected visit {id}, but there is none."),
        "visit-closed": ("走访记录{id}的问题已经办结。", "Expected the problem of visit {id} to be open, but it is closed."),
    }
)


@dataclass(frozen=True, slots=True)
class HallVisit:
    """A visit with one problem; several problems are several lines. ``owner``: who puts it right until ``due_on``."""

    day: date
    department: str
    leader: str
    people: str
    problem: str
    solution: str
    owner: str
    due_on: date


class HallVisits:
    """Reads and changes the log."""

    def __init__(self, registers: Registers) -> None:
        self._registers = registers

    def enter(self, visit: HallVisit, actor: Actor) -> int:
        """Write a visit down. Returns its number.

        :raises Rejection: ``visit-dates``, ``department-unknown``.
        """

        def change(session: Session, now: datetime) -> int:
            if visit.day > hall_day(now) or visit.due_on < visit.day:
                raise Rejection("visit-dates", field="due_on")
            name = tables.department.c.name
            if session.execute(select(name).where(name == visit.department)).first() is None:
                raise Rejection("department-unknown", field="department", department=visit.department[:60])
            table = tables.hall_visit
            added = table.insert().values(**asdict(visit), entered_by=actor.id, at=now).returning(table.c.id)
            return int(session.execute(added).scalar_one())

        detail = {"leader": visit.leader, "due": visit.due_on.isoformat()}
        return self._registers.change("EnterHallVisit", actor, change, subject=visit.department, detail=detail)

    def close(self, visit_id: int, result: str, actor: Actor) -> None:
        """What came of it.

        :raises Rejection: ``visit-not-found``, ``visit-closed``.
        """

        def change(session: Session, now: datetime) -> None:
            table = tables.hall_visit
            found = session.execute(select(table.c.closed_on).where(table.c.id == visit_id).with_for_update()).first()
            if found is None:
                raise Rejection("visit-not-found", id=visit_id)
            if found.closed_on is not None:
                raise Rejection("visit-closed", id=visit_id)
            closed = {"result": result, "closed_by": actor.id, "closed_on": hall_day(now)}
            session.execute(table.update().where(table.c.id == visit_id).values(**closed))

        self._registers.change("CloseHallVisit", actor, change, subject=str(visit_id))

    def overdue(self, today: date) -> Sequence[Any]:
        """Visits whose problem should have been solved before today, the longest first: whom to remind."""
        table = tables.hall_visit
        late = (table.c.due_on < today) & table.c.closed_on.is_(None)
        with self._registers.read() as session:
            found: Sequence[Any] = session.execute(select(table).where(late).order_by(table.c.due_on, table.c.id)).all()
            return found

"""A department's own inner steps for an item (R-66), beside what the item promises and what the hall does already."""

from collections.abc import Collection, Sequence
from dataclasses import dataclass
from datetime import datetime
from typing import Any

from sqlalchemy import Row, select
from sqlalchemy.orm import Session

from engine.core.actor import Actor
from engine.core.rejection import Rejection, declare
from engine.runtime.registers import Registers
from engine.runtime.tables import user_task
from workflows.catalogue.item import Item
from workflows.clock import hall_day
from workflows.organisation.items_kept import items_kept
from workflows.organisation.tables import inner_process

declare(
    {
        "inner-process-item": (
            "{department}没有在办事项{item}。",
            "Expected an item of {department} in force, but {item} is none.",
        ),
        "inner-process-empty": ("内部流程须列明环节和天数。", "Expected steps with their working days, but there are none."),
        "inner-process-too-long": (
            "内部环节合计{days}个工作日，超过了承诺的{promised}个工作日。",
            "Expected inner steps of {promised} working days at most, as promised, but they take {days}.",
        ),
    }
)


@dataclass(frozen=True, slots=True)
class InnerStep:
    """``days``: working days."""

    name: str
    days: int


@dataclass(frozen=True, slots=True)
class InnerProcess:
    """As it stands: the newest entry of a department for an item. ``doubled``: steps the hall has done already."""

    department: str
    item: str
    steps: tuple[InnerStep, ...]
    days: int
    promised_days: int | None
    doubled: tuple[str, ...]
    entered_by: str
    at: datetime


class InnerProcesses:
    """Reads and changes the register."""

    def __init__(self, registers: Registers) -> None:
        self._registers = registers

    def enter(self, department: str, item: str, steps: Sequence[InnerStep], actor: Actor) -> None:
        """Enter how a department works on an item; the entry before stays on record.

        :raises Rejection: ``inner-process-item``, ``inner-process-empty``, ``inner-process-too-long``.
        """

        def change(session: Session, now: datetime) -> None:
            kept = _item(session, department, item, now)
            if not steps or any(step.days < 0 or not step.name.strip() for step in steps):
                raise Rejection("inner-process-empty", field="steps")
            days = sum(step.days for step in steps)
            if days > kept.promised_days:
                raise Rejection("inner-process-too-long", field="steps", days=days, promised=kept.promised_days)
            said = [{"name": step.name.strip(), "days": step.days} for step in steps]
            values = {"department": department, "item": item, "steps": said, "entered_by": actor.id, "at": now}
            session.execute(inner_process.insert().values(**values))

        detail = {"item": item, "steps": len(steps)}
        self._registers.change("EnterInnerProcess", actor, change, subject=department[:60], detail=detail)

    def standing(self, now: datetime) -> list[InnerProcess]:
        """Every department's, by item."""
        with self._registers.read() as session:
            kept, done = (
                items_kept(session, hall_day(now)),
                set(session.execute(select(user_task.c.title).distinct()).scalars()),
            )
            rows = session.execute(select(inner_process).order_by(inner_process.c.id))
            newest = {(row.department, row.item): row for row in rows}
            return [_process(row, kept.get(item), done) for (_, item), row in sorted(newest.items())]


def _item(session: Session, department: str, code: str, now: datetime) -> Item:
    kept = items_kept(session, hall_day(now)).get(code)
    if kept is None or kept.department != department:
        raise Rejection("inner-process-item", field="item", department=department[:60], item=code[:20])
    return kept


def _process(row: Row[Any], item: Item | None, hall_steps: Collection[str]) -> InnerProcess:
    steps = tuple(InnerStep(step["name"], step["days"]) for step in row.steps)
    doubled = tuple(step.name for step in steps if step.name in hall_steps)
    promised = None if item is None else item.promised_days
    days = sum(step.days for step in steps)
    return InnerProcess(row.department, row.item, steps, days, promised, doubled, row.entered_by, row.at)

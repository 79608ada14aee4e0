"""A leader's page: five numbers and what they are made of, of the departments he leads (R-65, persona of rules.md 6.1)."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime
from typing import Any

from sqlalchemy import ColumnElement, select
from sqlalchemy.orm import Session

from engine.core.rejection import Rejection, declare
from engine.runtime.registers import Registers
from engine.runtime.tables import user_task
from workflows.calendar.entry import working_days
from workflows.case_file.tables import case_file
from workflows.clock.light import Colour, light
from workflows.clock.storage import clocks_of
from workflows.complaints.tables import complaint
from workflows.supervision.card import CardState
from workflows.supervision.reading import CONSULTATION, MAIN_CLOCK
from workflows.supervision.tables import press_letter, supervision_card

LEADER = "leader-"

declare({"leader-only": ("只有部门领导有此页面。", "Expected the leader of a department, but {actor} leads none.")})


@dataclass(frozen=True, slots=True)
class Matter:
    """Something that waits. ``since``: when it came, or when it should have been done."""

    what: str
    number: str
    title: str
    since: datetime


@dataclass(frozen=True, slots=True)
class Brief:
    """Of the departments somebody leads."""

    overdue: tuple[Matter, ...]
    consultations: tuple[Matter, ...]
    signatures: tuple[Matter, ...]
    complaints: tuple[Matter, ...]
    orders: tuple[Matter, ...]


def brief(registers: Registers, actor_id: str, groups: Sequence[str], now: datetime) -> Brief:
    """What waits in the departments whose leader's group one belongs to, the oldest first.

    :raises Rejection: ``leader-only``.
    """
    led = [group.removeprefix(LEADER) for group in groups if group.startswith(LEADER)]
    if not led:
        raise Rejection("leader-only", actor=actor_id)
    own = [f"{kind}-{name}" for name in led for kind in ("leader", "department", "window")]
    with registers.read() as session:
        return Brief(
            overdue=_overdue(session, own, now),
            consultations=_tasks(session, own, now, _is_consultation()),
            signatures=_tasks(session, [group for group in own if group.startswith(LEADER)], now, None),
            complaints=_complaints(session, own),
            orders=_orders(session, own) + _cards(session, own),
        )


def _overdue(session: Session, own: Sequence[str], now: datetime) -> tuple[Matter, ...]:
    """Cases of the departments whose light is red."""
    mine = case_file.c.leader_group.in_(own) & case_file.c.delivered_at.is_(None) & case_file.c.ended_at.is_(None)
    rows = session.execute(select(case_file).where(mine).order_by(case_file.c.received_at, case_file.c.number)).all()
    clocks, calendar = clocks_of(session, [row.instance_id for row in rows], MAIN_CLOCK), working_days(session)
    red = [
        row for row in rows if row.instance_id in clocks and light(clocks[row.instance_id], now, calendar).colour is Colour.RED
    ]
    return tuple(Matter("case", row.number, row.item_name, row.received_at) for row in red)


def _is_consultation() -> ColumnElement[bool]:
    process, element = CONSULTATION
    return (user_task.c.process_key == process) & (user_task.c.element_id == element)


def _tasks(session: Session, own: Sequence[str], now: datetime, which: ColumnElement[bool] | None) -> tuple[Matter, ...]:
    """Open tasks for these groups; consultations once they are due."""
    waiting = user_task.c.ended_at.is_(None) if which is None else user_task.c.ended_at.is_(None) & which
    rows: Sequence[Any] = session.execute(select(user_task).where(waiting).order_by(user_task.c.created_at)).all()
    mine = [row for row in rows if set(row.candidate_groups) & set(own)]
    late = [row for row in mine if which is None or (row.due is not None and row.due < now)]
    return tuple(Matter("task", row.business_key or row.instance_id, row.title, row.created_at) for row in late)


def _complaints(session: Session, own: Sequence[str]) -> tuple[Matter, ...]:
    """Open ones about a window of the departments. Who complained is not told."""
    about = complaint.c.against_window.in_(own) & complaint.c.closed_at.is_(None)
    rows = session.execute(select(complaint).where(about).order_by(complaint.c.filed_at))
    return tuple(Matter("complaint", row.number, row.subject, row.filed_at) for row in rows)


def _orders(session: Session, own: Sequence[str]) -> tuple[Matter, ...]:
    """Press letters without an answer."""
    waiting = press_letter.c.to_group.in_(own) & press_letter.c.answered_at.is_(None)
    rows = session.execute(select(press_letter).where(waiting).order_by(press_letter.c.issued_at))
    return tuple(Matter("press-letter", row.number, row.matter, row.issued_at) for row in rows)


def _cards(session: Session, own: Sequence[str]) -> tuple[Matter, ...]:
    """Cards that are not closed."""
    standing = supervision_card.c.owner_group.in_(own) & (supervision_card.c.state != CardState.CLOSED.value)
    rows = session.execute(select(supervision_card).where(standing).order_by(supervision_card.c.issued_at))
    return tuple(Matter("card", row.number, row.evidence, row.issued_at) for row in rows)

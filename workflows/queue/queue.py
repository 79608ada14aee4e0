"""Taking, calling and ending queue tickets.

Papers that were handed over get a receipt: a ticket that was called ends with a case received since, or with what it was
instead; one that ends with neither is found (A-04).
"""

from dataclasses import dataclass
from datetime import date, datetime
from enum import StrEnum
from typing import Any

from sqlalchemy import Row, select
from sqlalchemy.orm import Session

from engine.core.actor import Actor
from engine.core.rejection import Rejection, declare
from engine.runtime.number_series import next_number
from engine.runtime.queries.paging import Page
from engine.runtime.registers import Registers
from workflows.case_file.storage import find as find_case
from workflows.clock import hall_day
from workflows.organisation.tables import service_window
from workflows.queue.tables import queue_ticket

declare(
    {
        "queue-window-unknown": ("没有窗口{window}。", "Expected a window of the hall, but {window} is none."),
        "queue-ticket-not-found": ("没有找到今天的{number}号。", "Expected ticket {number} of today, but there is none."),
        "queue-nobody-waits": ("没有人在等候。", "Expected somebody to be waiting, but nobody is."),
        "queue-window-only": ("{actor}不在窗口{window}。", "Expected somebody of {window}, but {actor} is not."),
        "queue-ticket-state": (
            "{number}号尚未叫号或者已经办结。",
            "Expected ticket {number} to be called and not ended, but it is not.",
        ),
        "queue-case-foreign": (
            "办件{case}不是本窗口在取号以后收的件，不能关联{number}号。",
            "Expected case {case} to be received at this window since ticket {number} was taken, but it was not.",
        ),
        "queue-case-linked": ("办件{case}已经关联了另一个号。", "Expected a case without a ticket, but {case} has one."),
        "queue-remark-missing": ("请写明办理的业务。", "Expected what it was, but there is no remark."),
    }
)


class ClosedAs(StrEnum):
    """What a ticket was where it was no application."""

    CONSULTATION = "consultation"
    COLLECTION = "collection"
    GONE = "gone"
    WRONG_WINDOW = "wrong-window"
    OTHER = "other"


@dataclass(frozen=True, slots=True)
class Ticket:
    """What somebody holds: a number of a window's day."""

    day: date
    window: str
    number: int


class Queue:
    """Reads and changes the tickets of the hall."""

    def __init__(self, registers: Registers) -> None:
        self._registers = registers

    def take(self, window: str, actor: Actor) -> Ticket:
        """The next number of today. :raises Rejection: ``queue-window-unknown``."""

        def change(session: Session, now: datetime) -> Ticket:
            group = service_window.c.group_name
            if session.execute(select(group).where(group == window)).first() is None:
                raise Rejection("queue-window-unknown", field="window", window=window[:60])
            day = hall_day(now)
            number = next_number(session, f"queue/{window}/{day.isoformat()}")
            session.execute(queue_ticket.insert().values(day=day, window=window, number=number, taken_at=now))
            return Ticket(day, window, number)

        return self._registers.change("TakeQueueTicket", actor, change, subject=window[:60])

    def call(self, window: str, actor: Actor) -> Ticket:
        """The next who waits. :raises Rejection: ``queue-window-only``, ``queue-nobody-waits``."""

        def change(session: Session, now: datetime) -> Ticket:
            _require_of(window, actor)
            waiting = (
                (queue_ticket.c.day == hall_day(now)) & (queue_ticket.c.window == window) & queue_ticket.c.called_at.is_(None)
            )
            first = select(queue_ticket).where(waiting).order_by(queue_ticket.c.number).limit(1).with_for_update()
            found = session.execute(first).one_or_none()
            if found is None:
                raise Rejection("queue-nobody-waits")
            _change(session, found, called_at=now, called_by=actor.id)
            return Ticket(found.day, found.window, found.number)

        return self._registers.change("CallQueueTicket", actor, change, subject=window[:60])

    def serve(self, window: str, number: int, case_number: str, actor: Actor) -> None:
        """It became a case. :raises Rejection: ``queue-window-only``, ``queue-ticket-not-found``, ``queue-ticket-state``,
        ``case-not-found``, ``queue-case-foreign``, ``queue-case-linked``.
        """

        def change(session: Session, now: datetime) -> None:
            found = _called(session, window, number, actor, now)
            case = find_case(session, case_number)
            if case.window_group != window or case.received_at < found.taken_at:
                raise Rejection("queue-case-foreign", field="case", case=case_number, number=number)
            linked = select(queue_ticket.c.number).where(queue_ticket.c.case_number == case_number)
            if session.execute(linked).first() is not None:
                raise Rejection("queue-case-linked", field="case", case=case_number)
            _change(session, found, case_number=case_number, ended_at=now)

        self._registers.change("ServeQueueTicket", actor, change, subject=f"{window}/{number}"[:60])

    def close(self, window: str, number: int, closed_as: ClosedAs, remark: str, actor: Actor) -> None:
        """It was no application. :raises Rejection: ``queue-window-only``, ``queue-ticket-not-found``, ``queue-ticket-state``,
        ``queue-remark-missing``.
        """

        def change(session: Session, now: datetime) -> None:
            found = _called(session, window, number, actor, now)
            if closed_as is ClosedAs.OTHER and not remark.strip():
                raise Rejection("queue-remark-missing", field="remark")
            _change(session, found, closed_as=closed_as.value, remark=remark.strip() or None, ended_at=now)

        self._registers.change("CloseQueueTicket", actor, change, subject=f"{window}/{number}"[:60])

    def page(self, day: date, cursor: str | None, limit: int) -> Page[Any]:
        """A day's tickets, by window and number."""
        order = (queue_ticket.c.window, queue_ticket.c.number)
        statement = select(queue_ticket).where(queue_ticket.c.day == day).order_by(*order)
        if cursor is not None:
            window, _, number = cursor.rpartition("/")
            later = (order[0] == window) & (order[1] > (int(number) if number.isdecimal() else 0))
            statement = statement.where((order[0] > window) | later)
        with self._registers.read() as session:
            rows = list(session.execute(statement.limit(limit + 1)).all())
        found = rows[:limit]
        return Page(found, f"{found[-1].window}/{found[-1].number}" if len(rows) > limit else None)


def unregistered(session: Session, before: date) -> list[Row[Any]]:
    """Tickets of earlier days that were called and ended with nothing: perhaps papers without a receipt (A-04)."""
    lost = (queue_ticket.c.day < before) & queue_ticket.c.called_at.is_not(None) & queue_ticket.c.ended_at.is_(None)
    order = (queue_ticket.c.day, queue_ticket.c.window, queue_ticket.c.number)
    return list(session.execute(select(queue_ticket).where(lost).order_by(*order)).all())


def _require_of(window: str, actor: Actor) -> None:
    if window not in actor.groups:
        raise Rejection("queue-window-only", actor=actor.id, window=window[:60])


def _called(session: Session, window: str, number: int, actor: Actor, now: datetime) -> Row[Any]:
    _require_of(window, actor)
    mine = (queue_ticket.c.day == hall_day(now)) & (queue_ticket.c.window == window) & (queue_ticket.c.number == number)
    found = session.execute(select(queue_ticket).where(mine).with_for_update()).one_or_none()
    if found is None:
        raise Rejection("queue-ticket-not-found", field="number", number=number)
    if found.called_at is None or found.ended_at is not None:
        raise Rejection("queue-ticket-state", field="number", number=number)
    return found


def _change(session: Session, found: Row[Any], **values: Any) -> None:
    mine = (queue_ticket.c.day == found.day) & (queue_ticket.c.window == found.window) & (queue_ticket.c.number == found.number)
    session.execute(queue_ticket.update().where(mine).values(**values))

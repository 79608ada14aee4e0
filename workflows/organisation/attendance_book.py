"""Keeping attendance, leave, the duty roster and the monthly score."""

from calendar import monthrange
from datetime import date, datetime
from typing import Any

from sqlalchemy import select
from sqlalchemy.orm import Session

from engine.core.actor import Actor
from engine.core.moments import HALL
from engine.core.rejection import Rejection
from engine.runtime.registers import Registers
from workflows.calendar.entry import working_days
from workflows.clock import hall_day
from workflows.organisation import storage, tables
from workflows.organisation.absence import Leave, leaves, require_askable, require_decidable
from workflows.organisation.assessment import BY_HAND, Points, Score, require_entry, score
from workflows.organisation.attendance import SWIPES, Day, deductions, next_swipe
from workflows.organisation.staff import COMMITTEE


class AttendanceBook:
    """Reads and changes it. The time is the server's."""

    def __init__(self, registers: Registers) -> None:
        self._registers = registers

    def swipe(self, actor: Actor) -> int:
        """One's own next swipe of today, 1 to 4.

        :raises Rejection: ``attendance-out-of-turn``.
        """

        def change(session: Session, now: datetime) -> int:
            number = next_swipe(_day(session, actor.id, hall_day(now)))
            _keep_swipe(session, actor.id, hall_day(now), number, now, actor.id, None)
            return number

        return self._registers.change("Swipe", actor, change, subject=actor.id)

    def sign_for(self, account: str, day: date, swipe: int, reason: str, actor: Actor) -> None:
        """The committee signs for a swipe that is missing (R-64: nobody for himself).

        :raises Rejection: ``attendance-committee-signs``, ``attendance-swipe-unknown``, ``attendance-already-signed``.
        """

        def change(session: Session, now: datetime) -> None:
            if account == actor.id or COMMITTEE not in actor.groups or not reason.strip():
                raise Rejection("attendance-committee-signs")
            if swipe not in SWIPES:
                raise Rejection("attendance-swipe-unknown", field="swipe", swipe=swipe)
            if swipe in _day(session, account, day).swipes:
                raise Rejection("attendance-already-signed", field="swipe")
            moment = datetime.combine(day, SWIPES[swipe], HALL)
            _keep_swipe(session, account, day, swipe, moment, actor.id, reason)

        self._registers.change("SignForSwipe", actor, change, subject=account, detail={"day": day.isoformat(), "swipe": swipe})

    def ask_leave(self, asked: Leave, actor: Actor) -> int:
        """Ask for leave for oneself. Returns the request's number.

        :raises Rejection: as :func:`~workflows.organisation.absence.require_askable`.
        """

        def change(session: Session, now: datetime) -> int:
            require_askable(asked, leaves(session))
            columns = ("substitute", "from_on", "until_on", "reason")
            values = {name: getattr(asked, name) for name in columns}
            added = tables.leave.insert().values(account_id=actor.id, asked_at=now, **values).returning(tables.leave.c.id)
            return int(session.execute(added).scalar_one())

        return self._registers.change("AskLeave", actor, change, subject=actor.id, detail={"substitute": asked.substitute})

    def decide_leave(self, leave_id: int, actor: Actor, *, approved: bool) -> None:
        """Approve a request, or do not.

        :raises Rejection: ``leave-not-found`` and as :func:`~workflows.organisation.absence.require_decidable`.
        """

        def change(session: Session, now: datetime) -> None:
            found = next((request for request in leaves(session) if request.id == leave_id), None)
            if found is None:
                raise Rejection("leave-not-found", id=leave_id)
            require_decidable(found, actor.id)
            values: dict[str, Any] = {"approved": approved, "decided_by": actor.id, "decided_at": now}
            session.execute(tables.leave.update().where(tables.leave.c.id == leave_id).values(**values))

        self._registers.change("DecideLeave", actor, change, subject=str(leave_id), detail={"approved": approved})

    def set_duty(self, day: date, leader: str, floor_manager: str, actor: Actor) -> None:
        """Who is on duty (值班) on a day; what was set before is replaced, and both are in the audit log."""

        def change(session: Session, now: datetime) -> None:
            session.execute(tables.duty.delete().where(tables.duty.c.day == day))
            session.execute(tables.duty.insert().values(day=day, leader=leader, floor_manager=floor_manager))

        detail = {"leader": leader, "floor_manager": floor_manager}
        self._registers.change("SetDuty", actor, change, subject=day.isoformat(), detail=detail)

    def enter_points(self, account: str, month: str, points: Points, actor: Actor) -> int:
        """Enter a line of the score with its source. One by hand counts once somebody else has confirmed it (R-05).

        :raises Rejection: as :func:`~workflows.organisation.assessment.require_entry`.
        """

        def change(session: Session, now: datetime) -> int:
            require_entry(points.rule, points.points, points.source)
            values = {"rule": points.rule, "points": points.points, "source": points.source, "entered_by": actor.id}
            table = tables.assessment_entry
            added = table.insert().values(account_id=account, month=month, at=now, **values).returning(table.c.id)
            return int(session.execute(added).scalar_one())

        detail = {"month": month, "rule": points.rule, "points": points.points}
        return self._registers.change("EnterPoints", actor, change, subject=account, detail=detail)

    def confirm_points(self, entry_id: int, actor: Actor) -> None:
        """A second person confirms a line entered by hand.

        :raises Rejection: ``assessment-entry-not-found``, ``assessment-one-person``.
        """

        def change(session: Session, now: datetime) -> None:
            table = tables.assessment_entry
            found = session.execute(select(table.c.entered_by).where(table.c.id == entry_id)).first()
            if found is None:
                raise Rejection("assessment-entry-not-found", id=entry_id)
            if found.entered_by == actor.id:
                raise Rejection("assessment-one-person")
            session.execute(table.update().where(table.c.id == entry_id).values(confirmed_by=actor.id))

        self._registers.change("ConfirmPoints", actor, change, subject=str(entry_id))

    def score(self, account: str, month: date, today: date) -> Score:
        """A person's score of a month (any day of it): its attendance until yesterday, and what was entered."""
        with self._registers.read() as session:
            return month_score(session, account, month, today)


def month_score(session: Session, account: str, month: date, today: date) -> Score:
    """A person's score of a month, of which any day is given."""
    lines = _from_attendance(session, account, month, today)
    return score([*lines, *_entered(session, account, month.strftime("%Y-%m"))])


def attended(session: Session, account: str, month: date, today: date) -> tuple[int, int]:
    """On how many working days of the month the person swiped, and on how many he was to; days of leave are not among them."""
    wanted = _days_to_attend(session, account, month, today)
    return sum(bool(_day(session, account, day).swipes) for day in wanted), len(wanted)


def _from_attendance(session: Session, account: str, month: date, today: date) -> list[Points]:
    """What the working days cost on which the person was appointed to a window and not on leave."""
    lines: list[Points] = []
    for day in _days_to_attend(session, account, month, today):
        found = deductions(_day(session, account, day))
        lines += [Points(rule, points, f"考勤 {day.isoformat()}") for rule, points in found]
    return lines


def _days_to_attend(session: Session, account: str, month: date, today: date) -> list[date]:
    calendar, staff = working_days(session), storage.appointments(session, account)
    free = [found for found in leaves(session) if found.account_id == account and found.approved]
    days = (month.replace(day=number) for number in range(1, monthrange(month.year, month.month)[1] + 1))
    return [
        day
        for day in days
        if day < today
        and calendar.is_working_day(day)
        and any(member.is_there(day) for member in staff)
        and not any(found.covers(day) for found in free)
    ]


def _entered(session: Session, account: str, month: str) -> list[Points]:
    table = tables.assessment_entry
    rows = session.execute(select(table).where(table.c.account_id == account, table.c.month == month).order_by(table.c.id))
    return [
        Points(row.rule, row.points, row.source, counts=row.rule not in BY_HAND or row.confirmed_by is not None) for row in rows
    ]


def _day(session: Session, account: str, day: date) -> Day:
    table = tables.attendance
    rows = session.execute(select(table.c.swipe, table.c.at).where(table.c.account_id == account, table.c.day == day)).all()
    return Day(day, {row.swipe: row.at for row in rows})


def _keep_swipe(
    session: Session, account: str, day: date, number: int, at: datetime, entered_by: str, reason: str | None
) -> None:
    values = {"account_id": account, "day": day, "swipe": number, "at": at, "entered_by": entered_by, "reason": reason}
    session.execute(tables.attendance.insert().values(**values))

"""A case as reports count it."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date, datetime, time
from typing import Any

from sqlalchemy import select
from sqlalchemy.orm import Session

from engine.core.moments import HALL
from workflows.calendar.entry import working_days
from workflows.calendar.working_days import WorkingDays
from workflows.case_file.tables import case_file
from workflows.clock import LimitName, hall_day, overdue_days
from workflows.clock.clock import Clock, Limit
from workflows.clock.deadline import used
from workflows.clock.light import Colour, light
from workflows.clock.storage import clocks_of

MAIN_CLOCK = "C1"


@dataclass(frozen=True, slots=True)
class Period:
    """Days of the hall, both included."""

    from_on: date
    until_on: date

    @property
    def begin(self) -> datetime:
        """Its first moment."""
        return datetime.combine(self.from_on, time.min, HALL)

    @property
    def end(self) -> datetime:
        """Its last moment."""
        return datetime.combine(self.until_on, time.max, HALL)


@dataclass(frozen=True, slots=True)
class CaseLine:
    """``used``, ``promised``: working days of the main clock; None before acceptance. ``over``: days after the law's limit."""

    number: str
    item: str
    item_name: str
    department: str
    window: str
    status: str
    accepted: bool
    decided: bool
    delivered: bool
    ended: bool
    used: int | None
    promised: int | None
    over_promise: bool
    over: int
    light: Colour | None


def case_lines(session: Session, period: Period, now: datetime) -> list[CaseLine]:
    """The cases that came in during the period, by number."""
    mine = case_file.c.received_at.between(period.begin, period.end)
    rows = session.execute(select(case_file).where(mine).order_by(case_file.c.number)).all()
    clocks = clocks_of(session, [row.instance_id for row in rows], MAIN_CLOCK)
    calendar = working_days(session)
    return [_line(row, clocks.get(row.instance_id), now, calendar) for row in rows]


def _line(row: Any, clock: Clock | None, now: datetime, calendar: WorkingDays) -> CaseLine:
    promise, law = _limit(clock, LimitName.PROMISED), _limit(clock, LimitName.STATUTORY)
    day = hall_day(now if clock is None else clock.stopped_at or now)
    counted = promise or law
    over_promise = clock is not None and promise is not None and overdue_days(clock, promise, day, calendar) > 0
    open_light = clock is not None and clock.stopped_at is None
    return CaseLine(
        number=row.number,
        item=row.item_code,
        item_name=row.item_name,
        department=row.department,
        window=row.window_group,
        status=row.status,
        accepted=row.accepted_at is not None,
        decided=row.decided_at is not None,
        delivered=row.delivered_at is not None,
        ended=row.ended_at is not None,
        used=None if clock is None or counted is None else used(clock, counted, day, calendar),
        promised=None if promise is None else promise.total,
        over_promise=over_promise,
        over=0 if clock is None or law is None else overdue_days(clock, law, day, calendar),
        light=light(clock, now, calendar).colour if clock is not None and open_light else None,
    )


def _limit(clock: Clock | None, name: LimitName) -> Limit | None:
    return None if clock is None else clock.limit(name)


def share(part: int, whole: int) -> int:
    """In thousandths, rounded; 0 of nothing."""
    return 0 if whole == 0 else round(1000 * part / whole)


def mean(values: Sequence[int]) -> float | None:
    """With one digit; None of nothing."""
    return None if not values else round(sum(values) / len(values), 1)

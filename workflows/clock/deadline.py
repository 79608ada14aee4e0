"""The last day of a limit, and how much of it is used, pauses left out (rules.md 2.4).

Pauses are half open, (start, end]: the day a pause begins is still used, the day it ends is not, and what several pauses
cover counts once. So the remainder is exact: after a single pause the last day moves by just the days the pause covered.
"""

from collections.abc import Iterator
from dataclasses import dataclass, replace
from datetime import date, datetime, timedelta

from workflows.calendar.working_days import WorkingDays
from workflows.clock.clock import Clock, Limit
from workflows.clock.hall_time import end_of, hall_day
from workflows.clock.unit import Unit, add, between, is_provisional

ONE_DAY = timedelta(days=1)
FAR = date(9999, 12, 30)
"""The end of a pause nobody has ended."""


@dataclass(frozen=True, slots=True)
class Due:
    """A limit's end: the last day, and the moment at which it is over (UTC)."""

    day: date
    at: datetime
    provisional: bool


def due(clock: Clock, limit: Limit, calendar: WorkingDays) -> Due | None:
    """When a limit ends; None while it stands still, because then it has no end."""
    day = limit.last_day or _last_day(clock, limit, calendar)
    if day is None:
        return None
    provisional = limit.last_day is None and is_provisional(calendar, limit.unit, day)
    return Due(day, end_of(day, clock.ends), provisional)


def _last_day(clock: Clock, limit: Limit, calendar: WorkingDays) -> date | None:
    day, left = clock.started_on, limit.total
    for start, end in standstills(clock, limit):
        if (last := add(calendar, limit.unit, day, left)) < start:
            return last
        if end == FAR:
            return None
        left = max(0, left - between(calendar, limit.unit, day, start))  # used up, and paused on the working day it ends on
        day = end
    return add(calendar, limit.unit, day, left)


def standstills(clock: Clock, limit: Limit) -> Iterator[tuple[date, date]]:
    """The stretches (start, end] in which a limit stands still, in order; what overlaps or touches is one."""
    spans = sorted((pause.started_on, pause.ended_on or FAR) for pause in clock.pauses if limit.name in pause.stops)
    current: tuple[date, date] | None = None
    for start, end in spans:
        if current is not None and start <= current[1]:
            current = (current[0], max(current[1], end))
            continue
        if current is not None:
            yield current
        current = (start, end)
    if current is not None:
        yield current


def used(clock: Clock, limit: Limit, day: date, calendar: WorkingDays) -> int:
    """The days of a limit used up when ``day`` is over, beyond its end too."""
    counted, begin = 0, clock.started_on
    for start, end in standstills(clock, limit):
        if start >= day:
            break
        counted += between(calendar, limit.unit, begin, start)
        begin = min(end, day)
    return counted + between(calendar, limit.unit, begin, day)


def overdue_days(clock: Clock, limit: Limit, day: date, calendar: WorkingDays) -> int:
    """W(deadline, day] for a limit that is over; 0 while it is not. Kept for ever once the clock has stopped."""
    if clock.stopped_on is not None:
        day = min(day, clock.stopped_on)
    end = due(clock, limit, calendar)
    return 0 if end is None else between(calendar, limit.unit, end.day, day)


def remaining(clock: Clock, limit: Limit, now: datetime, calendar: WorkingDays) -> int:
    """How many days are still to come, today among them until it ends; 0 when there are none. Exact while it stands still.

    A limit that ends on a date or after years is told in calendar days.
    """
    today = hall_day(now)
    end = due(clock, limit, calendar)
    if end is None:
        return limit.total - used(clock, limit, today, calendar)
    if limit.last_day is not None or limit.unit is Unit.YEAR:
        return between(calendar, Unit.CALENDAR, today, end.day)
    over = today if now > end_of(today, clock.ends) else today - ONE_DAY
    return max(0, limit.total - used(clock, limit, max(over, clock.started_on), calendar))


def reached(clock: Clock, limit: Limit, left: int, calendar: WorkingDays) -> datetime | None:
    """The moment from which no more than ``left`` days of a limit remain; None while it stands still before that."""
    end = due(clock, limit, calendar)
    if end is not None and (limit.last_day is not None or limit.unit is Unit.YEAR):
        return end_of(end.day - ONE_DAY * left, clock.ends)
    event = clock.last_event
    if remaining(clock, limit, event, calendar) <= left:
        return event
    shorter = replace(limit, days=limit.total - left, extended=0, kept=0)
    moment = due(clock, shorter, calendar)
    return None if moment is None else moment.at

"""What a limit is counted in, and the counting. The starting day never counts, the last one does (民法典 Art. 201)."""

from datetime import date, timedelta
from enum import StrEnum

from workflows.calendar.working_days import WorkingDays


class Unit(StrEnum):
    WORKING = "working"
    """工作日: what the Administrative Licensing Law counts in (Art. 82)."""
    CALENDAR = "calendar"
    """自然日."""
    YEAR = "year"
    """年: ends on the same date; 29 February ends on 28 February."""


def add(calendar: WorkingDays, unit: Unit, start: date, count: int) -> date:
    """The last day of ``count`` units after ``start``; none of them: the first day on which something can be done at all."""
    if unit is Unit.WORKING:
        return calendar.after(start, count).day if count else calendar.first_from(start)
    if unit is Unit.CALENDAR:
        return start + timedelta(days=count)
    try:
        return start.replace(year=start.year + count)
    except ValueError:
        return start.replace(year=start.year + count, day=28)


def subtract(calendar: WorkingDays, unit: Unit, end: date, count: int) -> date:
    """The latest day on which something due ``count`` units before ``end`` may still be done.

    :raises ValueError: a unit that is not counted backwards, or fewer than 1.
    """
    if unit is Unit.WORKING:
        return calendar.before(end, count)
    if unit is Unit.CALENDAR and count > 0:
        return end - timedelta(days=count)
    raise ValueError(f"expected at least one day back, got {count} {unit}")


def between(calendar: WorkingDays, unit: Unit, start: date, end: date) -> int:
    """How many days of the unit lie in (start, end]; 0 where the end is not later. Years are counted by their days."""
    return calendar.between(start, end) if unit is Unit.WORKING else max(0, (end - start).days)


def is_provisional(calendar: WorkingDays, unit: Unit, day: date) -> bool:
    """Whether a deadline on that day will be computed again when the year's holidays are published."""
    return unit is Unit.WORKING and not calendar.is_published(day.year)

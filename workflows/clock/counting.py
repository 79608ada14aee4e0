"""Counting without a clock that is kept: how a limit would end that begins on a day."""

from datetime import date, datetime

from engine.core.moments import to_text
from engine.core.values import Value
from workflows.calendar.working_days import WorkingDays
from workflows.clock.hall_time import end_of
from workflows.clock.light import SCHEME_A


def closing(start: date, days: int, calendar: WorkingDays) -> datetime:
    """The hall's closing time on the last of so many working days after a day, UTC."""
    return end_of(calendar.after(start, days).day)


def limit(start: date, days: int, calendar: WorkingDays) -> dict[str, Value]:
    """``{"days", "date", "due_at", "yellow_at", "provisional"}``.

    ``due_at`` is the hall's closing time on the last day. From ``yellow_at`` on a fifth of the limit or less remains (rounded
    up, one working day at least). Both are UTC, as a timer wants them.
    """
    deadline = calendar.after(start, days)
    green = days - SCHEME_A.nearly(days)
    return {
        "days": days,
        "date": deadline.day.isoformat(),
        "due_at": to_text(end_of(deadline.day)),
        "yellow_at": to_text(end_of(calendar.after(start, green).day if green else start)),
        "provisional": deadline.provisional,
    }

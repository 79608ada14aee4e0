"""A clock as models and pages read it: plain JSON."""

from datetime import datetime

from engine.core.moments import to_text
from engine.core.values import Value
from workflows.calendar.working_days import WorkingDays
from workflows.clock.clock import Clock, Limit
from workflows.clock.deadline import due, overdue_days, remaining, used
from workflows.clock.ground import LimitName
from workflows.clock.hall_time import hall_day
from workflows.clock.light import Moment, light, moments
from workflows.clock.storage import status
from workflows.clock.wording import say


def view(clock: Clock, now: datetime, calendar: WorkingDays, *, order_over: bool = False) -> dict[str, Value]:
    """Everything about a clock at a moment. Dates are the hall's, moments UTC; null where the clock stands still.

    ``order_over``: a press letter about the case is past its day (D9, row 2).

    ``{"clock", "kind", "title", "started_on", "status", "colour", "promised", "statutory", "yellow_at", "red_at", "zh",
    "en"}``; a limit is ``{"days", "date", "due_at", "provisional", "used", "left", "overdue"}``, or null where there is none.
    """
    when = moments(clock, calendar)
    chinese, english = say(clock, now, calendar)
    return {
        "clock": clock.name,
        "kind": clock.kind,
        "title": clock.title,
        "started_on": clock.started_on.isoformat(),
        "status": status(clock),
        "colour": light(clock, now, calendar, order_over=order_over).colour.value,
        "promised": _limit(clock, clock.limit(LimitName.PROMISED), now, calendar),
        "statutory": _limit(clock, clock.limit(LimitName.STATUTORY), now, calendar),
        "yellow_at": _text(when[Moment.YELLOW]),
        "red_at": _text(when[Moment.RED]),
        "zh": chinese,
        "en": english,
    }


def _limit(clock: Clock, limit: Limit | None, now: datetime, calendar: WorkingDays) -> Value:
    if limit is None:
        return None
    end, day = due(clock, limit, calendar), hall_day(now if clock.stopped_at is None else clock.stopped_at)
    over = overdue_days(clock, limit, day, calendar)
    return {
        "days": limit.total,
        "date": None if end is None else end.day.isoformat(),
        "due_at": None if end is None else to_text(end.at),
        "provisional": end is not None and end.provisional,
        "used": used(clock, limit, day, calendar),
        "left": remaining(clock, limit, now, calendar),
        "overdue": over,
    }


def _text(moment: datetime | None) -> str | None:
    return None if moment is None else to_text(moment)

"""The hall's days and moments: a limit's last day ends when the hall closes (民法典 Art. 203), other things at midnight."""

from datetime import UTC, date, datetime, time, timedelta

from engine.core.moments import HALL
from workflows.clock.kind import Ends

CLOSING_TIME = time(17, 30)
"""When the hall closes. Sample figure."""


def hall_day(moment: datetime) -> date:
    """The date on the hall's wall."""
    return moment.astimezone(HALL).date()


def end_of(day: date, ends: Ends = Ends.CLOSING) -> datetime:
    """The last moment of a day, in UTC."""
    if ends is Ends.MIDNIGHT:
        return datetime.combine(day + timedelta(days=1), time(), HALL).astimezone(UTC)
    return datetime.combine(day, CLOSING_TIME, HALL).astimezone(UTC)

"""The clock of the made-up year: it only goes while the hall is open."""

from datetime import UTC, date, datetime, time, timedelta

from engine.core.moments import HALL
from workflows.calendar import WorkingDays

SHIFTS = ((time(9), time(12)), (time(14), time(17)))
"""When the hall is open, Asia/Shanghai."""


def at_minute(day: date, minute: int) -> datetime:
    """So many working minutes after the hall opened on a day (UTC). Past the last minute it is closing time."""
    for opens, closes in SHIFTS:
        begun = datetime.combine(day, opens, HALL)
        length = int((datetime.combine(day, closes, HALL) - begun).total_seconds() // 60)
        if minute <= length:
            return (begun + timedelta(minutes=minute)).astimezone(UTC)
        minute -= length
    return datetime.combine(day, SHIFTS[-1][1], HALL).astimezone(UTC)


def later(moment: datetime, minutes: int, calendar: WorkingDays) -> datetime:
    """The moment so many working minutes later."""
    day, left = moment.astimezone(HALL).date(), minutes
    while True:
        for opens, closes in SHIFTS if calendar.is_working_day(day) else ():
            begun, ends = datetime.combine(day, opens, HALL), datetime.combine(day, closes, HALL)
            begun = max(begun, moment.astimezone(HALL))
            if begun >= ends:
                continue
            room = int((ends - begun).total_seconds() // 60)
            if left <= room:
                return (begun + timedelta(minutes=left)).astimezone(UTC)
            left -= room
        day += timedelta(days=1)


class YearClock:
    """A clock that is set."""

    def __init__(self, moment: datetime) -> None:
        self._moment = moment

    def __call__(self) -> datetime:
        return self._moment

    def set(self, moment: datetime) -> None:
        """It never goes back."""
        self._moment = max(moment, self._moment)

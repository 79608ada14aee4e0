"""The two durations of FEEL, which can not be mixed: a month has no fixed number of days (DMN 1.5, 10.3.2.3.6-7)."""

import re
from dataclasses import dataclass
from datetime import timedelta
from decimal import Decimal
from functools import total_ordering

NANOSECONDS = 1_000_000_000
DAY = 86_400
_LIMIT_MONTHS = 12 * 2_000_000_000
_LIMIT_NANOSECONDS = 366 * 2_000_000_000 * DAY * NANOSECONDS

_YEARS_MONTHS = re.compile(r"(-?)P(?:(\d{1,12})Y)?(?:(\d{1,12})M)?", re.ASCII)
_DAYS_TIME = re.compile(
    r"(-?)P(?:(\d{1,15})D)?(?:T(?=\d)(?:(\d{1,15})H)?(?:(\d{1,18})M)?(?:(\d{1,18})(?:\.(\d{1,40}))?S)?)?", re.ASCII
)


@total_ordering
@dataclass(frozen=True, slots=True)
class DaysTimeDuration:
    """A length of time counted in nanoseconds; a day is 24 hours."""

    nanoseconds: int

    @classmethod
    def of(cls, *, days: int = 0, hours: int = 0, minutes: int = 0, seconds: int = 0) -> "DaysTimeDuration":
        """A duration of whole units; minus durations have minus units."""
        return cls((days * DAY + hours * 3600 + minutes * 60 + seconds) * NANOSECONDS)

    @classmethod
    def from_timedelta(cls, delta: timedelta) -> "DaysTimeDuration":
        """The same length, which Python counts in microseconds."""
        return cls((delta.days * DAY + delta.seconds) * NANOSECONDS + delta.microseconds * 1000)

    def to_timedelta(self) -> timedelta:
        """The same length, cut to microseconds.

        :raises OverflowError: longer than Python's 999,999,999 days.
        """
        whole, rest = divmod(abs(self.nanoseconds), NANOSECONDS)
        delta = timedelta(seconds=whole, microseconds=rest // 1000)
        return -delta if self.nanoseconds < 0 else delta

    def __lt__(self, other: "DaysTimeDuration") -> bool:
        return self.nanoseconds < other.nanoseconds

    def parts(self) -> tuple[int, int, int, Decimal]:
        """Days, hours, minutes and seconds as written in text; all minus or none."""
        sign = -1 if self.nanoseconds < 0 else 1
        seconds, rest = divmod(abs(self.nanoseconds), NANOSECONDS)
        minutes, seconds = divmod(seconds, 60)
        hours, minutes = divmod(minutes, 60)
        days, hours = divmod(hours, 24)
        fraction = (Decimal(seconds * NANOSECONDS + rest) / NANOSECONDS).normalize()
        return sign * days, sign * hours, sign * minutes, sign * fraction

    def __str__(self) -> str:
        if not self.nanoseconds:
            return "PT0S"
        days, hours, minutes, seconds = (abs(part) for part in self.parts())
        clock = f"{hours}H" * bool(hours) + f"{minutes}M" * bool(minutes) + f"{seconds:f}S" * bool(seconds)
        return "-" * (self.nanoseconds < 0) + "P" + f"{days}D" * bool(days) + ("T" + clock if clock else "")


@total_ordering
@dataclass(frozen=True, slots=True)
class YearsMonthsDuration:
    """A length of time counted in months."""

    months: int

    def __lt__(self, other: "YearsMonthsDuration") -> bool:
        return self.months < other.months

    def parts(self) -> tuple[int, int]:
        """Years and months as written in text; both minus or none."""
        sign = -1 if self.months < 0 else 1
        years, months = divmod(abs(self.months), 12)
        return sign * years, sign * months

    def __str__(self) -> str:
        if not self.months:
            return "P0M"
        years, months = (abs(part) for part in self.parts())
        return "-" * (self.months < 0) + "P" + f"{years}Y" * bool(years) + f"{months}M" * bool(months)


Duration = DaysTimeDuration | YearsMonthsDuration


def days_time(nanoseconds: int) -> DaysTimeDuration | None:
    """A duration, or None beyond two thousand million years."""
    return DaysTimeDuration(nanoseconds) if abs(nanoseconds) <= _LIMIT_NANOSECONDS else None


def years_months(months: int) -> YearsMonthsDuration | None:
    """A duration, or None beyond two thousand million years."""
    return YearsMonthsDuration(months) if abs(months) <= _LIMIT_MONTHS else None


def parse_duration(text: str) -> Duration | None:
    """An ISO 8601 duration of years and months or of days and time: ``P1Y6M``, ``P2DT4H``. None for anything else."""
    if (match := _YEARS_MONTHS.fullmatch(text)) and (match[2] or match[3]):
        months = int(match[2] or 0) * 12 + int(match[3] or 0)
        return years_months(-months if match[1] else months)
    if (match := _DAYS_TIME.fullmatch(text)) and any(match.group(2, 3, 4, 5)):
        days, hours, minutes, seconds = (int(part or 0) for part in match.group(2, 3, 4, 5))
        whole = days * DAY + hours * 3600 + minutes * 60 + seconds
        length = whole * NANOSECONDS + int((match[6] or "")[:9].ljust(9, "0"))
        return days_time(-length if match[1] else length)
    return None

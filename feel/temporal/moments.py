"""The three temporal values of FEEL: a date, a time of day, and both together."""

from dataclasses import dataclass, replace
from datetime import date as python_date

from feel.durations import DAY, NANOSECONDS
from feel.temporal.zones import UTC_ZONE, Zone

DAY_NANOSECONDS = DAY * NANOSECONDS
MAX_YEAR = 999_999_999
_EPOCH_ORDINAL = 719_162  # days from 0001-01-01 to 1970-01-01
_ERA_DAYS = 146_097
_ERA_YEARS = 400


@dataclass(frozen=True, slots=True)
class Date:
    """A day of the Gregorian calendar, years -999,999,999 to 999,999,999; the year before 1 is 0, then -1."""

    year: int
    month: int
    day: int

    @property
    def days(self) -> int:
        """Days since 1970-01-01."""
        era, year = divmod(self.year - 1, _ERA_YEARS)
        return era * _ERA_DAYS + python_date(year + 1, self.month, self.day).toordinal() - 1 - _EPOCH_ORDINAL

    @property
    def weekday(self) -> int:
        """1 is Monday, 7 is Sunday."""
        return (self.days + 3) % 7 + 1

    def __str__(self) -> str:
        return f"{'-' if self.year < 0 else ''}{abs(self.year):04}-{self.month:02}-{self.day:02}"


def make_date(year: int, month: int, day: int) -> Date | None:
    """A date, or None if the calendar has no such day."""
    if not (-MAX_YEAR <= year <= MAX_YEAR and 1 <= month <= 12 and 1 <= day <= days_in_month(year, month)):
        return None
    return Date(year, month, day)


def days_in_month(year: int, month: int) -> int:
    """28 to 31. ``month`` is 1 to 12."""
    if month == 2:
        return 29 if year % 4 == 0 and (year % 100 != 0 or year % 400 == 0) else 28
    return 30 if month in (4, 6, 9, 11) else 31


def date_of_days(days: int) -> Date | None:
    """The date so many days after 1970-01-01, or None beyond the largest year."""
    era, day = divmod(days + _EPOCH_ORDINAL, _ERA_DAYS)
    within = python_date.fromordinal(day + 1)
    year = within.year + era * _ERA_YEARS
    return Date(year, within.month, within.day) if abs(year) <= MAX_YEAR else None


@dataclass(frozen=True, slots=True)
class Time:
    """A time of day; without a zone it is the time on any wall."""

    hour: int
    minute: int
    second: int
    nanosecond: int = 0
    zone: Zone | None = None

    @property
    def of_day(self) -> int:
        """Nanoseconds since midnight on the clock."""
        return ((self.hour * 60 + self.minute) * 60 + self.second) * NANOSECONDS + self.nanosecond

    @property
    def offset(self) -> int | None:
        """Seconds east of UTC; of a region, those in January 2000, as a time alone has no date. None without zone."""
        return None if self.zone is None else self.zone.offset_at(946_684_800)

    def __str__(self) -> str:
        fraction = f".{self.nanosecond:09}".rstrip("0") if self.nanosecond else ""
        zone = "" if self.zone is None else str(self.zone)
        return f"{self.hour:02}:{self.minute:02}:{self.second:02}{fraction}{zone}"


def time_of_day(nanoseconds: int, zone: Zone | None) -> Time:
    """The time so long after midnight; days are dropped."""
    seconds, nanosecond = divmod(nanoseconds % DAY_NANOSECONDS, NANOSECONDS)
    return Time(seconds // 3600, seconds // 60 % 60, seconds % 60, nanosecond, zone)


@dataclass(frozen=True, slots=True)
class DateTime:
    """A date and a time of day; with a zone it is an instant."""

    date: Date
    time: Time

    @property
    def zone(self) -> Zone | None:
        """The zone of the time."""
        return self.time.zone

    @property
    def local(self) -> int:
        """Nanoseconds since 1970-01-01T00:00:00 on the same clock."""
        return self.date.days * DAY_NANOSECONDS + self.time.of_day

    @property
    def offset(self) -> int | None:
        """Seconds east of UTC; None without zone."""
        return None if self.zone is None else self.zone.offset_of_local(self.local // NANOSECONDS)

    @property
    def instant(self) -> int:
        """Nanoseconds since 1970-01-01T00:00:00Z; without a zone, as if the clock showed UTC."""
        return self.local - (self.offset or 0) * NANOSECONDS

    def __str__(self) -> str:
        return f"{self.date}T{self.time}"


def moment_of_local(local: int, zone: Zone | None) -> DateTime | None:
    """The moment when a clock in ``zone`` shows ``local``; None beyond the largest year."""
    days, nanoseconds = divmod(local, DAY_NANOSECONDS)
    date = date_of_days(days)
    return None if date is None else DateTime(date, time_of_day(nanoseconds, zone))


def moment_of_instant(instant: int, zone: Zone | None) -> DateTime | None:
    """An instant as a clock in ``zone`` shows it."""
    offset = zone.offset_at(instant // NANOSECONDS) if zone is not None else 0
    return moment_of_local(instant + offset * NANOSECONDS, zone)


def at_midnight(date: Date) -> DateTime:
    """A date where a date and time is needed: midnight in UTC (DMN 1.5, 10.3.2.3.4)."""
    return DateTime(date, Time(0, 0, 0, 0, UTC_ZONE))


def in_zone(moment: DateTime, zone: Zone) -> DateTime | None:
    """The same instant on a clock elsewhere; a moment without zone gets the zone and keeps its clock."""
    if moment.zone is None:
        return DateTime(moment.date, replace(moment.time, zone=zone))
    return moment_of_instant(moment.instant, zone)

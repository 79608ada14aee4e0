"""Dates, times and durations from texts and parts, and what the calendar says of them (DMN 1.5, tables 70, 71, 78, 79)."""

from decimal import Decimal

from feel.boundary import take_moment
from feel.builtins.registry import builtin
from feel.durations import DaysTimeDuration, YearsMonthsDuration, parse_duration, years_months
from feel.scope import Run
from feel.temporal.moments import Date, DateTime, Time, date_of_days, days_in_month, in_zone, make_date
from feel.temporal.reading import parse_date, parse_date_time, parse_time
from feel.temporal.zones import HALL, UTC_ZONE, Zone, region
from feel.values import Value

_DAYS = ("Monday", "Tuesday", "Wednesday", "Thursday", "Friday", "Saturday", "Sunday")
_MONTHS = (
    "January",
    "February",
    "March",
    "April",
    "May",
    "June",
    "July",
    "August",
    "September",
    "October",
    "November",
    "December",
)


def whole(number: Decimal) -> int | None:
    """A number without its fraction; None where it is too large to be part of a date."""
    return int(number) if abs(number) < 10**12 else None


@builtin("date", "from: string")
def date_from_text(text: str) -> Value:
    """``date("2026-01-31")``"""
    return parse_date(text)


@builtin("date", "from: temporal")
def date_from_moment(moment: Date | Time | DateTime) -> Value:
    """The date of a date and time, on its own clock."""
    if isinstance(moment, DateTime):
        return moment.date
    return moment if isinstance(moment, Date) else None


@builtin("date", "year: number, month: number, day: number")
def date_of_parts(year: Decimal, month: Decimal, day: Decimal) -> Value:
    """``date(2026, 1, 31)``"""
    parts = (whole(year), whole(month), whole(day))
    return None if None in parts else make_date(int(year), int(month), int(day))


@builtin("time", "from: string")
def time_from_text(text: str) -> Value:
    """``time("09:30:00")``"""
    return parse_time(text)


@builtin("time", "from: temporal")
def time_from_moment(moment: Date | Time | DateTime) -> Value:
    """The time of a date and time; of a date, midnight in UTC."""
    if isinstance(moment, DateTime):
        return moment.time
    return Time(0, 0, 0, 0, UTC_ZONE) if isinstance(moment, Date) else moment


@builtin("time", "hour: number, minute: number, second: number, offset?: any")
def time_of_parts(hour: Decimal, minute: Decimal, second: Decimal, offset: Value) -> Value:
    """``time(9, 30, 0)``, ``time(9, 30, 0, duration("PT8H"))``; null for an offset that is no duration."""
    if offset is not None and not isinstance(offset, DaysTimeDuration):
        return None
    if not (0 <= hour < 24 and 0 <= minute < 60 and 0 <= second < 60):
        return None
    zone = None if offset is None else Zone(offset.nanoseconds // 1_000_000_000)
    if zone is not None and abs(zone.seconds) > 18 * 3600:
        return None
    nanosecond = int((second - int(second)) * 1_000_000_000)
    return Time(int(hour), int(minute), int(second), nanosecond, zone)


@builtin("date and time", "from: string")
def date_time_from_text(text: str) -> Value:
    """``date and time("2026-01-31T09:30:00+08:00")``"""
    return parse_date_time(text)


@builtin("date and time", "from: temporal")
def date_time_from_moment(moment: Date | Time | DateTime) -> Value:
    """A date and time as it is; a date at midnight."""
    if isinstance(moment, Date):
        return DateTime(moment, Time(0, 0, 0))
    return moment if isinstance(moment, DateTime) else None


@builtin("date and time", "date: day, time: time")
def date_time_of_parts(day: Date | DateTime, time: Time) -> Value:
    """The day of ``date`` at ``time``; the zone is that of ``time``."""
    return DateTime(day.date if isinstance(day, DateTime) else day, time)


@builtin("date and time", "date: date and time, timezone: string")
def date_time_elsewhere(moment: DateTime, timezone: str) -> Value:
    """The same instant on a clock in ``timezone``."""
    zone = region(timezone)
    return None if zone is None else in_zone(moment, zone)


@builtin("duration", "from: string")
def duration_from_text(text: str) -> Value:
    """``duration("P1Y6M")``, ``duration("P2DT4H")``"""
    return parse_duration(text)


@builtin("duration", "from: duration")
def duration_from_duration(length: Value) -> Value:
    """A duration as it is."""
    return length


@builtin("years and months duration", "from: day, to: day")
def months_between(start: Date | DateTime, end: Date | DateTime) -> Value:
    """Whole months from one day to another. What the clocks show counts, not their zones."""
    one = start.date if isinstance(start, DateTime) else start
    other = end.date if isinstance(end, DateTime) else end
    sign = 1 if (other.year, other.month, other.day) >= (one.year, one.month, one.day) else -1
    if sign < 0:
        one, other = other, one
    months = (other.year - one.year) * 12 + other.month - one.month
    return years_months(sign * (months - (other.day < one.day)))


@builtin("now", "", run=True)
def now(run: Run) -> Value:
    """The moment of the evaluation, on the clock of the hall."""
    moment = take_moment(run.now)
    return in_zone(moment, HALL) if isinstance(moment, DateTime) else None


@builtin("today", "", run=True)
def today(run: Run) -> Value:
    """The date of the evaluation, in the hall."""
    moment = now(run)
    return moment.date if isinstance(moment, DateTime) else None


def _day_of(value: Date | DateTime) -> Date:
    return value.date if isinstance(value, DateTime) else value


@builtin("day of week", "date: day")
def day_of_week(day: Date | DateTime) -> Value:
    """``Monday`` to ``Sunday``"""
    return _DAYS[_day_of(day).weekday - 1]


@builtin("month of year", "date: day")
def month_of_year(day: Date | DateTime) -> Value:
    """``January`` to ``December``"""
    return _MONTHS[_day_of(day).month - 1]


@builtin("day of year", "date: day")
def day_of_year(day: Date | DateTime) -> Value:
    """1 to 366"""
    date = _day_of(day)
    return Decimal(date.days - Date(date.year, 1, 1).days + 1)


@builtin("week of year", "date: day")
def week_of_year(day: Date | DateTime) -> Value:
    """The week by ISO 8601: 1 is the one with the year's first Thursday."""
    date = _day_of(day)
    thursday = date_of_days(date.days - date.weekday + 4)
    if thursday is None:
        return None
    return Decimal((thursday.days - Date(thursday.year, 1, 1).days) // 7 + 1)


@builtin("last day of month", "date: day")
def last_day_of_month(day: Date | DateTime) -> Value:
    """The date of the month's last day. Not in the standard; feelin has it."""
    date = _day_of(day)
    return Date(date.year, date.month, days_in_month(date.year, date.month))


@builtin("abs", "n: duration")
def absolute_duration(length: DaysTimeDuration | YearsMonthsDuration) -> Value:
    """A duration without its minus."""
    if isinstance(length, DaysTimeDuration):
        return DaysTimeDuration(abs(length.nanoseconds))
    return YearsMonthsDuration(abs(length.months))

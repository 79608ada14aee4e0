"""``value.name``: entries of contexts, and the properties of dates, times, durations and ranges (DMN 1.5, table 62)."""

from collections.abc import Callable
from decimal import Decimal
from typing import TypeVar

from feel.durations import DaysTimeDuration, YearsMonthsDuration
from feel.scope import Run
from feel.temporal.moments import Date, DateTime, Time
from feel.values import Range, Value

T = TypeVar("T")

_DATE: dict[str, Callable[[Date], Value]] = {
    "year": lambda date: Decimal(date.year),
    "month": lambda date: Decimal(date.month),
    "day": lambda date: Decimal(date.day),
    "weekday": lambda date: Decimal(date.weekday),
}
_TIME: dict[str, Callable[[Time], Value]] = {
    "hour": lambda time: Decimal(time.hour),
    "minute": lambda time: Decimal(time.minute),
    "second": lambda time: (Decimal(time.nanosecond) / 1_000_000_000 + time.second).normalize(),
    "timezone": lambda time: None if time.zone is None else time.zone.region,
}
_DAYS_TIME: dict[str, Callable[[DaysTimeDuration], Value]] = {
    "days": lambda length: Decimal(length.parts()[0]),
    "hours": lambda length: Decimal(length.parts()[1]),
    "minutes": lambda length: Decimal(length.parts()[2]),
    "seconds": lambda length: length.parts()[3],
}
_YEARS_MONTHS: dict[str, Callable[[YearsMonthsDuration], Value]] = {
    "years": lambda length: Decimal(length.parts()[0]),
    "months": lambda length: Decimal(length.parts()[1]),
}
_RANGE: dict[str, Callable[[Range], Value]] = {
    "start": lambda span: span.low,
    "end": lambda span: span.high,
    "start included": lambda span: span.low_included,
    "end included": lambda span: span.high_included,
}
PROPERTY_NAMES = ("time offset", "start included", "end included")
"""Those of several words."""


def member_of(run: Run, value: Value, name: str) -> Value:
    """The member ``name``; of a list, those of all its items; null where there is none."""
    if isinstance(value, dict):
        return value.get(name)
    if isinstance(value, list):
        run.charge(len(value))
        return [member_of(run, item, name) for item in value]
    if isinstance(value, Date):
        return _read(_DATE, value, name)
    if isinstance(value, DateTime):
        return _read(_DATE, value.date, name) if name in _DATE else _clock(value.time, value.offset, name)
    if isinstance(value, Time):
        return _clock(value, value.offset, name)
    if isinstance(value, DaysTimeDuration):
        return _read(_DAYS_TIME, value, name)
    if isinstance(value, YearsMonthsDuration):
        return _read(_YEARS_MONTHS, value, name)
    return _read(_RANGE, value, name) if isinstance(value, Range) else None


def _clock(time: Time, offset: int | None, name: str) -> Value:
    if name == "time offset":
        return None if offset is None else DaysTimeDuration.of(seconds=offset)
    return _read(_TIME, time, name)


def _read(properties: dict[str, Callable[[T], Value]], value: T, name: str) -> Value:
    read = properties.get(name)
    return None if read is None else read(value)

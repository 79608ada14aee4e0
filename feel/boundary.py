"""Values on their way in from Python and JSON, and out again.

In: int and float become decimals, Python's dates and times ours. Out: the other way round, except decimals, and except
moments Python can not hold (a year over 9999, nanoseconds), which stay what they are.
"""

import datetime as python
from collections.abc import Mapping
from decimal import Decimal
from zoneinfo import ZoneInfo

from feel.durations import DaysTimeDuration, YearsMonthsDuration
from feel.numbers import from_decimal, from_float, from_int
from feel.scope import Run
from feel.temporal.moments import Date, DateTime, Time
from feel.temporal.zones import Zone, region
from feel.values import FunctionValue, Range, Value

_AS_IT_IS = (bool, str, Date, Time, DateTime, DaysTimeDuration, YearsMonthsDuration, Range, FunctionValue)


def take(run: Run, value: object) -> Value:
    """A value from outside. What FEEL does not know becomes null. Lists and mappings are copied once a run."""
    if value is None or isinstance(value, _AS_IT_IS):
        return value
    if isinstance(value, list | tuple | Mapping | set | frozenset):
        return _take_collection(run, value)
    if isinstance(value, Decimal):
        return from_decimal(value)
    if isinstance(value, int):
        return from_int(value)
    if isinstance(value, float):
        return from_float(value)
    if callable(value):
        return value
    return take_moment(value)


def _take_collection(run: Run, value: "list[object] | tuple[object, ...] | Mapping[str, object] | object") -> Value:
    known = run.imported.get(id(value))
    if known is not None:
        return known[1]
    if isinstance(value, Mapping):
        taken: Value = {str(key): take(run, item) for key, item in value.items()}
    else:
        assert isinstance(value, list | tuple | set | frozenset)
        taken = [take(run, item) for item in value]
    run.imported[id(value)] = (value, taken)
    return taken


def take_moment(value: object) -> Value:
    """A Python date, time, date and time or timedelta as ours; null for anything else."""
    if isinstance(value, python.datetime):
        return DateTime(Date(value.year, value.month, value.day), _take_time(value, value.utcoffset()))
    if isinstance(value, python.date):
        return Date(value.year, value.month, value.day)
    if isinstance(value, python.time):
        return _take_time(value, value.utcoffset())
    if isinstance(value, python.timedelta):
        return DaysTimeDuration.from_timedelta(value)
    return None


def _take_time(value: python.time | python.datetime, offset: python.timedelta | None) -> Time:
    zone: Zone | None = None
    if isinstance(value.tzinfo, ZoneInfo):
        zone = region(str(value.tzinfo.key))
    if zone is None and offset is not None:
        zone = Zone(offset.days * 86_400 + offset.seconds)
    return Time(value.hour, value.minute, value.second, value.microsecond * 1000, zone)


def give(run: Run, value: Value) -> object:
    """A value for outside."""
    if isinstance(value, list):
        run.charge(len(value))
        return [give(run, item) for item in value]
    if isinstance(value, dict):
        run.charge(len(value))
        return {key: give(run, item) for key, item in value.items()}
    if isinstance(value, Date | Time | DateTime):
        return give_moment(value)
    if isinstance(value, Range):
        return Range(give(run, value.low), give(run, value.high), value.low_included, value.high_included)
    return value


def give_moment(value: Date | Time | DateTime) -> object:
    """Python's date, time or date and time; the value itself where Python has none."""
    if isinstance(value, Date):
        return python.date(value.year, value.month, value.day) if 1 <= value.year <= 9999 else value
    time = value.time if isinstance(value, DateTime) else value
    if time.nanosecond % 1000:
        return value
    clock = python.time(time.hour, time.minute, time.second, time.nanosecond // 1000, _python_zone(time.zone))
    if isinstance(value, Time):
        return clock
    day = give_moment(value.date)
    return python.datetime.combine(day, clock) if isinstance(day, python.date) else value


def _python_zone(zone: Zone | None) -> python.tzinfo | None:
    if zone is None:
        return None
    if zone.region is not None:
        return ZoneInfo(zone.region)
    return python.timezone(python.timedelta(seconds=zone.seconds)) if zone.seconds else python.UTC

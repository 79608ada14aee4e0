"""Equality and order of values. Both answer True, False or None: what can not be compared is unknown (DMN 1.5, 10.3.2.13)."""

from decimal import Decimal

from feel.durations import DaysTimeDuration, YearsMonthsDuration
from feel.scope import Run
from feel.temporal.moments import Date, DateTime, Time
from feel.values import Range, Value


def equal(run: Run, left: Value, right: Value) -> bool | None:
    """``left = right``. null equals only null; values of different types are neither equal nor unequal."""
    kind = type(left)
    if left is None or right is None:
        return left is right
    if kind is not type(right):
        return None
    if kind is Time or kind is DateTime:
        return _three_way(left, right, same=True)
    if isinstance(left, list) and isinstance(right, list):
        return _equal_lists(run, left, right)
    if isinstance(left, dict) and isinstance(right, dict):
        return _equal_contexts(run, left, right)
    if isinstance(left, Range) and isinstance(right, Range):
        return _equal_ranges(run, left, right)
    return bool(left == right)


def _equal_lists(run: Run, left: list[Value], right: list[Value]) -> bool | None:
    if len(left) != len(right):
        return False
    result: bool | None = True
    for one, other in zip(left, right, strict=True):
        run.charge(1)
        same = equal(run, one, other)
        if same is False:
            return False
        result = result and same
    return result


def _equal_contexts(run: Run, left: dict[str, Value], right: dict[str, Value]) -> bool | None:
    if left.keys() != right.keys():
        return False
    keys = list(left)
    return _equal_lists(run, [left[key] for key in keys], [right[key] for key in keys])


def _equal_ranges(run: Run, left: Range, right: Range) -> bool | None:
    if (left.low_included, left.high_included) != (right.low_included, right.high_included):
        return False
    return _equal_lists(run, [left.low, left.high], [right.low, right.high])


def order(left: Value, right: Value) -> int | None:
    """-1, 0 or 1 as ``left`` is before, at or after ``right``; None if they have no order."""
    if isinstance(left, Decimal) and isinstance(right, Decimal):
        return (left > right) - (left < right)
    if isinstance(left, str) and isinstance(right, str):
        return (left > right) - (left < right)
    if isinstance(left, Date) and isinstance(right, Date):
        one, other = (left.year, left.month, left.day), (right.year, right.month, right.day)
        return (one > other) - (one < other)
    if isinstance(left, DaysTimeDuration) and isinstance(right, DaysTimeDuration):
        return (left > right) - (left < right)
    if isinstance(left, YearsMonthsDuration) and isinstance(right, YearsMonthsDuration):
        return (left > right) - (left < right)
    return _clock_order(left, right)


def _clock_order(left: Value, right: Value) -> int | None:
    one = other = 0
    if isinstance(left, DateTime) and isinstance(right, DateTime):
        if (left.zone is None) != (right.zone is None):
            return None
        one, other = left.instant, right.instant
    elif isinstance(left, Time) and isinstance(right, Time):
        if (left.zone is None) != (right.zone is None):
            return None
        one, other = utc_of_day(left), utc_of_day(right)
    else:
        return None
    return (one > other) - (one < other)


def utc_of_day(time: Time) -> int:
    """Nanoseconds since midnight in UTC, minus or beyond a day where the zone makes it so."""
    return time.of_day - (time.offset or 0) * 1_000_000_000


def _three_way(left: Value, right: Value, *, same: bool) -> bool | None:
    result = order(left, right)
    return None if result is None else (result == 0) is same


def includes(run: Run, span: Range, value: Value) -> bool | None:
    """Whether ``value`` lies in ``span``."""
    if value is None:
        return None
    low = True if span.low is None else _beyond(order(value, span.low), span.low_included)
    high = True if span.high is None else _beyond(order(span.high, value), span.high_included)
    if low is None or high is None:
        return None
    return low and high


def _beyond(result: int | None, included: bool) -> bool | None:
    return None if result is None else result > 0 or (included and result == 0)


def matches(run: Run, value: Value, wanted: Value) -> bool | None:
    """``value in wanted``: equal to it, or one of its items, or within it (DMN 1.5, table 55)."""
    if isinstance(wanted, Range):
        return includes(run, wanted, value)
    if isinstance(wanted, list) and not isinstance(value, list):
        return _among(run, value, wanted)
    if isinstance(wanted, list):
        return equal(run, value, wanted) or _among(run, value, wanted)
    return equal(run, value, wanted)


def _among(run: Run, value: Value, items: list[Value]) -> bool | None:
    result: bool | None = False
    for item in items:
        run.charge(1)
        found = includes(run, item, value) if isinstance(item, Range) else equal(run, value, item)
        if found:
            return True
        if found is None:
            result = None if isinstance(item, Range) else result
    return result

"""Values of ours in the form in which ``normal.mjs`` writes feelin's, and when two of them are the same.

feelin's numbers are JavaScript's doubles: they are the same as our decimals when they agree in 12 digits.
"""

import math
from datetime import date, datetime, time
from decimal import Decimal
from typing import Any
from zoneinfo import ZoneInfo

from feel import Date, DateTime, DaysTimeDuration, Range, Time, YearsMonthsDuration, to_json
from feel.values import FunctionValue

_MOMENTS: tuple[tuple[str, tuple[type, ...]], ...] = (
    ("date and time", (datetime, DateTime)),
    ("date", (date, Date)),
    ("time", (time, Time)),
)


def normal(value: object) -> Any:
    """A value of :meth:`feel.Expression.evaluate`."""
    if value is None or isinstance(value, bool | str):
        return value
    if isinstance(value, Decimal):
        return float(value)
    if isinstance(value, list):
        return ["list", *map(normal, value)]
    if isinstance(value, dict):
        return ["context", {name: normal(part) for name, part in value.items()}]
    return _other(value)


def _other(value: object) -> Any:
    for word, kinds in _MOMENTS:
        if isinstance(value, kinds):
            return [word, _text(value)]
    if isinstance(value, YearsMonthsDuration):
        return ["months", float(value.months)]
    if isinstance(value, DaysTimeDuration):
        return ["seconds", value.nanoseconds / 1_000_000_000]
    if isinstance(value, Range):
        return ["range", normal(value.low), normal(value.high), value.low_included, value.high_included]
    assert isinstance(value, FunctionValue) or callable(value), value
    return ["function"]


def _text(value: object) -> str:
    zone = getattr(value, "tzinfo", None)
    if isinstance(value, datetime | time) and isinstance(zone, ZoneInfo):
        return f"{value.replace(tzinfo=None).isoformat()}@{zone.key}"
    return str(to_json(value)).replace("+00:00", "Z")


def same(ours: Any, theirs: Any) -> bool:
    """Whether two values in normal form are one value."""
    if isinstance(ours, dict) and isinstance(theirs, dict):
        return ours.keys() == theirs.keys() and all(same(ours[name], theirs[name]) for name in ours)
    if isinstance(ours, list) and isinstance(theirs, list):
        return len(ours) == len(theirs) and all(map(same, ours, theirs))
    if _is_number(ours) and _is_number(theirs):
        return math.isclose(ours, theirs, rel_tol=1e-12, abs_tol=1e-12)
    return type(ours) is type(theirs) and bool(ours == theirs)


def _is_number(value: object) -> bool:
    return isinstance(value, int | float) and not isinstance(value, bool)

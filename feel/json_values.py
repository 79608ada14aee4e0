"""FEEL values as JSON, for storing and for answering."""

from collections.abc import Mapping
from datetime import date, datetime, time, timedelta
from decimal import Decimal
from math import isfinite

from feel.durations import DaysTimeDuration, YearsMonthsDuration
from feel.errors import FeelBudgetExceeded
from feel.temporal.moments import Date, DateTime, Time
from feel.values import Range

JsonValue = None | bool | int | float | str | list["JsonValue"] | dict[str, "JsonValue"]

_MAX_VALUES = 1_000_000


def to_json(value: object) -> JsonValue:
    """A FEEL value as JSON: whole numbers as int, others as float, moments and durations as ISO 8601 text, ranges as text
    in FEEL, functions as null.

    :raises FeelBudgetExceeded: more than a million values, or too many levels of them.
    """
    try:
        return _Writer().write(value)
    except RecursionError as error:
        raise FeelBudgetExceeded("a value of too many levels") from error


class _Writer:
    """Counts what it writes: a value may hold the same list many times over, and JSON has to repeat it."""

    def __init__(self) -> None:
        self.left = _MAX_VALUES

    def write(self, value: object) -> JsonValue:
        self.left -= 1
        if self.left < 0:
            raise FeelBudgetExceeded(f"a value of more than {_MAX_VALUES} parts")
        if value is None or isinstance(value, bool | int | str):
            return value
        if isinstance(value, float):
            return value if isfinite(value) else None
        if isinstance(value, Decimal):
            return number(value)
        if isinstance(value, list | tuple):
            return [self.write(item) for item in value]
        if isinstance(value, Mapping):
            return {str(key): self.write(item) for key, item in value.items()}
        return _text(value)


def number(value: Decimal) -> int | float | None:
    """A JSON number: exact if it is whole and below 10 ** 40; null beyond the largest float."""
    if value.adjusted() < 40 and value == value.to_integral_value():
        return int(value)
    rounded = float(value)
    return rounded if isfinite(rounded) else None


def _text(value: object) -> str | None:
    if isinstance(value, datetime | date | time):
        return value.isoformat()
    if isinstance(value, Date | Time | DateTime | DaysTimeDuration | YearsMonthsDuration):
        return str(value)
    if isinstance(value, timedelta):
        return str(DaysTimeDuration.from_timedelta(value))
    return str(value) if isinstance(value, Range) else None

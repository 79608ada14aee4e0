"""What an expression can be about: the values of FEEL as they are inside an evaluation.

null is None, numbers are Decimal (34 digits), texts str, lists list, contexts dict with text keys; dates and times are
those of :mod:`feel.temporal`, which :mod:`feel.boundary` turns into Python's on the way in and out.
"""

from dataclasses import dataclass
from decimal import Decimal

from feel.durations import DaysTimeDuration, YearsMonthsDuration
from feel.temporal.moments import Date, DateTime, Time

Value = object
"""Any of the values above, a :class:`Range` or a function. What is not one of them never gets past the boundary."""


class FunctionValue:
    """What all functions of :mod:`feel.functions` are."""

    __slots__ = ()


@dataclass(frozen=True, slots=True)
class Range:
    """All values from ``low`` to ``high``. An end that is None is open without limit, as in ``(>= 18)``."""

    low: Value
    high: Value
    low_included: bool = True
    high_included: bool = True

    def __str__(self) -> str:
        low = "null" if self.low is None else str(self.low)
        high = "null" if self.high is None else str(self.high)
        return f"{'[' if self.low_included else '('}{low}..{high}{']' if self.high_included else ')'}"


_KINDS: dict[type, str] = {
    type(None): "null",
    bool: "boolean",
    Decimal: "number",
    str: "string",
    Date: "date",
    Time: "time",
    DateTime: "date and time",
    DaysTimeDuration: "days and time duration",
    YearsMonthsDuration: "years and months duration",
    list: "list",
    dict: "context",
    Range: "range",
}


def kind_of(value: Value) -> str:
    """The FEEL name of the type of a value, without what lists or contexts hold."""
    return _KINDS.get(type(value), "function")


ORDERED = (Decimal, str, Date, Time, DateTime, DaysTimeDuration, YearsMonthsDuration)
"""Types whose values can be compared with ``<``."""

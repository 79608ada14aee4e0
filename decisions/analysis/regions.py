"""The values of a column cut into regions within which no cell can tell two values apart; each is spoken for by one of them."""

from collections.abc import Callable, Sequence
from decimal import Decimal
from itertools import pairwise
from typing import TypeVar

from decisions.analysis.cells import NotDecided
from feel.durations import DaysTimeDuration, YearsMonthsDuration
from feel.numbers import CONTEXT
from feel.temporal.moments import Date, DateTime, date_of_days, moment_of_instant
from feel.types import FeelType
from feel.values import Value

T = TypeVar("T", Decimal, int)

_SECOND = 1_000_000_000
_KINDS: dict[str, type] = {
    "number": Decimal,
    "string": str,
    "boolean": bool,
    "date": Date,
    "date and time": DateTime,
    "dateTime": DateTime,
    "days and time duration": DaysTimeDuration,
    "dayTimeDuration": DaysTimeDuration,
    "years and months duration": YearsMonthsDuration,
    "yearMonthDuration": YearsMonthsDuration,
}
_FROM_TEXT = (Date, DateTime, DaysTimeDuration, YearsMonthsDuration)


def representatives(values: Sequence[Value], ordered: Sequence[Value], declared: FeelType | None) -> list[Value]:
    """A value for every region the constants ``values`` cut the column into, null left out.

    :param ordered: those of the constants that are compared by their order.
    :param declared: the type of the column; without one, its constants say what it is about.
    :raises NotDecided: values of such a type are not cut.
    """
    found: list[Value] = []
    for kind in _kinds(values, declared):
        points = [value for value in values if type(value) is kind]
        if kind is str and any(isinstance(value, str) for value in ordered):
            raise NotDecided("文本按顺序比较", "texts are compared by their order")
        found += _CUTS[kind](points)
    return found


def _kinds(values: Sequence[Value], declared: FeelType | None) -> list[type]:
    if declared is not None and declared.name != "Any":
        if declared.name not in _KINDS:
            raise NotDecided(f"列的类型是{declared.name}", f"a column is of type {declared.name}")
        return [_KINDS[declared.name]]
    kinds: list[type] = list(dict.fromkeys(type(value) for value in values if value is not None))
    for kind in kinds:
        if kind not in _CUTS:
            raise NotDecided("列中有无法分析的值", "a column has values that are not analysed")
        if kind in _FROM_TEXT:
            raise NotDecided("日期或时长的列没有声明类型", "a column of dates or durations has no type")
    if not kinds and values:
        kinds.append(str)
    return kinds


def _numbers(points: Sequence[Value]) -> list[Value]:
    def between(low: Decimal, high: Decimal) -> Decimal | None:
        whole = CONTEXT.add(low.to_integral_value(rounding="ROUND_FLOOR"), Decimal(1))
        if low < whole < high:
            return whole
        middle = CONTEXT.divide(CONTEXT.add(low, high), Decimal(2))
        return middle if low < middle < high else None

    def beyond(end: Decimal, step: int) -> Decimal | None:
        further = CONTEXT.add(end, Decimal(step))
        # Past 34 digits a step of one is lost.
        return further if further != end else CONTEXT.multiply(end, Decimal(2))

    return [*_line([point for point in points if isinstance(point, Decimal)], between, beyond, Decimal(0))]


def _texts(points: Sequence[Value]) -> list[Value]:
    texts: list[Value] = list(dict.fromkeys(points))
    other = "其他"
    while other in texts:
        other += "*"
    return [*texts, other]


def _booleans(_points: Sequence[Value]) -> list[Value]:
    return [True, False]


def _counted(points: list[int], some: int, step: int) -> list[int]:
    def between(low: int, high: int) -> int | None:
        if high - low <= 1:
            return None
        # A round one, if there is any.
        return (low // step + 1) * step if (low // step + 1) * step < high else low + (high - low) // 2

    return _line(points, between, lambda end, sign: end + sign * step, some)


def _dates(points: Sequence[Value]) -> list[Value]:
    days = [point.days for point in points if isinstance(point, Date)]
    return [date for day in _counted(days, 20_000, 1) if (date := date_of_days(day)) is not None]


def _moments(points: Sequence[Value]) -> list[Value]:
    moments = [point for point in points if isinstance(point, DateTime)]
    zones = {moment.zone is None for moment in moments}
    if len(zones) > 1:
        raise NotDecided("有的时间带时区，有的没有", "some moments have a zone and some have none")
    zone = moments[0].zone if moments else None
    instants = _counted([moment.instant for moment in moments], 20_000 * 86_400 * _SECOND, _SECOND)
    return [moment for instant in instants if (moment := moment_of_instant(instant, zone)) is not None]


def _days_time(points: Sequence[Value]) -> list[Value]:
    lengths = [point.nanoseconds for point in points if isinstance(point, DaysTimeDuration)]
    return [DaysTimeDuration(length) for length in _counted(lengths, 0, _SECOND)]


def _years_months(points: Sequence[Value]) -> list[Value]:
    lengths = [point.months for point in points if isinstance(point, YearsMonthsDuration)]
    return [YearsMonthsDuration(length) for length in _counted(lengths, 0, 1)]


def _line(points: list[T], between: Callable[[T, T], T | None], beyond: Callable[[T, int], T | None], some: T) -> list[T]:
    """The points, what lies between them, and what lies beyond the first and the last; ``some`` if there are none."""
    if not points:
        return [some]
    points = sorted(set(points))
    found: list[T | None] = [beyond(points[0], -1), points[0]]
    for low, high in pairwise(points):
        found += [between(low, high), high]
    found.append(beyond(points[-1], 1))
    return [value for value in found if value is not None]


_CUTS: dict[type, Callable[[Sequence[Value]], list[Value]]] = {
    Decimal: _numbers,
    str: _texts,
    bool: _booleans,
    Date: _dates,
    DateTime: _moments,
    DaysTimeDuration: _days_time,
    YearsMonthsDuration: _years_months,
}

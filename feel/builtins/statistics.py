"""Functions that make one value of a list of them: sums, means, extremes (DMN 1.5, table 74)."""

from decimal import Decimal
from functools import cmp_to_key, reduce

from feel.builtins.registry import builtin
from feel.comparison import equal, order
from feel.durations import DaysTimeDuration, YearsMonthsDuration, days_time, years_months
from feel.numbers import CONTEXT, ONE, ZERO
from feel.scope import Run
from feel.values import Value


class NoOrder(ValueError):
    """Some of the items can not be compared; the function has no value."""


def compare(left: Value, right: Value) -> int:
    """-1, 0 or 1.

    :raises NoOrder: the values have none.
    """
    result = order(left, right)
    if result is None:
        raise NoOrder
    return result


def numbers_in(items: list[Value]) -> list[Decimal] | None:
    """The items, if all are numbers and there are any."""
    numbers = [item for item in items if isinstance(item, Decimal)]
    return numbers if items and len(numbers) == len(items) else None


@builtin("count", "list...: list")
def count(items: list[Value]) -> Value:
    """How many items a list has."""
    return Decimal(len(items))


@builtin("min", "list...: list")
def smallest(items: list[Value]) -> Value:
    """The first in order; null for an empty list and for items that have no order."""
    return _extreme(items, -1)


@builtin("max", "list...: list")
def largest(items: list[Value]) -> Value:
    """The last in order; null for an empty list and for items that have no order."""
    return _extreme(items, 1)


def _extreme(items: list[Value], sign: int) -> Value:
    if not items or order(items[0], items[0]) is None:
        return None
    return reduce(lambda best, item: item if compare(item, best) == sign else best, items)


@builtin("sum", "list...: list")
def total(items: list[Value]) -> Value:
    """The sum of numbers, or of durations of one kind."""
    numbers = numbers_in(items)
    if numbers is not None:
        return reduce(CONTEXT.add, numbers)
    if items and all(isinstance(item, DaysTimeDuration) for item in items):
        return days_time(sum(item.nanoseconds for item in items if isinstance(item, DaysTimeDuration)))
    if items and all(isinstance(item, YearsMonthsDuration) for item in items):
        return years_months(sum(item.months for item in items if isinstance(item, YearsMonthsDuration)))
    return None


@builtin("mean", "list...: list")
def mean(items: list[Value]) -> Value:
    """The arithmetic mean of numbers."""
    numbers = numbers_in(items)
    return None if numbers is None else CONTEXT.divide(reduce(CONTEXT.add, numbers), Decimal(len(numbers)))


@builtin("product", "list...: list")
def product(items: list[Value]) -> Value:
    """The product of numbers."""
    numbers = numbers_in(items)
    return None if numbers is None else reduce(CONTEXT.multiply, numbers, ONE)


@builtin("median", "list...: list")
def median(items: list[Value]) -> Value:
    """The number in the middle, or the mean of the two there."""
    numbers = numbers_in(items)
    if numbers is None:
        return None
    numbers.sort()
    middle = len(numbers) // 2
    if len(numbers) % 2:
        return numbers[middle]
    return CONTEXT.divide(CONTEXT.add(numbers[middle - 1], numbers[middle]), Decimal(2))


@builtin("stddev", "list...: list")
def standard_deviation(items: list[Value]) -> Value:
    """The deviation of a sample; null for fewer than two numbers."""
    numbers = numbers_in(items)
    if numbers is None or len(numbers) < 2:
        return None
    middle = CONTEXT.divide(reduce(CONTEXT.add, numbers), Decimal(len(numbers)))
    squares = (CONTEXT.power(CONTEXT.subtract(number, middle), Decimal(2)) for number in numbers)
    return CONTEXT.sqrt(CONTEXT.divide(reduce(CONTEXT.add, squares, ZERO), Decimal(len(numbers) - 1)))


@builtin("mode", "list...: list")
def mode(items: list[Value]) -> Value:
    """The most frequent numbers, in ascending order; of an empty list an empty list."""
    if not items:
        return []
    numbers = numbers_in(items)
    if numbers is None:
        return None
    frequencies: dict[Decimal, int] = {}
    for number in numbers:
        frequencies[number] = frequencies.get(number, 0) + 1
    most = max(frequencies.values())
    return sorted(number for number, frequency in frequencies.items() if frequency == most)


def ascending(items: list[Value]) -> Value:
    """The items in order; null if they have none."""
    return sorted(items, key=cmp_to_key(compare))


def place_of(run: Run, items: list[Value], wanted: Value) -> int:
    """Where the first item equal to ``wanted`` stands, counted from 0; -1 if there is none."""
    for place, item in enumerate(items):
        run.charge(1)
        if equal(run, item, wanted):
            return place
    return -1

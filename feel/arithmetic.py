"""``+ - * / **`` on values that are not both numbers; two numbers are added where they meet, in the compiled code.

What the tables 50 to 52 of DMN 1.5 do not list has no value: null.
"""

from collections.abc import Callable
from decimal import ROUND_DOWN, ROUND_HALF_EVEN, Decimal

from feel.comparison import utc_of_day
from feel.durations import DaysTimeDuration, YearsMonthsDuration, days_time, years_months
from feel.numbers import CONTEXT, calculate, power
from feel.scope import Run
from feel.temporal.moments import (
    DAY_NANOSECONDS,
    Date,
    DateTime,
    Time,
    at_midnight,
    date_of_days,
    days_in_month,
    make_date,
    moment_of_instant,
    time_of_day,
)
from feel.values import Value


def add(run: Run, left: Value, right: Value) -> Value:
    """``left + right``"""
    if isinstance(left, Decimal) and isinstance(right, Decimal):
        return calculate(CONTEXT.add, left, right)
    if isinstance(left, str) and isinstance(right, str):
        text = left + right
        run.charge_for(text)
        return text
    if isinstance(left, DaysTimeDuration | YearsMonthsDuration) and isinstance(right, Date | Time | DateTime):
        return later(right, left)
    if isinstance(right, DaysTimeDuration | YearsMonthsDuration):
        return _add_durations(left, right) if type(left) is type(right) else later(left, right)
    return None


def _add_durations(left: Value, right: Value) -> Value:
    if isinstance(left, DaysTimeDuration) and isinstance(right, DaysTimeDuration):
        return days_time(left.nanoseconds + right.nanoseconds)
    if isinstance(left, YearsMonthsDuration) and isinstance(right, YearsMonthsDuration):
        return years_months(left.months + right.months)
    return None


def subtract(run: Run, left: Value, right: Value) -> Value:
    """``left - right``"""
    if isinstance(left, Decimal) and isinstance(right, Decimal):
        return calculate(CONTEXT.subtract, left, right)
    if isinstance(right, DaysTimeDuration | YearsMonthsDuration):
        minus = negate(right)
        return _add_durations(left, minus) if type(left) is type(right) else later(left, minus)
    if isinstance(left, Time) and isinstance(right, Time):
        return _between_times(left, right)
    if isinstance(left, Date | DateTime) and isinstance(right, Date | DateTime):
        return _between_days(left, right)
    return None


def _between_times(left: Time, right: Time) -> DaysTimeDuration | None:
    if (left.zone is None) != (right.zone is None):
        return None
    if left.zone == right.zone:
        return days_time(left.of_day - right.of_day)
    return days_time(utc_of_day(left) - utc_of_day(right))


def _between_days(left: Date | DateTime, right: Date | DateTime) -> DaysTimeDuration | None:
    if isinstance(left, Date) and isinstance(right, Date):
        return days_time((left.days - right.days) * DAY_NANOSECONDS)
    one = at_midnight(left) if isinstance(left, Date) else left
    other = at_midnight(right) if isinstance(right, Date) else right
    if (one.zone is None) != (other.zone is None):
        return None
    return days_time(one.instant - other.instant)


def negate(value: Value) -> Value:
    """``-value``"""
    if isinstance(value, Decimal):
        return CONTEXT.minus(value)
    if isinstance(value, DaysTimeDuration):
        return DaysTimeDuration(-value.nanoseconds)
    return YearsMonthsDuration(-value.months) if isinstance(value, YearsMonthsDuration) else None


def later(start: Value, length: Value) -> Value:
    """A date, time or date and time, so much later. Months end where the calendar's do: 31 January + P1M is 28 February."""
    if isinstance(length, YearsMonthsDuration):
        if isinstance(start, Date):
            return _months_later(start, length.months)
        if isinstance(start, DateTime):
            day = _months_later(start.date, length.months)
            return None if day is None else DateTime(day, start.time)
        return None
    if not isinstance(length, DaysTimeDuration):
        return None
    if isinstance(start, Date):
        return date_of_days(start.days + length.nanoseconds // DAY_NANOSECONDS)
    if isinstance(start, DateTime):
        return moment_of_instant(start.instant + length.nanoseconds, start.zone)
    return time_of_day(start.of_day + length.nanoseconds, start.zone) if isinstance(start, Time) else None


def _months_later(start: Date, months: int) -> Date | None:
    years, month = divmod(start.year * 12 + start.month - 1 + months, 12)
    return make_date(years, month + 1, min(start.day, days_in_month(years, month + 1)))


def multiply(_run: Run, left: Value, right: Value) -> Value:
    """``left * right``"""
    if isinstance(left, Decimal):
        if isinstance(right, Decimal):
            return calculate(CONTEXT.multiply, left, right)
        left, right = right, left
    if isinstance(right, Decimal):
        return _scaled(CONTEXT.multiply, left, right)
    return None


def divide(_run: Run, left: Value, right: Value) -> Value:
    """``left / right``"""
    if isinstance(right, Decimal):
        if isinstance(left, Decimal):
            return calculate(CONTEXT.divide, left, right)
        return _scaled(CONTEXT.divide, left, right)
    if isinstance(left, DaysTimeDuration) and isinstance(right, DaysTimeDuration):
        return calculate(CONTEXT.divide, Decimal(left.nanoseconds), Decimal(right.nanoseconds))
    if isinstance(left, YearsMonthsDuration) and isinstance(right, YearsMonthsDuration):
        return calculate(CONTEXT.divide, Decimal(left.months), Decimal(right.months))
    return None


def _scaled(operation: Callable[[Decimal, Decimal], Decimal], length: Value, factor: Decimal) -> Value:
    if isinstance(length, DaysTimeDuration):
        nanoseconds = calculate(operation, Decimal(length.nanoseconds), factor)
        whole = _whole(nanoseconds, ROUND_HALF_EVEN)
        return None if whole is None else days_time(whole)
    if isinstance(length, YearsMonthsDuration):
        whole = _whole(calculate(operation, Decimal(length.months), factor), ROUND_DOWN)
        return None if whole is None else years_months(whole)
    return None


def _whole(number: Decimal | None, rounding: str) -> int | None:
    if number is None or number.adjusted() > 40:
        return None
    return int(number.to_integral_value(rounding))


def exponentiate(_run: Run, left: Value, right: Value) -> Value:
    """``left ** right``"""
    return power(left, right) if isinstance(left, Decimal) and isinstance(right, Decimal) else None


OPERATIONS: dict[str, Callable[[Run, Value, Value], Value]] = {
    "+": add,
    "-": subtract,
    "*": multiply,
    "/": divide,
    "**": exponentiate,
}

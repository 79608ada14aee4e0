"""FEEL numbers: decimals of 34 digits with the exponent range of IEEE 754 decimal128 (DMN 1.5, 10.3.2.3.1)."""

from collections.abc import Callable
from decimal import ROUND_HALF_EVEN, Context, Decimal, DivisionByZero, InvalidOperation, Overflow

MIN_SCALE = -6111
MAX_SCALE = 6176

CONTEXT = Context(
    prec=34,
    rounding=ROUND_HALF_EVEN,
    Emin=-6143,
    Emax=6144,
    traps=[InvalidOperation, DivisionByZero, Overflow],
)
"""Only its methods are used; the thread's own decimal context is never touched."""

ZERO = Decimal(0)
ONE = Decimal(1)


def from_text(text: str) -> Decimal | None:
    """A number written as in FEEL or JSON; None if it is not one or is out of range."""
    try:
        number = CONTEXT.create_decimal(text)
    except ArithmeticError:
        return None
    return number if number.is_finite() else None


def from_decimal(number: Decimal) -> Decimal | None:
    """A decimal rounded to 34 digits; None for infinities, NaN and what is out of range."""
    try:
        return CONTEXT.plus(number) if number.is_finite() else None
    except ArithmeticError:
        return None


def from_int(number: int) -> Decimal | None:
    """A whole number, rounded to 34 digits; None if out of range."""
    if number.bit_length() > 24_000:
        return None
    try:
        return CONTEXT.create_decimal(number)
    except ArithmeticError:
        return None


def from_float(number: float) -> Decimal | None:
    """The shortest decimal that reads back as the same float; None for infinities and NaN."""
    return from_text(repr(number))


def calculate(operation: Callable[[Decimal, Decimal], Decimal], left: Decimal, right: Decimal) -> Decimal | None:
    """``operation`` of :data:`CONTEXT` on two numbers; None where it has no result."""
    try:
        return operation(left, right)
    except ArithmeticError:
        return None


def power(base: Decimal, exponent: Decimal) -> Decimal | None:
    """``base ** exponent``; None for a root of a negative number and for results out of range."""
    return ONE if not exponent else calculate(CONTEXT.power, base, exponent)


def to_text(number: Decimal) -> str:
    """The number as ``string()`` shows it: no exponent while that stays readable, no zeros at the end."""
    if not number:
        return "0"
    if number == number.to_integral_value() and number.adjusted() < 40:
        return format(number.quantize(ONE, context=_WIDE), "f")
    if -40 < number.adjusted() < 40:
        return format(number.normalize(CONTEXT), "f")
    return str(number.normalize(CONTEXT))


_WIDE = Context(prec=60)

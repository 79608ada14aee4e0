"""Functions on numbers (DMN 1.5, table 75)."""

from collections.abc import Callable
from decimal import ROUND_CEILING, ROUND_DOWN, ROUND_FLOOR, ROUND_HALF_DOWN, ROUND_HALF_EVEN, ROUND_HALF_UP, ROUND_UP, Decimal

from feel.builtins.registry import builtin
from feel.numbers import CONTEXT, MAX_SCALE, MIN_SCALE, ZERO, calculate
from feel.values import Value


def _rounded(number: Decimal, scale: Decimal | None, rounding: str) -> Value:
    """``number`` to so many places after the point; null for a scale decimal128 does not have."""
    places = ZERO if scale is None else scale.to_integral_value(ROUND_DOWN)
    if not MIN_SCALE <= places <= MAX_SCALE:
        return None
    exponent = -int(places)
    digits = number.as_tuple().exponent
    assert isinstance(digits, int)
    if digits >= exponent:
        return number
    return _plain(number.quantize(Decimal((0, (1,), exponent)), rounding, CONTEXT))


def _plain(number: Decimal) -> Decimal:
    return number if number else ZERO


def _rounding(name: str, mode: str, signature: str) -> None:
    def rounded(number: Decimal, scale: Decimal | None) -> Value:
        return _rounded(number, scale, mode)

    builtin(name, signature)(rounded)


_rounding("decimal", ROUND_HALF_EVEN, "n: number, scale: number")
_rounding("floor", ROUND_FLOOR, "n: number, scale?: number")
_rounding("ceiling", ROUND_CEILING, "n: number, scale?: number")
_rounding("round up", ROUND_UP, "n: number, scale: number")
_rounding("round down", ROUND_DOWN, "n: number, scale: number")
_rounding("round half up", ROUND_HALF_UP, "n: number, scale: number")
_rounding("round half down", ROUND_HALF_DOWN, "n: number, scale: number")


@builtin("abs", "n: number")
def absolute(number: Decimal) -> Value:
    """A number without its minus."""
    return CONTEXT.abs(number)


@builtin("modulo", "dividend: number, divisor: number")
def modulo(dividend: Decimal, divisor: Decimal) -> Value:
    """What is left of ``dividend - divisor * floor(dividend / divisor)``: the sign is the divisor's."""
    if not divisor:
        return None
    rest = calculate(CONTEXT.remainder, dividend, divisor)
    if rest and (rest < 0) != (divisor < 0):
        rest = CONTEXT.add(rest, divisor)
    return rest


def _of_one(name: str, operation: Callable[[Decimal], Decimal], allowed: Callable[[Decimal], bool]) -> None:
    def calculated(number: Decimal) -> Value:
        return operation(number) if allowed(number) else None

    builtin(name, "number: number")(calculated)


_of_one("sqrt", CONTEXT.sqrt, lambda number: number >= 0)
_of_one("log", CONTEXT.ln, lambda number: number > 0)
_of_one("exp", CONTEXT.exp, lambda number: True)


@builtin("odd", "number: number")
def odd(number: Decimal) -> Value:
    """Whether a whole number is odd; null for a fraction."""
    return None if number != number.to_integral_value() else CONTEXT.remainder(number, Decimal(2)) != 0


@builtin("even", "number: number")
def even(number: Decimal) -> Value:
    """Whether a whole number is even; null for a fraction."""
    return None if number != number.to_integral_value() else CONTEXT.remainder(number, Decimal(2)) == 0

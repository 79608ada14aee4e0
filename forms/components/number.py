"""Number fields. Arithmetic is decimal, as in form-js, so that 0.3 is a multiple of 0.1."""

from collections.abc import Iterator
from decimal import Context, Decimal
from typing import ClassVar

from forms.attributes import decimal
from forms.components.base import Keyed
from forms.components.limits import limits, plain
from forms.definition import ComponentDefinition
from forms.errors import Problem, Refused
from forms.expressions import Surroundings
from forms.limits import MAX_INTEGER
from forms.values import Value

_EXACT = Context(prec=120)


class Number(Keyed):
    """A number, held as a JSON number, or as text when ``serializeToString`` asks for it.

    Integers lie within ±(2^53-1) (RFC 7493). A number with a fraction is a JSON float; as text it is exact.
    """

    types: ClassVar = ("number",)
    empty: ClassVar[Value] = None

    def __init__(self, definition: ComponentDefinition) -> None:
        super().__init__(definition)
        attributes = definition.attributes
        self.least, self.most = limits(definition.validate, "min", "max")
        self.decimal_digits = attributes.count("decimalDigits")
        self.as_text = attributes.flag("serializeToString")
        self.increment = attributes.number("increment")
        self.counts_fen = _counts_fen(definition)
        if self.increment is not None and self.increment < 0:
            attributes.findings.add(
                attributes.where("increment"),
                "bad-attribute",
                attribute="increment",
                expected_zh="正数",
                expected_en="a positive number",
            )

    def read(self, value: object) -> Value:
        if value == "":
            return None
        number = decimal(value)
        if number is None:
            raise Refused("not-a-number")
        if abs(number) > MAX_INTEGER:
            raise Refused("number-out-of-range")
        if self.as_text:
            return plain(abs(number) if number == 0 else number)
        return int(number) if number == number.to_integral_value(context=_EXACT) else float(number)

    def problems(self, value: Value, surroundings: Surroundings) -> Iterator[Problem]:
        number = decimal(value)
        assert number is not None
        yield from self._limit_problems(number, surroundings)
        yield from self._step_problems(number)
        if self.counts_fen and (number < 0 or number != number.to_integral_value(context=_EXACT)):
            yield Problem("amount-in-fen")

    def _limit_problems(self, number: Decimal, surroundings: Surroundings) -> Iterator[Problem]:
        least, most = self.least.value(surroundings), self.most.value(surroundings)
        if least is not None and number < least:
            yield Problem("too-small", {"minimum": plain(least), "actual": plain(number)})
        if most is not None and number > most:
            yield Problem("too-large", {"maximum": plain(most), "actual": plain(number)})

    def _step_problems(self, number: Decimal) -> Iterator[Problem]:
        digits = len(plain(number).partition(".")[2])
        if self.decimal_digits is not None and digits > self.decimal_digits:
            code = "too-many-decimals" if self.decimal_digits else "not-an-integer"
            yield Problem(code, {"maximum": self.decimal_digits, "actual": digits if self.decimal_digits else plain(number)})
        if self.increment and _EXACT.remainder(number, self.increment) != 0:
            yield Problem("not-a-multiple", {"increment": plain(self.increment), "actual": plain(number)})


def _counts_fen(definition: ComponentDefinition) -> bool:
    """A number may be an amount of fen. Yuan need a text field: a number 12 could be either, text and integer tell apart."""
    properties = definition.properties
    name = properties.text("validator")
    if name is None:
        return False
    if name != "fen-amount" or properties.get("unit") not in (None, "", "fen"):
        properties.findings.add(properties.where("validator"), "misplaced-validator", value=name, type=definition.type)
    return True

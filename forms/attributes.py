"""Reading attributes of a JSON object with their types checked, so that a fault becomes a finding and not an exception."""

from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from decimal import Decimal, InvalidOperation
from math import isfinite

from forms.findings import Findings


@dataclass(frozen=True)
class Attributes:
    """One JSON object of a form definition and the place where it stands."""

    values: Mapping[str, object]
    place: str
    findings: Findings

    def __contains__(self, name: str) -> bool:
        return self.values.get(name) is not None

    def where(self, name: str) -> str:
        """The place of one attribute."""
        return f"{self.place}.{name}".removeprefix(".")

    def get(self, name: str) -> object:
        return self.values.get(name)

    def text(self, name: str) -> str | None:
        """A non-empty string, or None."""
        value = self.values.get(name)
        if value is None or value == "":
            return None
        if not isinstance(value, str):
            self._wrong(name, "文字", "text")
            return None
        return value

    def flag(self, name: str) -> bool:
        """A boolean; the custom properties of the form editor know text only, so "true" and "false" are taken too."""
        value = self.values.get(name)
        if value is None or value == "":
            return False
        if isinstance(value, bool):
            return value
        if value not in ("true", "false"):
            self._wrong(name, "true或false", "true or false")
        return value == "true"

    def count(self, name: str) -> int | None:
        """An integer from 0, or None."""
        number = self.number(name)
        if number is None:
            return None
        if number != number.to_integral_value() or number < 0:
            self._wrong(name, "不小于0的整数", "an integer from 0")
            return None
        return int(number)

    def number(self, name: str) -> Decimal | None:
        """A finite number of at most 40 characters, written as a number or as text, or None."""
        value = self.values.get(name)
        if value is None or value == "":
            return None
        number = decimal(value)
        if number is None:
            self._wrong(name, "数字", "a number")
        return number

    def object(self, name: str) -> "Attributes":
        """A nested object; empty when it is absent."""
        value = self.values.get(name)
        if value is not None and not isinstance(value, Mapping):
            self.findings.add(self.where(name), "not-an-object")
            value = None
        return Attributes(value or {}, self.where(name), self.findings)

    def objects(self, name: str) -> Iterator["Attributes"]:
        """The objects of a list; what is no object becomes a finding."""
        value = self.values.get(name)
        if value is not None and not isinstance(value, list):
            self.findings.add(self.where(name), "not-a-list")
            return
        for index, entry in enumerate(value or []):
            place = f"{self.where(name)}[{index}]"
            if isinstance(entry, Mapping):
                yield Attributes(entry, place, self.findings)
            else:
                self.findings.add(place, "not-an-object")

    def _wrong(self, name: str, expected_zh: str, expected_en: str) -> None:
        self.findings.add(self.where(name), "bad-attribute", attribute=name, expected_zh=expected_zh, expected_en=expected_en)


def decimal(value: object) -> Decimal | None:
    """A JSON number, or text that is a plain decimal number, exactly; None for anything else."""
    if isinstance(value, bool) or not isinstance(value, int | float | str):
        return None
    if isinstance(value, float):
        return Decimal(repr(value)) if isfinite(value) else None
    if isinstance(value, int):
        return Decimal(value) if abs(value) < 10**40 else None
    text = value.strip()
    if not 0 < len(text) <= 40 or not text.isascii() or set(text) - set("+-.0123456789"):
        return None
    try:
        return Decimal(text)
    except InvalidOperation:
        return None

"""The named validators of the centre: numbers that carry their own check, and amounts of money.

A designer names one on a text field by the custom property ``validator``. A validator also tidies what input methods
produce (full-width digits, lower-case letters, spaces inside phone numbers), so that one person has one spelling.
"""

import re
from abc import ABC, abstractmethod
from collections.abc import Iterator
from datetime import date
from typing import ClassVar

from forms.attributes import Attributes
from forms.errors import Problem
from forms.limits import MAX_INTEGER
from forms.values import Value

_RESIDENT_WEIGHTS = (7, 9, 10, 5, 8, 4, 2, 1, 6, 3, 7, 9, 10, 5, 8, 4, 2)
_RESIDENT_CHECKS = "10X98765432"
_HALF_WIDTH = {0x3000: " "} | {code: code - 0xFEE0 for code in range(0xFF01, 0xFF5F)}
_CREDIT_ALPHABET = "0123456789ABCDEFGHJKLMNPQRTUWXY"
_ORGANISATION_WEIGHTS = (3, 7, 9, 10, 5, 8, 4, 2)


class Validator(ABC):
    """A rule for text that is more than a pattern."""

    name: ClassVar[str]

    def __init__(self, properties: Attributes) -> None:
        """Properties may vary the rule; ``vintage`` "2002" admits what was valid then."""
        self._old = properties.get("vintage") in ("2002", 2002)

    def typed(self, value: object) -> Value:
        """The text a person would have typed for a value that may already be stored."""
        return value  # type: ignore[return-value]

    def tidy(self, text: str) -> str:
        """The one spelling."""
        return text.translate(_HALF_WIDTH).strip()

    @abstractmethod
    def problems(self, text: str, today: date) -> Iterator[Problem]:
        """What is wrong with tidy text that is not empty."""

    def store(self, value: Value) -> Value:
        """What the process holds."""
        return value


class ResidentIdentity(Validator):
    """公民身份号码, GB 11643: 6 digits region, 8 birth date, 3 order, 1 check (ISO 7064 MOD 11-2).

    Property ``vintage`` "2002" also admits the 15-digit numbers that were valid until 2013: no century, no check.
    """

    name = "resident-id"

    def tidy(self, text: str) -> str:
        return super().tidy(text).upper()

    def problems(self, text: str, today: date) -> Iterator[Problem]:
        if re.fullmatch(r"[0-9]{17}[0-9X]", text):
            yield from _birth_date_problems(text[6:14], today)
            if resident_check(text[:17]) != text[17]:
                yield Problem("resident-id-checksum")
        elif self._old and re.fullmatch(r"[0-9]{15}", text):
            yield from _birth_date_problems("19" + text[6:12], today)
        else:
            yield Problem("resident-id-form")


def resident_check(digits: str) -> str:
    """The check character of the first 17 digits of a resident identity number (GB 11643)."""
    total = sum(int(digit) * weight for digit, weight in zip(digits, _RESIDENT_WEIGHTS, strict=True))
    return _RESIDENT_CHECKS[total % 11]


def _birth_date_problems(digits: str, today: date) -> Iterator[Problem]:
    try:
        born = date(int(digits[:4]), int(digits[4:6]), int(digits[6:]))
    except ValueError:
        yield Problem("resident-id-birth-date")
        return
    if not date(1850, 1, 1) <= born <= today:
        yield Problem("resident-id-birth-date")


class CreditCode(Validator):
    """统一社会信用代码, GB 32100: 2 characters authority and kind, 6 digits region, 9 organisation, 1 check modulo 31.

    Property ``vintage`` "2002" also admits the organisation code (组织机构代码, GB 11714) of 9 characters that went before.
    """

    name = "unified-social-credit-code"

    def tidy(self, text: str) -> str:
        return super().tidy(text).upper()

    def problems(self, text: str, today: date) -> Iterator[Problem]:
        organisation_code = re.fullmatch(r"([0-9A-Z]{8})-?([0-9X])", text)
        if organisation_code and self._old:
            if organisation_check(organisation_code[1]) != organisation_code[2]:
                yield Problem("credit-code-checksum")
        elif not re.fullmatch(rf"[{_CREDIT_ALPHABET}]{{2}}[0-9]{{6}}[{_CREDIT_ALPHABET}]{{10}}", text):
            yield Problem("credit-code-form")
        elif credit_check(text[:17]) != text[17]:
            yield Problem("credit-code-checksum")


def credit_check(code: str) -> str:
    """The check character of the first 17 characters of a unified social credit code (GB 32100)."""
    total = sum(_CREDIT_ALPHABET.index(char) * pow(3, place, 31) for place, char in enumerate(code))
    return _CREDIT_ALPHABET[-total % 31]


def organisation_check(code: str) -> str:
    """The check character of the 8 characters of an organisation code (GB 11714)."""
    total = sum(int(char, 36) * weight for char, weight in zip(code, _ORGANISATION_WEIGHTS, strict=True))
    return "0123456789X"[-total % 11]


class MobileNumber(Validator):
    """手机号码: 11 digits that begin with 1. Spaces and hyphens inside are dropped."""

    name = "mobile-number"

    def tidy(self, text: str) -> str:
        return re.sub(r"[\s-]", "", super().tidy(text))

    def problems(self, text: str, today: date) -> Iterator[Problem]:
        if not re.fullmatch(r"1[0-9]{10}", text):
            yield Problem("mobile-number-form")


class Telephone(Validator):
    """A mobile number, or a landline with area code (0 and 2 or 3 digits, a hyphen if liked, 7 or 8 digits)."""

    name = "telephone"

    def tidy(self, text: str) -> str:
        return re.sub(r"\s", "", super().tidy(text))

    def problems(self, text: str, today: date) -> Iterator[Problem]:
        if not re.fullmatch(r"1[0-9]{10}|0[0-9]{2,3}-?[0-9]{7,8}", text):
            yield Problem("telephone-form")


class Postcode(Validator):
    """邮政编码: 6 digits."""

    name = "postcode"

    def problems(self, text: str, today: date) -> Iterator[Problem]:
        if not re.fullmatch(r"[0-9]{6}", text):
            yield Problem("postcode-form")


class FenAmount(Validator):
    """An amount of money, held by the process as a whole number of fen from 0, below 2^53.

    What a person types is text: fen, or with property ``unit`` "yuan" an amount such as 12.30. An integer in the data is
    always fen, whatever the unit, because that is what the process holds. Rounding does not happen: 12.345 is refused.
    """

    name = "fen-amount"

    def __init__(self, properties: Attributes) -> None:
        super().__init__(properties)
        unit = properties.text("unit")
        if unit not in (None, "fen", "yuan"):
            properties.findings.add(
                properties.where("unit"),
                "bad-attribute",
                attribute="unit",
                expected_zh="fen或yuan",
                expected_en="fen or yuan",
            )
        self._in_yuan = unit == "yuan"

    def typed(self, value: object) -> Value:
        if isinstance(value, int) and not isinstance(value, bool) and abs(value) <= MAX_INTEGER:
            return f"{value // 100}.{value % 100:02}" if self._in_yuan and value >= 0 else str(value)
        return super().typed(value)

    def tidy(self, text: str) -> str:
        tidy = super().tidy(text)
        fen = self._fen(tidy)
        typed = self.typed(fen)
        return typed if isinstance(typed, str) else tidy

    def problems(self, text: str, today: date) -> Iterator[Problem]:
        if self._fen(text) is None:
            yield Problem("amount-in-yuan" if self._in_yuan else "amount-in-fen")

    def store(self, value: Value) -> Value:
        return self._fen(value) if isinstance(value, str) else value

    def _fen(self, text: str) -> int | None:
        decimals = r"(?:\.([0-9]{1,2}))?" if self._in_yuan else "()"
        amount = re.fullmatch(rf"([0-9]{{1,16}}){decimals}", text)
        if amount is None:
            return None
        fen = int(amount[1]) * 100 + int((amount[2] or "").ljust(2, "0")) if self._in_yuan else int(amount[1])
        return fen if fen <= MAX_INTEGER else None


VALIDATORS: dict[str, type[Validator]] = {
    validator.name: validator for validator in (ResidentIdentity, CreditCode, MobileNumber, Telephone, Postcode, FenAmount)
}


def named_validator(properties: Attributes) -> Validator | None:
    """The validator that a component's custom properties name, or None; an unknown name is a finding."""
    name = properties.text("validator")
    if name is None:
        return None
    if name not in VALIDATORS:
        properties.findings.add(properties.where("validator"), "unknown-validator", value=name, known=", ".join(VALIDATORS))
        return None
    return VALIDATORS[name](properties)

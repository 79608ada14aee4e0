"""What a case number is made of.

``{division 6}{department 3}{yyyymmdd}{kind 1}{serial 5}{check 1}``, all digits, so that it fits the 50 characters of GB/T
39046. The check digit is ISO 7064 MOD 11,10: every single mistyped digit is found, and nearly every transposition.
"""

import re
from dataclasses import dataclass
from datetime import date

from engine.core.rejection import Rejection, declare

declare(
    {
        "case-number-invalid": (
            "办件编号{number}有误，请核对。",
            "Expected a case number of 24 digits with its check digit, but {number} is none.",
        )
    }
)

KINDS = {"immediate": "1", "promised": "2", "joint": "3", "reported": "4"}
"""即办件, 承诺件, 联办件, 上报件."""

PATTERN = re.compile(r"(\d{6})(\d{3})(\d{4})(\d{2})(\d{2})([1-4])(\d{5})(\d)")


@dataclass(frozen=True, slots=True)
class CaseNumber:
    """A case number taken apart. ``serial`` counts from 1 each day."""

    division: str
    department: str
    day: date
    kind: str
    serial: int

    def __str__(self) -> str:
        digits = f"{self.division}{self.department}{self.day:%Y%m%d}{KINDS[self.kind]}{self.serial:05d}"
        return digits + check_digit(digits)


def check_digit(digits: str) -> str:
    """ISO 7064 MOD 11,10 over a string of digits."""
    product = 10
    for digit in digits:
        total = (int(digit) + product) % 10 or 10
        product = total * 2 % 11
    return str((11 - product) % 10)


def parse(text: str) -> CaseNumber:
    """Read a case number as somebody typed it.

    :raises Rejection: ``case-number-invalid``: mistyped, or none at all.
    """
    match = PATTERN.fullmatch(text.strip())
    if match is None or not text.isascii() or check_digit(text.strip()[:-1]) != match[8]:
        raise Rejection("case-number-invalid", field="number", number=text[:40])
    try:
        day = date(int(match[3]), int(match[4]), int(match[5]))
    except ValueError:
        raise Rejection("case-number-invalid", field="number", number=text[:40]) from None
    kind = next(name for name, code in KINDS.items() if code == match[6])
    return CaseNumber(match[1], match[2], day, kind, int(match[7]))

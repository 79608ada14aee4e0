"""The identification code of a payment notice (缴款识别码): the day, a number, two check digits. Pure.

The check digits are those of ISO/IEC 7064 MOD 97-10: one wrong digit and two exchanged ones are always found.
"""

from datetime import date

from engine.core.rejection import Rejection, declare

LENGTH = 18
declare(
    {
        "payment-code-invalid": (
            "缴款识别码{number}有误，请核对。",
            "Expected an identification code of eighteen digits with its check digits, but {number} is none.",
        )
    }
)


def make(day: date, number: int) -> str:
    """The code of the ``number``-th notice of a day."""
    body = f"{day:%Y%m%d}{number:08d}"
    return f"{body}{98 - int(body + '00') % 97:02d}"


def is_code(given: str) -> bool:
    """Whether it is one, by its check digits; not whether there is such a notice."""
    return len(given) == LENGTH and given.isascii() and given.isdigit() and int(given) % 97 == 1


def require_code(given: str) -> str:
    """The code without spaces. :raises Rejection: ``payment-code-invalid``."""
    found = "".join(given.split())
    if not is_code(found):
        raise Rejection("payment-code-invalid", field="code", number=given[:40])
    return found

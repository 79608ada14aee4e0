"""The pass code (查询密码) of a case: printed once on the receipt, kept only as a salted hash.

A number alone tells a stranger nothing (rules.md 5.3). Eight digits are few, so the hash is a slow one, and an unknown number
costs as much time as a wrong code.
"""

import hashlib
import hmac
import secrets
from collections.abc import Iterator
from contextlib import contextmanager
from contextvars import ContextVar

DIGITS = 8
_COST, _BLOCK, _PARALLEL = 2**13, 8, 1
_NOBODY = "00" * 16
MADE_UP = 16
"""The cost that is enough for codes of cases that are made up; a hash says it when it is not the usual one."""
_cost: ContextVar[int] = ContextVar("pass_code_cost", default=_COST)


@contextmanager
def cheaply() -> Iterator[None]:
    """Codes hashed in here cost next to nothing: for thousands of made-up cases, for no real one."""
    before = _cost.set(MADE_UP)
    try:
        yield
    finally:
        _cost.reset(before)


def new() -> str:
    """Eight random digits."""
    return f"{secrets.randbelow(10**DIGITS):0{DIGITS}d}"


def hashed(code: str) -> str:
    """``salt$hash``, both hexadecimal; ``cost$salt$hash`` where the cost is not the usual one."""
    return _hashed(code, secrets.token_hex(16), _cost.get())


def _hashed(code: str, salt: str, cost: int) -> str:
    digest = hashlib.scrypt(code.encode(), salt=bytes.fromhex(salt), n=cost, r=_BLOCK, p=_PARALLEL, dklen=32)
    said = "" if cost == _COST else f"{cost}$"
    return f"{said}{salt}${digest.hex()}"


def matches(stored: str | None, code: str) -> bool:
    """Whether this is the code. ``stored`` None: there is no such case; that takes as long."""
    *cost, salt, _ = (stored or f"{_NOBODY}$").split("$")
    found = hmac.compare_digest(_hashed(code, salt, int(cost[0]) if cost else _COST), stored or "")
    return found and stored is not None

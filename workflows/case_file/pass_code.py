"""The pass code (查询密码) of a case: printed once on the receipt, kept only as a salted hash.

A number alone tells a stranger nothing (rules.md 5.3). Eight digits are few, so the hash is a slow one, and an unknown number
costs as much time as a wrong code.
"""

import hashlib
import hmac
import secrets

DIGITS = 8
_COST, _BLOCK, _PARALLEL = 2**13, 8, 1
_NOBODY = "00" * 16


def new() -> str:
    """Eight random digits."""
    return f"{secrets.randbelow(10**DIGITS):0{DIGITS}d}"


def hashed(code: str, salt: str | None = None) -> str:
    """``salt$hash``, both hexadecimal."""
    salt = secrets.token_hex(16) if salt is None else salt
    digest = hashlib.scrypt(code.encode(), salt=bytes.fromhex(salt), n=_COST, r=_BLOCK, p=_PARALLEL, dklen=32)
    return f"{salt}${digest.hex()}"


def matches(stored: str | None, code: str) -> bool:
    """Whether this is the code. ``stored`` None: there is no such case; that takes as long."""
    salt = _NOBODY if stored is None else stored.partition("$")[0]
    found = hmac.compare_digest(hashed(code, salt), stored or "")
    return found and stored is not None

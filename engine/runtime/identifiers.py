"""Random and time-ordered identifiers.

An identifier of an instance begins with the time it was made, so that the rows of one day lie side by side in every index;
80 random bits follow, so that it cannot be guessed. Replay never makes one: it reads it from history.
"""

import secrets
from collections.abc import Callable
from datetime import datetime
from typing import TypeAlias

Salt: TypeAlias = Callable[[], str]
Identifiers: TypeAlias = Callable[[datetime], str]

ALPHABET = "0123456789abcdefghjkmnpqrstvwxyz"


def time_ordered(now: datetime) -> str:
    """26 characters of Crockford's base 32: 48 bits of milliseconds since 1970, then 80 random bits."""
    number = (int(now.timestamp() * 1000) << 80) | secrets.randbits(80)
    return "".join(ALPHABET[(number >> shift) & 31] for shift in range(125, -5, -5))


def random_salt() -> str:
    """128 random bits, hexadecimal."""
    return secrets.token_hex(16)

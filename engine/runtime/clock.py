"""Time as the runtime stores it: UTC, to the microsecond, one text form.

This is the only module that asks the machine what time it is; everything else is given a clock.
"""

from collections.abc import Callable
from datetime import UTC, datetime
from typing import TypeAlias

Clock: TypeAlias = Callable[[], datetime]


def utc_now() -> datetime:
    """The machine's clock, in UTC."""
    return datetime.now(UTC)


def to_text(moment: datetime) -> str:
    """ISO 8601 in UTC with microseconds and ``Z``: texts compare as the moments do."""
    return moment.astimezone(UTC).replace(tzinfo=None).isoformat(timespec="microseconds") + "Z"


def from_text(text: str) -> datetime:
    """Any ISO 8601 date-time with an offset, as UTC.

    :raises ValueError: it is none.
    """
    moment = datetime.fromisoformat(text)
    if moment.tzinfo is None:
        raise ValueError(f"Expected a date-time with an offset, but it was {text!r}.")
    return moment.astimezone(UTC)

"""Moments as text and back. One form in the whole system: UTC, ISO 8601, ``Z``."""

from datetime import UTC, datetime
from zoneinfo import ZoneInfo

HALL = ZoneInfo("Asia/Shanghai")
"""What a moment without a zone means to a person in the hall."""


def to_text(moment: datetime) -> str:
    """An aware datetime as ``2026-03-02T08:30:00Z`` (microseconds only where there are any)."""
    return moment.astimezone(UTC).isoformat().replace("+00:00", "Z")


def from_text(text: str) -> datetime:
    """The inverse; a text without a zone is the hall's time.

    :raises ValueError: not ISO 8601, or outside the years 1 to 9999.
    """
    return to_utc(datetime.fromisoformat(text))


def to_utc(moment: datetime) -> datetime:
    """The same moment in UTC; one without a zone is the hall's time.

    :raises ValueError: in UTC it lies before the year 1 or after the year 9999.
    """
    try:
        return (moment if moment.tzinfo else moment.replace(tzinfo=HALL)).astimezone(UTC)
    except OverflowError as error:
        raise ValueError(f"expected a moment of the years 1 to 9999, got {moment.isoformat()}") from error

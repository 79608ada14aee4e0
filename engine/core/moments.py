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

    :raises ValueError: not ISO 8601.
    """
    moment = datetime.fromisoformat(text)
    return (moment if moment.tzinfo else moment.replace(tzinfo=HALL)).astimezone(UTC)

"""Zones of times: a fixed offset from UTC, or a named region whose offset depends on the date (IANA data)."""

from dataclasses import dataclass
from datetime import UTC, datetime, timedelta
from functools import lru_cache
from zoneinfo import ZoneInfo, ZoneInfoNotFoundError

_CYCLE_SECONDS = 146_097 * 86_400
"""The Gregorian calendar repeats after 400 years, week days included."""

_FIRST = -62_135_596_800 + 2 * 86_400  # 0001-01-03T00:00:00Z as a Unix time: an offset more must stay a Python date
_LAST = 253_402_300_799 - 2 * 86_400  # 9999-12-29T23:59:59Z


@dataclass(frozen=True, slots=True)
class Zone:
    """``region`` is an IANA name or None; ``seconds`` is the offset east of UTC when there is no region."""

    seconds: int = 0
    region: str | None = None

    def __str__(self) -> str:
        """The end of a time in text: ``Z``, ``+08:00``, ``@Asia/Shanghai``."""
        if self.region is not None:
            return f"@{self.region}"
        if not self.seconds:
            return "Z"
        minutes, seconds = divmod(abs(self.seconds), 60)
        text = f"{'-' if self.seconds < 0 else '+'}{minutes // 60:02}:{minutes % 60:02}"
        return f"{text}:{seconds:02}" if seconds else text

    def offset_at(self, unix_seconds: int) -> int:
        """Seconds east of UTC at an instant."""
        if self.region is None:
            return self.seconds
        return _seconds(_python_moment(unix_seconds).astimezone(ZoneInfo(self.region)).utcoffset())

    def offset_of_local(self, local_seconds: int) -> int:
        """Seconds east of UTC when a clock there shows ``local_seconds``; the earlier of two when clocks go back."""
        if self.region is None:
            return self.seconds
        return _seconds(_python_moment(local_seconds).replace(tzinfo=ZoneInfo(self.region)).utcoffset())


UTC_ZONE = Zone()
HALL = Zone(8 * 3600)
"""Asia/Shanghai, which has kept +08:00 all the year since 1991."""


def _python_moment(seconds: int) -> datetime:
    """``seconds`` after 1970 in UTC. Beyond the years Python knows, the same day of a year 400 n years away."""
    if seconds < _FIRST:
        seconds += _CYCLE_SECONDS * -((seconds - _FIRST) // _CYCLE_SECONDS)
    elif seconds > _LAST:
        seconds -= _CYCLE_SECONDS * -((_LAST - seconds) // _CYCLE_SECONDS)
    return datetime(1970, 1, 1, tzinfo=UTC) + timedelta(seconds=seconds)


def _seconds(offset: timedelta | None) -> int:
    assert offset is not None
    return offset.days * 86_400 + offset.seconds


@lru_cache(maxsize=1024)
def region(name: str) -> Zone | None:
    """The zone of an IANA name, or None if there is no such region."""
    try:
        ZoneInfo(name)
    except (ZoneInfoNotFoundError, ValueError, OSError):
        return None
    return Zone(0, name)

"""Temporal values from text: ISO 8601 as XML Schema narrows it, with ``@Region/City`` beside offsets (DMN 1.5, 10.3.4.1)."""

import re

from feel.durations import Duration, parse_duration
from feel.temporal.moments import Date, DateTime, Time, date_of_days, make_date
from feel.temporal.zones import Zone, region

Temporal = Date | Time | DateTime

_DATE = re.compile(r"(-?)([1-9]\d{4,8}|\d{4})-(\d\d)-(\d\d)", re.ASCII)
_TIME = re.compile(r"(\d\d):(\d\d):(\d\d)(?:\.(\d{1,40}))?(Z|[+-]\d\d:\d\d(?::\d\d)?|@[A-Za-z0-9_+/-]{1,64})?", re.ASCII)
_OFFSET = re.compile(r"([+-])(\d\d):(\d\d)(?::(\d\d))?", re.ASCII)
_MAX_OFFSET = 18 * 3600


def parse_date(text: str) -> Date | None:
    """``2026-01-31``; None if it is no date."""
    match = _DATE.fullmatch(text)
    if match is None:
        return None
    year = int(match[2])
    return make_date(-year if match[1] else year, int(match[3]), int(match[4]))


def parse_time(text: str) -> Time | None:
    """``09:30:00``, ``09:30:00.5Z``, ``09:30:00+08:00``, ``09:30:00@Asia/Shanghai``; None if it is no time."""
    match = _TIME.fullmatch(text)
    if match is None:
        return None
    hour, minute, second = int(match[1]), int(match[2]), int(match[3])
    nanosecond = int((match[4] or "")[:9].ljust(9, "0"))
    zone = parse_zone(match[5]) if match[5] else None
    if match[5] and zone is None:
        return None
    return _clock(hour, minute, second, nanosecond, zone)


def _clock(hour: int, minute: int, second: int, nanosecond: int, zone: Zone | None) -> Time | None:
    end_of_day = hour == 24 and not (minute or second or nanosecond)
    if end_of_day or (hour < 24 and minute < 60 and second < 60):
        return Time(hour % 24, minute, second, nanosecond, zone)
    return None


def parse_date_time(text: str) -> DateTime | None:
    """``2026-01-31T09:30:00`` with or without a zone; a date alone is its midnight. None if it is neither."""
    day, separator, clock = text.partition("T")
    date = parse_date(day)
    if date is None:
        return None
    if not separator:
        return DateTime(date, Time(0, 0, 0))
    time = parse_time(clock)
    if time is None:
        return None
    if clock.startswith("24"):
        tomorrow = date_of_days(date.days + 1)
        return None if tomorrow is None else DateTime(tomorrow, time)
    return DateTime(date, time)


def parse_zone(text: str) -> Zone | None:
    """``Z``, ``+08:00`` or ``@Asia/Shanghai``; None if there is no such zone. Offsets end at 18 hours."""
    if text == "Z":
        return Zone()
    if text.startswith("@"):
        return region(text[1:])
    match = _OFFSET.fullmatch(text)
    if match is None or int(match[3]) > 59 or int(match[4] or 0) > 59:
        return None
    seconds = int(match[2]) * 3600 + int(match[3]) * 60 + int(match[4] or 0)
    if seconds > _MAX_OFFSET:
        return None
    return Zone(-seconds if match[1] == "-" else seconds)


def parse_temporal(text: str) -> Temporal | Duration | None:
    """What an at literal holds: any date, time, date and time or duration; None if it is none of them."""
    if text.startswith(("P", "-P")):
        return parse_duration(text)
    if "T" in text:
        return parse_date_time(text)
    return parse_date(text) or parse_time(text)

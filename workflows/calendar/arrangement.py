"""One year's arrangement of holidays (放假安排): which days the State Council's notice takes off, which it makes workdays.

Official ones are files of this package, made by ``tools/convert_holidays``. A new year's, or a change in the middle of a
year (2003, 2015, 2019 and 2020 had one), is entered by administrators; see :mod:`workflows.calendar.entry`.
"""

from collections.abc import Mapping
from dataclasses import dataclass, field
from datetime import date, timedelta
from functools import lru_cache
from pathlib import Path
from typing import Any

import yaml

from engine.core.rejection import Rejection, declare

FOLDER = Path(__file__).parent / "holidays"
REACH = timedelta(days=10)
"""A year's notice may begin in the last days of the year before (2007 to 2023 have five such)."""
MOST_DAYS = 60

declare(
    {
        "arrangement-outside-year": (
            "{day}不属于{year}年的放假安排。",
            "Expected the days of the arrangement of {year}, but {day} is none of them.",
        ),
        "arrangement-contradicts-itself": (
            "{day}既列为放假又列为上班。",
            "Expected a day to be off or a workday, but {day} is listed as both.",
        ),
        "arrangement-without-notice": (
            "放假安排必须注明国务院办公厅通知的文号或网址。",
            "Expected the number or address of the State Council's notice, but none was given.",
        ),
        "arrangement-incomplete": (
            "{year}年放假安排未包括{day}（法定节假日）。",
            "Expected the arrangement of {year} to take {day} off, which the law does, but it does not.",
        ),
        "date-not-readable": ("日期{value}无法识别。", "Expected a date, but {value} is none."),
        "arrangement-too-long": (
            "放假安排最多列{limit}天，现为{count}天。",
            "Expected an arrangement of at most {limit} days, but it lists {count}.",
        ),
    }
)

FIXED_HOLIDAYS = ((1, 1), (5, 1), (10, 1), (10, 2), (10, 3))
"""(month, day) that every version of 全国年节及纪念日放假办法 since 1999 takes off; the lunar ones move."""


@dataclass(frozen=True, slots=True)
class Arrangement:
    """``days``: True is a working day. A day that is not in it follows the plain week."""

    year: int
    days: Mapping[date, bool]
    notices: tuple[str, ...] = ()
    names: Mapping[date, str] = field(default_factory=dict)

    def to_dict(self) -> dict[str, Any]:
        """Plain JSON."""
        return {
            "year": self.year,
            "notices": list(self.notices),
            "rest": [day.isoformat() for day, working in sorted(self.days.items()) if not working],
            "work": [day.isoformat() for day, working in sorted(self.days.items()) if working],
        }

    @classmethod
    def from_dict(cls, data: Mapping[str, Any]) -> "Arrangement":
        """The inverse of :meth:`to_dict`."""
        return entered(data["year"], data["rest"], data["work"], data["notices"])


def entered(year: int, rest: list[str], work: list[str], notices: list[str]) -> Arrangement:
    """An arrangement as somebody typed it: ISO dates.

    :raises Rejection: ``arrangement-without-notice``, ``arrangement-too-long``, ``arrangement-contradicts-itself``,
        ``arrangement-outside-year``, ``arrangement-incomplete``, ``date-not-readable``.
    """
    if not any(notice.strip() for notice in notices):
        raise Rejection("arrangement-without-notice", field="notices")
    if len(rest) + len(work) > MOST_DAYS:
        raise Rejection("arrangement-too-long", field="rest", limit=MOST_DAYS, count=len(rest) + len(work))
    off, on = {_date(text) for text in rest}, {_date(text) for text in work}
    if both := off & on:
        raise Rejection("arrangement-contradicts-itself", field="work", day=min(both).isoformat())
    for day in sorted(off | on):
        if not date(year, 1, 1) - REACH <= day <= date(year, 12, 31):
            raise Rejection("arrangement-outside-year", field="rest", day=day.isoformat(), year=year)
    for day in (date(year, *fixed) for fixed in FIXED_HOLIDAYS):
        if day not in off:
            raise Rejection("arrangement-incomplete", field="rest", day=day.isoformat(), year=year)
    return Arrangement(year, dict.fromkeys(sorted(off), False) | dict.fromkeys(sorted(on), True), tuple(notices))


def _date(text: str) -> date:
    try:
        return date.fromisoformat(str(text))
    except ValueError:
        raise Rejection("date-not-readable", field="rest", value=str(text)[:40]) from None


@lru_cache
def official() -> Mapping[int, Arrangement]:
    """The arrangements of this package by year. Read once in a process."""
    return {arrangement.year: arrangement for arrangement in map(_read, sorted(FOLDER.glob("*.yaml")))}


def _read(path: Path) -> Arrangement:
    content = yaml.safe_load(path.read_text("utf-8"))
    named = [
        (day, working, holiday["name"])
        for holiday in content["holidays"]
        for key, working in (("rest", False), ("work", True))
        for day in holiday[key]
    ]
    return Arrangement(
        content["year"],
        {day: working for day, working, _ in sorted(named)},
        tuple(content["notices"]),
        {day: name for day, _, name in sorted(named)},
    )

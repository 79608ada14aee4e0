"""Counting working days.

A day is off or not by the State Council's yearly notice; the ``holidays`` package holds those notices. Where it knows a later
notice badly or not at all, an entry of ours overrides it. A year without a notice has only the holidays that the law itself
fixes by date, and a deadline that depends on such a year is provisional: it is computed again when the notice is out.
"""

from collections.abc import Iterator, Mapping
from dataclasses import dataclass, field
from datetime import date, timedelta

import holidays

ONE_DAY = timedelta(days=1)

LAST_PUBLISHED_YEAR = 2026
"""The State Council has published its notice up to this year."""

STATUTORY = frozenset({(1, 1), (5, 1), (5, 2), (10, 1), (10, 2), (10, 3)})
"""(month, day) of the holidays fixed by date in 全国年节及纪念日放假办法 (version of 2024)."""

SARS_2003 = {date(2003, 5, 5): False, date(2003, 5, 6): True, date(2003, 5, 7): True}
"""The notice of 2003-04-21: 1 to 3 May off, Saturday's rest moved to Monday the 5th. True is a working day."""

SATURDAY = 5


@dataclass(frozen=True, slots=True)
class Deadline:
    """The last day of a limit. ``provisional``: it depends on a year whose holidays are not published yet."""

    day: date
    provisional: bool


@dataclass(frozen=True, slots=True)
class WorkingDays:
    """A calendar. ``overrides`` say of single days whether they are working days, whatever else is known."""

    last_published_year: int = LAST_PUBLISHED_YEAR
    overrides: Mapping[date, bool] = field(default_factory=lambda: SARS_2003)

    def is_working_day(self, day: date) -> bool:
        if day in self.overrides:
            return self.overrides[day]
        if day.year <= self.last_published_year:
            return bool(_CHINA.is_working_day(day))
        return day.weekday() < SATURDAY and (day.month, day.day) not in STATUTORY

    def between(self, start: date, end: date) -> int:
        """The working days after ``start`` up to and including ``end`` (the day of the event itself never counts)."""
        return sum(1 for day in _days_after(start, end) if self.is_working_day(day))

    def after(self, start: date, days: int) -> Deadline:
        """The last day of a limit of ``days`` working days that begins with an event on ``start``.

        The day of the event is not counted; day 1 is the next working day (APPL Art. 82, 民法典 Art. 201).

        :raises ValueError: fewer than 1 day.
        """
        if days < 1:
            raise ValueError(f"expected a limit of at least one day, got {days}")
        day = start
        while days:
            day += ONE_DAY
            days -= self.is_working_day(day)
        return Deadline(day, day.year > self.last_published_year)

    def before(self, end: date, days: int) -> date:
        """The latest day on which something due ``days`` working days before ``end`` may still be done.

        :raises ValueError: fewer than 1 day.
        """
        if days < 1:
            raise ValueError(f"expected a limit of at least one day, got {days}")
        day = end
        while days:
            day -= ONE_DAY
            days -= self.is_working_day(day)
        return day


def _days_after(start: date, end: date) -> Iterator[date]:
    return (start + ONE_DAY * number for number in range(1, (end - start).days + 1))


_CHINA = holidays.country_holidays("CN")

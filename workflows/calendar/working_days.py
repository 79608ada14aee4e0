"""Counting working days.

A day is off or not by the State Council's yearly notice (:mod:`workflows.calendar.arrangement`). A year without a notice has
only the holidays that the law itself fixes by date, and a deadline that lies in such a year is provisional: it is computed
again when the notice is out (rules.md 2.3).
"""

from collections.abc import Iterator, Mapping
from dataclasses import dataclass, field
from datetime import date, timedelta

from workflows.calendar.arrangement import Arrangement, official

ONE_DAY = timedelta(days=1)

STATUTORY = frozenset({(1, 1), (5, 1), (5, 2), (10, 1), (10, 2), (10, 3)})
"""(month, day) of the holidays fixed by date in 全国年节及纪念日放假办法 (version of 2024)."""

SATURDAY = 5


@dataclass(frozen=True, slots=True)
class Deadline:
    """The last day of a limit. ``provisional``: it lies in a year whose holidays are not published yet."""

    day: date
    provisional: bool


@dataclass(frozen=True, slots=True)
class WorkingDays:
    """A calendar in one version: the arrangements by year. Where two years' notices speak of a day, the later one counts."""

    arrangements: Mapping[int, Arrangement] = field(default_factory=official)
    _days: Mapping[date, bool] = field(init=False, repr=False, compare=False)

    def __post_init__(self) -> None:
        days: dict[date, bool] = {}
        for year in sorted(self.arrangements):
            days.update(self.arrangements[year].days)
        object.__setattr__(self, "_days", days)

    def with_arrangement(self, arrangement: Arrangement) -> "WorkingDays":
        """The calendar once this arrangement is in force, in place of any other of its year."""
        return WorkingDays({**self.arrangements, arrangement.year: arrangement})

    def is_published(self, year: int) -> bool:
        """Whether the year's arrangement is known."""
        return year in self.arrangements

    def is_working_day(self, day: date) -> bool:
        known = self._days.get(day)
        if known is not None:
            return known
        fixed = day.year not in self.arrangements and (day.month, day.day) in STATUTORY
        return day.weekday() < SATURDAY and not fixed

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
        return Deadline(day, not self.is_published(day.year))

    def first_from(self, day: date) -> date:
        """The day itself if it is a working day, otherwise the next one (民法典 Art. 203)."""
        while not self.is_working_day(day):
            day += ONE_DAY
        return day

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

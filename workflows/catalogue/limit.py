"""How long the law gives for an item, by vintage: each row says when it holds and on what it rests (Art. 42)."""

from dataclasses import dataclass
from datetime import date
from enum import StrEnum

LICENSING_LAW = date(2004, 7, 1)
"""In force since (APPL Art. 83)."""
GENERAL_DAYS = 20
"""Working days, where no other law says otherwise (Art. 42, first sentence)."""
JOINT_DAYS = 45
"""Working days where matters are handled in a unified, joint or centralised way (Art. 42, second paragraph)."""
WORKING_OF_SEVEN = 5


class Unit(StrEnum):
    """In what a limit is counted."""

    WORKING_DAYS = "working-days"
    CALENDAR_DAYS = "calendar-days"


class Source(StrEnum):
    """What a limit rests on."""

    LICENSING_LAW = "licensing-law"
    OTHER_LAW = "other-law"
    """A national law or regulation that has a limit of its own; it goes before Art. 42."""
    LOCAL = "local"
    """A local rule; it may only be stricter (rules.md 2.2)."""


@dataclass(frozen=True, slots=True)
class Limit:
    """One row. ``from_on`` and ``to_on``: first and last day of acceptance it holds for; none is without end."""

    days: int
    unit: Unit
    source: Source
    basis: str
    from_on: date | None = None
    to_on: date | None = None

    def holds_on(self, day: date) -> bool:
        """Whether a case accepted on that day has this limit."""
        return (self.from_on is None or self.from_on <= day) and (self.to_on is None or day <= self.to_on)

    def overlaps(self, other: "Limit") -> bool:
        """Whether there is a day on which both hold."""
        first = max(self.from_on or date.min, other.from_on or date.min)
        return first <= min(self.to_on or date.max, other.to_on or date.max)

    @property
    def working_days(self) -> int:
        """The limit in working days; of calendar days only those that are certainly working days of a plain week count."""
        return self.days if self.unit is Unit.WORKING_DAYS else max(1, self.days * WORKING_OF_SEVEN // 7)


def limit_on(limits: tuple[Limit, ...], day: date) -> Limit | None:
    """The strictest row that holds on a day; none where nothing was entered for it."""
    return min((limit for limit in limits if limit.holds_on(day)), key=lambda limit: limit.working_days, default=None)


def national_days(limits: tuple[Limit, ...], against: Limit, *, joint: bool) -> int:
    """What a local row is measured by: the strictest national row of its time, or Art. 42 where there is none."""
    national = [row.working_days for row in limits if row.source is not Source.LOCAL and row.overlaps(against)]
    return min(national, default=JOINT_DAYS if joint else GENERAL_DAYS)

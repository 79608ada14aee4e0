"""Which applications come in on which day of the made-up year, and what becomes of them. Pure: the same seed, the same plan."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import date
from enum import StrEnum
from random import Random


class Fate(StrEnum):
    """What becomes of an application."""

    USUAL = "usual"
    LATE = "late"
    """Granted, after the promised day."""
    NOT_ACCEPTED = "not-accepted"
    REFUSED = "refused"
    WITHDRAWN = "withdrawn"
    ABANDONED = "abandoned"
    """Somebody stops working on it; it goes overdue and stays open."""


ODDS: Mapping[Fate, float] = {
    Fate.USUAL: 0.89,
    Fate.LATE: 0.03,
    Fate.NOT_ACCEPTED: 0.025,
    Fate.REFUSED: 0.02,
    Fate.WITHDRAWN: 0.015,
    Fate.ABANDONED: 0.02,
}
IMMEDIATE_SHARE = 0.85
"""Most of what a county's hall does is done while the applicant waits."""
JOINT_SHARE = 0.06
"""Of what is not immediate."""


@dataclass(frozen=True, slots=True)
class Kinds:
    """The processes there are, by how they are worked on. One that is named twice comes in twice as often."""

    immediate: Sequence[str]
    single: Sequence[str]
    joint: Sequence[str]

    @property
    def all(self) -> tuple[str, ...]:
        return tuple(dict.fromkeys((*self.immediate, *self.single, *self.joint)))


@dataclass(frozen=True, slots=True)
class Planned:
    """One application: ``minute`` counts working minutes from the opening of the hall."""

    day: date
    minute: int
    process: str
    fate: Fate


WORKING_MINUTES = 360


def plan(seed: int, cases: int, days: Sequence[date], kinds: Kinds) -> list[Planned]:
    """So many applications over the days, in order. Every process occurs, and then every fate, if there are enough.

    :param days: the working days, in order.
    """
    chance = Random(seed)  # noqa: S311 - a made-up year has no secrets
    certain = [(process, Fate.USUAL) for process in kinds.all] + [(chance.choice(kinds.single), fate) for fate in Fate]
    drawn = [_drawn(chance, kinds) for _ in range(cases - len(certain))]
    planned = [_planned(chance, days, process, fate) for process, fate in (certain + drawn)[:cases]]
    return sorted(planned, key=lambda one: (one.day, one.minute, one.process))


def _drawn(chance: Random, kinds: Kinds) -> tuple[str, Fate]:
    process, fate = _process(chance, kinds), chance.choices(list(ODDS), list(ODDS.values()))[0]
    if process in kinds.joint or (process in kinds.immediate and fate is not Fate.REFUSED):
        fate = Fate.USUAL
    return process, fate


def _process(chance: Random, kinds: Kinds) -> str:
    if chance.random() < IMMEDIATE_SHARE:
        return chance.choice(kinds.immediate)
    return chance.choice(kinds.joint if chance.random() < JOINT_SHARE else kinds.single)


def _planned(chance: Random, days: Sequence[date], process: str, fate: Fate) -> Planned:
    return Planned(chance.choice(days), chance.randrange(WORKING_MINUTES - 60), process, fate)

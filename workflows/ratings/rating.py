"""What a rating is: five grades (GB/T 39046 A.8), the limits of a bad one, and bursts from one address. Pure."""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from datetime import date, datetime, timedelta
from functools import lru_cache
from hashlib import sha256
from itertools import groupby
from pathlib import Path

import yaml

from engine.core.rejection import Rejection, declare

declare(
    {
        "rating-grade-unknown": ("评价等级应为1至5。", "Expected a grade from 1 to 5, but {grade} is none."),
        "rating-outcome-unknown": (
            "核实结果应为更正、解释、误评或者恶意评价。",
            "Expected correct, explain, mistaken or malicious, but {outcome} is none of them.",
        ),
        "rating-incomplete": ("评价{number}缺少{missing}。", "Expected {missing} for rating {number}, but it is missing."),
    }
)

RULES = Path(__file__).parent / "rules.yaml"
GRADES = {
    1: ("非常满意", "very satisfied"),
    2: ("满意", "satisfied"),
    3: ("基本满意", "fairly satisfied"),
    4: ("不满意", "dissatisfied"),
    5: ("非常不满意", "very dissatisfied"),
}
BAD = 4
"""From this grade on a rating is bad."""
OUTCOMES = frozenset({"correct", "explain", "mistaken", "malicious"})
UNFOUNDED = frozenset({"mistaken", "malicious"})
"""Outcomes that a second person must agree to; such a rating does not count."""


@dataclass(frozen=True, slots=True)
class RatingRule:
    """Working days; ``burst`` ratings from one address within ``burst_minutes`` are a burst."""

    from_on: date
    contact: int
    answer: int
    correction: int
    again: int
    burst: int
    burst_minutes: int


@dataclass(frozen=True, slots=True)
class Given:
    """A rating as bursts are looked for."""

    number: str
    address: str
    at: datetime


@dataclass(frozen=True, slots=True)
class Burst:
    """Ratings that came from one address in a short time."""

    address: str
    numbers: tuple[str, ...]
    first_at: datetime
    last_at: datetime


@lru_cache(maxsize=1)
def rules() -> tuple[RatingRule, ...]:
    """Every line of the table. Read once in a process."""
    rows = yaml.safe_load(RULES.read_text("utf-8"))
    return tuple(RatingRule(from_on=row.pop("from"), **row) for row in rows)


def rule_on(day: date) -> RatingRule:
    """The line in force; the first one for days before it."""
    begun = [rule for rule in rules() if rule.from_on <= day]
    return max(begun or rules()[:1], key=lambda rule: rule.from_on)


def require_grade(grade: int) -> int:
    """:raises Rejection: ``rating-grade-unknown``."""
    if grade not in GRADES:
        raise Rejection("rating-grade-unknown", field="grade", grade=grade)
    return grade


def require_outcome(outcome: object) -> str:
    """:raises Rejection: ``rating-outcome-unknown``."""
    if outcome not in OUTCOMES:
        raise Rejection("rating-outcome-unknown", field="outcome", outcome=str(outcome)[:40])
    return str(outcome)


def is_bad(grade: int) -> bool:
    """Whether it starts a case."""
    return grade >= BAD


def digest_of(address: str, day: date) -> str:
    """What is kept of an address: enough to see that two ratings of a day came from one place, and no more."""
    return sha256(f"{day.isoformat()}/{address}".encode()).hexdigest()[:32]


def bursts(given: Iterable[Given], rule: RatingRule) -> list[Burst]:
    """Runs of ratings from one address (A-21), oldest first. Each rating is in one run at most."""
    found = []
    ordered = sorted(given, key=lambda one: (one.address, one.at, one.number))
    for address, group in groupby(ordered, key=lambda one: one.address):
        for run in _runs(list(group), timedelta(minutes=rule.burst_minutes)):
            if len(run) >= rule.burst:
                found.append(Burst(address, tuple(one.number for one in run), run[0].at, run[-1].at))
    return sorted(found, key=lambda burst: (burst.first_at, burst.address))


def _runs(given: Sequence[Given], within: timedelta) -> list[list[Given]]:
    """Ratings that lie within a span of their first one."""
    found: list[list[Given]] = []
    for one in given:
        if found and one.at - found[-1][0].at <= within:
            found[-1].append(one)
        else:
            found.append([one])
    return found

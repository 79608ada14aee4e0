"""How an agent did: matters, gaps found, days from hand-over to filing and from result to delivery, and the points by rule.

Base 100, never below 0. The rules are data with a period (``rules/score.yaml``); their figures are SAMPLE.
"""

from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from datetime import date
from functools import lru_cache
from pathlib import Path

import yaml

from workflows.calendar.working_days import WorkingDays

TABLE = Path(__file__).parent / "rules" / "score.yaml"
BASE = 100


@dataclass(frozen=True, slots=True)
class ScoreRule:
    """Points for each time it happened; ``days``: working days that are still in time."""

    code: str
    name: str
    name_en: str
    points: int
    from_on: date
    until_on: date | None = None
    days: int | None = None


@dataclass(frozen=True, slots=True)
class Done:
    """What became of one matter, by days of the hall. ``corrected``: the window found gaps after the filing."""

    gaps: int
    complete_on: date | None
    filed_on: date | None
    result_on: date | None
    delivered_on: date | None
    corrected: bool = False


@dataclass(frozen=True, slots=True)
class ScoreLine:
    """``times`` × the rule's points."""

    rule: str
    name: str
    times: int
    points: int


@dataclass(frozen=True, slots=True)
class AgentScore:
    """Means are working days, to two places; null where nothing counts yet. ``formula``: the sum as a person writes it."""

    agent: str
    matters: int
    filed: int
    delivered: int
    gaps: int
    corrections: int
    refused_attempts: int
    days_to_file: float | None
    days_to_deliver: float | None
    lines: tuple[ScoreLine, ...]
    total: int
    formula: str


@lru_cache(maxsize=1)
def rules() -> tuple[ScoreRule, ...]:
    """Every rule there ever was. Read once in a process."""
    return tuple(ScoreRule(**row) for row in yaml.safe_load(TABLE.read_text("utf-8")))


def score(agent: str, done: Iterable[Done], refused_attempts: int, day: date, calendar: WorkingDays) -> AgentScore:
    """The score by the rules in force on ``day``."""
    matters = list(done)
    to_file = [_days(calendar, one.complete_on, one.filed_on) for one in matters if one.complete_on and one.filed_on]
    to_deliver = [_days(calendar, one.result_on, one.delivered_on) for one in matters if one.result_on and one.delivered_on]
    corrections = sum(one.corrected for one in matters)
    times = {"corrected": corrections, "refused-attempt": refused_attempts}
    lines = _lines(day, {"filed-late": to_file, "delivered-late": to_deliver}, times)
    return AgentScore(
        agent=agent,
        matters=len(matters),
        filed=sum(one.filed_on is not None for one in matters),
        delivered=sum(one.delivered_on is not None for one in matters),
        gaps=sum(one.gaps for one in matters),
        corrections=corrections,
        refused_attempts=refused_attempts,
        days_to_file=_mean(to_file),
        days_to_deliver=_mean(to_deliver),
        lines=lines,
        total=max(BASE + sum(line.points for line in lines), 0),
        formula=_formula(lines),
    )


def _lines(day: date, taken: Mapping[str, list[int]], times: Mapping[str, int]) -> tuple[ScoreLine, ...]:
    """``taken``: working days by rule; what took longer than the rule's counts. ``times``: how often, by rule."""
    found = []
    for rule in _in_force(day):
        count = sum(days > (rule.days or 0) for days in taken[rule.code]) if rule.code in taken else times[rule.code]
        found.append(ScoreLine(rule.code, rule.name, count, count * rule.points))
    return tuple(found)


def _in_force(day: date) -> list[ScoreRule]:
    return [rule for rule in rules() if rule.from_on <= day and (rule.until_on is None or day <= rule.until_on)]


def _days(calendar: WorkingDays, start: date | None, end: date | None) -> int:
    assert start is not None
    assert end is not None
    return calendar.between(start, end) if start < end else 0


def _mean(days: list[int]) -> float | None:
    return round(sum(days) / len(days), 2) if days else None


def _formula(lines: tuple[ScoreLine, ...]) -> str:
    parts = [f"{line.points:+d}（{line.name}×{line.times}）" for line in lines if line.times]
    return f"{BASE}" + "".join(f" {part}" for part in parts)

"""The formula: versions as data, and what each measure is worth. Pure; hundredths of a point."""

from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from datetime import date
from functools import lru_cache
from pathlib import Path
from typing import Any

import yaml

from engine.core.rejection import Rejection, declare

TABLE = Path(__file__).parent / "formulas.yaml"
MEASURES = frozenset({"warnings", "yellow", "red", "discipline", "incomplete", "early", "promise", "by-hand"})
REFUSALS = frozenset({"refused", "not-accepted", "withdrawn", "returned", "fewer-receipts"})
"""What a formula may count against a window and never for it (A-04, A-09, A-10)."""
DISCIPLINE = {"none": 0, "warning": -1_000, "demerit": -1_500, "serious-demerit": -2_000, "demotion": -3_000}
DISCIPLINE |= {"removal": -4_000, "dismissal": -5_000}

declare(
    {
        "ranking-rewards-refusal": (
            "评分规则“{rule}”奖励不受理、退回或者劝退，不能采用。",
            "Expected a formula that does not reward refusing to accept, but {rule} does.",
        ),
        "ranking-measure-unknown": ("没有“{measure}”这种指标。", "Expected a measure that is known, but {measure} is none."),
        "ranking-rule-unknown": ("没有“{rule}”这条评分规则。", "Expected a rule of the formula, but {rule} is none."),
        "ranking-points": ("分值应在{least}至{most}之间。", "Expected between {least} and {most} points."),
        "ranking-without-source": ("计分须注明来源。", "Expected the source of a point, but there is none."),
    }
)


@dataclass(frozen=True, slots=True)
class Rule:
    """What one finding of a measure is worth."""

    code: str
    name: str
    measure: str
    least: int
    most: int


@dataclass(frozen=True, slots=True)
class Formula:
    """A version, in force from a day on."""

    version: int
    from_on: date
    base: int
    ceiling: int
    rules: tuple[Rule, ...]


@dataclass(frozen=True, slots=True)
class Point:
    """A line of a window's score with where it comes from."""

    window: str
    rule: str
    points: int
    source: str


@dataclass(frozen=True, slots=True)
class Standing:
    """Place and score of a window or department; the same score is the same place."""

    place: int
    subject: str
    points: int


def formula_of(row: Mapping[str, Any]) -> Formula:
    """A formula out of data.

    :raises Rejection: ``ranking-rewards-refusal``, ``ranking-measure-unknown``.
    """
    rules = tuple(Rule(**rule) for rule in row["rules"])
    for rule in rules:
        if rule.measure in REFUSALS and rule.most > 0:
            raise Rejection("ranking-rewards-refusal", rule=rule.code)
        if rule.measure not in MEASURES | REFUSALS:
            raise Rejection("ranking-measure-unknown", measure=rule.measure)
    return Formula(row["version"], row["from"], row["base"], row["ceiling"], rules)


@lru_cache(maxsize=1)
def formulas() -> tuple[Formula, ...]:
    """Every version. Read once in a process."""
    return tuple(formula_of(row) for row in yaml.safe_load(TABLE.read_text("utf-8")))


def formula_on(day: date) -> Formula:
    """The version in force; the first one for days before it."""
    begun = [formula for formula in formulas() if formula.from_on <= day]
    return max(begun or formulas()[:1], key=lambda formula: formula.from_on)


def require_point(formula: Formula, point: Point) -> Point:
    """:raises Rejection: ``ranking-rule-unknown``, ``ranking-points``, ``ranking-without-source``."""
    rule = next((rule for rule in formula.rules if rule.code == point.rule), None)
    if rule is None:
        raise Rejection("ranking-rule-unknown", field="rule", rule=point.rule[:40])
    if not rule.least <= point.points <= rule.most:
        raise Rejection("ranking-points", field="points", least=rule.least / 100, most=rule.most / 100)
    if not point.source.strip():
        raise Rejection("ranking-without-source", field="source")
    return point


def early(share: int) -> int:
    """For the share of cases finished early, in percent: one point for each full ten, ten at most."""
    return min(10, share // 10) * 100


def shorter(percent: int) -> int:
    """For a public promise so many percent shorter than the law: three points from 30 on, one for each further ten."""
    return 0 if percent < 30 else min(10, 3 + (percent - 30) // 10) * 100


def incomplete(percent: int) -> int:
    """One point off for each percent of incomplete records, five at most."""
    return -min(5, max(0, percent)) * 100


def total(formula: Formula, points: Iterable[int]) -> int:
    """The score of one window, from nothing to the ceiling."""
    return max(0, min(formula.ceiling, formula.base + sum(points)))


def ranked(scores: Mapping[str, int]) -> list[Standing]:
    """Highest first; equal scores share a place, and are named in order."""
    ordered = sorted(scores.items(), key=lambda item: (-item[1], item[0]))
    return [Standing(1 + sum(other > points for other in scores.values()), name, points) for name, points in ordered]

"""The formula of the ranking: what each measure is worth, what it may not reward, and who is first."""

from datetime import date
from itertools import pairwise
from typing import Any

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from engine.core.rejection import Rejection
from workflows.ranking.formula import (
    REFUSALS,
    Point,
    early,
    formula_of,
    formula_on,
    incomplete,
    ranked,
    require_point,
    shorter,
    total,
)

FORMULA = formula_on(date(2026, 3, 2))


def version(measure: str, most: int) -> dict[str, Any]:
    rule = {"code": "x", "name": "样例", "measure": measure, "least": -100, "most": most}
    return {"version": 2, "from": date(2026, 1, 1), "base": 10_000, "ceiling": 11_000, "rules": [rule]}


@pytest.mark.parametrize("measure", sorted(REFUSALS))
def test_a_formula_that_rewards_refusing_to_accept_is_refused(measure: str) -> None:
    with pytest.raises(Rejection) as caught:
        formula_of(version(measure, 1))
    assert caught.value.code == "ranking-rewards-refusal"
    assert formula_of(version(measure, 0)).version == 2


def test_a_measure_nobody_knows_is_refused() -> None:
    with pytest.raises(Rejection) as caught:
        formula_of(version("weather", 0))
    assert caught.value.code == "ranking-measure-unknown"


def test_deductions_and_bonuses_are_those_of_the_rule() -> None:
    worth = {rule.code: (rule.least, rule.most) for rule in FORMULA.rules}
    assert (worth["three-warnings"], worth["yellow-card"], worth["red-card"]) == ((-300, -300), (-500, -500), (-1000, -1000))
    assert worth["discipline"] == (-5000, -1000)
    assert [early(share) for share in (9, 10, 19, 20, 100)] == [0, 100, 100, 200, 1000]
    assert [shorter(percent) for percent in (29, 30, 40)] == [0, 300, 400]
    assert [incomplete(percent) for percent in (0, 1, 5, 50)] == [0, -100, -500, -500]


@pytest.mark.parametrize(
    ("point", "code"),
    [
        (Point("w", "invented", 100, "a"), "ranking-rule-unknown"),
        (Point("w", "by-hand", 501, "a"), "ranking-points"),
        (Point("w", "by-hand", 100, "  "), "ranking-without-source"),
    ],
)
def test_no_point_without_a_rule_a_limit_and_a_source(point: Point, code: str) -> None:
    with pytest.raises(Rejection) as caught:
        require_point(FORMULA, point)
    assert caught.value.code == code


@settings(max_examples=40)
@given(st.dictionaries(st.text("abc", min_size=1, max_size=3), st.lists(st.integers(-5000, 1000), max_size=6), min_size=1))
def test_the_score_is_within_its_limits_and_equal_scores_share_a_place(points: dict[str, list[int]]) -> None:
    scores = {name: total(FORMULA, given) for name, given in points.items()}
    standing = ranked(scores)
    assert all(0 <= one.points <= FORMULA.ceiling for one in standing)
    assert standing[0].place == 1
    for before, after in pairwise(standing):
        assert before.points >= after.points
        assert (before.place == after.place) is (before.points == after.points)

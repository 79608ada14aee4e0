"""What a rating is, and when many of them come from one place."""

from datetime import UTC, date, datetime, timedelta

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from engine.core.rejection import Rejection
from workflows.ratings.rating import GRADES, Given, bursts, digest_of, is_bad, require_grade, require_outcome, rule_on

RULE = rule_on(date(2026, 3, 2))
NOON = datetime(2026, 3, 2, 4, tzinfo=UTC)
MINUTES = st.lists(st.integers(0, 240), max_size=20)


def at(minutes: list[int], address: str = "a") -> list[Given]:
    return [Given(f"{address}{n}", address, NOON + timedelta(minutes=minute)) for n, minute in enumerate(minutes)]


def test_the_last_two_of_five_grades_are_bad() -> None:
    assert [grade for grade in GRADES if is_bad(grade)] == [4, 5]
    for grade in (0, 6, -1):
        with pytest.raises(Rejection) as caught:
            require_grade(grade)
        assert caught.value.code == "rating-grade-unknown"


def test_other_outcomes_are_refused() -> None:
    with pytest.raises(Rejection) as caught:
        require_outcome("ignored")
    assert caught.value.code == "rating-outcome-unknown"


def test_the_limits_are_those_of_the_rules() -> None:
    assert (RULE.contact, RULE.answer, RULE.correction) == (1, 5, 15)


def test_five_within_half_an_hour_are_a_burst_and_four_are_none() -> None:
    assert bursts(at([0, 5, 10, 15]), RULE) == []
    (found,) = bursts(at([0, 5, 10, 15, 30]) + at([0, 1, 2, 3], "b"), RULE)
    assert (found.address, len(found.numbers)) == ("a", 5)


@settings(max_examples=40)
@given(MINUTES, MINUTES)
def test_a_burst_is_of_one_address_short_and_long_enough(first: list[int], second: list[int]) -> None:
    everything = at(first) + at(second, "b")
    for burst in bursts(everything, RULE):
        assert len(burst.numbers) >= RULE.burst
        assert burst.last_at - burst.first_at <= timedelta(minutes=RULE.burst_minutes)
        assert {number[0] for number in burst.numbers} == {burst.address}


def test_an_address_is_not_kept() -> None:
    assert "10.0.0.7" not in digest_of("10.0.0.7", NOON.date())
    assert digest_of("10.0.0.7", NOON.date()) != digest_of("10.0.0.7", date(2026, 3, 3))

"""Evaluations that share a meter have no more steps together than it holds."""

import pytest

import feel
from tests.feel.shared import NOW

COUNTING = feel.compile_expression("count(for i in 1..50 return i)")


def test_what_an_evaluation_takes_is_taken_from_the_meter() -> None:
    meter = feel.Meter(100_000)
    COUNTING.evaluate({}, now=NOW, meter=meter)
    once = 100_000 - meter.left
    COUNTING.evaluate({}, now=NOW, meter=meter)
    assert 100_000 - meter.left == 2 * once > 50


def test_an_empty_meter_stops_the_next_evaluation_and_what_it_took_is_counted() -> None:
    meter = feel.Meter(20)
    with pytest.raises(feel.FeelBudgetExceeded):
        COUNTING.evaluate({}, now=NOW, meter=meter)
    assert meter.left < 0
    with pytest.raises(feel.FeelBudgetExceeded):
        COUNTING.evaluate({}, now=NOW, meter=meter)


def test_a_plain_condition_needs_nothing_of_it() -> None:
    meter = feel.Meter(0)
    assert feel.compile_expression("a > 1").evaluate({"a": 2}, now=NOW, meter=meter) is True
    assert meter.left == 0


def test_a_full_meter_gives_an_evaluation_no_more_than_its_own_budget() -> None:
    with pytest.raises(feel.FeelBudgetExceeded, match="more than 10 steps"):
        COUNTING.evaluate({}, now=NOW, budget=feel.Budget(steps=10), meter=feel.Meter(1_000_000))

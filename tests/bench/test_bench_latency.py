"""Percentiles are values that were measured, never between two of them."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from bench.latency import Latencies, percentile


@pytest.mark.parametrize(("percent", "expected"), [(1, 1), (50, 5), (90, 9), (95, 10), (99, 10), (100, 10)])
def test_the_nearest_rank_is_taken(percent: int, expected: int) -> None:
    assert percentile(range(1, 11), percent) == expected


@given(st.lists(st.integers(min_value=0), min_size=1), st.integers(min_value=1, max_value=100))
def test_that_many_percent_of_the_values_do_not_exceed_a_percentile(values: list[int], percent: int) -> None:
    found = percentile(sorted(values), percent)
    assert found in values
    assert sum(value <= found for value in values) * 100 >= percent * len(values)
    assert sum(value < found for value in values) * 100 < percent * len(values)


def test_without_a_value_there_is_only_a_count() -> None:
    assert Latencies().summary() == {"count": 0}


def test_a_block_that_raises_is_not_counted() -> None:
    latencies = Latencies()
    with latencies.measured():
        pass
    with pytest.raises(ZeroDivisionError), latencies.measured():
        raise ZeroDivisionError
    assert latencies.summary()["count"] == 1

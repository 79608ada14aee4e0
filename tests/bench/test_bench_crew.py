"""Clients work at the same time, and what goes wrong with one of them is said."""

import os
import time

import pytest

from bench.crew import Rates, crew, in_turns


class Sleeper:
    """Works for a while; ``acts`` times, says it."""

    def __init__(self, acts: int) -> None:
        self._acts = acts
        self._prepared = False

    def prepare(self) -> None:
        self._prepared = True

    def work(self) -> int:
        assert self._prepared
        time.sleep(0.05)
        return self._acts

    def close(self) -> None:
        """Nothing to end."""


class Failing(Sleeper):
    def work(self) -> int:
        raise ValueError(f"client {self._acts} of process {os.getpid()} has no pen")


def test_a_rate_counts_the_acts_of_all_clients_in_the_time_they_took_together() -> None:
    with crew(4, lambda number: Sleeper(number)) as clients:
        rate = clients.sample()
    assert 0 < rate <= (0 + 1 + 2 + 3) / 0.05


def test_what_happens_to_a_client_is_told() -> None:
    with crew(2, lambda number: Failing(number)) as clients, pytest.raises(RuntimeError, match="has no pen"):
        clients.sample()


def test_samples_are_taken_in_turns_and_the_first_does_not_count() -> None:
    with crew(1, lambda number: Sleeper(1)) as one, crew(1, lambda number: Sleeper(2)) as other:
        found = in_turns(3, one=one, other=other)
    assert {name: len(rates.samples) for name, rates in found.items()} == {"one": 3, "other": 3}


def test_rates_are_summed_up_by_their_median() -> None:
    assert Rates([3.0, 1.0, 50.0]).summary() == {"median": 3.0, "least": 1.0, "most": 50.0}

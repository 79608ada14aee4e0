"""Start timers between processes that die and processes that race: every occurrence starts one instance."""

import signal
import time
from collections import Counter
from collections.abc import Iterator
from datetime import timedelta
from typing import Any

import pytest
from sqlalchemy import select

from engine.runtime import faults
from engine.runtime.deployments import ResourceFile
from engine.runtime.faults import FAULT_POINTS
from engine.runtime.start_timers import CLAIM
from engine.runtime.tables import process_instance, start_timer
from tests.core.sketch import bpmn
from tests.faults.bells import DAILY, operators
from tests.forked import Call, Outcome, WarmProcess
from tests.runtime.halls import BEGIN, CLERK, Hall

DAY, LONG_AFTER = 24.0, 24.0 * 5
START = 0.4
"""Seconds from now at which all begin: time enough for every process to be ready."""


@pytest.fixture
def hall(database_url: str) -> Iterator[Hall]:
    hall = Hall(database_url, operators())
    yield hall
    hall.close()


def deploy(hall: Hall, *keys: str) -> None:
    hall.runtime.deployments.deploy([ResourceFile(f"{key}.bpmn", bpmn(DAILY, key)) for key in keys], CLERK)


def begun(hall: Hall) -> list[Any]:
    with hall.runtime.database.read() as connection:
        return list(connection.execute(select(process_instance).order_by(process_instance.c.process_key)).all())


def dues(hall: Hall) -> list[Any]:
    with hall.runtime.database.read() as connection:
        return list(connection.execute(select(start_timer.c.due)).scalars())


def check_all(hall: Hall, keys: list[str]) -> None:
    """One instance each, numbered without a gap, as its history says."""
    instances = begun(hall)
    assert [row.process_key for row in instances] == sorted(keys)
    assert sorted(hall.variables(row.id)["number"] for row in instances) == list(range(1, len(keys) + 1))
    hall.check(*(row.id for row in instances))


def places_on_the_way(hall: Hall) -> list[tuple[str, int]]:
    """Fault points that an alarm clock comes to when one start timer is due, and how often."""
    seen: Counter[str] = Counter()
    deploy(hall, "undisturbed")
    hall.now = BEGIN + timedelta(hours=DAY)
    for name in FAULT_POINTS:
        faults._armed[name] = lambda name=name: seen.update([name])
    try:
        hall.runtime.timers.run_due()
    finally:
        faults._armed.clear()
    return [(name, time_) for name, count in seen.items() for time_ in range(1, count + 1)]


def test_killed_anywhere_on_the_way_an_occurrence_starts_one_instance(hall: Hall, database_url: str, warm: WarmProcess) -> None:
    places = places_on_the_way(hall)
    assert {name for name, _ in places} >= {
        "instance-loaded",
        "operator-called",
        "step-written",
        "before-commit",
        "after-commit",
    }
    for name, time_ in places:
        hall.now = BEGIN
        key = f"{name}-{time_}"
        deploy(hall, key)
        (outcome,) = warm.run(Call("tests.faults.bells:ring", [database_url, DAY], {"LIANBAN_FAULT": f"{name}:{time_}"}))
        assert (outcome.signal, outcome.said) == (signal.SIGKILL, []), (key, outcome.error)
        hall.outlive_the_killed()
        hall.now = BEGIN + timedelta(hours=DAY) + CLAIM
        hall.runtime.timers.run_due()
        assert [row.process_key for row in begun(hall)].count(key) == 1, key
        assert set(dues(hall)) == {BEGIN + timedelta(days=2)}, key
    check_all(hall, ["undisturbed", *(f"{name}-{time_}" for name, time_ in places)])


def race(warm: WarmProcess, url: str, processes: int, hours: float) -> list[Outcome]:
    when = time.time() + START
    outcomes = warm.run(*[Call("tests.faults.bells:ring_together", [url, when, hours])] * processes)
    for outcome in outcomes:
        assert (outcome.error, outcome.signal) == (None, 0)
    return outcomes


@pytest.mark.parametrize("processes", [2, pytest.param(4, marks=pytest.mark.slow)])
def test_an_occurrence_starts_one_instance_however_many_clocks_ring(
    hall: Hall, database_url: str, warm: WarmProcess, processes: int
) -> None:
    keys = [f"p{number}" for number in range(6)]
    deploy(hall, *keys)
    outcomes = race(warm, database_url, processes, DAY)
    assert sum(outcome.said[0] for outcome in outcomes) == len(keys)
    check_all(hall, keys)
    assert set(dues(hall)) == {BEGIN + timedelta(days=2)}


def test_what_was_missed_for_days_starts_one_instance_however_many_clocks_ring(
    hall: Hall, database_url: str, warm: WarmProcess
) -> None:
    keys = [f"p{number}" for number in range(6)]
    deploy(hall, *keys)
    race(warm, database_url, 2, LONG_AFTER)
    check_all(hall, keys)
    assert set(dues(hall)) == {BEGIN + timedelta(days=6)}

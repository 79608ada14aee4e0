"""Two and four processes on PostgreSQL after the same tasks at the same moment: one wins each, and nothing is lost.

The processes are real ones. The timer at one of the joint tasks is due all the while, and every process has an alarm clock
that wants to fire it.
"""

import time
from collections import Counter
from typing import Any

import pytest

from engine.runtime.tables import history
from tests.faults.racers import JOINT, OPINIONS
from tests.forked import Call, WarmProcess
from tests.runtime.halls import Hall

CASES = 6
START = 0.4
"""Seconds from now at which all begin: time enough for every process to be ready."""


@pytest.fixture
def hall(postgresql_url: str) -> Any:
    hall = Hall(postgresql_url)
    yield hall
    hall.close()


def race(warm: WarmProcess, *calls: tuple[str, list[Any]]) -> list[list[Any]]:
    """All calls at once, and everything they said."""
    when = time.time() + START
    outcomes = warm.run(
        *(Call(f"tests.faults.racers:{name}", [arguments[0], when, *arguments[1:]]) for name, arguments in calls)
    )
    for outcome in outcomes:
        assert outcome.error is None, outcome.error
        assert outcome.signal == 0
    return [said for outcome in outcomes for said in outcome.said if said is not None]


def pairs(hall: Hall, *elements: str) -> list[list[str]]:
    """Open tasks of these elements, case by case."""
    return sorted([task.instance_id, task.id] for task in hall.tasks() if task.element_id in elements)


def refusals(hall: Hall, instance_id: str) -> Counter[str]:
    found = hall.runtime.queries.history(instance_id, limit=200).items
    return Counter(f"{entry.command} {entry.code}" for entry in found if entry.outcome == "refused")


@pytest.mark.parametrize("processes", [2, pytest.param(4, marks=pytest.mark.slow)])
def test_of_all_who_complete_the_same_joint_tasks_one_wins_each(
    hall: Hall, postgresql_url: str, warm: WarmProcess, processes: int
) -> None:
    hall.deploy(JOINT)
    ids = [hall.start({"case": number}).instance_id for number in range(CASES)]
    everyone = [("clerk", [postgresql_url, f"clerk{number}", pairs(hall, *OPINIONS)]) for number in range(processes)]
    said = race(warm, *everyone, ("alarm", [postgresql_url]))
    for instance_id in ids:
        assert [task.element_id for task in hall.tasks(instance_id=instance_id)] == ["decide"]
        _check_winners(hall, instance_id)
    accepted = [(verb, task_id) for verb, task_id, answer in said if answer == "accepted"]
    assert max(Counter(accepted).values()) == 1
    refused = Counter({verb: sum(name == verb for name, _, answer in said if answer != "accepted") for verb, _, _ in said})
    recorded = sum((refusals(hall, instance_id) for instance_id in ids), Counter())
    for verb in ("ClaimUserTask", "CompleteUserTask"):
        assert sum(n for name, n in recorded.items() if name.startswith(verb)) == refused[verb]
    hall.check(*ids)


def _check_winners(hall: Hall, instance_id: str) -> None:
    """Each opinion counts once: of d, the clerk's or the clock's; and the join fired once."""
    state = hall.runtime.queries.diagram_state(instance_id)
    assert [state[element].done for element in ("a", "b", "c", "over", "join")] == [1, 1, 1, 1, 1]
    completed = [
        event["task_id"]
        for entry in hall.runtime.queries.history(instance_id, limit=200).items
        for event in entry.events or ()
        if event["event"] == "UserTaskCompleted"
    ]
    by_clock = state["late"].done
    assert len(completed) == len(set(completed)) == 4 - by_clock
    variables = hall.variables(instance_id)
    assert {name for name in ("ra", "rb", "rc", "rd") if name in variables} == {"ra", "rb", "rc"} | (
        set() if by_clock else {"rd"}
    )


@pytest.mark.parametrize("processes", [2, pytest.param(4, marks=pytest.mark.slow)])
def test_one_command_given_by_all_acts_once(hall: Hall, postgresql_url: str, warm: WarmProcess, processes: int) -> None:
    hall.deploy(JOINT)
    ids = [hall.start().instance_id for _ in range(CASES)]
    tasks = pairs(hall, "a", "b", "c")
    said = race(warm, *[("same_command", [postgresql_url, tasks])] * processes)
    first = Counter(task_id for _, task_id, replayed in said if not replayed)
    assert first == Counter(task_id for _, task_id in tasks)
    assert len(said) == processes * len(tasks)
    assert hall.count(history) == CASES * 4
    hall.check(*ids)


@pytest.mark.parametrize("processes", [2, pytest.param(4, marks=pytest.mark.slow)])
def test_a_due_timer_fires_once_however_many_clocks_ring(
    hall: Hall, postgresql_url: str, warm: WarmProcess, processes: int
) -> None:
    hall.deploy(JOINT)
    ids = [hall.start().instance_id for _ in range(CASES)]
    race(warm, *[("alarm", [postgresql_url])] * processes)
    for instance_id in ids:
        assert hall.runtime.queries.diagram_state(instance_id)["late"].done == 1
        assert refusals(hall, instance_id) == Counter()
    assert hall.count(history) == CASES * 2
    hall.check(*ids)

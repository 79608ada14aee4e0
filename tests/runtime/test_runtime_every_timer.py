"""Timers of every kind in every place a model may have one: each fires when it must, and as often as it must.

In every model ``done`` is what the timer leads to, and ``work`` what somebody does meanwhile, if the place has such a thing.
The process begins at nine, when it is deployed and started; where the timer itself starts the process, nobody starts it.
"""

from datetime import timedelta
from itertools import product

import pytest

from engine.runtime.queries import ProcessInstanceFilter
from engine.runtime.tables import timer
from tests.runtime.halls import BEGIN, Hall

TIMERS = {
    "duration": ("duration=PT2H", [2]),
    "date": ("date=2026-03-02T12:00", [3]),
    "cycle": ("cycle=R3/PT4H", [4, 8, 12]),
}
"""What is written at the timer, and the hours after nine at which it fires."""

PLACES = {
    "boundary, interrupting": """
        start s
        user work groups=g
        boundary t on=work {timer}
        user done groups=g
        end e
        s -> work -> e
        t -> done -> e
    """,
    "boundary, beside": """
        start s
        user work groups=g
        boundary t on=work beside {timer}
        user done groups=g
        end e
        end f
        s -> work -> e
        t -> done -> f
    """,
    "intermediate": """
        start s
        catch t {timer}
        user done groups=g
        end e
        s -> t -> done -> e
    """,
    "event gateway": """
        start s
        events wait
        catch t {timer}
        catch m message=m key=k
        user done groups=g
        user other groups=g
        end e
        s -> wait
        wait -> t -> done -> e
        wait -> m -> other -> e
    """,
    "event subprocess, interrupting": """
        start s
        user work groups=g
        end e
        s -> work -> e
        reaction r {{
            start t {timer}
            user done groups=g
            end f
            t -> done -> f
        }}
    """,
    "event subprocess, beside": """
        start s
        user work groups=g
        end e
        s -> work -> e
        reaction r {{
            start t beside {timer}
            user done groups=g
            end f
            t -> done -> f
        }}
    """,
    "start": """
        start t {timer}
        user done groups=g
        end e
        t -> done -> e
    """,
}
MANY_TIMES = ("boundary, beside", "event subprocess, beside", "start")
"""Elsewhere a timer can fire only once, so a cycle is refused (tests/core/test_core_check.py)."""
WORK_GOES_ON = ("boundary, beside", "event subprocess, beside")
LAST_HOUR = 16
CASES = [(kind, place) for kind, place in product(TIMERS, PLACES) if kind != "cycle" or place in MANY_TIMES]


def begin(hall: Hall, kind: str, place: str) -> None:
    hall.deploy(PLACES[place].format(timer=TIMERS[kind][0]))
    if place != "start":
        hall.start()


def fired(hall: Hall) -> int:
    return hall.open().count("done")


@pytest.mark.parametrize(("kind", "place"), CASES)
def test_a_timer_fires_when_and_as_often_as_it_must(hall: Hall, kind: str, place: str) -> None:
    _, hours = TIMERS[kind]
    begin(hall, kind, place)
    for hour in range(1, LAST_HOUR + 1):
        hall.now = BEGIN + timedelta(hours=hour, seconds=-1)
        hall.runtime.run_due()
        assert fired(hall) == sum(due < hour for due in hours), f"a second before {hour} hours"
        hall.now = BEGIN + timedelta(hours=hour)
        hall.runtime.run_due()
        assert fired(hall) == sum(due <= hour for due in hours), f"after {hour} hours"
    assert ("work" in hall.open()) == (place in WORK_GOES_ON)
    assert hall.count(timer) == 0
    begun = hall.runtime.queries.process_instances(ProcessInstanceFilter()).items
    assert len(begun) == (len(hours) if place == "start" else 1)
    hall.check(*[instance.id for instance in begun])


@pytest.mark.parametrize("place", [place for place in PLACES if "work" in PLACES[place]])
@pytest.mark.parametrize("kind", ["duration", "date"])
def test_a_timer_does_not_fire_when_the_work_is_done_in_time(hall: Hall, kind: str, place: str) -> None:
    begin(hall, kind, place)
    hall.wait(hours=1)
    hall.complete("work")
    hall.wait(hours=LAST_HOUR)
    assert hall.open() == []
    assert hall.count(timer) == 0


@pytest.mark.parametrize("place", WORK_GOES_ON)
def test_a_cycle_ends_with_what_it_stands_at(hall: Hall, place: str) -> None:
    """At a task: with the task. In an event subprocess: with the process around it, which its own work keeps going."""
    begin(hall, "cycle", place)
    hall.wait(hours=8)
    assert fired(hall) == 2
    for task in ("work", "done", "done"):
        hall.complete(task)
    hall.wait(hours=LAST_HOUR)
    assert hall.open() == []
    assert hall.count(timer) == 0

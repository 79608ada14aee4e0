"""Timer rows fire when they are due, once, whoever finds them first."""

import threading
from datetime import timedelta

import pytest

from engine.core import commands
from engine.core.actor import SCHEDULER
from engine.core.rejection import Rejection
from engine.runtime.clock import utc_now
from engine.runtime.operators import OperatorRegistry
from engine.runtime.scheduler import CLAIM
from engine.runtime.tables import timer
from tests.runtime.conftest import HallMaker
from tests.runtime.halls import BEGIN, Hall

REMINDER = """
    start s
    user decide groups=g
    boundary remind on=decide beside duration=P2D
    boundary late on=decide duration=P5D
    user press groups=g
    user escalate groups=g
    end e
    s -> decide -> e
    remind -> press -> e
    late -> escalate -> e
"""


def test_timers_fire_in_order_when_they_are_due(hall: Hall) -> None:
    hall.deploy(REMINDER)
    instance_id = hall.start().instance_id
    assert [row.due for row in hall.runtime.queries.timers().items] == [
        BEGIN + timedelta(days=2),
        BEGIN + timedelta(days=5),
    ]
    hall.wait(days=1)
    assert hall.open() == ["decide"]
    hall.wait(days=1)
    assert hall.open() == ["decide", "press"]
    hall.wait(days=3)
    assert hall.open() == ["escalate", "press"]
    assert hall.count(timer) == 0
    hall.check(instance_id)


def test_a_withdrawn_timer_is_gone(hall: Hall) -> None:
    hall.deploy(REMINDER)
    instance_id = hall.start().instance_id
    hall.complete("decide")
    assert hall.count(timer) == 0
    hall.wait(days=10)
    assert hall.status(instance_id) == "completed"
    hall.check(instance_id)


def test_a_cycle_is_scheduled_again_each_time_it_fires(hall: Hall) -> None:
    hall.deploy(
        """
        start s
        user decide groups=g
        boundary daily on=decide beside cycle=R3/P1D
        end e
        end told
        s -> decide -> e
        daily -> told
        """
    )
    instance_id = hall.start().instance_id
    for day in range(1, 5):
        hall.wait(days=1)
        assert hall.runtime.queries.diagram_state(instance_id)["told"].done == min(day, 3)
    hall.check(instance_id)


def test_a_timer_fired_by_two_nodes_fires_once(make_hall: HallMaker) -> None:
    hall, other = make_hall(), make_hall()
    hall.deploy(REMINDER)
    instance_id = hall.start().instance_id
    hall.now = other.now = BEGIN + timedelta(days=2)
    row = hall.runtime.queries.timers().items[0]
    hall.runtime.timers._fire(row.id, instance_id, 0, hall.now)
    other.runtime.timers._fire(row.id, instance_id, 0, other.now)
    assert hall.open() == ["decide", "press"]
    hall.check(instance_id)


def test_a_timer_claimed_by_a_node_that_died_is_fired_by_another_later(make_hall: HallMaker) -> None:
    hall, other = make_hall(), make_hall()
    hall.deploy(REMINDER)
    hall.start()
    hall.now = other.now = BEGIN + timedelta(days=2)
    assert len(hall.runtime.timers._claim(hall.now)) == 1
    assert other.runtime.timers.run_due() == 0
    other.now += CLAIM
    assert other.runtime.timers.run_due() == 1
    assert hall.open() == ["decide", "press"]


def test_a_timer_cannot_be_fired_before_it_is_due(hall: Hall) -> None:
    hall.deploy(REMINDER)
    instance_id = hall.start().instance_id
    row = hall.runtime.queries.timers().items[0]
    with pytest.raises(Rejection) as caught:
        hall.submit(commands.TriggerTimer, instance_id, actor=SCHEDULER, timer_id=row.id)
    assert caught.value.code == "timer-not-due"


def test_timers_and_jobs_run_by_themselves(make_hall: HallMaker) -> None:
    """The one test that lets real time pass: a second, then a remote operator, without anybody asking."""
    called = threading.Event()
    registry = OperatorRegistry()
    registry.remote("tell")(lambda parameters, call: called.set())
    hall = make_hall(registry, clock=utc_now)
    hall.deploy(
        """
        start s
        catch pause duration=PT1S
        service tell operator=tell
        end e
        s -> pause -> tell -> e
        """
    )
    hall.runtime.start_workers()
    instance_id = hall.start().instance_id
    assert called.wait(20)
    hall.runtime.stop()
    assert hall.status(instance_id) == "completed"
    hall.check(instance_id)

"""A case that keeps itself busy gets a share of a round of due work, not all of it; nobody else waits for it."""

from engine.core import commands
from engine.runtime.turns import MAX_TURNS, REST
from tests.runtime.halls import Hall

BUSY = """
    start s
    catch again duration=PT0S
    exclusive more
    end e
    s -> again -> more
    more -> again if true
    more -> e default
"""
ECHO = """
    start s
    send first message=word key=k
    exclusive hear
    receive heard message=word key=k
    send said message=word key=k
    exclusive more
    end e
    s -> first -> hear -> heard -> said -> more
    more -> hear if true
    more -> e default
"""


def too_busy(hall: Hall, instance_id: str) -> list[str]:
    return [item.code for item in hall.runtime.queries.incidents(instance_id=instance_id).items]


def test_timers_of_no_length_in_a_loop_take_turns_with_the_rest(hall: Hall) -> None:
    hall.deploy(BUSY)
    busy = hall.start().instance_id
    assert hall.runtime.run_due() == MAX_TURNS
    assert too_busy(hall, busy) == ["too-busy"]
    assert hall.runtime.run_due() == 0
    hall.now += REST
    assert hall.runtime.run_due() == MAX_TURNS
    assert too_busy(hall, busy) == ["too-busy"]
    hall.submit(commands.CancelProcessInstance, busy, reason="enough")
    hall.now += REST
    assert hall.runtime.run_due() == 0
    hall.check(busy)


def test_messages_to_oneself_in_a_loop_take_turns_with_the_rest(hall: Hall) -> None:
    hall.deploy(ECHO)
    busy = hall.start().instance_id
    assert MAX_TURNS <= hall.runtime.run_due() <= MAX_TURNS + 1
    assert too_busy(hall, busy) == ["too-busy"]
    (job,) = hall.runtime.queries.jobs(instance_id=busy).items
    assert job.attempts == 0
    hall.now += REST
    assert hall.runtime.run_due() == MAX_TURNS
    hall.submit(commands.CancelProcessInstance, busy, reason="enough")
    hall.check(busy)

"""What begins processes by itself, while a deployment changes it, and where it would never end."""

import threading
from datetime import timedelta
from typing import Any

import pytest
from sqlalchemy import select, text

from engine.runtime import messages, turns
from engine.runtime.faults import inject
from engine.runtime.queries import ProcessInstanceFilter
from engine.runtime.receipts import Receipt
from engine.runtime.tables import process_instance, start_timer
from engine.runtime.turns import REST
from tests.runtime.conftest import HallMaker
from tests.runtime.halls import BEGIN, CLERK, Hall

HOURLY = "start s cycle=R/PT1H\n user a groups=g\n end e\n s -> a -> e"


def wait_until_it_waits(hall: Hall, thread: threading.Thread) -> None:
    """For a lock that somebody holds here. (SQLite has one for everybody, and nobody can look who waits for it.)"""
    waiting = text("SELECT count(*) FROM pg_locks WHERE NOT granted")
    for _ in range(200):
        thread.join(0.05)
        assert thread.is_alive()
        if hall.runtime.database.is_sqlite:
            return
        with hall.runtime.database.read() as connection:
            if connection.execute(waiting).scalar_one():
                return
    pytest.fail("Expected the deployment to wait, but it does not.")


def test_a_version_deployed_while_a_start_timer_fires_goes_on_behind_it(make_hall: HallMaker) -> None:
    hall, designer = make_hall(), make_hall()
    hall.deploy(HOURLY)
    hall.now = designer.now = BEGIN + timedelta(hours=1)
    deploying = threading.Thread(target=lambda: designer.deploy(HOURLY.replace(" a ", " b ")))

    def deploy_meanwhile() -> None:
        """Nothing is committed yet, so the deployment has to wait."""
        deploying.start()
        wait_until_it_waits(hall, deploying)

    with inject("step-written", deploy_meanwhile):
        hall.runtime.timers.run_due()
    deploying.join()
    with hall.runtime.database.read() as connection:
        row = connection.execute(select(start_timer)).one()
    assert (row.occurrence, row.due, row.attempts) == (2, BEGIN + timedelta(hours=2), 0)
    hall.wait(hours=1)
    assert hall.open() == ["a", "b"]


def test_a_cycle_of_seconds_since_long_ago_is_counted(hall: Hall) -> None:
    hall.deploy("start s cycle=R/1800-01-01T00:00/PT1S\n user a groups=g\n end e\n s -> a -> e")
    for _ in range(3):
        hall.wait(seconds=1)
    assert hall.open() == ["a", "a", "a"]


def test_a_message_that_comes_twice_at_once_is_not_taken_for_two(hall: Hall, monkeypatch: pytest.MonkeyPatch) -> None:
    """The first starts a case that waits for the next such message; the second looks around just then."""
    hall.deploy("start s message=m\n receive more message=m\n user a groups=g\n end e\n s -> more -> a -> e")
    look, first = messages._subscription, []

    def correlate() -> Receipt:
        return hall.runtime.messages.correlate(message="m", correlation_key="B1", variables={}, actor=CLERK, command_id="once")

    def look_meanwhile(*arguments: Any) -> Any:
        monkeypatch.setattr(messages, "_subscription", look)
        first.append(correlate())
        return look(*arguments)

    monkeypatch.setattr(messages, "_subscription", look_meanwhile)
    second = correlate()
    assert (second.instance_id, second.replayed) == (first[0].instance_id, True)
    assert hall.open() == []


# A process may start itself again and again; no node is kept busy with it (law f).

BY_MESSAGE = "start s\n start m message=again\n exclusive x\n send t message=again\n end e\n s -> x\n m -> x -> t -> e"
BY_SIGNAL = "start s\n start m signal=again\n exclusive x\n throw t signal=again\n end e\n s -> x\n m -> x -> t -> e"
TWINS = BY_SIGNAL.replace("end e", "throw u signal=again\n end e").replace("t -> e", "t -> u -> e")
FEW = 30


@pytest.fixture
def few_turns(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(turns, "MAX_TURNS", FEW)


def too_busy(hall: Hall) -> list[str]:
    return [item.code for item in hall.runtime.queries.incidents().items]


@pytest.mark.usefixtures("few_turns")
def test_a_process_that_starts_itself_by_message_takes_turns_with_the_rest(hall: Hall) -> None:
    hall.deploy(BY_MESSAGE)
    hall.start()
    assert hall.runtime.run_due() == FEW
    assert hall.count(process_instance) == FEW + 1
    assert too_busy(hall) == ["too-busy"]
    assert hall.runtime.run_due() == 0
    hall.now += REST
    assert hall.runtime.run_due() == FEW
    newest = hall.runtime.queries.process_instances(ProcessInstanceFilter(), limit=1).items[0]
    hall.check(newest.id)


@pytest.mark.usefixtures("few_turns")
def test_a_process_that_starts_itself_by_signal_takes_turns_with_the_rest(hall: Hall) -> None:
    hall.deploy(BY_SIGNAL)
    hall.start()
    assert hall.runtime.run_due() == FEW
    assert hall.count(process_instance) == FEW + 1
    assert hall.runtime.run_due() == 0


@pytest.mark.usefixtures("few_turns")
def test_twins_of_twins_share_the_turns_of_the_first(hall: Hall) -> None:
    hall.deploy(TWINS)
    hall.start()
    assert hall.runtime.run_due() == FEW
    assert hall.count(process_instance) == FEW + 1
    assert hall.runtime.run_due() == 0


@pytest.mark.usefixtures("few_turns")
def test_deploying_a_version_that_does_not_start_itself_ends_it(hall: Hall) -> None:
    hall.deploy(BY_SIGNAL)
    first = hall.start().instance_id
    hall.runtime.run_due()
    hall.deploy("start s\n user a groups=g\n end e\n s -> a -> e")
    hall.now += REST
    assert hall.runtime.run_due() == 1
    assert hall.runtime.run_due() == 0
    assert hall.status(first) == "completed"

"""Processes that begin by themselves: at a time, by a message, by a signal."""

from collections.abc import Callable
from datetime import datetime, timedelta
from typing import Any

import pytest
from sqlalchemy import select

from engine.core.actor import SCHEDULER
from engine.core.rejection import Rejection
from engine.runtime.deployments import DeploymentRefused, ResourceFile
from engine.runtime.scheduler import CLAIM
from engine.runtime.starts import Starts
from engine.runtime.tables import process_instance, start_message, start_signal, start_timer
from tests.core.sketch import bpmn
from tests.runtime.conftest import HallMaker
from tests.runtime.halls import BEGIN, CLERK, OTHER, Hall


def begins(words: str, task: str = "a", **options: str) -> str:
    """A process that begins by an event, and asks for one task."""
    return f"start s {words}\n user {task} groups=g\n end e\n s -> {task} -> e"


def cases(hall: Hall, key: str = "p") -> list[Any]:
    """The instances of a process, oldest first."""
    wanted = select(process_instance).where(process_instance.c.process_key == key).order_by(process_instance.c.started_at)
    with hall.runtime.database.read() as connection:
        return list(connection.execute(wanted).all())


def begun(hall: Hall, key: str = "p") -> list[float]:
    """Hours after BEGIN at which they were started."""
    return [(row.started_at - BEGIN) / timedelta(hours=1) for row in cases(hall, key)]


def files(**models: str) -> list[ResourceFile]:
    return [ResourceFile(f"{key}.bpmn", bpmn(text, key)) for key, text in models.items()]


def deploy(hall: Hall, **models: str) -> None:
    hall.runtime.deployments.deploy(files(**models), CLERK)


def refused(hall: Hall, **models: str) -> dict[str, str]:
    with pytest.raises(DeploymentRefused) as error:
        deploy(hall, **models)
    return {finding.code: finding.element_id for finding in error.value.findings if finding.is_error}


# Timers.


@pytest.mark.parametrize(
    ("words", "hours"),
    [
        ("duration=PT2H", [2]),
        ("date=2026-03-02T12:00", [3]),
        ("date=2020-01-01", [0]),
        ("cycle=R3/PT1H", [1, 2, 3]),
        ("cycle=R/PT2H", [2, 4, 6]),
        ("cycle=R2/2026-03-02T14:30/PT30M", [5.5, 6]),
    ],
)
def test_a_start_timer_starts_instances_when_it_is_due(hall: Hall, words: str, hours: list[float]) -> None:
    hall.deploy(begins(words))
    hall.runtime.run_due()
    for _ in range(14):
        hall.wait(minutes=30)
    assert begun(hall) == hours
    assert {row.started_by for row in cases(hall)} == {SCHEDULER.id}
    assert len(hall.tasks(element_id="a")) == len(hours)
    hall.check(*(row.id for row in cases(hall)))


def test_what_was_missed_is_made_up_for_once(hall: Hall) -> None:
    hall.deploy(begins("cycle=R/PT1H"))
    hall.wait(hours=5, minutes=20)
    assert len(begun(hall)) == 1
    hall.wait(minutes=40)
    assert len(begun(hall)) == 2


def test_a_long_past_cycle_starts_once_and_then_keeps_its_schedule(hall: Hall) -> None:
    hall.deploy(begins("cycle=R/2020-01-01T00:15/PT1H"))
    hall.runtime.run_due()
    for _ in range(8):
        hall.wait(minutes=15)
    assert begun(hall) == [0, 0.25, 1.25]


@pytest.mark.parametrize(
    ("words", "hours"),
    [("cycle=R/PT2H", [2, 4]), ("date=2026-03-02T11:00", [2]), ("duration=PT2H", [2, 5])],
)
def test_a_new_version_goes_on_where_the_old_one_was(hall: Hall, words: str, hours: list[float]) -> None:
    """Unchanged words, unchanged moments; but a duration counts from the deployment."""
    hall.deploy(begins(words))
    hall.wait(hours=2)
    hall.now += timedelta(hours=1)
    hall.deploy(begins(words, task="b"))
    for _ in range(2):
        hall.wait(hours=1)
    assert begun(hall) == hours
    assert len(hall.tasks(element_id="b")) == len(hours) - 1
    assert hall.count(start_timer) == 1


def test_a_new_version_with_other_words_begins_anew_and_one_without_stops(hall: Hall) -> None:
    hall.deploy(begins("cycle=R/PT2H"))
    hall.wait(hours=1)
    hall.deploy(begins("cycle=R/PT3H"))
    hall.wait(hours=2)
    assert begun(hall) == []
    hall.wait(hours=1)
    assert begun(hall) == [4]
    hall.deploy("start s\n user a groups=g\n end e\n s -> a -> e")
    hall.wait(hours=48)
    assert begun(hall) == [4]
    assert hall.count(start_timer) == 0


def test_the_same_file_again_changes_nothing(hall: Hall) -> None:
    hall.deploy(begins("duration=PT2H"))
    hall.wait(hours=1)
    hall.deploy(begins("duration=PT2H"))
    hall.wait(hours=1)
    assert begun(hall) == [2]


def test_two_nodes_over_one_due_start_timer_start_one_instance(make_hall: HallMaker) -> None:
    hall, other = make_hall(), make_hall()
    hall.deploy(begins("cycle=R/PT1H"))
    hall.now = other.now = BEGIN + timedelta(hours=1)
    (row,) = hall.runtime.timers.starts._claim(hall.now)
    hall.runtime.timers.starts._fire(row, hall.now)
    other.runtime.timers.starts._fire(row, other.now)
    assert len(cases(hall)) == 1
    hall.check(cases(hall)[0].id)


def test_a_start_timer_claimed_by_a_node_that_died_is_anothers_later(make_hall: HallMaker) -> None:
    hall, other = make_hall(), make_hall()
    hall.deploy(begins("duration=PT1H"))
    hall.now = other.now = BEGIN + timedelta(hours=1)
    assert len(hall.runtime.timers.starts._claim(hall.now)) == 1
    assert other.runtime.timers.run_due() == 0
    other.now += CLAIM
    assert other.runtime.timers.run_due() == 1
    assert len(cases(hall)) == 1


def test_a_version_that_comes_while_a_start_timer_is_due_takes_its_place(hall: Hall) -> None:
    hall.deploy(begins("cycle=R/PT1H"))
    hall.now += timedelta(hours=1)
    (row,) = hall.runtime.timers.starts._claim(hall.now)
    hall.deploy(begins("cycle=R/PT1H", task="b"))
    hall.runtime.timers.starts._fire(row, hall.now)
    assert cases(hall) == []
    hall.now += CLAIM
    hall.runtime.run_due()
    assert hall.open() == ["b"]


def test_a_timer_that_cannot_start_does_not_hold_up_the_others(hall: Hall, monkeypatch: pytest.MonkeyPatch) -> None:
    deploy(hall, broken=begins("duration=PT1H"), fine=begins("duration=PT2H"))
    start: Callable[..., Any] = Starts.by_timer

    def fails(self: Starts, timer: Any, *rest: Any) -> Any:
        if timer.process_key == "broken":
            raise RuntimeError("out of order")
        return start(self, timer, *rest)

    monkeypatch.setattr(Starts, "by_timer", fails)
    hall.wait(hours=2)
    assert (begun(hall, "broken"), begun(hall, "fine")) == ([], [2])
    monkeypatch.undo()
    hall.wait(minutes=1)
    assert len(cases(hall, "broken")) == 1


def test_the_scheduler_knows_of_the_next_start(hall: Hall) -> None:
    rung: list[datetime] = []
    hall.runtime.dispatcher.hints.timer_scheduled = rung.append
    hall.deploy(begins("duration=PT2H"))
    assert rung == [BEGIN + timedelta(hours=2)]
    assert hall.runtime.timers.next_due() == BEGIN + timedelta(hours=2)
    hall.wait(hours=2)
    assert hall.runtime.timers.next_due() is None


# Messages.


def send(hall: Hall, message: str = "m", key: str | None = None, **options: Any) -> Any:
    given: dict[str, Any] = {"variables": {}, "actor": CLERK, "command_id": hall.next_id(), **options}
    return hall.runtime.messages.correlate(message=message, correlation_key=key, **given)


def test_a_message_nobody_waits_for_starts_the_process_that_begins_with_it(hall: Hall) -> None:
    hall.deploy(begins("message=m result=letter"))
    instance_id = send(hall, key="B7", variables={"text": "天冷"}).instance_id
    assert hall.variables(instance_id) == {"letter": {"text": "天冷"}}
    (row,) = cases(hall)
    assert (row.business_key, row.started_by) == ("B7", CLERK.id)
    hall.check(instance_id)


def test_a_message_that_comes_twice_starts_once(hall: Hall) -> None:
    hall.deploy(begins("message=m"))
    first = send(hall, command_id="once", variables={"a": 1})
    second = send(hall, command_id="once", variables={"a": 1})
    assert (first.instance_id, first.replayed) == (second.instance_id, not second.replayed)
    with pytest.raises(Rejection) as other:
        send(hall, command_id="once", variables={"a": 2})
    assert other.value.code == "command-id-reused"
    with pytest.raises(Rejection):
        send(hall, command_id="once", variables={"a": 1}, actor=OTHER)
    assert len(cases(hall)) == 1


def test_a_message_that_comes_twice_is_answered_the_same_though_the_process_has_changed(hall: Hall) -> None:
    hall.deploy(begins("message=m"))
    first = send(hall, command_id="once")
    hall.deploy(begins("message=n"))
    assert send(hall, command_id="once").instance_id == first.instance_id


def test_whoever_waits_for_a_message_comes_before_what_it_would_start(hall: Hall) -> None:
    hall.deploy("start s message=m\n receive more message=m\n user a groups=g\n end e\n s -> more -> a -> e")
    first = send(hall, key="B1", command_id="one")
    assert send(hall, key="B1", command_id="two").instance_id == first.instance_id
    assert send(hall, key="B1", command_id="one").instance_id == first.instance_id
    assert send(hall, key="B2").instance_id != first.instance_id
    assert send(hall, key="B1").instance_id != first.instance_id
    assert len(cases(hall)) == 3


def test_only_the_newest_version_begins_with_its_message(hall: Hall) -> None:
    hall.deploy(begins("message=m"))
    hall.deploy(begins("message=n"))
    with pytest.raises(Rejection) as nobody:
        send(hall, "m")
    assert nobody.value.code == "message-not-correlated"
    send(hall, "n")
    assert hall.count(start_message) == 1


def test_a_message_from_another_case_starts_one(hall: Hall) -> None:
    deploy(
        hall,
        asks='start s\n send out message=m payload="={depth: 3}"\n end e\n s -> out -> e',
        answers=begins("message=m"),
    )
    hall.start(process_key="asks", business_key="B1")
    hall.runtime.run_due()
    (row,) = cases(hall, "answers")
    assert row.business_key == "B1"
    assert hall.variables(row.id) == {"depth": 3}


def test_a_message_starts_one_process_only(hall: Hall) -> None:
    deploy(hall, first=begins("message=m"))
    assert refused(hall, second=begins("message=m")) == {"start-message-taken": "s"}
    assert refused(hall, third=begins("message=n"), fourth=begins("message=n")) == {"start-message-taken": "s"}
    deploy(hall, first=begins("message=n"), second=begins("message=m"))
    send(hall, "m")
    assert len(cases(hall, "second")) == 1


def test_each_of_several_starts_begins_at_its_own_element(hall: Hall) -> None:
    hall.deploy(
        """
        start asked
        start told message=m
        start nightly cycle=R/PT24H
        user a groups=g
        user b groups=g
        user c groups=g
        end e
        asked -> a -> e
        told -> b -> e
        nightly -> c -> e
        """
    )
    hall.start()
    assert hall.open() == ["a"]
    send(hall)
    assert hall.open() == ["a", "b"]
    hall.wait(hours=24)
    assert hall.open() == ["a", "b", "c"]
    hall.check(*(row.id for row in cases(hall)))


def test_nobody_starts_by_hand_what_only_begins_by_itself(hall: Hall) -> None:
    hall.deploy(begins("message=m"))
    with pytest.raises(Rejection) as caught:
        hall.start()
    assert caught.value.code == "start-not-found"
    assert cases(hall) == []


# Signals.

ALARM = 'start s\n throw out signal=storm payload="={force: 9}"\n end e\n s -> out -> e'


def test_a_signal_starts_every_process_that_begins_with_it_and_wakes_who_waits(hall: Hall) -> None:
    deploy(
        hall,
        alarm=ALARM,
        one=begins("signal=storm"),
        two=begins("signal=storm result=warning", task="b"),
        other=begins("signal=calm"),
        waits="start s\n catch c signal=storm\n user w groups=g\n end e\n s -> c -> w -> e",
    )
    waiting = hall.start(process_key="waits").instance_id
    hall.start(process_key="alarm")
    hall.runtime.run_due()
    assert hall.open() == ["a", "b", "w"]
    assert hall.variables(cases(hall, "one")[0].id) == {"force": 9}
    assert hall.variables(cases(hall, "two")[0].id) == {"warning": {"force": 9}}
    hall.check(waiting, cases(hall, "one")[0].id, cases(hall, "two")[0].id)


def test_a_signal_told_again_starts_nothing_twice(hall: Hall) -> None:
    deploy(hall, one=begins("signal=storm"))
    told: dict[str, Any] = {"signal": "storm", "variables": {}, "actor": CLERK, "source": ""}
    for _ in range(2):
        hall.runtime.messages.broadcast(**told, command_id="storm-1")
    assert len(cases(hall, "one")) == 1
    hall.now += timedelta(hours=1)
    deploy(hall, one=begins("signal=storm", task="b"), two=begins("signal=storm"))
    hall.runtime.messages.broadcast(**told, command_id="storm-1", opened_until=BEGIN)
    assert (len(cases(hall, "one")), len(cases(hall, "two"))) == (1, 0)
    hall.runtime.messages.broadcast(**told, command_id="storm-2")
    assert (len(cases(hall, "one")), len(cases(hall, "two"))) == (2, 1)
    assert hall.count(start_signal) == 2


# What is called has a none start.


def test_a_called_process_needs_a_none_start(hall: Hall) -> None:
    caller = "start s\n call c process=inner\n end e\n s -> c -> e"
    assert refused(hall, caller=caller, inner=begins("message=m")) == {"process-not-callable": "c"}
    deploy(hall, caller=caller, inner="start s\n user a groups=g\n end e\n s -> a -> e")
    assert refused(hall, inner=begins("message=m")) == {"process-not-callable": "c"}
    both = "start s\n start m message=m\n user a groups=g\n user b groups=g\n end e\n s -> a -> e\n m -> b -> e"
    deploy(hall, inner=both)
    hall.start(process_key="caller")
    send(hall)
    assert hall.open() == ["a", "b"]


def test_what_only_the_message_start_of_a_called_process_gets_wrong_is_found(hall: Hall) -> None:
    caller = "start s\n call c process=inner\n end e\n s -> c -> e"
    inner = """
        start s
        start m message=m
        parallel split
        task b
        exclusive over
        user a groups=g
        end e
        s -> a
        m -> split
        split -> b -> over
        split -> over
        over -> a -> e
    """
    assert "lack-of-synchronisation" in refused(hall, caller=caller, inner=inner)

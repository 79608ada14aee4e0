"""Timers and due dates bound to a moment that is told from outside."""

from datetime import timedelta

import pytest

from engine.core import commands, events
from engine.core.actor import SCHEDULER, WORKER
from engine.core.model import ModelError, compile_definition
from engine.core.rejection import Rejection
from engine.core.snapshot import dump
from tests.core.cases import BEGIN, Case, model
from tests.core.sketch import bpmn

LIMIT = """
    start s
    user decide groups=g due==due_at clock=C1:red
    boundary near on=decide beside date==yellow_at clock=C1:yellow
    boundary over on=decide date==due_at clock=C1:red
    user press groups=g
    user escalate groups=g
    end e
    s -> decide -> e
    near -> press -> e
    over -> escalate -> e
"""
DAY = timedelta(days=1)


def moment(days: float) -> str:
    return (BEGIN + days * DAY).isoformat().replace("+00:00", "Z")


def case(**variables: object) -> Case:
    return Case(LIMIT, {"yellow_at": moment(4), "due_at": moment(5), **variables})


def tell(running: Case, yellow: float | None, red: float | None) -> tuple[events.Event, ...]:
    moments = {"C1:yellow": None if yellow is None else moment(yellow), "C1:red": None if red is None else moment(red)}
    return running.do(commands.MoveDeadlines, WORKER, moments=moments)


def timers(running: Case) -> dict[str, str | None]:
    notes = [token.internal_data["timer"] for token in running.instance.tokens() if "timer" in token.internal_data]
    return {note["binding"]: note["due"] for note in notes}


def test_until_somebody_tells_the_model_says_when() -> None:
    running = case()
    assert timers(running) == {"C1:yellow": moment(4), "C1:red": moment(5)}
    assert running.task("decide").due == moment(5)
    assert {event.binding for event in running.of(events.TimerBound)} == {"C1:yellow", "C1:red"}
    assert [event.binding for event in running.of(events.UserTaskBound)] == ["C1:red"]


def test_what_is_bound_moves() -> None:
    running = case()
    happened = tell(running, 8, 10)
    assert timers(running) == {"C1:yellow": moment(8), "C1:red": moment(10)}
    assert running.task("decide").due == moment(10)
    assert sorted(type(event).__name__ for event in happened) == ["TimerRescheduled", "TimerRescheduled", "UserTaskRescheduled"]
    assert running.replay() == dump(running.instance)


def test_what_stands_still_has_no_moment_and_cannot_fire() -> None:
    running = case()
    tell(running, None, None)
    assert timers(running) == {"C1:yellow": None, "C1:red": None}
    assert running.task("decide").due is None
    timer_id = running.of(events.TimerScheduled)[0].timer_id
    running.now += 100 * DAY
    with pytest.raises(Rejection) as caught:
        running.do(commands.TriggerTimer, SCHEDULER, timer_id=timer_id)
    assert caught.value.code == "timer-stands-still"
    tell(running, 101, 102)
    assert timers(running) == {"C1:yellow": moment(101), "C1:red": moment(102)}
    assert running.replay() == dump(running.instance)


def test_a_moved_timer_fires_at_its_new_moment() -> None:
    running = case()
    tell(running, 8, 10)
    ids = {event.binding: event.timer_id for event in running.of(events.TimerBound)}
    running.now = BEGIN + 5 * DAY
    with pytest.raises(Rejection) as caught:
        running.do(commands.TriggerTimer, SCHEDULER, timer_id=ids["C1:red"])
    assert caught.value.code == "timer-not-due"
    running.now = BEGIN + 8 * DAY
    running.do(commands.TriggerTimer, SCHEDULER, timer_id=ids["C1:yellow"])
    assert running.open == ["decide", "press"]
    running.now = BEGIN + 10 * DAY
    running.do(commands.TriggerTimer, SCHEDULER, timer_id=ids["C1:red"])
    assert running.open == ["escalate", "press"]
    assert running.replay() == dump(running.instance)


def test_what_begins_to_wait_later_uses_what_was_told_last() -> None:
    running = Case(
        """
        start s
        user first groups=g
        user decide groups=g due==due_at clock==name
        boundary over on=decide date==due_at clock==name
        end e
        end late
        s -> first -> decide -> e
        over -> late
        """,
        {"due_at": moment(5), "name": "review-health:red"},
    )
    running.do(commands.MoveDeadlines, WORKER, moments={"review-health:red": moment(9), "other": None})
    running.complete("first")
    assert timers(running) == {"review-health:red": moment(9)}
    assert running.task("decide").due == moment(9)


def test_a_model_need_not_say_when_at_all() -> None:
    running = Case(LIMIT, {})
    assert timers(running) == {"C1:yellow": None, "C1:red": None}
    tell(running, 1, 2)
    assert timers(running) == {"C1:yellow": moment(1), "C1:red": moment(2)}


def test_telling_the_same_again_changes_nothing() -> None:
    running = case()
    assert tell(running, 4, 5) == ()


def test_a_finished_task_does_not_move() -> None:
    running = case()
    running.complete("decide")
    assert running.status == "completed"
    with pytest.raises(Rejection) as caught:
        tell(running, 8, 10)
    assert caught.value.code == "instance-not-active"


def test_a_suspended_case_is_told_too() -> None:
    running = case()
    running.do(commands.SuspendProcessInstance, reason="x")
    tell(running, 8, 10)
    assert timers(running)["C1:red"] == moment(10)


def test_a_moment_that_is_none_is_refused() -> None:
    with pytest.raises(Rejection) as caught:
        case().do(commands.MoveDeadlines, WORKER, moments={"C1:red": "soon"})
    assert caught.value.code == "moment-not-readable"


def test_a_binding_without_a_name_is_an_incident() -> None:
    running = Case("start s\ncatch c date==due clock==nobody\nend e\ns -> c -> e", {"due": moment(1)})
    assert running.incidents == ["binding-invalid"]


@pytest.mark.parametrize("timer", ["duration=P1D", "cycle=R3/P1D"])
def test_only_a_date_can_be_bound(timer: str) -> None:
    with pytest.raises(ModelError):
        model(f"start s\nuser u groups=g\nboundary b on=u beside {timer} clock=C1:red\nend e\nend f\ns -> u -> e\nb -> f")


def test_a_binding_means_nothing_elsewhere() -> None:
    with pytest.raises(ModelError):
        compile_definition(bpmn("start s\nservice t operator=o clock=C1:red\nend e\ns -> t -> e"))

"""Events: timers that fire when told, messages, errors, ends."""

import pytest

from engine.core import commands, events
from engine.core.actor import SCHEDULER
from engine.core.rejection import Rejection
from tests.core.cases import Case

DEADLINE = """
    start s
    user work groups=g
    boundary late on=work duration=P2D {KIND}
    user press groups=g
    end e
    end e2
    s -> work -> e
    late -> press -> e2
"""


def test_a_timer_says_when_it_is_due_and_fires_only_when_triggered() -> None:
    case = Case(
        "start s\n parallel split\n user a groups=g\n user b groups=g\n boundary late on=a duration=P2D\n"
        "user press groups=g\n end e\n end e2\n end e3\n s -> split -> a -> e\n split -> b -> e2\n late -> press -> e3"
    )
    assert list(case.timers.values()) == ["2026-03-04T01:00:00Z"]
    from datetime import timedelta

    case.now += timedelta(days=3)
    case.complete("b")
    assert case.open == ["a"], "time alone fires nothing"
    (timer,) = case.timers
    case.do(commands.TriggerTimer, SCHEDULER, timer_id=timer)
    assert case.open == ["press"]


def test_a_timer_that_is_not_due_is_refused() -> None:
    case = Case(DEADLINE.replace("{KIND}", ""))
    (timer,) = case.timers
    with pytest.raises(Rejection) as refused:
        case.do(commands.TriggerTimer, SCHEDULER, timer_id=timer)
    assert refused.value.code == "timer-not-due"


def test_an_interrupting_timer_withdraws_the_task() -> None:
    case = Case(DEADLINE.replace("{KIND}", ""))
    case.wait(days=2)
    assert case.open == ["press"]
    assert len(case.of(events.UserTaskCanceled)) == 1
    case.complete("press")
    assert case.status == "completed"


def test_a_timer_beside_leaves_the_task_open() -> None:
    case = Case(DEADLINE.replace("{KIND}", "beside"))
    case.wait(days=2)
    assert case.open == ["press", "work"]
    case.wait(days=9)
    assert case.open == ["press", "work"], "once is once"


def test_completing_the_task_cancels_its_timer() -> None:
    case = Case(DEADLINE.replace("{KIND}", ""))
    case.complete("work")
    assert case.timers == {}
    assert case.status == "completed"


def test_a_cycle_fires_as_often_as_it_says() -> None:
    case = Case(DEADLINE.replace("duration=P2D", "cycle=R3/P1D").replace("{KIND}", "beside"))
    for expected in (1, 2, 3, 3):
        case.wait(days=1)
        assert case.open.count("press") == expected
    assert case.timers == {}


@pytest.mark.parametrize(
    ("cycle", "first", "times"),
    [
        ("R/2000-01-01T00:00:00Z/PT1S", "2026-03-02T01:00:00Z", None),
        ("R/0001-01-01T00:30:00Z/PT1H", "2026-03-02T01:30:00Z", None),
        ("R/2026-01-31T00:00:00Z/P1M", "2026-03-31T00:00:00Z", None),
        ("R5/2026-03-01T00:30:00Z/PT10H", "2026-03-02T06:30:00Z", 2),
        ("R5/2000-01-01T00:00:00Z/P1D", "2000-01-05T00:00:00Z", 1),
        ("R3/2026-03-02T01:00:00Z/P1D", "2026-03-02T01:00:00Z", 3),
        ("R3/2026-03-02T01:00:01Z/P1D", "2026-03-02T01:00:01Z", 3),
    ],
)
def test_turns_of_a_cycle_before_anybody_waited_for_it_are_left_out(cycle: str, first: str, times: int | None) -> None:
    case = Case(DEADLINE.replace("duration=P2D", f"cycle={cycle}").replace("{KIND}", "beside"))
    assert list(case.timers.values()) == [first]
    if times is not None:
        case.wait(days=9)
        assert case.open.count("press") == times
        assert case.timers == {}


@pytest.mark.parametrize(
    ("timer", "variables"),
    [
        ("duration==wait", {"wait": "P2D"}),
        ('duration="=duration(wait)"', {"wait": "P2D"}),
        ('duration="=if urgent then duration(\\"PT1H\\") else duration(\\"P2D\\")"', {"urgent": False}),
        ("date==when", {"when": "2026-03-04T09:00:00+08:00"}),
        ('date="=date and time(when)"', {"when": "2026-03-04T09:00:00+08:00"}),
        ("date=2026-03-04T09:00:00", {}),
    ],
)
def test_every_way_to_say_when(timer: str, variables: dict[str, object]) -> None:
    case = Case(DEADLINE.replace("duration=P2D {KIND}", timer), variables)
    assert list(case.timers.values()) == ["2026-03-04T01:00:00Z"]


@pytest.mark.parametrize("timer", ["duration==wait", "duration=P9999999999Y", "date=tomorrow", 'duration="=1 + 1"'])
def test_a_time_that_is_none_is_an_incident(timer: str) -> None:
    assert Case(DEADLINE.replace("duration=P2D {KIND}", timer)).incidents == ["timer-invalid"]


@pytest.mark.parametrize("cycle", ["R/PT0S", "R0/PT1H", "often", "R3/"])
def test_a_cycle_that_is_none_is_an_incident(cycle: str) -> None:
    case = Case(DEADLINE.replace("duration=P2D {KIND}", f"cycle={cycle} beside"))
    assert case.incidents == ["timer-invalid"]


def test_a_date_is_its_beginning_in_the_hall() -> None:
    case = Case(DEADLINE.replace("duration=P2D {KIND}", 'date="=date(\\"2026-03-30\\")"'))
    assert list(case.timers.values()) == ["2026-03-29T16:00:00Z"]


def test_a_message_finds_its_task_by_key_and_brings_variables() -> None:
    case = Case(
        "start s\n receive reply message=answer key==number\n user relay groups=g\n end e\n s -> reply -> relay -> e",
        {"number": "X-1"},
    )
    (subscription,) = case.of(events.MessageSubscriptionOpened)
    assert (subscription.message, subscription.correlation_key) == ("answer", "X-1")
    case.message("answer", granted=True)
    assert case.task("relay").variables["granted"] is True
    with pytest.raises(Rejection):
        case.do(commands.DeliverMessage, subscription_id=subscription.subscription_id)


def test_without_a_key_of_its_own_a_message_is_for_the_business_key() -> None:
    case = Case("start s\n catch reply message=answer\n end e\n s -> reply -> e")
    assert case.of(events.MessageSubscriptionOpened)[0].correlation_key == "B1"


def test_a_message_beside_may_come_again_and_again() -> None:
    case = Case(DEADLINE.replace("duration=P2D {KIND}", "message=note beside"))
    case.message("note", text="one")
    case.message("note", text="two")
    assert case.open == ["press", "press", "work"]
    case.complete("work")
    assert case.of(events.MessageSubscriptionClosed)


def test_a_thrown_message_carries_its_payload() -> None:
    case = Case(
        'start s\n send tell message=filed key==number payload="={number: number}"\n end e\n s -> tell -> e',
        {"number": 7},
    )
    (thrown,) = case.of(events.MessageThrown)
    assert (thrown.message, thrown.correlation_key, thrown.variables) == ("filed", "7", {"number": 7})


FIRST = """
    start s
    events choice
    catch answer message=answer
    catch late duration=P5D
    user decide groups=g
    user press groups=g
    end e
    s -> choice -> answer -> decide -> e
    choice -> late -> press -> e
"""


def test_whatever_happens_first_decides() -> None:
    case = Case(FIRST)
    case.message("answer", text="yes")
    assert case.open == ["decide"]
    assert case.timers == {}
    case = Case(FIRST)
    case.wait(days=5)
    assert case.open == ["press"]
    assert case.of(events.MessageSubscriptionClosed)


TRY = """
    start s
    subprocess inner {
    start is
    user a groups=g
    parallel split
    user b groups=g
    exclusive x
    end failed error={CODE}
    end fine
    end fine2
    is -> split -> a -> x
    x -> failed if bad
    x -> fine default
    split -> b -> fine2
    }
    boundary caught on=inner {CATCH}
    user mend groups=g
    user after groups=g
    end e
    s -> inner -> after -> e
    caught -> mend -> e
"""


@pytest.mark.parametrize("catch", ["error=E1", "anyerror"])
def test_an_error_end_withdraws_the_subprocess_and_keeps_what_was_said(catch: str) -> None:
    case = Case(TRY.replace("{CODE}", "E1").replace("{CATCH}", catch))
    case.complete("b", view="from b")
    case.complete("a", bad=True)
    assert case.open == ["mend"]
    assert case.task("mend").variables == {"view": "from b", "bad": True}
    case.complete("mend")
    assert case.status == "completed"


def test_an_error_nobody_catches_is_an_incident() -> None:
    case = Case(TRY.replace("{CODE}", "E1").replace("{CATCH}", "error=E2"))
    case.complete("a", bad=True)
    assert case.incidents == ["error-not-caught"]
    assert case.open == ["b"]


def test_a_terminate_end_withdraws_every_other_token_of_its_process() -> None:
    case = Case("""
        start s
        parallel split
        user a groups=g
        user b groups=g
        end stop terminate
        end e
        s -> split -> a -> stop
        split -> b -> e
    """)
    case.complete("a", reason="withdrawn")
    assert case.status == "completed"
    assert case.variables["reason"] == "withdrawn"
    assert len(case.of(events.UserTaskCanceled)) == 1


def test_a_canceled_instance_closes_everything_it_had_opened() -> None:
    case = Case(DEADLINE.replace("{KIND}", ""))
    with pytest.raises(Rejection):
        case.do(commands.CancelProcessInstance, reason="")
    case.do(commands.CancelProcessInstance, reason="withdrawn by the applicant")
    assert case.status == "canceled"
    assert case.timers == {}
    assert case.open == []
    with pytest.raises(Rejection) as refused:
        case.do(commands.CancelProcessInstance, reason="again")
    assert refused.value.code == "instance-not-active"


def test_a_boundary_timer_that_cannot_be_computed_can_be_tried_again_and_leaves_the_task_alone() -> None:
    case = Case(DEADLINE.replace("duration=P2D {KIND}", "duration==wait"))
    assert case.incidents == ["timer-invalid"]
    assert case.open == ["work"]
    (incident,) = case.of(events.IncidentRaised)
    case.do(commands.ResolveIncident, incident_id=incident.incident_id, reason="again")
    assert case.incidents == ["timer-invalid"]
    assert case.open == ["work"]
    case.complete("work")
    assert case.incidents == []
    assert case.status == "completed"

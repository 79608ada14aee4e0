"""Where a process begins: at its none start, or where a time, a message or a signal begins it."""

from datetime import UTC, datetime, timedelta

import pytest

from engine.core import commands, events
from engine.core.actor import SCHEDULER
from engine.core.instance import new_instance
from engine.core.model import ProcessModel, compile_definition, link
from engine.core.process import process
from engine.core.rejection import Rejection
from engine.core.snapshot import dump, load
from engine.core.soundness import examine
from engine.core.starts import StartSchedule, start_messages, start_signals, start_timers
from engine.core.values import Value
from tests.core.cases import BEGIN, model
from tests.core.sketch import bpmn

SEVERAL = """
    start asked
    start told message=flood result=report
    start heard signal=storm
    start nightly cycle=R/PT24H
    user look groups=g
    user read groups=g
    user close groups=g
    user count groups=g
    end e
    asked -> look -> e
    told -> read -> e
    heard -> close -> e
    nightly -> count -> e
"""


def start_command(start_event: str | None, **variables: Value) -> commands.StartProcessInstance:
    return commands.StartProcessInstance(
        instance_id="i", command_id="1", actor=SCHEDULER, process_key="p", start_event=start_event, variables=variables
    )


@pytest.mark.parametrize(
    ("start_event", "opened"), [(None, "look"), ("told", "read"), ("heard", "close"), ("nightly", "count"), ("asked", "look")]
)
def test_each_start_event_begins_at_its_own_element(start_event: str | None, opened: str) -> None:
    instance = new_instance(several := model(SEVERAL))
    happened = process(instance, start_command(start_event), BEGIN)
    assert [view.element_id for view in instance.user_tasks()] == [opened]
    entered = next(event for event in happened if isinstance(event, events.ElementEntered))
    assert entered.element_id == (start_event or "asked")
    assert dump(load(several, dump(instance))) == dump(instance)


def test_a_replay_begins_at_the_same_element() -> None:
    command = start_command("told", depth=3)
    first, second = new_instance(model(SEVERAL)), new_instance(model(SEVERAL))
    happened = process(first, command, BEGIN)
    assert process(second, commands.StartProcessInstance.from_dict(command.to_dict()), BEGIN) == happened
    assert dump(first) == dump(second)


def test_a_command_from_before_there_was_a_choice_begins_at_the_none_start() -> None:
    stored = start_command(None).to_dict()
    del stored["start_event"]
    assert commands.StartProcessInstance.from_dict(stored).start_event is None


def test_what_a_message_brings_is_kept_under_its_result_variable() -> None:
    instance = new_instance(model(SEVERAL))
    process(instance, start_command("told", depth=3), BEGIN)
    assert instance.variables() == {"report": {"depth": 3}}
    instance = new_instance(model(SEVERAL))
    process(instance, start_command("heard", depth=3), BEGIN)
    assert instance.variables() == {"depth": 3}


@pytest.mark.parametrize("start_event", [None, "elsewhere", "a"])
def test_nobody_starts_what_only_begins_by_itself(start_event: str | None) -> None:
    instance = new_instance(model("start s message=m\n user a groups=g\n end e\n s -> a -> e"))
    with pytest.raises(Rejection) as refused:
        process(instance, start_command(start_event), BEGIN)
    assert refused.value.code == "start-not-found"
    assert instance.version == 0


def test_a_definition_knows_what_begins_it() -> None:
    spec = compile_definition(bpmn(SEVERAL)).spec
    assert start_messages(spec) == {"flood": "told"}
    assert start_signals(spec) == {"storm": "heard"}
    assert list(start_timers(spec)) == ["nightly"]


def test_a_call_begins_at_the_none_start_of_the_called_process() -> None:
    instance = new_instance(model("start s\n call c process=inner\n end e\n s -> c -> e", inner=SEVERAL))
    process(instance, start_command(None), BEGIN)
    assert [view.element_id for view in instance.user_tasks()] == ["look"]


def test_a_process_that_only_begins_by_itself_cannot_be_called() -> None:
    outer = compile_definition(bpmn("start s\n call c process=inner\n end e\n s -> c -> e"))
    inner = compile_definition(bpmn("start s message=m\n end e\n s -> e", "inner"))
    with pytest.raises(LookupError, match="none start"):
        link("p", {"p": outer, "inner": inner})


# Soundness: every start event is one beginning, and they never happen together.


def kinds(found: ProcessModel) -> set[str]:
    return {finding.code for finding in examine(found).findings}


def test_starts_that_come_together_at_an_exclusive_gateway_are_sound() -> None:
    assert (
        kinds(model("start s\n start m message=m\n exclusive x\n user a groups=g\n end e\n s -> x\n m -> x -> a -> e")) == set()
    )


def test_starts_that_wait_for_each_other_are_a_deadlock() -> None:
    assert "deadlock" in kinds(model("start s\n start m message=m\n parallel j\n end e\n s -> j\n m -> j -> e"))


def test_a_deadlock_behind_one_of_several_starts_is_found() -> None:
    stuck = """
        start s
        start m message=m
        exclusive x
        user a groups=g
        parallel j
        end e
        end f
        s -> e
        m -> x
        x -> a if b = 1
        x -> j default
        a -> j -> f
    """
    assert "deadlock" in kinds(model(stuck))


def test_what_lies_behind_other_starts_of_a_called_process_is_not_dead() -> None:
    assert kinds(model("start s\n call c process=inner\n end e\n s -> c -> e", inner=SEVERAL)) == set()


# Schedules of start timers. BEGIN is 2026-03-02 09:00 in the hall.


def schedule(words: str) -> StartSchedule:
    (timer,) = start_timers(compile_definition(bpmn(f"start s {words}\n end e\n s -> e")).spec).values()
    return StartSchedule.of(timer, BEGIN)


@pytest.mark.parametrize(
    ("words", "moments"),
    [
        ("duration=PT2H", ["2026-03-02T03:00"]),
        ("date=2026-04-01T08:00", ["2026-04-01T00:00"]),
        ('date="=date(\\"2026-04-01\\")"', ["2026-03-31T16:00"]),
        ("date=2020-01-01", ["2019-12-31T16:00"]),
        ("cycle=R2/PT1H", ["2026-03-02T02:00", "2026-03-02T03:00"]),
        ("cycle=R/2026-03-31T00:00/P1M", ["2026-03-30T16:00", "2026-04-29T16:00", "2026-05-30T16:00"]),
    ],
)
def test_moments_of_a_start_timer(words: str, moments: list[str]) -> None:
    found = schedule(words)
    told = [found.moment(number) for number in range(1, len(moments) + 1)]
    assert told == [datetime.fromisoformat(moment).replace(tzinfo=UTC) for moment in moments]
    if found.count is not None:
        assert found.count == len(moments)
        assert found.moment(len(moments) + 1) is None


@pytest.mark.parametrize(
    ("words", "late", "following"),
    [
        ("cycle=R/PT1H", timedelta(hours=1), 2),
        ("cycle=R/PT1H", timedelta(hours=1, minutes=59), 2),
        ("cycle=R/PT1H", timedelta(hours=2), 3),
        ("cycle=R/PT1H", timedelta(hours=7, minutes=1), 8),
        ("cycle=R3/PT1H", timedelta(hours=2), 3),
        ("cycle=R3/PT1H", timedelta(hours=3), None),
        ("cycle=R3/PT1H", timedelta(days=9), None),
        ("duration=PT1H", timedelta(hours=1), None),
    ],
)
def test_what_was_missed_is_made_up_for_once(words: str, late: timedelta, following: int | None) -> None:
    assert schedule(words).following(1, BEGIN + late) == following


def test_a_thousand_years_of_seconds_are_not_counted_out() -> None:
    found = schedule("cycle=R/1000-01-01T00:00/PT1S")
    number = found.following(1, BEGIN)
    assert number is not None
    assert found.moment(number) == BEGIN + timedelta(seconds=1)


def test_a_schedule_ends_with_the_calendar() -> None:
    assert schedule("cycle=R/9999-12-30T00:00/P1D").following(1, datetime(9999, 12, 31, 20, tzinfo=UTC)) is None

"""Migration: a running case goes on on another version, with nothing lost, doubled or begun anew."""

from typing import Any

import pytest

from engine.core import commands, events
from engine.core.process import process
from engine.core.rejection import Rejection
from engine.core.snapshot import dump, load
from tests.core.cases import CLERK, Case, model

OLD = """
    start s
    parallel split
    user a groups=g
    boundary late on=a duration=P2D
    user b groups=g
    parallel join
    user press groups=g
    user after groups=g
    end e
    end e2
    s -> split -> a -> join -> after -> e
    split -> b -> join
    late -> press -> e2
"""


def migrate(case: Case, text: str, **mapping: str) -> tuple[events.Event, ...]:
    target = model(text)
    command = commands.MigrateProcessInstance(
        instance_id="i",
        command_id=str(next(case.ids)),
        actor=CLERK,
        process_key="p",
        bindings={"process:p": "v2"},
        reason="the law changed",
        mapping={f"p/{old}": new for old, new in mapping.items()},
    )
    happened = process(case.instance, command, case.now, target=target)
    case.history.append((command, case.now, happened))
    case.model = target
    stored = dump(case.instance)
    case.instance = load(target, stored)
    assert dump(case.instance) == stored
    return happened


def test_a_case_goes_on_in_the_new_version_and_its_timer_keeps_its_time() -> None:
    case = Case(OLD, {"x": 1})
    case.complete("b", said="yes")
    before = case.timers
    migrate(case, OLD.replace("after -> e", "after -> check -> e").replace("end e\n", "end e\n user check groups=g\n"))
    assert case.timers == before
    case.complete("a")
    case.complete("after")
    assert case.open == ["check"]
    assert case.task("check").variables == {"x": 1, "said": "yes"}


def test_a_renamed_element_is_found_by_the_mapping() -> None:
    case = Case(OLD)
    happened = migrate(
        case,
        OLD.replace("user a ", "user alpha ")
        .replace("on=a", "on=alpha")
        .replace("-> a ->", "-> alpha ->")
        .replace("alpha -> join", "alpha -> join"),
        a="alpha",
    )
    assert case.open == ["alpha", "b"]
    moved = {event.from_element_id: event.element_id for event in happened if isinstance(event, events.TokenMigrated)}
    assert moved["a"] == "alpha"


def test_a_boundary_event_that_is_gone_is_withdrawn_and_a_new_one_begins_to_wait() -> None:
    case = Case(OLD)
    migrate(case, OLD.replace("boundary late on=a duration=P2D", "boundary late on=b duration=P5D"))
    assert list(case.timers.values()) == ["2026-03-07T01:00:00Z"]
    case.wait(days=5)
    assert case.open == ["a", "press"]


@pytest.mark.parametrize(
    ("changes", "element"),
    [
        ({"user a ": "manual gone ", "on=a": "on=gone", "-> a ->": "-> gone ->"}, "a"),
        ({"user a groups=g": "service a operator=o"}, "a"),
        ({"user a groups=g": "user a groups=g times=2"}, "a"),
        ({"-> b -> join": "-> b -> c -> join", "end e\n": "user c groups=g\nend e\n"}, "join"),
    ],
)
def test_what_cannot_stand_in_the_new_version_is_refused(changes: dict[str, str], element: str) -> None:
    case = Case(OLD)
    case.complete("b")
    before = dump(case.instance)
    text = OLD
    for old, new in changes.items():
        assert old in text
        text = text.replace(old, new)
    with pytest.raises(Rejection) as refused:
        migrate(case, text)
    assert refused.value.code == "migration-not-possible"
    assert refused.value.parameters["element"] == element
    assert dump(case.instance) == before


def test_cases_in_every_state_survive_a_migration_to_the_same_model() -> None:
    from tests.core.test_core_laws import MODELS

    for text, called in MODELS.values():
        case = Case(text, {}, **called)
        state: Any = case.instance.user_tasks(), case.timers
        target = model(text, **called)
        command = commands.MigrateProcessInstance(
            instance_id="i", command_id="m", actor=CLERK, process_key="p", bindings={}, reason="none"
        )
        happened = process(case.instance, command, case.now, target=target)
        assert {type(event) for event in happened} <= {events.ProcessInstanceMigrated, events.TokenMigrated}
        assert (case.instance.user_tasks(), case.timers) == state

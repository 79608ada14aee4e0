"""The marking of a running instance: would what a repair leaves strand a token?"""

import pytest

from engine.core.instance import new_instance
from engine.core.soundness import Kind, Position, examine, marking_of
from engine.core.soundness.marking import ARMED
from tests.core.cases import Case, model

OPINIONS = """
    start s\n parallel f\n user a groups=g\n user b groups=g\n parallel j\n user c groups=g\n end e
    s -> f -> a -> j -> c -> e\n f -> b -> j
"""


def kinds(case: Case) -> list[Kind]:
    return [finding.kind for finding in examine(case.model, start=marking_of(case.instance)).findings]


def test_open_tasks_and_waiting_arrivals() -> None:
    case = Case(OPINIONS)
    case.complete("a")
    assert marking_of(case.instance) == (Position("b"), Position("j", "a_j"))
    assert kinds(case) == []


def test_an_instance_that_has_not_begun_has_no_marking() -> None:
    with pytest.raises(ValueError, match="started"):
        marking_of(new_instance(model(OPINIONS)))


def test_a_finished_instance_has_nothing_left() -> None:
    case = Case(OPINIONS)
    for element in ("a", "b", "c"):
        case.complete(element)
    assert marking_of(case.instance) == ()
    assert examine(case.model, start=()).is_sound


def test_a_marking_with_a_branch_missing_waits_for_ever() -> None:
    """As a repair would leave it that took ``b`` somewhere else."""
    found = examine(model(OPINIONS), start=(Position("a"),))
    assert [(one.kind, one.element_id, one.trace) for one in found.findings] == [(Kind.DEADLOCK, "j", ("a",))]
    found = examine(model(OPINIONS), start=(Position("a"), Position("b"), Position("c")))
    assert [(one.kind, one.element_id) for one in found.findings] == [(Kind.LACK_OF_SYNCHRONISATION, "c")]


def test_a_token_on_an_element_that_is_gone_has_no_place() -> None:
    found = examine(model(OPINIONS), start=(Position("gone"),))
    assert [(one.kind, one.element_id) for one in found.findings] == [(Kind.WITHOUT_PLACE, "gone")]


INNER = """
    start s\n subprocess in {\n start is\n parallel f\n user a groups=g\n user b groups=g\n parallel j\n end ie
    is -> f -> a -> j -> ie\n f -> b -> j\n }\n end e\n s -> in -> e
"""


def test_tokens_inside_a_subprocess_are_inside_its_token() -> None:
    case = Case(INNER)
    case.complete("b")
    assert marking_of(case.instance) == (Position("in", inner=((Position("a"), Position("j", "b_j")),)),)
    assert kinds(case) == []


def test_what_would_strand_inside_is_found_inside() -> None:
    found = examine(model(INNER), start=(Position("in", inner=((Position("a"),),)),))
    assert [(one.kind, one.element_id, one.trace) for one in found.findings] == [(Kind.DEADLOCK, "j", ("in", "a"))]


def test_each_instance_of_many_has_its_own_marking() -> None:
    case = Case("""
        start s\n subprocess each times=3 {\n start is\n user a groups=g\n user b groups=g\n end ie\n is -> a -> b -> ie\n }
        end e\n s -> each -> e
    """)
    case.complete("a")
    inner = ((Position("a"),), (Position("a"),), (Position("b"),))
    assert marking_of(case.instance) == (Position("each", inner=inner),)
    assert kinds(case) == []


def test_a_reminder_that_has_come_is_spent_and_its_thread_is_its_own() -> None:
    case = Case("""
        start s\n user a groups=g\n boundary late on=a duration=P1D beside\n user press groups=g\n end e\n end e2
        s -> a -> e\n late -> press -> e2
    """)
    case.wait(days=1)
    assert marking_of(case.instance) == (Position("a", spent=("late",)), Position("press", "", "late", 1))
    assert kinds(case) == []


def test_reminders_that_came_again_and_again_are_threads_of_their_own() -> None:
    case = Case("""
        start s\n user a groups=g\n boundary note on=a message=m beside\n user press groups=g\n end e\n end e2
        s -> a -> e\n note -> press -> e2
    """)
    for _ in range(4):
        case.message("m")
    assert [position.slot for position in marking_of(case.instance)] == [0, 1, 2, 3, 4]
    assert kinds(case) == []


def test_an_event_subprocess_that_waits_is_armed() -> None:
    case = Case("""
        start s\n user a groups=g\n end e\n s -> a -> e
        reaction stop {\n start rs message=withdraw\n user b groups=g\n end re\n rs -> b -> re\n }
    """)
    assert marking_of(case.instance) == (Position("a"), Position("stop", ARMED))
    case.message("withdraw")
    assert marking_of(case.instance) == (Position("stop", "", "stop", 1, inner=((Position("b"),),)),)
    assert kinds(case) == []


def test_awaited_events_are_their_gateways() -> None:
    case = Case("""
        start s\n events g\n catch yes message=m\n catch late duration=P1D\n exclusive m\n end e
        s -> g -> yes -> m -> e\n g -> late -> m
    """)
    assert marking_of(case.instance) == (Position("g"),)


def test_an_incident_is_taken_as_resolvable() -> None:
    case = Case(OPINIONS)
    case.complete("a", opinion="yes")
    case.complete("b", opinion="no")
    assert case.incidents == ["merge-conflict"]
    assert marking_of(case.instance) == (Position("j", "a_j"), Position("j", "b_j"))
    assert kinds(case) == []

"""Repairs: each needs a reason, leaves a trace, and leaves a case that can go on."""

from typing import Any

import pytest

from engine.core import commands, events
from engine.core.rejection import Rejection
from tests.core.cases import Case

TWO = """
    start s
    user a groups=g
    boundary late on=a duration=P2D
    user b groups=g
    user press groups=g
    end e
    end e2
    s -> a -> b -> e
    late -> press -> e2
"""


def token(case: Case, element: str) -> str:
    return next(token.id for token in case.instance.tokens() if token.element.bpmn_id == element)


@pytest.mark.parametrize(
    ("command", "fields"),
    [
        (commands.SuspendProcessInstance, {}),
        (commands.SetVariables, {"variables": {"x": 1}}),
        (commands.MoveToken, {"token_id": "?", "element_id": "b"}),
        (commands.CancelProcessInstance, {}),
    ],
)
def test_a_repair_without_a_reason_is_refused(command: type[commands.Command], fields: dict[str, Any]) -> None:
    case = Case(TWO)
    with pytest.raises(Rejection) as refused:
        case.do(command, reason="  ", **fields)
    assert refused.value.code == "reason-required"


def test_a_suspended_case_takes_nothing_but_repairs_and_answers() -> None:
    case = Case(TWO)
    case.do(commands.SuspendProcessInstance, reason="a complaint is looked into")
    assert case.status == "suspended"
    for attempt in (lambda: case.complete("a"), lambda: case.wait(days=2)):
        with pytest.raises(Rejection) as refused:
            attempt()
        assert refused.value.code == "instance-not-active"
    case.do(commands.ResumeProcessInstance, reason="unfounded")
    case.wait()
    assert case.open == ["press"], "the clock went on: what was due is due"
    with pytest.raises(Rejection) as refused:
        case.do(commands.ResumeProcessInstance, reason="again")
    assert refused.value.code == "instance-not-suspended"


def test_the_answer_of_a_job_comes_in_while_the_case_is_suspended() -> None:
    case = Case("start s\n service t operator=o into=r\n user a groups=g\n end e\n s -> t -> a -> e")
    case.do(commands.SuspendProcessInstance, reason="wait")
    case.answer({"paid": True})
    assert case.task("a").variables == {"r": {"paid": True}}


def test_a_suspended_case_can_be_canceled() -> None:
    case = Case(TWO)
    case.do(commands.SuspendProcessInstance, reason="wait")
    case.do(commands.CancelProcessInstance, reason="withdrawn")
    assert case.status == "canceled"


CONFLICT = """
    start s
    parallel split
    user a groups=g
    user b groups=g
    parallel join
    user after groups=g
    end e
    s -> split -> a -> join -> after -> e
    split -> b -> join
"""


def test_setting_a_variable_everywhere_settles_a_conflict() -> None:
    case = Case(CONFLICT)
    case.complete("a", view="yes")
    case.complete("b", view="no")
    assert case.incidents == ["merge-conflict"]
    case.do(commands.SetVariables, variables={"view": "yes, said both on the telephone"}, reason="asked them")
    (incident,) = case.of(events.IncidentRaised)
    case.do(commands.ResolveIncident, incident_id=incident.incident_id, reason="settled")
    assert case.task("after").variables["view"] == "yes, said both on the telephone"


def test_setting_a_variable_at_one_token_only() -> None:
    case = Case(CONFLICT)
    case.do(commands.SetVariables, variables={"note": 1}, token_id=token(case, "a"), reason="for a")
    assert case.task("a").variables == {"note": 1}
    assert case.task("b").variables == {}


def test_a_token_is_moved_with_what_it_knows() -> None:
    case = Case(TWO, {"x": 1})
    case.do(commands.MoveToken, token_id=token(case, "a"), element_id="b", reason="a was done on paper")
    assert case.open == ["b"]
    assert case.timers == {}
    assert case.task("b").variables == {"x": 1}
    (moved,) = case.of(events.TokenMoved)
    assert (moved.from_element_id, moved.element_id, moved.reason) == ("a", "b", "a was done on paper")
    case.complete("b")
    assert case.status == "completed"
    case.replay()


@pytest.mark.parametrize("element", ["s", "late", "nowhere", "s_a"])
def test_a_token_is_not_moved_to_where_no_token_can_be_put(element: str) -> None:
    case = Case(TWO)
    with pytest.raises(Rejection) as refused:
        case.do(commands.MoveToken, token_id=token(case, "a"), element_id=element, reason="try")
    assert refused.value.code == "element-not-enterable"


def test_an_armed_boundary_event_is_no_token_to_move() -> None:
    case = Case(TWO)
    with pytest.raises(Rejection) as refused:
        case.do(commands.MoveToken, token_id=token(case, "late"), element_id="b", reason="try")
    assert refused.value.code == "token-not-live"

"""What an incident or a repair leaves behind: what can be mended is mended, what is done is done once."""

import pytest

from engine.core import commands, events
from engine.core.budget import MAX_ELEMENTS
from engine.core.model import ModelError
from engine.core.rejection import Rejection
from tests.core.cases import Case
from tests.core.test_core_interruptions import TWO


def token(case: Case, element: str) -> str:
    return next(token.id for token in case.instance.tokens() if token.element.bpmn_id == element)


def resolve(case: Case) -> None:
    incident = next(iter(case.instance.root.incidents))
    case.do(commands.ResolveIncident, incident_id=incident, reason="put right")


def test_a_task_that_is_done_is_open_for_nobody_even_if_its_result_contradicts_another() -> None:
    case = Case("start s\n user opinion groups=g times=2\n end e\n s -> opinion -> e")
    case.complete("opinion", view="yes")
    case.complete("opinion", view="no")
    assert case.incidents == ["merge-conflict"]
    assert case.open == []
    case.do(commands.SetVariables, variables={"view": "no"}, reason="they talked")
    resolve(case)
    assert case.status == "completed"
    assert len(case.of(events.UserTaskCompleted)) == 2


@pytest.mark.parametrize(
    "waiting", ["boundary late on=a duration==wait", "reaction r {\n start rs duration==wait\n end re\n rs -> re\n }"]
)
def test_what_could_not_begin_to_wait_hears_of_the_repair(waiting: str) -> None:
    way_on = "\n late -> press -> e" if "boundary" in waiting else "\n a -> press -> e"
    main = "s -> a -> e" if "boundary" in waiting else "s -> a"
    case = Case(f"start s\n user a groups=g\n {waiting}\n user press groups=g\n end e\n {main}{way_on}")
    assert case.incidents == ["timer-invalid"]
    case.do(commands.SetVariables, variables={"wait": "P1D"}, reason="forgotten")
    resolve(case)
    assert case.incidents == []
    assert len(case.timers) == 1


def test_a_token_is_not_moved_out_of_branches_that_contradict_each_other() -> None:
    case = Case(f"start s\n {TWO}\n user after groups=g\n end e\n s -> inner -> after -> e")
    case.complete("a", opinion=1)
    case.complete("b", opinion=2)
    with pytest.raises(Rejection) as refused:
        case.do(commands.MoveToken, token_id=token(case, "inner"), element_id="after", reason="stuck")
    assert refused.value.code == "branches-contradict"
    assert case.open == ["a2", "b2"]


def test_variables_set_at_a_subprocess_hold_inside_it() -> None:
    case = Case(f"start s\n {TWO}\n user after groups=g\n end e\n s -> inner -> after -> e")
    case.complete("a", opinion=1)
    case.complete("b", opinion=2)
    case.do(commands.SetVariables, variables={"opinion": 3}, token_id=token(case, "inner"), reason="they talked")
    case.complete("a2")
    case.complete("b2")
    assert case.task("after").variables == {"opinion": 3}


def test_many_tokens_stop_nobody_who_does_not_multiply() -> None:
    case = Case("""
        start s
        parallel split
        user a groups=g times=800
        user b groups=g times=800
        user c groups=g
        user d groups=g
        end e
        end e2
        end e3
        s -> split -> a -> e
        split -> b -> e2
        split -> c -> d -> e3
    """)
    case.complete("c")
    assert case.incidents == []


def test_lists_inside_lists_stay_within_the_budget_of_one_command() -> None:
    case = Case("""
        start s
        subprocess each times=300 {
        start is
        user a groups=g times=300
        end ie
        is -> a -> ie
        }
        end e
        s -> each -> e
    """)
    assert case.incidents == ["budget-exceeded"], "one says it for all that could have gone on"
    before = len(case.open)
    assert before < MAX_ELEMENTS
    resolve(case)
    assert before < len(case.open) < before + MAX_ELEMENTS, "the next command has a budget of its own"


@pytest.mark.parametrize("receive", ["receive r message=m times=2", "receive r message=m\n boundary late on=r duration=P1D"])
def test_a_choice_between_events_is_refused_where_it_could_not_be_made(receive: str) -> None:
    way_on = "\n late -> e" if "boundary" in receive else ""
    with pytest.raises(ModelError) as refused:
        Case(f"start s\n events g\n {receive}\n catch t duration=P5D\n end e\n s -> g -> r -> e\n g -> t -> e{way_on}")
    assert {finding.code for finding in refused.value.findings if finding.severity == "error"} == {"event-gateway-target"}


MANY = """
    start s
    subprocess many times=100 {
    start s1
    script count code="n = 1"
    script again code="n = 1"
    task t times=40
    end e1
    s1 -> count -> again -> t -> e1
    }
    end e
    s -> many -> e
"""


def test_one_incident_is_enough_when_the_budget_is_spent_and_everything_goes_on_after_it() -> None:
    case = Case(MANY)
    rounds = 0
    while case.status == "active":
        assert case.incidents == ["budget-exceeded"]
        resolve(case)
        rounds += 1
    assert rounds > 1


def test_what_a_spent_budget_holds_up_goes_on_when_the_token_that_said_so_is_moved() -> None:
    case = Case(MANY)
    [incident] = case.instance.root.incidents.values()
    stopped = case.instance.root.find(incident["token"])
    assert stopped is not None
    case.do(commands.MoveToken, token_id=stopped.id, element_id="e1", reason="not that one")
    while case.status == "active":
        assert len(case.incidents) == 1
        resolve(case)
    assert case.status == "completed"

"""Subprocesses and call activities."""

from engine.core import events
from tests.core.cases import Case

SUB = """
    start s
    subprocess inner {
    start is
    user a groups=g
    end ie
    is -> a -> ie
    }
    user after groups=g
    end e
    s -> inner -> after -> e
"""


def test_a_subprocess_shares_its_surroundings_variables() -> None:
    case = Case(SUB, {"x": 1})
    assert case.task("a").variables == {"x": 1}
    case.complete("a", y=2)
    assert case.task("after").variables == {"x": 1, "y": 2}


CALL = """
    start s
    call visit process=visit {MAP}
    user after groups=g
    end e
    s -> visit -> after -> e
"""
VISIT = """
    start s
    user look groups=g
    end e
    s -> look -> e
"""


def test_a_called_process_gets_and_gives_everything() -> None:
    case = Case(CALL.replace("{MAP}", ""), {"x": 1}, visit=VISIT)
    assert case.task("look").process_key == "visit"
    case.complete("look", found="ok")
    assert case.task("after").variables == {"x": 1, "found": "ok"}


def test_a_call_may_narrow_what_goes_in_and_what_comes_back() -> None:
    case = Case(
        CALL.replace("{MAP}", 'inputs="place=address; kind" outputs="visit_result=found"'),
        {"address": "there", "kind": "food", "secret": 1},
        visit=VISIT,
    )
    assert case.task("look").variables == {"place": "there", "kind": "food"}
    case.complete("look", found="ok", note="scribble")
    assert case.task("after").variables == {
        "address": "there",
        "kind": "food",
        "secret": 1,
        "visit_result": "ok",
    }


def test_events_say_on_whose_diagram_and_inside_which_activity_they_happened() -> None:
    case = Case(CALL.replace("{MAP}", ""), visit=VISIT)
    (created,) = case.of(events.UserTaskCreated)
    caller = next(event for event in case.of(events.ElementEntered) if event.element_id == "visit")
    assert (created.process_key, created.scope) == ("visit", caller.token_id)


def test_a_process_that_calls_itself_for_ever_stops_with_an_incident() -> None:
    case = Case("start s\n call again process=p\n end e\n s -> again -> e")
    assert case.incidents == ["budget-exceeded"]


def test_a_loop_that_never_ends_stops_with_an_incident() -> None:
    case = Case("start s\n exclusive m\n task t\n exclusive x\n end e\n s -> m -> t -> x\n x -> m if true\n x -> e default")
    assert case.incidents == ["budget-exceeded"]
    assert case.status == "active"


def test_interrupting_a_subprocess_keeps_what_was_said_inside() -> None:
    case = Case("""
        start s
        subprocess inner {
        start is
        parallel split
        user a groups=g
        user b groups=g
        parallel join
        end ie
        is -> split -> a -> join -> ie
        split -> b -> join
        }
        boundary late on=inner duration=P1D
        user press groups=g
        end e
        s -> inner -> e
        late -> press -> e
    """)
    case.complete("a", opinion_a="agree")
    case.wait(days=1)
    assert case.open == ["press"]
    assert case.task("press").variables == {"opinion_a": "agree"}


def test_each_instance_of_a_multi_instance_subprocess_has_its_item() -> None:
    case = Case(
        """
        start s
        subprocess each collection==list item=x collect=all output==y {
        start is
        script t code="y = x * 10"
        user a groups=g
        end ie
        is -> t -> a -> ie
        }
        end e
        s -> each -> e
        """,
        {"list": [1, 2, 3]},
    )
    for _ in range(3):
        case.complete("a")
    assert case.variables["all"] == [10, 20, 30]


def test_what_a_narrowed_call_knows_is_not_what_the_case_knows() -> None:
    case = Case(CALL.replace("{MAP}", 'inputs="x=2" outputs="found=found"'), {"x": 1}, visit=VISIT)
    assert case.variables == {"x": 1}

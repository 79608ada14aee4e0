"""Whatever cuts work short, what people have said until then is not lost, and nothing contradicts it later."""

from engine.core import commands
from tests.core.cases import Case

TWO = """
    subprocess inner {
    start is
    parallel par
    user a groups=g
    user b groups=g
    user a2 groups=g
    user b2 groups=g
    end ie
    end ie2
    is -> par -> a -> a2 -> ie
    par -> b -> b2 -> ie2
    }
"""
EACH = """
    start s
    user opinion groups=g collection==[1,2] item=i collect=all output==view
    boundary late on=opinion duration=P1D {KIND}
    script note code="reminded = true; answers = count(all)"
    user after groups=g
    end e
    end e2
    s -> opinion -> after -> e
    late -> note -> e2
"""


def test_a_terminate_end_keeps_what_the_withdrawn_branches_said() -> None:
    inner = TWO.replace("end ie2", "end ie2 terminate").replace("user b2 groups=g", "task b2")
    case = Case(f"start s\n {inner}\n user after groups=g\n end e\n s -> inner -> after -> e")
    case.complete("a", opinion="refuse")
    case.complete("b", decided=True)
    assert case.task("after").variables == {"opinion": "refuse", "decided": True}


def test_a_reminder_beside_sees_the_answers_so_far_and_does_not_contradict_the_last() -> None:
    case = Case(EACH.replace("{KIND}", "beside"))
    case.complete("opinion", view="yes")
    case.wait(days=1)
    case.complete("opinion", view="no")
    case.complete("after")
    assert case.incidents == []
    assert case.status == "completed"
    assert case.variables == {"all": ["yes", "no"], "reminded": True, "answers": 1}


def test_an_interrupted_list_of_answers_keeps_those_that_are_in() -> None:
    case = Case(EACH.replace("{KIND}", ""))
    case.complete("opinion", view="yes")
    case.wait(days=1)
    assert case.variables == {"all": ["yes"], "reminded": True, "answers": 1}


def test_a_second_lap_does_not_take_the_answers_of_the_first_for_its_own() -> None:
    case = Case("""
        start s
        exclusive m
        user opinion groups=g times=2 collect=all output==view
        exclusive x
        user ask groups=g
        end e
        s -> m -> opinion -> ask -> x
        x -> m if again
        x -> e default
    """)
    for view in ("yes", "no"):
        case.complete("opinion", view=view)
    case.complete("ask", again=True)
    assert case.variables["all"] == []
    case.complete("opinion", view="late")
    assert case.variables["all"] == ["late"]


MANY = """
    start s
    subprocess inner collection==[1,2] item=i {UNTIL} {
    start is
    exclusive x
    user a groups=g
    user b groups=g
    user a2 groups=g
    user b2 groups=g
    end ie
    end ie2
    is -> x
    x -> a if i = 1
    x -> b default
    a -> a2 -> ie
    b -> b2 -> ie2
    }
    boundary late on=inner duration=P1D
    user press groups=g
    end e
    s -> inner -> press -> e
    late -> press
"""


def test_interrupted_instances_keep_what_was_said_inside() -> None:
    case = Case(MANY.replace("{UNTIL}", ""))
    case.complete("a", opinion_a="refuse")
    case.complete("b", opinion_b="agree")
    case.wait(days=1)
    assert case.task("press").variables == {"opinion_a": "refuse", "opinion_b": "agree"}


def test_instances_withdrawn_because_enough_are_done_keep_what_was_said_inside() -> None:
    case = Case(MANY.replace("{UNTIL}", 'until="nrOfCompletedInstances = 1"'))
    case.complete("a", opinion_a="refuse")
    case.complete("b", opinion_b="agree")
    case.complete("b2")
    assert case.task("press").variables == {"opinion_a": "refuse", "opinion_b": "agree"}


def asked_while_branches_contradict() -> Case:
    case = Case(f"""
        start s
        {TWO}
        boundary ask on=inner message=m beside
        user answer groups=g
        end e
        end e2
        s -> inner -> e
        ask -> answer -> e2
    """)
    case.complete("a", opinion=1)
    case.complete("b", opinion=2)
    case.message("m", question=1)
    case.message("m", question=2)
    return case


def test_messages_that_come_while_branches_contradict_are_all_answered_after_the_repair() -> None:
    case = asked_while_branches_contradict()
    assert case.incidents == ["merge-conflict"]
    case.do(commands.SetVariables, variables={"opinion": 3}, reason="they talked")
    (incident,) = case.instance.root.incidents
    case.do(commands.ResolveIncident, incident_id=incident, reason="they talked")
    assert case.incidents == []
    assert case.instance.root.incidents == {}
    assert case.open == ["a2", "answer", "answer", "b2"]
    asked = [task.variables["question"] for task in case.instance.user_tasks() if task.element_id == "answer"]
    assert asked == [1, 2]


def test_an_incident_falls_away_with_what_it_stopped() -> None:
    case = asked_while_branches_contradict()
    case.do(commands.CancelProcessInstance, reason="withdrawn")
    assert case.incidents == []
    assert case.instance.root.incidents == {}


def test_a_called_process_gives_back_true_where_the_caller_knew_one() -> None:
    case = Case(
        'start s\n call c process=q inputs="ok"\n user after groups=g\n end e\n s -> c -> after -> e',
        {"ok": 1},
        q="start s\n user a groups=g\n end e\n s -> a -> e",
    )
    case.complete("a", ok=True)
    assert case.task("after").variables["ok"] is True


def test_what_a_caller_knows_is_not_forgotten_while_the_called_process_runs() -> None:
    """A third branch keeps the write of ``x`` from being common knowledge; the caller's token alone saw it last."""
    case = Case(
        """
        start s
        parallel outer
        user other groups=g
        user first groups=g
        parallel inner
        call c process=q inputs="x"
        user second groups=g
        parallel j
        user after groups=g
        end e
        end e2
        s -> outer -> first -> inner -> c -> j -> after -> e
        outer -> other -> e2
        inner -> second -> j
        """,
        q="start s\n user a groups=g\n end e\n s -> a -> e",
    )
    case.complete("first", x=1)
    case.complete("second", x=2)
    case.complete("a")
    assert case.incidents == []
    assert case.task("after").variables == {"x": 2}

"""Separation of duties: nobody does both, whichever comes first and wherever in the diagram they stand."""

import pytest

from engine.core import commands
from engine.core.actor import Actor
from engine.core.model import ModelError
from engine.core.rejection import Rejection
from engine.core.separation import same_run
from tests.core.cases import Case

BERT = Actor("bert", ("g",))
IN_PARALLEL = """
    start s
    parallel split
    user first groups=g
    user second groups=g separate=first
    parallel j
    end e
    s -> split -> first -> j -> e
    split -> second -> j
"""


def refused(case: Case, element: str, actor: Actor) -> bool:
    with pytest.raises(Rejection) as rejection:
        case.complete(element, actor)
    return rejection.value.code == "separation-of-duties"


@pytest.mark.parametrize(
    "text",
    [
        """
        start s
        user first groups=g
        subprocess inner {
        start is
        user second groups=g separate=first
        end ie
        is -> second -> ie
        }
        end e
        s -> first -> inner -> e
        """,
        """
        start s
        subprocess inner {
        start is
        user first groups=g
        end ie
        is -> first -> ie
        }
        user second groups=g separate=first
        end e
        s -> inner -> second -> e
        """,
        """
        start s
        subprocess one {
        start is
        user first groups=g
        end ie
        is -> first -> ie
        }
        subprocess two {
        start is2
        user second groups=g separate=first
        end ie2
        is2 -> second -> ie2
        }
        end e
        s -> one -> two -> e
        """,
    ],
    ids=["outside-first", "inside-first", "two-subprocesses"],
)
def test_the_edge_of_a_subprocess_is_no_way_round(text: str) -> None:
    case = Case(text)
    case.complete("first", BERT)
    assert refused(case, "second", BERT)
    case.complete("second")
    assert case.status == "completed"


def test_it_holds_whichever_is_done_first() -> None:
    case = Case(IN_PARALLEL)
    case.complete("second", BERT)
    assert refused(case, "first", BERT)
    case.complete("first")
    assert case.status == "completed"


def test_who_delegated_a_task_may_not_have_done_the_other() -> None:
    case = Case(IN_PARALLEL)
    task_id = case.task("second").task_id
    case.do(commands.ClaimUserTask, task_id=task_id)
    case.do(commands.DelegateUserTask, task_id=task_id, delegate="bert")
    case.complete("first")
    assert refused(case, "second", BERT), "the clerk did the first and answers for the second"


def test_every_instance_of_a_subprocess_has_its_own_two_people() -> None:
    case = Case("""
        start s
        subprocess each times=2 {
        start is
        user first groups=g
        user second groups=g separate=first
        end ie
        is -> first -> second -> ie
        }
        end e
        s -> each -> e
    """)
    case.complete("first", BERT)
    assert refused(case, "second", BERT)
    case.complete("first")
    one, other = (view for view in case.instance.user_tasks() if view.element_id == "second")
    case.do(commands.CompleteUserTask, task_id=one.task_id)
    case.do(commands.CompleteUserTask, BERT, task_id=other.task_id)
    assert case.status == "completed"


def test_a_call_of_a_process_is_a_run_of_its_own() -> None:
    called = "start s\n user first groups=g\n user second groups=g separate=first\n end e\n s -> first -> second -> e"
    case = Case("start s\n call c process=q times=2 sequential\n end e\n s -> c -> e", q=called)
    case.complete("first", BERT)
    assert refused(case, "second", BERT)
    case.complete("second")
    case.complete("first")
    case.complete("second", BERT)
    assert case.status == "completed"


def test_a_task_of_another_process_counts_wherever_it_was_done() -> None:
    case = Case(
        "start s\n call c process=q\n user second groups=g separate=q/first\n end e\n s -> c -> second -> e",
        q="start s\n user first groups=g\n end e\n s -> first -> e",
    )
    case.complete("first", BERT)
    assert refused(case, "second", BERT)


def test_a_name_that_is_no_task_is_refused_at_deployment() -> None:
    with pytest.raises(ModelError) as problem:
        Case(IN_PARALLEL.replace("separate=first", "separate=frist"))
    assert {finding.code for finding in problem.value.findings if finding.severity == "error"} == {"separation-unknown"}


@pytest.mark.parametrize(
    ("one", "other", "same"),
    [
        ("", "", True),
        ("", "/sub:i.1", True),
        ("/sub:i.1", "/sub:i.1", True),
        ("/sub:i.1", "/sub:i.2", False),
        ("/sub:i.1/deep:i.3", "/sub:i.2", False),
        ("/sub:i.1", "/other:i.2", True),
        ("i.5", "", False),
        ("i.5/sub:i.6", "i.7/sub:i.6", False),
    ],
)
def test_runs_are_told_apart_by_their_paths(one: str, other: str, same: bool) -> None:
    assert same_run(one, other) is same
    assert same_run(other, one) is same

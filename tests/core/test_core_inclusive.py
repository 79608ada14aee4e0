"""Inclusive joins: nobody who can still come is passed by."""

from typing import Any

from engine.core import commands
from tests.core.cases import Case

CHOICE = """
    start s
    inclusive split
    user a groups=g
    user b groups=g
    user c groups=g
    inclusive join
    user after groups=g
    end e
    s -> split
    split -> a if true
    split -> b if true
    split -> c default
    a -> join
    c -> join
    b -> join -> after -> e
"""


def resolve(case: Case) -> Any:
    return case.do(commands.ResolveIncident, incident_id=next(iter(case.instance.root.incidents)), reason="put right")


def test_a_stopped_arrival_is_not_passed_by() -> None:
    case = Case(CHOICE)
    case.complete("a", opinion="agree")
    case.complete("b", opinion="refuse")
    assert case.incidents == ["merge-conflict"]
    assert case.open == [], "the other arrival does not go on alone"
    case.do(commands.SetVariables, variables={"opinion": "refuse"}, reason="they talked")
    assert case.open == []
    resolve(case)
    assert case.open == ["after"]
    assert case.task("after").variables == {"opinion": "refuse"}
    case.complete("after")
    assert case.status == "completed"


def test_what_a_reminder_sent_on_does_not_stand_for_the_task_still_open() -> None:
    reminded = "boundary late on=a duration=P1D beside\n user press groups=g\n late -> press -> join\n s -> split\n"
    case = Case(CHOICE.replace("s -> split\n", reminded))
    case.wait(days=1)
    case.complete("press")
    case.complete("b")
    assert case.open == ["a"]
    case.complete("a")
    assert case.open == ["after"]

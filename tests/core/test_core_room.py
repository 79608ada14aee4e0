"""However many commands it takes: a case knows so much and no more, and can be repaired when it comes to that (law f)."""

import pytest

from engine.core import commands
from engine.core.budget import MAX_STATE
from engine.core.rejection import Rejection
from engine.core.snapshot import dump
from tests.core.cases import Case

LARGE = "汉" * 900_000
ROUNDS = """
    start s
    exclusive again
    user tell groups=g
    exclusive more
    end e
    s -> again -> tell -> more -> e default
    more -> again if go
"""
BESIDE = """
    start s
    parallel split
    exclusive again
    user tell groups=g
    exclusive more
    end e
    catch pause duration=PT1H
    user later groups=g
    end f
    s -> split -> again -> tell -> more -> e default
    more -> again if go
    split -> pause -> later -> f
"""


def told_too_much(text: str = ROUNDS) -> Case:
    case = Case(text)
    for number in range(6):
        case.complete("tell", go=True, **{f"text{number}": LARGE + str(number)})
    return case


def test_a_case_that_is_too_large_is_told_no_more_and_nothing_changes() -> None:
    case = told_too_much()
    before = dump(case.instance)
    with pytest.raises(Rejection, match="at most 16 megabytes"):
        case.complete("tell", go=True, another=LARGE)
    assert dump(case.instance) == before
    assert len(before) < MAX_STATE + len(LARGE.encode())


def test_the_same_told_again_and_again_is_not_too_much() -> None:
    case = Case(ROUNDS)
    for _ in range(20):
        case.complete("tell", go=True, text=LARGE)
    assert len(dump(case.instance)) < MAX_STATE


def test_after_a_correction_it_goes_on() -> None:
    case = told_too_much()
    with pytest.raises(Rejection, match="at most 16 megabytes"):
        case.complete("tell", go=False)
    case.do(commands.SetVariables, variables={f"text{number}": None for number in range(6)}, reason="too large")
    case.complete("tell", go=False)
    assert case.status == "completed"
    case.replay()


def test_what_goes_on_by_itself_stops_with_an_incident_until_it_is_corrected() -> None:
    case = told_too_much(BESIDE)
    case.wait(hours=1)
    assert case.incidents == ["case-too-large"]
    case.do(commands.SetVariables, variables={f"text{number}": None for number in range(6)}, reason="too large")
    case.do(commands.ResolveIncident, incident_id=next(iter(case.instance.root.incidents)), reason="corrected")
    assert (case.incidents, case.open) == ([], ["later", "tell"])
    case.replay()

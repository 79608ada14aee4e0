"""A repair that would leave a token which can never move is refused, and nothing of it is done."""

from typing import Any

import pytest

from engine.core import commands
from engine.core.rejection import Rejection
from engine.core.snapshot import dump
from tests.core.cases import Case
from tests.core.test_core_migration import migrate

BRANCHES = """
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
ONE_BRANCH = """
    start s
    user a groups=g
    user after groups=g
    end e
    s -> a -> after -> e
"""
STUCK_TWICE = """
    start s
    parallel split
    exclusive x
    exclusive y
    parallel join
    parallel other
    user a groups=g
    user b groups=g
    end e
    end e2
    s -> split -> x -> join default
    x -> a if go
    a -> join -> e
    split -> y -> other default
    y -> b if go
    b -> other -> e2
"""


def move(case: Case, element: str, to: str) -> Any:
    token = next(token.id for token in case.instance.tokens() if token.element.bpmn_id == element)
    return case.do(commands.MoveToken, token_id=token, element_id=to, reason="was done on paper")


def test_a_token_is_not_moved_past_the_join_that_waits_for_it() -> None:
    case = Case(BRANCHES)
    before = dump(case.instance)
    with pytest.raises(Rejection) as refused:
        move(case, "a", "after")
    assert refused.value.code == "repair-strands-token"
    assert "join" in refused.value.sentence("en")
    assert dump(case.instance) == before


def test_a_token_may_be_moved_to_the_join_it_was_on_its_way_to() -> None:
    case = Case(BRANCHES)
    move(case, "a", "join")
    case.complete("b")
    assert case.open == ["after"]


def test_a_token_is_not_moved_onto_a_branch_where_another_is() -> None:
    case = Case(BRANCHES)
    with pytest.raises(Rejection) as refused:
        move(case, "a", "b")
    assert refused.value.code == "repair-strands-token"


def test_a_case_that_is_stuck_in_two_places_is_mended_one_place_at_a_time() -> None:
    case = Case(STUCK_TWICE, {"go": False})
    assert case.open == []
    move(case, "join", "e")
    move(case, "other", "e2")
    assert case.status == "completed"


def test_a_case_is_not_taken_to_a_version_whose_join_would_wait_for_ever() -> None:
    case = Case(ONE_BRANCH)
    before = dump(case.instance)
    with pytest.raises(Rejection) as refused:
        migrate(case, BRANCHES)
    assert refused.value.code == "repair-strands-token"
    assert dump(case.instance) == before

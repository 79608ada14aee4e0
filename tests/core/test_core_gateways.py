"""Gateways: nobody is bypassed, nothing that was said is lost."""

import pytest

from tests.core.cases import Case

REWORK = """
    start s
    exclusive m
    parallel split
    user finance groups=g
    user legal groups=g
    parallel join
    user decide groups=g
    exclusive x
    end e
    s -> m -> split -> finance -> join
    split -> legal -> join -> decide -> x
    x -> m if rework
    x -> e default
"""


def test_a_second_lap_waits_for_both_branches_again() -> None:
    case = Case(REWORK)
    case.complete("finance")
    case.complete("legal")
    case.complete("decide", rework=True)
    case.complete("legal")
    assert case.open == ["finance"]
    case.complete("finance")
    assert case.open == ["decide"]


def test_a_branch_that_changed_nothing_does_not_undo_the_other() -> None:
    case = Case(REWORK)
    case.complete("finance")
    case.complete("legal")
    case.complete("decide", rework=True, budget_ok=False)
    case.complete("finance", budget_ok=True)
    case.complete("legal")
    assert case.task("decide").variables["budget_ok"] is True


def test_two_branches_changing_one_variable_differently_is_an_incident() -> None:
    case = Case(REWORK)
    case.complete("finance", opinion="agree")
    case.complete("legal", opinion="refuse")
    assert case.incidents == ["merge-conflict"]
    assert case.open == []


def test_two_branches_saying_the_same_agree() -> None:
    case = Case(REWORK)
    case.complete("finance", opinion="agree")
    case.complete("legal", opinion="agree")
    assert case.open == ["decide"]
    assert case.incidents == []


def test_excess_tokens_wait_for_the_next_time() -> None:
    case = Case("""
        start s
        parallel split
        exclusive both
        task a
        task b
        user c groups=g
        parallel join
        user after groups=g
        end e
        s -> split -> a -> both
        split -> b -> both -> join
        split -> c -> join -> after -> e
    """)
    assert case.open == ["c"]
    case.complete("c")
    assert case.open == ["after"]
    assert case.status == "active"
    case.complete("after")
    assert case.status == "active", "one token still waits at the join"


@pytest.mark.parametrize(
    ("chosen", "expected"), [(["a"], ["a"]), (["a", "b"], ["a", "b"]), (["a", "b", "c"], ["a", "b", "c"]), ([], ["d"])]
)
def test_an_inclusive_join_waits_for_exactly_what_was_chosen(chosen: list[str], expected: list[str]) -> None:
    case = Case(
        """
        start s
        inclusive split
        user a groups=g
        user b groups=g
        user c groups=g
        user d groups=g
        inclusive join
        user after groups=g
        end e
        s -> split
        split -> a if list contains(chosen, "a")
        split -> b if list contains(chosen, "b")
        split -> c if list contains(chosen, "c")
        split -> d default
        a -> join
        b -> join
        c -> join
        d -> join -> after -> e
        """,
        {"chosen": chosen},
    )
    assert case.open == expected
    for element in expected:
        assert "after" not in case.open
        case.complete(element)
    assert case.open == ["after"]


def test_an_inclusive_join_goes_on_when_the_last_possible_arrival_went_elsewhere() -> None:
    case = Case(
        """
        start s
        inclusive split
        user a groups=g
        user b groups=g
        exclusive x
        user elsewhere groups=g
        inclusive join
        user after groups=g
        end e
        end e2
        s -> split
        split -> a if true
        split -> b default
        a -> join -> after -> e
        b -> x
        x -> join if stay
        x -> elsewhere default
        elsewhere -> e2
        """.replace("split -> b default", "split -> b if true\n exclusive never\n split -> never default\n never -> e")
    )
    case.complete("a")
    assert case.open == ["b"]
    case.complete("b", stay=False)
    assert case.open == ["after", "elsewhere"]


def test_a_condition_that_is_null_stops_the_case_instead_of_choosing() -> None:
    case = Case("""
        start s
        exclusive x
        user a groups=g
        end e
        s -> x
        x -> a if ammount > 100
        x -> e default
        a -> e
    """)
    assert case.incidents == ["condition-not-boolean"]
    assert case.status == "active"


def test_the_first_flow_that_holds_wins() -> None:
    case = Case(
        """
        start s
        exclusive x
        user small groups=g
        user large groups=g
        end e
        s -> x
        x -> large if amount >= 100
        x -> small if amount >= 10
        x -> e default
        large -> e
        small -> e
        """,
        {"amount": 100},
    )
    assert case.open == ["large"]

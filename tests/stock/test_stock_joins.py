"""Rows 1, 2 and 7 of the defects: an approval bypassed, an opinion lost, an edit leaking into another branch."""

from tests.core.cases import Case
from tests.stock.stock import Stock

REWORK = """
    start s
    exclusive again
    parallel split
    user finance groups=g
    user legal groups=g
    parallel join
    user decide groups=g
    exclusive x
    end e
    s -> again -> split -> finance -> join -> decide -> x -> e default
    split -> legal -> join
    x -> again if rework
"""


def one_lap(case: Stock | Case) -> None:
    case.complete("finance")
    case.complete("legal")
    case.complete("decide", rework=True, budget_ok=False)


def test_a_join_in_a_loop_waits_for_both_branches_in_every_lap() -> None:
    stock, ours = Stock(REWORK), Case(REWORK)
    for case in (stock, ours):
        one_lap(case)
        case.complete("legal")
    assert stock.open == ["decide", "finance"], "the arrival of the first lap was counted again"
    assert ours.open == ["finance"]


def test_what_one_branch_found_out_is_not_overwritten_by_what_the_other_knew_before() -> None:
    stock, ours = Stock(REWORK), Case(REWORK)
    for case in (stock, ours):
        one_lap(case)
        case.complete("finance", budget_ok=True)
        case.complete("legal")
    assert stock.tasks["decide"].data["budget_ok"] is False
    assert ours.task("decide").variables["budget_ok"] is True


def test_an_edit_in_one_branch_is_not_seen_in_the_other() -> None:
    text = """
        start s
        user begin groups=g
        parallel split
        user a groups=g
        user b groups=g
        parallel join
        end e
        s -> begin -> split -> a -> join -> e
        split -> b -> join
    """
    stock, ours = Stock(text), Case(text)
    for case in (stock, ours):
        case.complete("begin", papers={"form": {"pages": 1}})
    stock.tasks["a"].data["papers"]["form"]["pages"] = 2
    ours.task("a").variables["papers"]["form"]["pages"] = 2
    assert stock.tasks["b"].data["papers"] == {"form": {"pages": 2}}
    assert ours.task("b").variables["papers"] == {"form": {"pages": 1}}

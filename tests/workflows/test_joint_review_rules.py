"""The list of responsibilities by itself: owners, order, the longest way; and the four paths as data."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from engine.core.rejection import Rejection
from workflows.joint_review.agreement import Agreement, Rule, agreements, require_agreement
from workflows.joint_review.paths import Facts, path_tasks, paths
from workflows.joint_review.responsibility import Responsibility, levels, longest_way, require_responsibilities


def task(code: str, days: int = 5, *depends_on: str) -> Responsibility:
    return Responsibility(code, f"事项{code}", "县建委", "department-construction", days, depends_on)


@pytest.mark.parametrize(
    ("tasks", "code"),
    [
        ([], "joint-list-empty"),
        ([task("A"), task("A")], "joint-task-twice"),
        ([task("A", 5, "B")], "joint-dependency-unknown"),
        ([task("A", 5, "B"), task("B", 5, "A")], "joint-dependency-circle"),
        ([task("A", 5, "A")], "joint-dependency-circle"),
        ([task("A", 46)], "joint-promise-too-long"),
        ([task("A", 20), task("B", 20, "A"), task("C", 6, "B")], "joint-promise-too-long"),
    ],
)
def test_what_cannot_be_handed_out(tasks: list[Responsibility], code: str) -> None:
    with pytest.raises(Rejection) as refused:
        require_responsibilities(tasks, 60)
    assert refused.value.code == code


def test_the_promise_of_the_item_counts_where_it_is_shorter() -> None:
    require_responsibilities([task("A", 20), task("B", 20, "A")], 45)
    with pytest.raises(Rejection, match="at most 30"):
        require_responsibilities([task("A", 20), task("B", 20, "A")], 30)


@pytest.mark.parametrize("missing", ["code", "permit", "department", "group", "days"])
def test_no_responsibility_without_an_owner(missing: str) -> None:
    with pytest.raises(Rejection) as refused:
        Responsibility.of({**task("A").to_dict(), missing: None})
    assert refused.value.code == "joint-task-without-owner"


@given(st.integers(1, 8).flatmap(lambda n: st.lists(st.sets(st.integers(0, n - 1)), min_size=n, max_size=n)))
def test_levels_keep_the_order_or_there_is_a_circle(edges: list[set[int]]) -> None:
    tasks = [task(str(number), 1, *(str(other) for other in sorted(before))) for number, before in enumerate(edges)]
    reach = {number: set(before) for number, before in enumerate(edges)}
    for _ in edges:
        for before in reach.values():
            before |= {far for near in set(before) for far in reach[near]}
    if any(number in before for number, before in reach.items()):
        with pytest.raises(Rejection, match="circle"):
            levels(tasks)
        return
    place = {each.code: depth for depth, level in enumerate(levels(tasks)) for each in level}
    assert all(place[before] < place[each.code] for each in tasks for before in each.depends_on)
    assert longest_way(tasks) == max(place.values()) + 1


@pytest.mark.parametrize(("path", "stage"), [(path, stage) for path, stages in paths().items() for stage in stages])
def test_every_stage_fits_into_the_law(path: str, stage: str) -> None:
    require_responsibilities(path_tasks(path, stage), 45)


def test_what_waits_for_something_skipped_waits_for_nobody() -> None:
    tasks = {found.code: found for found in path_tasks("B", "planning", Facts(skipped={"B6"}))}
    assert "B6" not in tasks
    assert tasks["B8"].depends_on == ()


def test_what_a_project_sets_off_is_added() -> None:
    trigger = {"department": "县林业局", "group": "department-forestry", "permit": "占用林地审核"}
    assert path_tasks("C", "facilities", Facts(triggers=[trigger]))[-1].permit == "占用林地审核"


def test_a_stage_that_is_none() -> None:
    with pytest.raises(Rejection) as refused:
        path_tasks("A", "moon")
    assert refused.value.code == "joint-stage-unknown"


def test_what_a_decision_table_adds_is_not_there_without_it() -> None:
    plain = [task.code for task in path_tasks("B", "construction")]
    assert "B21" not in plain
    added = {task.code: task for task in path_tasks("B", "construction", Facts(added={"B21"}))}
    assert added["B21"].depends_on == ("B18",)


@pytest.mark.parametrize("added", [{"B1-proposal", "B9-budget"}, {"B17", "B21"}])
@pytest.mark.parametrize("stage", ["land", "planning", "construction", "completion"])
def test_every_stage_fits_the_law_also_with_what_is_added(stage: str, added: set[str]) -> None:
    require_responsibilities(path_tasks("B", stage, Facts(added=added)), 45)


@pytest.mark.parametrize(("assessment", "days"), [("report", 20), ("form", 10), ("registration", 5), (None, 20)])
def test_the_environmental_paper_has_the_promise_of_its_kind(assessment: str | None, days: int) -> None:
    (found,) = [task for task in path_tasks("A", "establishment", Facts(assessment=assessment)) if task.code == "A5"]
    assert found.days == days


def test_what_is_prohibited_is_not_reviewed() -> None:
    for path, facts in (("A", Facts(assessment="refuse")), ("D", Facts(authority="refuse"))):
        with pytest.raises(Rejection) as refused:
            path_tasks(path, "establishment" if path == "A" else "approval", facts)
        assert refused.value.code == "joint-industry-prohibited"


def test_approval_of_foreign_capital_goes_up_until_2020_and_is_a_report_since() -> None:
    sent_up = path_tasks("D", "approval", Facts(authority="city"))[-1]
    assert ("转报上级" in sent_up.permit, sent_up.superior) == (True, "上级审批机关")
    assert [task.code for task in path_tasks("D", "approval", Facts(authority="registration"))] == ["D7", "D9"]


OPINIONS = st.dictionaries(
    st.sampled_from([f"部门{n}：事项{m}" for n in range(5) for m in range(2)]), st.booleans(), min_size=1
)


@given(OPINIONS)
def test_unanimity_is_that_nobody_disagrees(opinions: dict[str, bool]) -> None:
    assert met(Agreement(), opinions) == all(opinions.values())


@given(OPINIONS, st.integers(1, 6), st.integers(0, 6), st.sets(st.sampled_from([f"部门{n}" for n in range(5)])))
def test_a_quorum_is_a_share_and_a_veto_outweighs_it(opinions: dict[str, bool], of: int, more: int, veto: set[str]) -> None:
    agreement = Agreement(Rule.QUORUM, of, of + more, tuple(sorted(veto)))
    enough = sum(opinions.values()) * (of + more) >= len(opinions) * of
    vetoed = any(name.split("：")[0] in veto for name, agreed in opinions.items() if not agreed)
    assert met(agreement, opinions) == (all(opinions.values()) or (enough and not vetoed))


def met(agreement: Agreement, opinions: dict[str, bool]) -> bool:
    try:
        require_agreement(agreement, opinions)
    except Rejection as refused:
        return refused.code not in ("joint-opinion-opposed", "joint-opinion-vetoed", "joint-quorum-missed")
    return True


def test_the_county_s_paths_are_unanimous() -> None:
    assert {path: agreement.rule for path, agreement in agreements().items()} == dict.fromkeys("ABCD", Rule.UNANIMITY)

"""The log as it lies in ../shared/data, and how well the drawing describes it. Needs that folder beside the project."""

import itertools

import pytest

from bench.receipt_log.fit import DISTURBANCES, precision, refused_share, walk
from bench.receipt_log.log import Case, in_time_order, read_log, resources
from bench.receipt_log.net import Net, read_net


@pytest.fixture(scope="module")
def cases() -> list[Case]:
    return read_log()


@pytest.fixture(scope="module")
def net() -> Net:
    return read_net()


def test_the_log_is_read_whole(cases: list[Case]) -> None:
    assert len(cases) == 1434
    assert sum(len(case.events) for case in cases) == 8577
    assert len(resources(cases)) == 48
    assert len({case.activities for case in cases}) == 116


def test_time_order_keeps_the_order_of_every_case(cases: list[Case]) -> None:
    occurrences = in_time_order(cases)
    assert len(occurrences) == 8577
    assert all(one.event.at <= other.event.at for one, other in itertools.pairwise(occurrences))
    last: dict[str, int] = {}
    for occurrence in occurrences:
        assert occurrence.index == last.get(occurrence.case.id, -1) + 1
        last[occurrence.case.id] = occurrence.index


def test_the_drawing_has_every_activity_of_the_log_as_a_user_task_and_no_other(cases: list[Case], net: Net) -> None:
    assert set(net.tasks) == {activity for case in cases for activity in case.activities}


def test_at_least_95_percent_of_the_cases_fit(cases: list[Case], net: Net) -> None:
    fitting = sum(walk(net, case.activities).left_at is None for case in cases)
    assert fitting / len(cases) >= 0.95


def test_the_drawing_does_not_allow_everything(cases: list[Case], net: Net) -> None:
    found = precision(net, cases)
    assert found.next_activities < 5  # of 27
    assert found.taken > 0.8


@pytest.mark.parametrize("name", DISTURBANCES)
def test_most_disturbed_cases_are_refused(cases: list[Case], net: Net, name: str) -> None:
    assert refused_share(net, cases, DISTURBANCES[name]) > 0.75


def test_a_case_that_leaves_is_told_by_its_event(net: Net) -> None:
    found = walk(
        net, ["Confirmation of receipt", "T02 Check confirmation of receipt", "T05 Print and send confirmation of receipt"]
    )
    assert found.left_at == 2
    assert not found.over

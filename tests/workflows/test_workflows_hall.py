"""The sample hall as `make run` sets it up: everything deployed, an item from filing to delivery, replayed."""

from collections.abc import Iterator
from datetime import UTC, datetime, timedelta
from typing import Any

import pytest

from engine.core.actor import Actor
from engine.core.rejection import Rejection
from tests.runtime.halls import Hall
from tests.workflows import papers
from tests.workflows.centre import Centre
from tests.workflows.filing import actor
from workflows.notices.inbox import Inbox
from workflows.sample import load, sample_accounts

ITEM = "outdoor_advertising_registration"
WINDOW, FIRST, SECOND = "window-commerce-1", "commerce-examiner-1", "commerce-examiner-2"


@pytest.fixture
def hall(centre_url: str) -> Iterator[Hall]:
    hall = Centre(centre_url)
    yield hall
    hall.close()


def file(hall: Hall, item: str = ITEM) -> str:
    variables = papers.application(item)
    return hall.start(variables, process_key=item, actor=actor("applicant")).instance_id


def fill(hall: Hall, element: str, who: str, **data: Any) -> None:
    """``who`` completes the task of an element that is for one of his groups."""
    groups = actor(who).groups
    task = next(task for task in hall.tasks(element_id=element) if set(task.candidate_groups) & set(groups))
    hall.runtime.complete(task.id, data, actor=actor(who), command_id=hall.next_id())


def test_a_case_from_filing_to_delivery(hall: Hall) -> None:
    case = file(hall)
    fill(hall, "examine", WINDOW, **papers.ACCEPT)
    fill(hall, "request", FIRST, **papers.REQUEST)
    fill(hall, "arrange", FIRST, **papers.ARRANGEMENT)
    fill(hall, "answer", "traffic-officer", **papers.AGREED)
    fill(hall, "record", FIRST, **papers.RECORD)
    fill(hall, "answer", "construction-officer", **papers.AGREED)
    fill(hall, "countersign", SECOND, **papers.COUNTERSIGNED)
    fill(hall, "draft", FIRST, **papers.GRANT)
    fill(hall, "sign", "commerce-leader", **papers.SIGNED)
    fill(hall, "issue", WINDOW, **papers.ISSUED)
    fill(hall, "deliver", WINDOW, **papers.DELIVERED)
    assert hall.status(case) == "completed"
    assert hall.variables(case)["delivery"]["receiver"] == "申请人代表"
    hall.check(case)


def test_the_applicant_is_told_in_the_inbox(hall: Hall) -> None:
    file(hall)
    fill(hall, "examine", WINDOW, **papers.ACCEPT)
    hall.runtime.run_due()
    assert told(hall) == ["受理"]
    hall.now += timedelta(minutes=1)
    number = hall.variables(file(hall))["receipt"]["number"]
    fill(hall, "examine", WINDOW, **papers.INCOMPLETE)
    hall.runtime.run_due()
    newest, *_ = Inbox(hall.runtime.registers, "applicant").page(None, 10).items
    assert (newest.case_number, newest.title) == (number, "一次性补正")
    assert "场地使用协议、广告样件" in newest.text


def test_he_is_told_of_the_visit_and_of_the_result(hall: Hall) -> None:
    file(hall)
    fill(hall, "examine", WINDOW, **papers.ACCEPT)
    hall.runtime.run_due()
    hall.now += timedelta(minutes=1)
    fill(hall, "arrange", FIRST, **papers.ARRANGEMENT)
    hall.runtime.run_due()
    newest, *_ = Inbox(hall.runtime.registers, "applicant").page(None, 10).items
    assert (newest.title, papers.ARRANGEMENT["visit_on"] in newest.text) == ("现场踏勘", True)


def told(hall: Hall) -> list[str]:
    return [notice.title for notice in Inbox(hall.runtime.registers, "applicant").page(None, 50).items]


def test_whoever_handled_the_case_cannot_chair_its_hearing(hall: Hall) -> None:
    case = file(hall)
    fill(hall, "examine", WINDOW, **papers.ACCEPT)
    fill(hall, "arrange", SECOND, **papers.ARRANGEMENT)
    number = hall.variables(case)["receipt"]["number"]
    for message, element, paper in (
        ("hearing", "tell_right", papers.HEARING_RIGHT),
        ("hearing-requested", "arrange_hearing", papers.HEARING_ARRANGEMENT),
    ):
        hall.runtime.messages.correlate(
            message=message, correlation_key=number, variables={}, actor=actor(FIRST), command_id=hall.next_id()
        )
        fill(hall, element, FIRST, **paper)
    hall.now = datetime(2026, 3, 16, 2, 0, tzinfo=UTC)
    (task,) = hall.tasks(element_id="hold_hearing")
    involved = Actor(SECOND, ("hearing-chair",))
    with pytest.raises(Rejection) as refused:
        hall.runtime.complete(task.id, papers.HEARING_RECORD, actor=involved, command_id=hall.next_id())
    assert refused.value.code == "hearing-chair-involved"
    refusals = [entry for entry in hall.runtime.queries.history(case, limit=200).items if entry.outcome == "refused"]
    assert [(entry.actor_id, entry.code) for entry in refusals] == [(SECOND, "hearing-chair-involved")]
    fill(hall, "hold_hearing", "hearing-chair", **papers.HEARING_RECORD)
    assert hall.status(case) == "active"
    hall.check(case)


def test_silence_is_acceptance_by_the_scheduler(hall: Hall) -> None:
    case = file(hall)
    hall.now = datetime(2026, 3, 9, 9, 30, tzinfo=UTC)
    hall.runtime.run_due()
    assert hall.variables(case)["acceptance"]["outcome"] == "deemed_accepted"
    hall.check(case)


def test_numbers_have_no_gaps_where_a_filing_was_refused(hall: Hall) -> None:
    first = file(hall)
    with pytest.raises(Exception, match="declaration"):
        hall.start(papers.application(ITEM) | {"declaration": False}, process_key=ITEM, actor=actor("applicant"))
    second = file(hall)
    numbers = [hall.variables(case)["receipt"]["number"] for case in (first, second)]
    assert [number[18:23] for number in numbers] == ["00001", "00002"]


def test_a_withdrawal_finds_its_case_by_number(hall: Hall) -> None:
    cases = [file(hall), file(hall)]
    for _ in cases:
        fill(hall, "examine", WINDOW, **papers.ACCEPT)
    hall.runtime.messages.correlate(
        message="application-withdrawn",
        correlation_key=hall.variables(cases[1])["receipt"]["number"],
        variables=papers.WITHDRAWN,
        actor=actor(WINDOW),
        command_id=hall.next_id(),
    )
    assert [hall.status(case) for case in cases] == ["active", "completed"]
    hall.check(*cases)


def test_the_accounts_are_made_once(hall: Hall) -> None:
    assert load(hall.runtime) == list(sample_accounts())
    assert load(hall.runtime) == []

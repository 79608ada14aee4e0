"""Acceptance by APPL Art. 32: each of its outcomes, and silence."""

from datetime import UTC, datetime
from typing import Any

import pytest

from engine.core import commands
from engine.core.rejection import Rejection
from forms import FormErrors
from tests.workflows import papers
from tests.workflows.filing import Filing, actor
from tests.workflows.persons import FIRM

ITEM = "outdoor_advertising_registration"
WINDOW = "window-commerce-1"


def test_a_filing_gets_its_number_item_and_limit_at_once() -> None:
    filing = Filing(ITEM)
    known = filing.task("examine").variables
    assert known["receipt"]["received_on"] == "2026-03-02"
    assert known["receipt"]["number"].startswith("50022501120260302200001")
    assert known["item"]["code"] == "GS-002"
    assert known["notice_clock"]["statutory"]["date"] == "2026-03-09"


def test_complete_materials_are_accepted_and_both_limits_run() -> None:
    filing = Filing(ITEM)
    filing.fill("examine", WINDOW, **papers.ACCEPT)
    assert filing.variables["acceptance"]["outcome"] == "accepted"
    assert filing.variables["acceptance"]["accepted_on"] == "2026-03-02"
    assert filing.variables["limits"]["promised"]["date"] == "2026-03-11"
    assert filing.variables["limits"]["statutory"]["date"] == "2026-03-30"
    assert filing.timers == {}, "the five days are over with the answer"


@pytest.mark.parametrize("paper", [papers.NOT_REQUIRED, papers.NOT_COMPETENT], ids=lambda paper: paper["outcome"])
def test_what_is_not_accepted_is_returned_with_its_reason(paper: dict[str, Any]) -> None:
    filing = Filing(ITEM)
    filing.fill("examine", WINDOW, **paper)
    acceptance = filing.variables["acceptance"]
    assert (filing.status, filing.ended_at()) == ("completed", ["end_returned"])
    assert acceptance["accepted"] is False
    assert {name: acceptance[name] for name in paper} == paper


@pytest.mark.parametrize(
    ("paper", "left_out"),
    [
        (papers.NOT_REQUIRED, "reason"),
        (papers.NOT_COMPETENT, "reason"),
        (papers.NOT_COMPETENT, "competent_organ"),
        (papers.INCOMPLETE, "missing"),
        (papers.ACCEPT, "materials_complete"),
    ],
)
def test_an_outcome_without_what_the_law_asks_for_cannot_be_entered(paper: dict[str, Any], left_out: str) -> None:
    filing = Filing(ITEM)
    with pytest.raises(FormErrors) as refused:
        filing.fill("examine", WINDOW, **{name: value for name, value in paper.items() if name != left_out})
    assert [error.field for error in refused.value.errors] == [left_out]
    assert filing.open == ["examine"]


def test_errors_are_corrected_on_the_spot_within_the_same_five_days() -> None:
    filing = Filing(ITEM)
    due = set(filing.timers.values())
    filing.fill("examine", WINDOW, outcome="correct_on_the_spot", correction_request="联系电话有误")
    correction = {"field": "数量", "before": "2", "after": "3"}
    corrected = FIRM | {"telephone": "023-43733333"}
    filing.fill("correct", WINDOW, applicant=corrected, corrections=[correction], correction_confirmed=True)
    assert filing.open == ["examine"]
    assert set(filing.timers.values()) == due
    filing.fill("examine", WINDOW, **papers.ACCEPT)
    assert filing.variables["applicant"]["telephone"] == "023-43733333"
    assert filing.variables["corrections"] == [correction]


def test_supplements_are_asked_for_once_and_must_then_be_accepted() -> None:
    filing = Filing(ITEM)
    filing.fill("examine", WINDOW, **papers.INCOMPLETE)
    assert filing.open == ["receive_supplement"]
    assert filing.timers == {}, "the notice stops the five days; waiting for the applicant has no end of its own"
    filing.later(days=10)
    filing.fill("receive_supplement", WINDOW, supplement_outcome="delivered", missing=[{"received": True}, {"received": False}])
    assert filing.open == ["receive_supplement"], "one paper is still missing; there is no second notice"
    filing.fill("receive_supplement", WINDOW, supplement_outcome="delivered", missing=[{"received": True}, {"received": True}])
    acceptance = filing.variables["acceptance"]
    assert acceptance["supplemented"] is True
    assert (acceptance["noticed_on"], acceptance["accepted_on"]) == ("2026-03-02", "2026-03-12")
    assert filing.open == ["arrange", "request"]


def test_the_supplement_keeps_what_the_notice_said() -> None:
    filing = Filing(ITEM)
    filing.fill("examine", WINDOW, **papers.INCOMPLETE)
    shown = filing.task("receive_supplement").variables["missing"]
    assert [row["material"] for row in shown] == ["场地使用协议", "广告样件"]
    changed = [{"received": True, "material": "别的材料"}, {"received": True}]
    filing.fill("receive_supplement", WINDOW, supplement_outcome="delivered", missing=changed)
    assert filing.variables["acceptance"]["accepted"] is True


def test_the_applicant_withdraws_instead_of_supplementing() -> None:
    filing = Filing(ITEM)
    filing.fill("examine", WINDOW, **papers.INCOMPLETE)
    filing.fill("receive_supplement", WINDOW, supplement_outcome="withdrawn", withdrawal_signed=True)
    assert (filing.status, filing.ended_at()) == ("completed", ["end_withdrawn"])


class TestSilence:
    """Art. 32(4): no notice within five working days, deemed accepted from the day the materials were received."""

    LAST_MOMENT = datetime(2026, 3, 9, 9, 30, tzinfo=UTC)

    def test_the_case_is_accepted_by_itself_from_the_day_of_receipt(self) -> None:
        filing = Filing(ITEM)
        filing.wait_until(self.LAST_MOMENT)
        acceptance = filing.variables["acceptance"]
        assert acceptance["outcome"] == "deemed_accepted"
        assert (acceptance["accepted_on"], acceptance["decided_on"]) == ("2026-03-02", "2026-03-09")
        assert filing.variables["limits"]["promised"]["date"] == "2026-03-11", "the promise has been running already"
        assert filing.open == ["arrange", "request"]
        assert filing.replay()

    def test_up_to_the_last_moment_the_window_decides(self) -> None:
        filing = Filing(ITEM)
        filing.wait_until(datetime(2026, 3, 9, 9, 29, 59, tzinfo=UTC))
        filing.fill("examine", WINDOW, **papers.ACCEPT)
        assert filing.variables["acceptance"]["outcome"] == "accepted"
        assert filing.variables["acceptance"]["accepted_on"] == "2026-03-09"

    def test_a_correction_that_drags_on_is_interrupted_too(self) -> None:
        filing = Filing(ITEM)
        filing.fill("examine", WINDOW, outcome="correct_on_the_spot", correction_request="联系电话有误")
        filing.wait_until(self.LAST_MOMENT)
        assert filing.variables["acceptance"]["outcome"] == "deemed_accepted"
        assert filing.open == ["arrange", "request"]

    def test_an_answer_that_comes_too_late_finds_no_task(self) -> None:
        filing = Filing(ITEM)
        task = filing.task("examine").task_id
        filing.wait_until(self.LAST_MOMENT)
        with pytest.raises(Rejection):
            filing.do(commands.CompleteUserTask, actor(WINDOW), task_id=task, variables={})


def test_only_the_window_examines() -> None:
    filing = Filing(ITEM)
    with pytest.raises(Rejection) as refused:
        filing.fill("examine", "commerce-examiner-1", **papers.ACCEPT)
    assert refused.value.code == "user-task-not-candidate"

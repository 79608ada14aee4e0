"""户外广告登记, a promised item: site visit and two departments at once, a signed decision, delivery."""

from datetime import UTC, datetime
from typing import Any

import pytest

from engine.core.rejection import Rejection
from forms import FormErrors
from tests.workflows import papers
from tests.workflows.filing import Filing

ITEM = "outdoor_advertising_registration"
WINDOW, FIRST, SECOND, LEADER = "window-commerce-1", "commerce-examiner-1", "commerce-examiner-2", "commerce-leader"
BUILDING, TRAFFIC = ("construction-officer", "department-construction"), ("traffic-officer", "department-traffic-police")


def accepted() -> Filing:
    filing = Filing(ITEM)
    filing.fill("examine", WINDOW, **papers.ACCEPT)
    return filing


def visit(filing: Filing, **changes: Any) -> None:
    filing.fill("arrange", FIRST, **papers.ARRANGEMENT)
    filing.fill("record", FIRST, **papers.RECORD | changes)
    filing.fill("countersign", SECOND, **papers.COUNTERSIGNED)


def consult(filing: Filing, **traffic: Any) -> None:
    filing.fill("request", FIRST, **papers.REQUEST)
    filing.fill("answer", *BUILDING, **papers.AGREED)
    filing.fill("answer", *TRAFFIC, **papers.AGREED | traffic)


def reviewed() -> Filing:
    filing = accepted()
    visit(filing)
    consult(filing)
    return filing


def decide(filing: Filing, draft: dict[str, Any]) -> None:
    filing.fill("draft", FIRST, **draft)
    filing.fill("sign", LEADER, **papers.SIGNED)
    filing.fill("issue", WINDOW, **papers.ISSUED)


def without_paper(known: dict[str, Any]) -> dict[str, Any]:
    """What a case knows, but for its receipt: the pass code on it is drawn by lot, and so is the code that proves the paper."""
    return known | {"receipt": known["receipt"]["number"], "acceptance_document": None, "case_state": None}


def test_granted_from_filing_to_delivery() -> None:
    filing = reviewed()
    decide(filing, papers.GRANT)
    assert filing.variables["decision"]["result"] == "granted"
    assert filing.variables["decision"]["decided_on"] == "2026-03-02"
    filing.fill("deliver", WINDOW, **papers.DELIVERED)
    assert (filing.status, filing.ended_at()) == ("completed", ["end_granted"])
    assert filing.timers == {}
    assert filing.replay()


def test_refused_with_reasons_and_remedies() -> None:
    filing = reviewed()
    decide(filing, papers.REFUSE)
    filing.fill("deliver", WINDOW, **papers.DELIVERED)
    decision = filing.variables["decision"]
    assert (filing.status, filing.ended_at()) == ("completed", ["end_refused"])
    assert {name: decision[name] for name in ("reasons", "reconsideration_organ", "court")} == {
        name: papers.REFUSE[name] for name in ("reasons", "reconsideration_organ", "court")
    }


@pytest.mark.parametrize("left_out", ["reasons", "legal_basis", "reconsideration_organ", "court", "heard"])
def test_a_refusal_without_its_reason_law_or_remedy_cannot_be_entered(left_out: str) -> None:
    filing = reviewed()
    with pytest.raises(FormErrors) as refused:
        filing.fill("draft", FIRST, **{name: value for name, value in papers.REFUSE.items() if name != left_out})
    assert [error.field for error in refused.value.errors] == [left_out]


def test_visit_and_opinions_go_on_at_the_same_time_in_any_order() -> None:
    first, second = accepted(), accepted()
    assert first.open == ["arrange", "request"]
    visit(first)
    consult(first)
    consult(second)
    visit(second)
    known = [filing.task("draft").variables for filing in (first, second)]
    assert without_paper(known[0]) == without_paper(known[1])
    assert [opinion["department"] for opinion in known[0]["opinions"]] == ["县建委", "县公安局交警大队"]
    assert known[0]["site_visit"]["inspectors"] == ["承办人甲", "承办人乙"]


def test_nothing_is_decided_before_both_are_done() -> None:
    filing = accepted()
    visit(filing)
    filing.fill("request", FIRST, **papers.REQUEST)
    filing.fill("answer", *BUILDING, **papers.AGREED)
    assert filing.open == ["answer"]


class TestSiteVisit:
    def test_the_second_signature_is_another_persons(self) -> None:
        filing = accepted()
        filing.fill("arrange", FIRST, **papers.ARRANGEMENT)
        filing.fill("record", FIRST, **papers.RECORD)
        with pytest.raises(Rejection) as refused:
            filing.fill("countersign", FIRST, **papers.COUNTERSIGNED)
        assert refused.value.code == "separation-of-duties"

    def test_two_inspectors_are_two_people(self) -> None:
        with pytest.raises(FormErrors) as refused:
            accepted().fill("arrange", FIRST, **papers.ARRANGEMENT | {"second_inspector": "承办人甲"})
        assert [error.field for error in refused.value.errors] == ["second_inspector"]

    def test_a_record_that_is_not_true_is_written_again(self) -> None:
        filing = accepted()
        filing.fill("arrange", FIRST, **papers.ARRANGEMENT)
        filing.fill("record", FIRST, **papers.RECORD)
        filing.fill("countersign", SECOND, agrees="no", remarks="实际宽度与记录不符", signed=True)
        assert filing.open == ["record", "request"]

    def test_who_checked_the_record_does_not_write_the_next_one(self) -> None:
        """Else two people would have stood on both sides, and nobody would be left to sign."""
        filing = accepted()
        filing.fill("arrange", FIRST, **papers.ARRANGEMENT)
        filing.fill("record", FIRST, **papers.RECORD)
        filing.fill("countersign", SECOND, agrees="no", remarks="实际宽度与记录不符", signed=True)
        with pytest.raises(Rejection) as refused:
            filing.fill("record", SECOND, **papers.RECORD)
        assert refused.value.code == "separation-of-duties"
        filing.fill("record", FIRST, **papers.RECORD)
        filing.fill("countersign", SECOND, **papers.COUNTERSIGNED)
        assert filing.open == ["request"]

    def test_the_result_follows_from_the_findings(self) -> None:
        filing = accepted()
        filing.fill("arrange", FIRST, **papers.ARRANGEMENT)
        wrong = [papers.RECORD["findings"][0] | {"conforms": "no"}]
        with pytest.raises(FormErrors) as refused:
            filing.fill("record", FIRST, **papers.RECORD | {"findings": wrong})
        assert [error.field for error in refused.value.errors] == ["result"]

    def test_a_failed_visit_leads_to_a_decision_all_the_same(self) -> None:
        filing = accepted()
        wrong = [papers.RECORD["findings"][0] | {"conforms": "no"}]
        visit(filing, findings=wrong, result="failed", problems="设置位置遮挡交通信号灯")
        consult(filing)
        assert filing.task("draft").variables["site_visit"]["result"] == "failed"


class TestOpinions:
    @pytest.mark.parametrize(("conclusion", "needs"), [("conditional", ["conditions"]), ("opposed", ["reason", "legal_basis"])])
    def test_an_opinion_says_its_conditions_or_reasons(self, conclusion: str, needs: list[str]) -> None:
        filing = accepted()
        filing.fill("request", FIRST, **papers.REQUEST)
        with pytest.raises(FormErrors) as refused:
            filing.fill("answer", *TRAFFIC, conclusion=conclusion, statement="有意见。")
        assert [error.field for error in refused.value.errors] == needs

    @pytest.mark.parametrize(
        ("paper", "end"),
        [
            ({}, "end_agreed"),
            ({"conclusion": "conditional", "conditions": "不得遮挡信号灯"}, "end_conditional"),
            (
                {"conclusion": "opposed", "reason": "遮挡路口的交通信号灯", "legal_basis": "《道路交通安全法》"},
                "end_opposed",
            ),
        ],
    )
    def test_how_the_opinions_are_summed_up(self, paper: dict[str, Any], end: str) -> None:
        filing = accepted()
        consult(filing, **paper)
        completed = [event.element_id for event in filing.events if event.name == "ElementCompleted"]
        assert end in completed

    def test_a_department_answers_for_itself_only(self) -> None:
        filing = accepted()
        filing.fill("request", FIRST, **papers.REQUEST)
        with pytest.raises(Rejection) as refused:
            filing.fill("answer", "traffic-officer", "department-construction", **papers.AGREED)
        assert refused.value.code == "user-task-not-candidate"

    def test_who_has_not_answered_is_pressed_and_the_pressing_ends_with_the_answer(self) -> None:
        filing = accepted()
        visit(filing)
        filing.fill("request", FIRST, **papers.REQUEST)
        filing.fill("answer", *BUILDING, **papers.AGREED)
        filing.wait_until(datetime(2026, 3, 4, 9, 30, tzinfo=UTC))
        assert filing.open == ["answer", "press"]
        filing.fill("answer", *TRAFFIC, **papers.AGREED)
        assert filing.open == ["draft"]


class TestDecision:
    def test_the_leader_sends_a_draft_back(self) -> None:
        filing = reviewed()
        filing.fill("draft", FIRST, **papers.REFUSE)
        with pytest.raises(FormErrors):
            filing.fill("sign", LEADER, outcome="sent_back", opinion="")
        filing.fill("sign", LEADER, outcome="sent_back", opinion="请核实现场情况后重拟")
        assert filing.task("draft").variables["signature"]["opinion"] == "请核实现场情况后重拟"
        decide(filing, papers.GRANT)
        assert filing.variables["decision"]["result"] == "granted"
        assert filing.variables["decision"]["reasons"] is None, "the reasons of the earlier draft are gone"

    def test_an_absent_leader_is_reminded(self) -> None:
        filing = reviewed()
        filing.fill("draft", FIRST, **papers.GRANT)
        filing.wait_until(datetime(2026, 3, 4, 9, 30, tzinfo=UTC))
        assert filing.open == ["remind", "sign"]
        filing.fill("sign", LEADER, **papers.SIGNED)
        assert filing.open == ["issue"]


class TestDelivery:
    def test_a_delivery_that_takes_long_is_pressed(self) -> None:
        filing = reviewed()
        decide(filing, papers.GRANT)
        filing.wait_until(datetime(2026, 3, 12, 9, 30, tzinfo=UTC))
        assert filing.open == ["deliver", "press"]
        filing.fill("press", "supervisor")
        filing.fill("deliver", WINDOW, **papers.DELIVERED | {"delivered_on": "2026-03-12"})
        assert filing.status == "completed"

    @pytest.mark.parametrize("day", ["2026-03-01", "2026-03-03"])
    def test_the_day_of_delivery_lies_between_decision_and_today(self, day: str) -> None:
        filing = reviewed()
        decide(filing, papers.GRANT)
        with pytest.raises(FormErrors) as refused:
            filing.fill("deliver", WINDOW, **papers.DELIVERED | {"delivered_on": day})
        assert [error.field for error in refused.value.errors] == ["delivered_on"]


class TestWithdrawal:
    def test_the_applicant_may_withdraw_while_the_case_is_examined(self) -> None:
        filing = accepted()
        visit(filing)
        filing.message("application-withdrawn", **papers.WITHDRAWN)
        assert (filing.status, filing.ended_at()) == ("completed", ["end_withdrawn"])
        assert filing.timers == {}

    def test_the_message_is_addressed_by_the_case_number(self) -> None:
        filing = accepted()
        opened = [event for event in filing.events if event.name == "MessageSubscriptionOpened"]
        assert {event.correlation_key for event in opened} == {filing.variables["receipt"]["number"]}

    def test_after_the_decision_there_is_nothing_to_withdraw(self) -> None:
        filing = reviewed()
        decide(filing, papers.GRANT)
        with pytest.raises(StopIteration):
            filing.message("application-withdrawn", **papers.WITHDRAWN)

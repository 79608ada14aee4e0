"""What may happen beside the examination of a case: excluded time, extension, consultation, hearing, withdrawal."""

from datetime import UTC, datetime, timedelta

import pytest

from engine.core import commands
from engine.core.rejection import Rejection
from forms import FormErrors
from tests.workflows import papers
from tests.workflows.filing import Filing, actor
from workflows.calendar import WorkingDays
from workflows.clock import LimitName, due

ITEM = "outdoor_advertising_registration"
WINDOW, OTHER_WINDOW = "window-commerce-1", "window-commerce-2"
FIRST, SECOND, LEADER = "commerce-examiner-1", "commerce-examiner-2", "commerce-leader"
CHAIR, COUNTY = "hearing-chair", "county-leader"


def examining() -> Filing:
    filing = Filing(ITEM)
    filing.fill("examine", WINDOW, **papers.ACCEPT)
    return filing


def reviewed(filing: Filing) -> Filing:
    filing.fill("arrange", FIRST, **papers.ARRANGEMENT | {"visit_on": filing.now.date().isoformat()})
    filing.fill("record", FIRST, **papers.RECORD)
    filing.fill("countersign", SECOND, **papers.COUNTERSIGNED)
    filing.fill("request", FIRST, **papers.REQUEST)
    filing.fill("answer", "construction-officer", "department-construction", **papers.AGREED)
    filing.fill("answer", "traffic-officer", "department-traffic-police", **papers.AGREED)
    return filing


def last_day(filing: Filing, limit: LimitName = LimitName.STATUTORY) -> str | None:
    clock = filing.clock("C1")
    found = clock.limit(limit)
    assert found is not None
    end = due(clock, found, WorkingDays())
    return None if end is None else end.day.isoformat()


def decide(filing: Filing, **draft: str) -> None:
    filing.fill("draft", FIRST, **papers.GRANT | draft)
    filing.fill("sign", LEADER, **papers.SIGNED)
    filing.fill("issue", WINDOW, **papers.ISSUED)


class TestSpecialProcedure:
    def test_the_clock_stands_still_and_goes_on_with_the_exact_remainder(self) -> None:
        filing = examining()
        assert last_day(filing) == "2026-03-30"
        filing.wait_until(datetime(2026, 3, 10, 2, 0, tzinfo=UTC))
        filing.message("special-procedure")
        filing.fill("request_special_procedure", FIRST, **papers.SPECIAL_PROCEDURE)
        assert (filing.case().status, last_day(filing)) == ("special-procedure", None)
        assert filing.documents()[-1] == "special_procedure_notice"
        filing.wait_until(datetime(2026, 3, 24, 2, 0, tzinfo=UTC))
        filing.fill("receive_result", FIRST, **papers.SPECIAL_PROCEDURE_RESULT)
        assert (filing.case().status, last_day(filing)) == ("examining", "2026-04-14")
        assert filing.incidents == []

    def test_tasks_of_a_case_that_stands_still_are_not_due(self) -> None:
        filing = reviewed(examining())
        assert filing.task("draft").due == "2026-03-11T09:30:00Z"
        filing.message("special-procedure")
        filing.fill("request_special_procedure", FIRST, **papers.SPECIAL_PROCEDURE)
        assert filing.task("draft").due is None
        filing.later(days=7)
        filing.fill("receive_result", FIRST, **papers.SPECIAL_PROCEDURE_RESULT)
        assert filing.task("draft").due == "2026-03-18T09:30:00Z"

    @pytest.mark.parametrize("missing", ["ground", "planned_days", "evidence", "told"])
    def test_what_the_law_asks_for_must_be_said(self, missing: str) -> None:
        filing = examining()
        filing.message("special-procedure")
        given = {name: value for name, value in papers.SPECIAL_PROCEDURE.items() if name != missing}
        with pytest.raises(FormErrors) as refused:
            filing.fill("request_special_procedure", FIRST, **given)
        assert [error.field for error in refused.value.errors] == [missing]

    def test_a_ground_that_is_not_in_the_law_cannot_be_chosen(self) -> None:
        filing = examining()
        filing.message("special-procedure")
        with pytest.raises(FormErrors):
            filing.fill("request_special_procedure", FIRST, **papers.SPECIAL_PROCEDURE | {"ground": "site-visit"})

    def test_not_even_past_the_form(self) -> None:
        filing = examining()
        filing.message("special-procedure")
        task = filing.task("request_special_procedure").task_id
        invented = {"procedure": papers.SPECIAL_PROCEDURE} | papers.SPECIAL_PROCEDURE | {"ground": "leader-is-away"}
        with pytest.raises(Rejection) as refused:
            filing.do(commands.CompleteUserTask, actor(FIRST), task_id=task, variables=invented)
        assert refused.value.code == "pause-ground-not-in-law"
        assert filing.documents()[-1] == "acceptance_notice", "the notice that was numbered is taken back with the step"

    def test_nothing_is_decided_while_it_lasts(self) -> None:
        filing = reviewed(examining())
        filing.message("special-procedure")
        filing.fill("request_special_procedure", FIRST, **papers.SPECIAL_PROCEDURE)
        with pytest.raises(Rejection) as refused:
            decide(filing)
        assert refused.value.code == "case-status"
        assert "issue" in filing.open

    def test_one_that_takes_longer_than_told_is_pressed(self) -> None:
        filing = examining()
        filing.message("special-procedure")
        filing.fill("request_special_procedure", FIRST, **papers.SPECIAL_PROCEDURE)
        filing.wait_until(datetime(2026, 3, 16, 10, 0, tzinfo=UTC))
        assert "press_special_procedure" in filing.open


class TestExtension:
    def test_once_by_the_head_of_the_organ(self) -> None:
        filing = examining()
        filing.message("extension-requested")
        filing.fill("request_extension", FIRST, **papers.EXTENSION)
        filing.fill("approve_extension", LEADER, approves="yes")
        assert (last_day(filing), last_day(filing, LimitName.PROMISED)) == ("2026-04-14", "2026-03-11")
        assert filing.documents()[-1] == "extension_notice"

    def test_not_twice(self) -> None:
        filing = examining()
        for _ in range(2):
            filing.message("extension-requested")
            filing.fill("request_extension", FIRST, **papers.EXTENSION)
        first, second = (view for view in filing.instance.user_tasks() if view.element_id == "approve_extension")
        given = {"approves": "yes"}
        filing.do(commands.CompleteUserTask, actor(LEADER), task_id=first.task_id, variables=given)
        with pytest.raises(Rejection) as refused:
            filing.do(commands.CompleteUserTask, actor(LEADER), task_id=second.task_id, variables=given)
        assert refused.value.code == "extension-already-given"
        assert last_day(filing) == "2026-04-14"

    def test_not_longer_than_the_law_says(self) -> None:
        filing = examining()
        filing.message("extension-requested")
        filing.fill("request_extension", FIRST, **papers.EXTENSION | {"days": 11})
        with pytest.raises(Rejection) as refused:
            filing.fill("approve_extension", LEADER, approves="yes")
        assert refused.value.code == "extension-too-long"

    @pytest.mark.parametrize("who", [WINDOW, FIRST, "committee", COUNTY])
    def test_nobody_else_approves(self, who: str) -> None:
        filing = examining()
        filing.message("extension-requested")
        filing.fill("request_extension", FIRST, **papers.EXTENSION)
        with pytest.raises(Rejection) as refused:
            filing.fill("approve_extension", who, approves="yes")
        assert refused.value.code == "user-task-not-candidate"

    def test_not_after_the_limit(self) -> None:
        filing = examining()
        filing.message("extension-requested")
        filing.fill("request_extension", FIRST, **papers.EXTENSION)
        filing.wait_until(datetime(2026, 3, 31, 2, 0, tzinfo=UTC))
        with pytest.raises(Rejection) as refused:
            filing.fill("approve_extension", LEADER, approves="yes")
        assert refused.value.code == "extension-too-late"

    def test_what_is_not_approved_changes_nothing(self) -> None:
        filing = examining()
        filing.message("extension-requested")
        filing.fill("request_extension", FIRST, **papers.EXTENSION)
        filing.fill("approve_extension", LEADER, approves="no", opinion="能够按期办结")
        assert last_day(filing) == "2026-03-30"


class TestConsultation:
    def test_the_case_goes_on_and_no_clock_stands_still(self) -> None:
        filing = examining()
        filing.message("consultation")
        filing.fill("ask_question", WINDOW, **papers.QUESTION)
        assert (filing.case().flags, last_day(filing)) == (("consulting",), "2026-03-30")
        assert "arrange" in filing.open
        assert filing.task("answer_question").due == "2026-03-05T09:30:00Z"
        filing.fill("answer_question", FIRST, **papers.ANSWER)
        assert filing.case().flags == ()

    def test_the_answer_must_fit_into_the_promise(self) -> None:
        filing = examining()
        filing.wait_until(datetime(2026, 3, 9, 2, 0, tzinfo=UTC))
        filing.message("consultation")
        filing.fill("ask_question", WINDOW, **papers.QUESTION)
        assert filing.task("answer_question").due == "2026-03-11T09:30:00Z"

    @pytest.mark.parametrize("statement", ["请按规定办理", "按照有关规定办理。", "可以"])
    def test_an_empty_answer_is_refused(self, statement: str) -> None:
        filing = examining()
        filing.message("consultation")
        filing.fill("ask_question", WINDOW, **papers.QUESTION)
        with pytest.raises(FormErrors) as refused:
            filing.fill("answer_question", FIRST, conclusion="agreed", statement=statement)
        assert {error.field for error in refused.value.errors} == {"statement"}

    def test_only_the_own_department_is_asked(self) -> None:
        filing = examining()
        filing.message("consultation")
        filing.fill("ask_question", WINDOW, **papers.QUESTION)
        with pytest.raises(Rejection) as refused:
            filing.fill("answer_question", "construction-officer", **papers.ANSWER)
        assert refused.value.code == "user-task-not-candidate"

    def test_silence_goes_to_the_leader(self) -> None:
        filing = examining()
        filing.message("consultation")
        filing.fill("ask_question", WINDOW, **papers.QUESTION)
        filing.wait_until(datetime(2026, 3, 5, 9, 30, tzinfo=UTC))
        press = filing.task("press")
        assert press.candidate_groups == ("leader-commerce",)

    def test_several_at_once_contradict_nobody(self) -> None:
        filing = examining()
        for question in ("是否影响消防通道？请核实。", "是否占用公共绿地？请核实。"):
            filing.message("consultation")
            filing.fill("ask_question", WINDOW, **papers.QUESTION | {"question": question})
            filing.later(seconds=1)
        views = [view for view in filing.instance.user_tasks() if view.element_id == "answer_question"]
        for view, conclusion in zip(views, ("agreed", "verify"), strict=True):
            answer = papers.ANSWER | {"conclusion": conclusion}
            filing.do(commands.CompleteUserTask, actor(FIRST), task_id=view.task_id, variables=answer)
        assert (filing.incidents, filing.case().flags) == ([], ())

    def test_a_decision_ends_what_is_still_being_asked(self) -> None:
        filing = examining()
        filing.message("consultation")
        filing.fill("ask_question", WINDOW, **papers.QUESTION)
        decide(reviewed(filing))
        assert (filing.open, filing.case().flags) == (["deliver"], ())


class TestHearing:
    @staticmethod
    def told() -> Filing:
        filing = examining()
        filing.message("hearing")
        filing.fill("tell_right", FIRST, **papers.HEARING_RIGHT)
        return filing

    def asked(self) -> Filing:
        filing = self.told()
        filing.message("hearing-requested")
        return filing

    def held(self) -> Filing:
        filing = self.asked()
        filing.fill("arrange_hearing", FIRST, **papers.HEARING_ARRANGEMENT)
        filing.wait_until(datetime(2026, 3, 16, 2, 0, tzinfo=UTC))
        filing.fill("hold_hearing", CHAIR, **papers.HEARING_RECORD)
        return filing

    def test_the_clock_stands_still_and_the_decision_names_the_record(self) -> None:
        filing = self.asked()
        assert last_day(filing) is None
        filing = self.held()
        assert last_day(filing) == "2026-04-14"
        assert filing.case().flags == ()
        reviewed(filing)
        with pytest.raises(Rejection) as refused:
            decide(filing)
        assert refused.value.code == "decision-without-hearing-record"

    def test_the_decision_by_the_record(self) -> None:
        filing = reviewed(self.held())
        decide(filing, hearing_record=filing.minutes())
        assert (filing.case().status, filing.open) == ("granted", ["deliver"])

    def test_nothing_is_decided_before_the_right_is_used_or_over(self) -> None:
        filing = reviewed(self.told())
        with pytest.raises(Rejection) as refused:
            decide(filing)
        assert refused.value.code == "hearing-pending"

    @pytest.mark.parametrize("waived", [True, False])
    def test_a_right_that_is_waived_or_not_used_lapses(self, *, waived: bool) -> None:
        filing = reviewed(self.told())
        if waived:
            filing.message("hearing-waived")
        else:
            filing.wait_until(datetime(2026, 3, 9, 9, 30, tzinfo=UTC))
        decide(filing)
        assert filing.case().status == "granted"

    def test_a_notice_less_than_seven_days_before_is_no_notice(self) -> None:
        filing = self.asked()
        with pytest.raises(Rejection) as refused:
            filing.fill("arrange_hearing", FIRST, **papers.HEARING_ARRANGEMENT | {"held_on": "2026-03-10"})
        assert refused.value.code == "hearing-notice-too-late"
        assert "hearing_notice" not in filing.documents()

    def test_the_examiner_cannot_be_the_chair(self) -> None:
        filing = self.asked()
        filing.fill("arrange_hearing", FIRST, **papers.HEARING_ARRANGEMENT)
        filing.wait_until(datetime(2026, 3, 16, 2, 0, tzinfo=UTC))
        with pytest.raises(Rejection) as refused:
            filing.fill("hold_hearing", FIRST, **papers.HEARING_RECORD)
        assert refused.value.code == "user-task-not-candidate"


class TestWithdrawal:
    def test_an_unsigned_withdrawal_is_refused_and_the_case_goes_on(self) -> None:
        filing = examining()
        with pytest.raises(Rejection) as refused:
            filing.message("application-withdrawn", reason="电话告知")
        assert refused.value.code == "case-detail-missing"
        assert (filing.case().status, filing.open) == ("examining", ["arrange", "request"])

    def test_everything_stops(self) -> None:
        filing = examining()
        filing.message("consultation")
        filing.message("application-withdrawn", **papers.WITHDRAWN)
        assert (filing.status, filing.ended_at(), filing.timers) == ("completed", ["end_withdrawn"], {})
        assert (filing.case().status, filing.documents()[-1]) == ("withdrawn", "withdrawal_confirmation")
        assert filing.clock("C1").stopped_at is not None


def test_the_file_of_a_case_from_filing_to_delivery() -> None:
    filing = examining()
    decide(reviewed(filing))
    filing.later(hours=1)
    filing.fill("deliver", WINDOW, **papers.DELIVERED)
    statuses = [event.status for event in filing.case_events() if event.event == "status"]
    assert statuses == ["accepted", "examining", "granted", "delivered"]
    assert filing.documents() == ["filing_receipt", "acceptance_notice", "licence_decision", "licence"]
    assert filing.clock("C4").stopped_at == filing.now
    assert filing.case().delivered_at == filing.now
    assert filing.now - filing.case().received_at == timedelta(hours=1)

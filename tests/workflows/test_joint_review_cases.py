"""Joint review from filing to delivery: no opinion missing, none overridden, and nothing left of what came and went."""

import random
from typing import Any

import pytest
from sqlalchemy import select
from sqlalchemy.orm import Session

from engine.core import commands
from engine.core.rejection import Rejection
from forms import FormErrors
from tests.workflows import papers
from tests.workflows.centre import Centre
from tests.workflows.filing import MONDAY, Filing, actor, form
from tests.workflows.test_workflows_every_item import ITEMS, people
from workflows.joint_review.operators import require_eligible
from workflows.joint_review.tables import joint_opinion, joint_task

PATHS = [key for key in ITEMS if key.startswith("joint_review_")]
CONSTRUCTION = "joint_review_construction"
SEAL = {"seal_number": "计经审批01"}


def window(item: str) -> str:
    return f"{ITEMS[item].window_group}-1"


def accepted(item: str = CONSTRUCTION, **details: Any) -> Filing:
    given = papers.application(item)["details"] | details
    filing = Filing(item, details=given)
    filing.fill("examine", window(item), **papers.ACCEPT)
    return filing


def in_meeting(filing: Filing, chair: str = "committee") -> Filing:
    filing.fill("examine_project", "committee", opinion="材料齐全，同意联审。")
    filing.fill("announce", chair, held_on="2026-03-03", place="中心会议室", papers_sent=True)
    filing.wait(days=1)
    return filing


def meeting_record(filing: Filing, absent: int = 0, **changes: Any) -> dict[str, Any]:
    known = filing.task("hold_meeting").variables["proposed"]
    attendance = [{"department": task["department"], "present": place >= absent} for place, task in enumerate(known)]
    opinions = [{"department": task["department"], "statement": "原则同意。"} for task in known]
    days = [{"days": task["days"]} for task in known]
    return {"held_on": "2026-03-03", "attendance": attendance, "opinions": opinions, "proposed": days, **changes}


def reviewing(item: str = CONSTRUCTION, **details: Any) -> Filing:
    filing = in_meeting(accepted(item, **details))
    filing.fill("hold_meeting", "committee", **meeting_record(filing))
    return filing


def task_of(filing: Filing, element: str, code: str) -> Any:
    views = [view for view in filing.instance.user_tasks() if view.element_id == element]
    return next(view for view in views if view.variables["task"]["code"] == code)


def do(filing: Filing, element: str, code: str, **data: Any) -> None:
    view = task_of(filing, element, code)
    who = people(view.candidate_groups[0])[0]
    filing.do(commands.CompleteUserTask, actor(who), task_id=view.task_id, variables=data)


def conclude(filing: Filing, code: str, conclusion: str = "agreed", **data: Any) -> None:
    if any(view.element_id == "pre_review" and view.variables["task"]["code"] == code for view in filing.instance.user_tasks()):
        do(filing, "pre_review", code, materials_seen=True, remarks="已审阅")
    do(filing, "conclude_review", code, conclusion=conclusion, statement="经审查提出意见。", legal_basis=None, **data)


def states(filing: Filing) -> dict[str, str]:
    with Session(filing.engine) as session:
        rows = session.execute(select(joint_task.c.code, joint_task.c.state)).all()
    return {row.code: row.state for row in rows}


def predecessors(filing: Filing, code: str) -> set[str]:
    with Session(filing.engine) as session:
        return set(session.execute(select(joint_task.c.depends_on).where(joint_task.c.code == code)).scalar_one())


def everybody(filing: Filing) -> None:
    """All departments agree, whoever may first."""
    while waiting := [code for code, state in states(filing).items() if state == "open"]:
        for code in waiting:
            if not predecessors(filing, code) & set(waiting):
                conclude(filing, code, superior_document="市政府批复〔2026〕1号")


def finish(filing: Filing, item: str, proposal: str = "granted") -> None:
    filing.fill("conclude", window(item), proposal=proposal, summary="各部门意见已经汇总。")
    filing.fill("draft", people(ITEMS[item].department_group)[0], **papers.GRANT if proposal == "granted" else papers.REFUSE)
    if "sign" in filing.open:
        filing.fill("sign", people(ITEMS[item].leader_group)[0], **papers.SIGNED)
    filing.fill("issue", window(item), **papers.ISSUED | {"seal_number": papers.seal(ITEMS[item].window_group)})
    filing.fill("deliver", window(item), **papers.DELIVERED | {"delivered_on": filing.now.date().isoformat()})


@pytest.mark.parametrize("item", PATHS)
def test_a_path_from_filing_to_delivery(item: str) -> None:
    filing = reviewing(item)
    everybody(filing)
    finish(filing, item)
    assert (filing.status, filing.ended_at(), filing.timers) == ("completed", ["end_granted"], {})
    assert filing.case().status == "delivered"
    assert "joint_review_minutes" in filing.documents()
    assert filing.incidents == []
    assert filing.replay()


def test_the_law_gives_a_joint_case_forty_five_days() -> None:
    assert filing_limit(accepted()) == 45


def filing_limit(filing: Filing) -> int:
    clock = filing.clock("C1")
    return max(limit.total for limit in clock.limits)


class TestRoute:
    """D2: whether there is a joint review at all."""

    def test_a_project_below_ten_million_yuan_has_no_meeting(self) -> None:
        filing = accepted(investment_fen="9999999.99")
        assert "examine_project" not in filing.open
        everybody(filing)
        finish(filing, CONSTRUCTION)
        assert (filing.status, filing.case().status) == ("completed", "delivered")

    def test_ten_million_is_joint_review(self) -> None:
        assert accepted(investment_fen="10000000.00").open == ["examine_project"]

    def test_what_concerns_one_department_is_an_item_of_its_own(self, centre_url: str) -> None:
        centre = Centre(centre_url)
        with centre.runtime.registers.read() as session, pytest.raises(Rejection) as refused:
            require_eligible(session, {"route": "single"}, None)  # type: ignore[arg-type]
        assert refused.value.code == "joint-not-eligible"
        centre.close()

    def test_a_prohibited_industry_is_refused(self) -> None:
        filing = Filing(CONSTRUCTION, details=papers.application(CONSTRUCTION)["details"] | {"catalogue": "prohibited"})
        with pytest.raises(Rejection) as refused:
            filing.fill("examine", window(CONSTRUCTION), **papers.ACCEPT)
        assert refused.value.code == "joint-industry-prohibited"

    def test_a_renovation_on_its_site_needs_no_site_and_no_land(self) -> None:
        filing = accepted(project_kind="technical-renovation", stage="land")
        assert {task["code"] for task in filing.task("examine_project").variables["proposed"]} == {"B1", "B4"}

    def test_what_looks_like_a_piece_of_a_larger_project_needs_a_reason(self, centre_url: str) -> None:
        """A-07: the same owner and site within a year."""
        centre = Centre(centre_url)
        for _ in range(2):
            case = centre.file(CONSTRUCTION, **papers.application(CONSTRUCTION))
            centre.fill("examine", case=case, **papers.ACCEPT)
        known = centre.known("examine_project", case)
        assert known["project"]["split"]
        assert known["project"]["total_fen"] == 2 * known["investment_fen"]
        with pytest.raises(FormErrors) as unsaid:
            centre.fill("examine_project", "committee", case, opinion="同意联审。")
        assert [error.field for error in unsaid.value.errors] == ["split_reason"]
        reason = "两期工程分别立项，资金来源不同，不属于拆分。"
        centre.fill("examine_project", "committee", case, opinion="同意联审。", split_reason=reason)
        centre.check(case)
        centre.close()


class TestLead:
    def test_only_the_window_that_leads_applies(self) -> None:
        with pytest.raises(FormErrors):
            accepted(CONSTRUCTION, project_kind="foreign-invested")


class TestSplitting:
    def test_a_second_project_of_the_same_owner_on_the_same_site_needs_a_reason(self) -> None:
        filing = accepted()
        assert filing.task("examine_project").variables["project"] == {"split": False, "total_fen": 2_000_000_000, "cases": []}


class TestMeeting:
    def test_it_is_announced_a_working_day_before(self) -> None:
        filing = accepted()
        filing.fill("examine_project", "committee", opinion="同意联审。")
        with pytest.raises(Rejection) as refused:
            filing.fill("announce", "committee", held_on="2026-03-02", place="中心会议室", papers_sent=True)
        assert refused.value.code == "joint-meeting-notice-too-late"

    def test_too_few_is_another_day(self) -> None:
        filing = in_meeting(accepted())
        filing.fill("hold_meeting", "committee", **meeting_record(filing, absent=3))
        assert filing.open == ["announce"]

    def test_a_county_leader_chairs_special_matters(self) -> None:
        filing = accepted(resettlement=True)
        filing.fill("examine_project", "committee", opinion="同意联审。")
        assert filing.task("announce").candidate_groups == ("leader-county",)

    def test_a_disagreement_over_who_does_what_goes_to_a_county_leader(self) -> None:
        filing = in_meeting(accepted())
        filing.fill("hold_meeting", "committee", **meeting_record(filing, disagreement=True))
        assert filing.open == ["coordinate"]
        days = [{"days": 3} for _ in filing.task("coordinate").variables["proposed"]]
        filing.fill("coordinate", "county-leader", proposed=days, opinion="按三个工作日办理。")
        assert {view.variables["task"]["days"] for view in filing.instance.user_tasks()} == {3}

    def test_nobody_promises_more_than_forty_five_days(self) -> None:
        filing = in_meeting(accepted())
        record = meeting_record(filing)
        long = [{"days": 45} for _ in record["proposed"]]
        with pytest.raises(Rejection) as refused:
            filing.fill("hold_meeting", "committee", **record | {"proposed": long})
        assert refused.value.code == "joint-promise-too-long"


class TestOpinions:
    def test_nobody_concludes_without_every_opinion(self) -> None:
        filing = reviewing()
        conclude(filing, "B6")
        assert "conclude" not in filing.open

    def test_a_department_waits_for_its_predecessor(self) -> None:
        filing = reviewing()
        with pytest.raises(Rejection) as refused:
            conclude(filing, "B8")
        assert refused.value.code == "joint-predecessor-open"
        conclude(filing, "B6")
        conclude(filing, "B8")

    def test_what_waits_for_a_refusal_is_not_processed(self) -> None:
        filing = reviewing()
        conclude(filing, "B6", "disagreed")
        with pytest.raises(Rejection) as refused:
            conclude(filing, "B8")
        assert refused.value.code == "joint-predecessor-refused"
        for code in ("B7", "B8", "B9", "B13", "B10"):
            conclude(filing, code, "not-processed")
        assert filing.open == ["conclude"]

    def test_what_is_reported_up_is_agreed_by_the_superior_s_document_alone(self) -> None:
        filing = reviewing()
        conclude(filing, "B6")
        with pytest.raises(Rejection) as refused:
            conclude(filing, "B7", superior_document=" ")
        assert refused.value.code == "joint-superior-undecided"
        assert states(filing)["B7"] == "open"
        known = task_of(filing, "conclude_review", "B7").variables
        said = {"conclusion": "agreed", "statement": "已报市政府。"}
        with pytest.raises(FormErrors) as missing:
            form("department_conclusion").clean(said, variables=known, now=MONDAY)
        assert [error.field for error in missing.value.errors] == ["superior_document"]
        conclude(filing, "B7", superior_document="市政府用地批复〔2026〕88号")
        with Session(filing.engine) as session:
            kept = session.execute(select(joint_opinion.c.legal_basis).where(joint_opinion.c.code == "B7")).scalar_one()
        assert kept == "市政府用地批复〔2026〕88号"
        assert predecessors(filing, "B10") == {"B7", "B8", "B13"}

    def test_nobody_grants_against_an_opinion(self) -> None:
        filing = reviewing("joint_review_utilities")
        conclude(filing, "C1", "disagreed")
        for code in ("C1T", "C5", "C7"):
            conclude(filing, code)
        with pytest.raises(Rejection) as refused:
            filing.fill("conclude", window("joint_review_utilities"), proposal="granted", summary="拟准予该项目。")
        assert refused.value.code == "joint-opinion-opposed"
        finish(filing, "joint_review_utilities", "refused")
        assert filing.ended_at() == ["end_refused"]

    def test_a_department_asks_for_more_and_gets_it_at_the_window(self) -> None:
        filing = reviewing("joint_review_utilities")
        conclude(filing, "C1", "supplement")
        do(filing, "supply_materials", "C1", materials=[{"name": "管线图"}], from_the_window=True)
        conclude(filing, "C1")
        assert states(filing)["C1"] == "agreed"

    def test_one_that_is_late_is_urged_then_pressed_then_a_county_leader_s(self) -> None:
        """Yellow: the committee urges. Red: it orders, and the department answers. Two working days later: a county leader."""
        filing = reviewing("joint_review_utilities")
        filing.wait(days=7)
        assert pressing(filing) == {"press_department": 4}
        filing.wait(days=1)
        assert pressing(filing) == {"press_department": 4, "order_press": 4}
        do(filing, "order_press", "C1", order="三日内办结。")
        do(filing, "answer_press", "C1", reason="等待现场核查的结果。", done_by="2026-03-20")
        filing.wait(days=2)
        assert pressing(filing) == {"press_department": 4, "order_press": 3, "leader_presses": 4}
        everybody(filing)
        assert pressing(filing) == {}, "who has concluded is pressed no longer"


def pressing(filing: Filing) -> dict[str, int]:
    return {
        name: filing.open.count(name) for name in ("press_department", "order_press", "leader_presses") if name in filing.open
    }


def ask(filing: Filing, message: str, element: str, who: str, **data: Any) -> None:
    filing.message(message)
    view = filing.task(element)
    clean = form(view.form_key).clean(data, variables=view.variables, now=filing.now)
    filing.do(commands.CompleteUserTask, actor(who), task_id=view.task_id, variables=clean)


MORE = {
    "code": "X1",
    "permit": "文物保护意见",
    "department": "县文广局",
    "group": "department-culture",
    "days": 5,
    "reason": "发现文物线索",
}


class TestChanges:
    def test_a_department_more(self) -> None:
        filing = reviewing("joint_review_utilities")
        ask(filing, "joint-add", "propose_addition", "committee", **MORE)
        for code in ("C1", "C1T", "C5", "C7"):
            conclude(filing, code)
        with pytest.raises(Rejection) as refused:
            filing.fill("conclude", window("joint_review_utilities"), proposal="granted", summary="拟准予该项目。")
        assert refused.value.code == "joint-opinion-outstanding"
        conclude(filing, "X1")
        finish(filing, "joint_review_utilities")
        assert (filing.status, filing.timers) == ("completed", {})

    def test_a_department_less(self) -> None:
        filing = reviewing("joint_review_utilities")
        ask(filing, "joint-remove", "propose_removal", "committee", code="C7", reason="不占用绿地")
        assert states(filing)["C7"] == "removed"
        assert filing.open.count("pre_review") == 3
        everybody(filing)
        finish(filing, "joint_review_utilities")
        assert filing.status == "completed"

    def test_not_one_that_others_wait_for(self) -> None:
        filing = reviewing()
        filing.message("joint-remove")
        with pytest.raises(Rejection) as refused:
            filing.fill("propose_removal", "committee", code="B6", reason="不再需要")
        assert refused.value.code == "joint-task-needed"

    def test_an_opinion_is_recalled_and_given_again_and_both_are_kept(self) -> None:
        filing = reviewing("joint_review_utilities")
        conclude(filing, "C1", "disagreed")
        officer = people("department-construction")[0]
        ask(filing, "joint-recall", "recall_opinion", officer, code="C1", reason="补充勘察后重新审查")
        for code in ("C1T", "C5", "C7"):
            conclude(filing, code)
        with pytest.raises(Rejection) as refused:
            filing.fill("conclude", window("joint_review_utilities"), proposal="granted", summary="拟准予该项目。")
        assert refused.value.code == "joint-opinion-outstanding"
        conclude(filing, "C1")
        finish(filing, "joint_review_utilities")
        with Session(filing.engine) as session:
            given = session.execute(select(joint_opinion.c.state).where(joint_opinion.c.code == "C1")).scalars()
            assert list(given) == ["disagreed", "agreed"]

    def test_the_applicant_withdraws_and_nothing_is_left(self) -> None:
        filing = reviewing()
        filing.message("joint-add")
        filing.message("application-withdrawn", **papers.WITHDRAWN)
        assert (filing.status, filing.ended_at(), filing.timers) == ("completed", ["end_withdrawn"], {})

    def test_a_longer_limit_is_the_county_governments(self) -> None:
        filing = reviewing()
        filing.message("extension-requested")
        filing.fill("request_extension", people("department-planning")[0], days=15, reason="涉及部门多，需要补充论证。")
        with pytest.raises(Rejection):
            filing.fill("approve_extension", "planning-leader", approves="yes")
        filing.fill("approve_extension", "county-leader", approves="yes")
        assert filing_limit(filing) == 60


class TestAnyOrder:
    """Added, taken away, recalled, supplemented, disagreed with, in any order: the case ends, and nothing is left."""

    @pytest.mark.parametrize("seed", range(25))
    def test_nothing_is_left_and_no_opinion_lost(self, seed: int) -> None:
        chance, filing, added = random.Random(seed), reviewing("joint_review_utilities"), 0
        for _ in range(30):
            if filing.status != "active" or "conclude" in filing.open:
                break
            added = self.step(filing, chance, added)
        if filing.status == "active":
            self.end(filing, chance)
        assert (filing.status, filing.timers, filing.open, filing.incidents) == ("completed", {}, [], [])
        assert "open" not in states(filing).values() or filing.case().status == "withdrawn"
        assert filing.replay()

    def step(self, filing: Filing, chance: random.Random, added: int) -> int:
        waiting = [code for code, state in states(filing).items() if state == "open"]
        given = [code for code, state in states(filing).items() if state in ("agreed", "disagreed")]
        kind = chance.choice(["conclude"] * 4 + ["supplement", "add", "remove", "recall", "time", "withdraw"])
        if kind == "conclude" and waiting:
            conclude(filing, chance.choice(waiting), chance.choice(["agreed", "agreed", "disagreed"]))
        elif kind == "supplement" and waiting:
            code = chance.choice(waiting)
            conclude(filing, code, "supplement")
            do(filing, "supply_materials", code, materials=[{"name": "补充图纸"}], from_the_window=True)
        elif kind == "add" and added < 3:
            ask(filing, "joint-add", "propose_addition", "committee", **MORE | {"code": f"X{added}"})
            return added + 1
        elif kind == "remove" and len(waiting) > 1:
            self.remove(filing, chance.choice(waiting))
        elif kind == "recall" and given and waiting:
            view_code = chance.choice(given)
            filing.message("joint-recall")
            task = next(view for view in filing.instance.user_tasks() if view.element_id == "recall_opinion")
            who = people(task.candidate_groups[0])[0]
            recalled = {"code": view_code, "reason": "需要重新审查"}
            filing.do(commands.CompleteUserTask, actor(who), task_id=task.task_id, variables=recalled)
        elif kind == "time":
            filing.wait(days=chance.choice([1, 3, 9]))
        elif kind == "withdraw" and chance.random() < 0.2:
            filing.message("application-withdrawn", **papers.WITHDRAWN)
        return added

    def remove(self, filing: Filing, code: str) -> None:
        filing.message("joint-remove")
        task = next(view for view in filing.instance.user_tasks() if view.element_id == "propose_removal")
        removed = {"code": code, "reason": "不再需要"}
        filing.do(commands.CompleteUserTask, actor("committee"), task_id=task.task_id, variables=removed)

    def end(self, filing: Filing, chance: random.Random) -> None:
        everybody(filing)
        for view in list(filing.instance.user_tasks()):
            if view.element_id == "answer_press":
                answer = {"reason": "等待核查结果", "done_by": "2027-01-01"}
                who = people(view.candidate_groups[0])[0]
                filing.do(commands.CompleteUserTask, actor(who), task_id=view.task_id, variables=answer)
        opposed = any(state in ("disagreed", "not-processed") for state in states(filing).values())
        finish(filing, "joint_review_utilities", "refused" if opposed else "granted")

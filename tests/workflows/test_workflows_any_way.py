"""However people work on a case, it comes to an end of its own, with nothing left open and nothing broken."""

import random
from datetime import timedelta
from typing import Any

import pytest

from engine.core import events
from engine.core.rejection import Rejection
from forms import FormErrors
from tests.workflows import papers
from tests.workflows.filing import Filing
from tests.workflows.money import settle
from tests.workflows.persons import PERSON
from workflows.sample import sample_accounts

ITEMS = sorted(key for key in papers.APPLICATIONS if not key.startswith("joint_review_"))
"""Joint cases are done in any order in test_joint_review_cases."""
SENT_BACK = {"outcome": "sent_back", "opinion": "请补充说明后重拟"}
SUPERIOR_REFUSED = papers.SUPERIOR_GRANTED | {
    "result": "refused",
    "reasons": "矿区范围与已设采矿权重叠。",
    "reconsideration_organ": "市人民政府",
    "court": "市中级人民法院",
}
CORRECTION = {"outcome": "correct_on_the_spot", "correction_request": "联系电话有误"}
FALSE_MATERIALS = {
    "outcome": "false_materials",
    "reason": "提交的证明经核实系伪造。",
    "legal_basis": "《行政许可法》第七十八条",
    "reconsideration_organ": "县人民政府",
    "court": "县人民法院",
}
CONDITIONAL = papers.AGREED | {"conclusion": "conditional", "conditions": "不得遮挡信号灯"}
UPHELD = {
    "conclusion": "upheld",
    "facts": "经核查户籍和出生登记，已查明有关情况。",
    "reason": "根据核查的事实和登记资料作出本结论。",
    "legal_basis": "《行政许可法》第六十九条",
}
REVOKED = UPHELD | {"conclusion": "revoked", "reconsideration_organ": "县人民政府", "court": "县人民法院"}
ANSWERS: dict[str, list[dict[str, Any]]] = {
    "examine": [papers.ACCEPT, papers.ACCEPT, papers.INCOMPLETE, CORRECTION, papers.NOT_REQUIRED, FALSE_MATERIALS],
    "correct": [{"applicant": PERSON, "corrections": [], "correction_confirmed": True}],
    "receive_supplement": [
        {"supplement_outcome": "delivered", "missing": [{"received": True}, {"received": True}]},
        {"supplement_outcome": "delivered", "missing": [{"received": True}, {"received": False}]},
        {"supplement_outcome": "withdrawn", "withdrawal_signed": True},
    ],
    "arrange": [papers.ARRANGEMENT],
    "record": [papers.RECORD],
    "countersign": [papers.COUNTERSIGNED, {"agrees": "no", "remarks": "实际宽度与记录不符", "signed": True}],
    "request": [papers.REQUEST],
    "answer": [papers.AGREED, CONDITIONAL],
    "draft": [papers.GRANT, papers.REFUSE],
    "sign": [papers.SIGNED, papers.SIGNED, SENT_BACK],
    "deliver": [papers.DELIVERED],
    "preliminary_opinion": [papers.SUPPORTED],
    "send_up": [papers.SENT_UP],
    "inquire": [{"asked_on": "2026-03-30", "contact": "矿管科", "answer": "正在审查，尚未上会。"}],
    "register_decision": [papers.SUPERIOR_GRANTED, SUPERIOR_REFUSED],
    "supply": [papers.SUPPLIED],
    "request_special_procedure": [papers.SPECIAL_PROCEDURE],
    "receive_result": [papers.SPECIAL_PROCEDURE_RESULT],
    "request_extension": [papers.EXTENSION],
    "approve_extension": [{"approves": "yes"}, {"approves": "no", "opinion": "能够按期办结"}],
    "ask_question": [papers.QUESTION],
    "answer_question": [papers.ANSWER],
    "tell_right": [papers.HEARING_RIGHT],
    "arrange_hearing": [papers.HEARING_ARRANGEMENT],
    "hold_hearing": [papers.HEARING_RECORD],
    "press": [{}],
    "press_special_procedure": [{}],
    "press_town": [{}],
    "examine_by_town": [papers.TOWN_REVIEW],
    "post_notice": [papers.POSTED],
    "record_publicity": [papers.NO_OBJECTION, papers.OBJECTION],
    "examine_objection": [UPHELD, REVOKED],
    "remind": [{}],
}
DATES = {
    "examine_by_town": "visited_on",
    "arrange": "visit_on",
    "deliver": "delivered_on",
    "register_decision": "decided_on",
    "send_up": "sent_on",
    "supply": "sent_on",
    "arrange_hearing": "held_on",
    "hold_hearing": "held_on",
}
TOO_EARLY = {"record_publicity"}
"""Their form refuses what is said before its time."""
REFUSALS = {
    "authority-scope",
    "case-status",
    "clock-already-started",
    "clock-not-found",
    "clock-not-pausable",
    "decision-without-hearing-record",
    "extension-already-given",
    "extension-too-late",
    "hearing-pending",
    "pause-after-deadline",
    "pause-already-open",
    "seal-not-kept",
    "separation-of-duties",
}
"""What the rules refuse: nothing has happened then, and somebody else, or another step, is tried."""


class Anybody:
    """Does at random whatever can be done."""

    def __init__(self, filing: Filing, chance: random.Random) -> None:
        self.filing, self.chance = filing, chance

    def act(self) -> None:
        tasks = self.filing.instance.user_tasks()
        if not tasks or self.chance.random() < 0.25:
            self.wait_or_hear()
        else:
            self.work_on(self.chance.choice(tasks))

    def wait_or_hear(self) -> None:
        messages = self.expected_messages()
        if messages and self.chance.random() < 0.3:
            message = self.chance.choice(messages)
            if message == "fee-paid":
                settle(self.filing)
                return
            self.filing.message(message, **papers.WITHDRAWN if message == "application-withdrawn" else {})
        else:
            self.filing.wait(days=1)

    def expected_messages(self) -> list[str]:
        closed = {event.subscription_id for event in self.filing.of(events.MessageSubscriptionClosed)}
        opened = self.filing.of(events.MessageSubscriptionOpened)
        return [event.message for event in opened if event.subscription_id not in closed]

    def answers(self, view: Any) -> list[dict[str, Any]]:
        item, window = self.filing.model.root.key, self.filing.variables["item"]["window_group"]
        if view.element_id == "decide":
            return [papers.on_the_spot(item, window, granted=granted) for granted in (True, False)]
        if view.element_id == "issue":
            return [papers.ISSUED | {"seal_number": papers.seal(window)}]
        return ANSWERS[view.element_id]

    def work_on(self, view: Any) -> None:
        answer = dict(self.chance.choice(self.answers(view)))
        if view.element_id in DATES:
            ahead = timedelta(days=20 if view.element_id == "arrange_hearing" else 0)
            answer[DATES[view.element_id]] = (self.filing.now + ahead).date().isoformat()
        if view.element_id == "draft":
            answer["hearing_record"] = self.filing.minutes()
        refused: set[str] = set()
        for account in sample_accounts():
            group = next((group for group in account.groups if group in view.candidate_groups), None)
            if group is None:
                continue
            try:
                self.filing.fill(view.element_id, account.id, group, **answer)
            except Rejection as rejection:
                if rejection.code not in REFUSALS:
                    raise
                refused.add(rejection.code)
            except FormErrors:
                if view.element_id not in TOO_EARLY:
                    raise
                self.filing.wait(days=1)
                return
            else:
                return
        assert refused - {"separation-of-duties"}, f"nobody may do {view.element_id}"


@pytest.mark.parametrize("item", ITEMS)
@pytest.mark.parametrize("seed", range(6))
def test_every_way_leads_to_an_end(item: str, seed: int) -> None:
    filing = Filing(item)
    anybody = Anybody(filing, random.Random(f"{item} {seed}"))
    for _ in range(400):
        if filing.status != "active":
            break
        anybody.act()
    assert filing.status == "completed", filing.open
    assert len(filing.ended_at()) == 1
    assert (filing.incidents, filing.timers, filing.open, anybody.expected_messages()) == ([], {}, [], [])
    assert filing.replay()

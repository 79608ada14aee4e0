"""Complaints over HTTP: from any channel to an answer with proof; nobody handles his own; who looks is recorded (P16, A-29)."""

from collections.abc import Iterator
from datetime import timedelta
from typing import Any

import pytest

from engine.core.actor import Actor
from tests.api.doors import Person, assert_problem
from tests.api.installed import Hall
from workflows.complaints.beginning import begin_forgotten
from workflows.complaints.complaint_register import ComplaintRegister, Filing

HANDLER, ACCUSED, COLLEAGUE = "legal-officer", "window-commerce-1", "window-commerce-2"
SAID = {"category": "obstruction", "subject": "反复要求补正", "statement": "同一材料被要求补正三次。"}
FOUND = {
    "outcome": "found",
    "evidence": "办件档案",
    "finding": "属实，责令改正。",
    "upheld": "yes",
    "answer": "已责令改正并道歉。",
}
DELIVERED = {"proof_kind": "delivered", "proof": "挂号信回执1号", "view": "satisfied"}


@pytest.fixture
def hall(installed_url: str) -> Iterator[Hall]:
    made = Hall(installed_url)
    yield made
    made.runtime.stop()


def filed(hall: Hall, **more: Any) -> dict[str, Any]:
    """A public one, anonymous unless it is said otherwise."""
    answer = public(hall).post("/api/public/complaints", {**SAID, "anonymous": True, **more})
    assert answer.status_code == 201, answer.text
    receipt: dict[str, Any] = answer.json
    return receipt


def at_desk(hall: Hall, **more: Any) -> dict[str, Any]:
    answer = hall.person("supervisor").post("/api/complaints", {**SAID, "anonymous": True, **more})
    assert answer.status_code == 201, answer.text
    receipt: dict[str, Any] = answer.json
    return receipt


def public(hall: Hall) -> Person:
    return Person(hall.app.test_client())


def task(hall: Hall, element: str) -> str:
    items = hall.person("supervisor").get("/api/user-tasks?scope=all&limit=100").json["items"]
    return str(next(item["id"] for item in items if item["element_id"] == element))


def do(hall: Hall, element: str, account: str, **given: Any) -> Any:
    return hall.person(account).post(f"/api/user-tasks/{task(hall, element)}/complete", {"variables": given})


def assigned(hall: Hall, **more: Any) -> Any:
    return do(hall, "assign", "supervisor", outcome="accept", **{"handler": HANDLER, **more})


def listed(hall: Hall, query: str = "", account: str = "auditor") -> list[str]:
    return [row["number"] for row in hall.person(account).get(f"/api/complaints{query}").json["items"]]


def refusals(hall: Hall, account: str) -> set[str]:
    audit = hall.person("auditor").get(f"/api/audit-log?actor_id={account}&outcome=refused&limit=200").json["items"]
    cases = hall.person("auditor").get("/api/process-instances?limit=50").json["items"]
    found = {entry["code"] for entry in audit}
    for case in cases:
        history = hall.person("auditor").get(f"/api/process-instances/{case['id']}/history?limit=200").json["items"]
        found |= {entry["code"] for entry in history if entry["outcome"] == "refused" and entry["actor_id"] == account}
    return found


def test_a_complaint_without_a_login_is_answered_and_told_by_number_and_pass_code(hall: Hall) -> None:
    receipt = filed(hall, channel="kiosk", anonymous=False, name="样例投诉人", contact="13800000000")
    assert assigned(hall).status_code == 200
    assert do(hall, "investigate", HANDLER, **FOUND).status_code == 200
    assert do(hall, "deliver", "supervisor", **DELIVERED).status_code == 200
    shown = public(hall).post(f"/api/public/complaints/{receipt['number']}/status", {"pass_code": receipt["pass_code"]}).json
    assert (shown["status"], shown["answer"]) == ("closed", FOUND["answer"])
    assert shown["document"].startswith("县行政服务中心复")
    assert "样例投诉人" not in str(shown)


def told(hall: Hall, account: str) -> list[str]:
    return [notice["kind"] for notice in hall.person(account).get("/api/notices").json["items"]]


def test_a_named_complainant_is_told_that_it_was_accepted_and_answered(hall: Hall) -> None:
    named = {**SAID, "channel": "web", "anonymous": False, "name": "样例投诉人", "contact": "13800000000"}
    receipt = hall.person("applicant").post("/api/public/complaints", named)
    assert receipt.status_code == 201, receipt.text
    assert assigned(hall).status_code == 200
    assert told(hall, "applicant") == ["complaint_accepted"]
    assert do(hall, "investigate", HANDLER, **FOUND).status_code == 200
    assert told(hall, "applicant") == ["complaint_answered", "complaint_accepted"]
    cases = hall.person("auditor").get("/api/process-instances?process_key=complaint").json["items"]
    assert "applicant" not in str(hall.person("auditor").get(f"/api/process-instances/{cases[0]['id']}").json["variables"])


def test_neither_an_anonymous_complaint_nor_one_of_the_desk_is_told_to_who_entered_it(hall: Hall) -> None:
    hall.person("applicant").post("/api/public/complaints", {**SAID, "channel": "web", "anonymous": True})
    assert assigned(hall).status_code == 200
    assert do(hall, "investigate", HANDLER, **FOUND).status_code == 200
    at_desk(hall, channel="phone", anonymous=False, name="样例投诉人", contact="13800000000")
    assert assigned(hall).status_code == 200
    assert (told(hall, "applicant"), told(hall, "supervisor")) == ([], [])


def test_a_complaint_entered_at_the_desk_has_the_same_way(hall: Hall) -> None:
    numbers = []
    for channel in ("person", "phone", "letter", "box"):
        numbers.append(at_desk(hall, channel=channel)["number"])
        assert assigned(hall).status_code == 200
        assert do(hall, "investigate", HANDLER, **FOUND).status_code == 200
        unreachable = {"proof_kind": "no-contact", "proof": "匿名，已公示答复", "view": "unknown"}
        assert do(hall, "deliver", "supervisor", **unreachable).status_code == 200
    assert listed(hall, "?status=closed") == numbers


def test_what_cannot_be_filed_is_refused_and_recorded(hall: Hall) -> None:
    for code, status, given in (
        ("complaint-channel-desk", 422, {"channel": "phone"}),
        ("complaint-channel-unknown", 422, {"channel": "pigeon"}),
        ("complaint-name-missing", 422, {"anonymous": False}),
        ("case-not-found", 404, {"case_number": "1"}),
    ):
        answer = public(hall).post("/api/public/complaints", {**SAID, "anonymous": True, **given})
        assert_problem(answer, status, code)
        assert code in refusals(hall, "public")
    assert listed(hall) == []


def test_number_and_pass_code_must_fit(hall: Hall) -> None:
    receipt = filed(hall)
    place = f"/api/public/complaints/{receipt['number']}/status"
    assert_problem(public(hall).post(place, {"pass_code": "0"}), 403, "complaint-query-refused")
    wrong = receipt["number"][:-1] + str((int(receipt["number"][-1]) + 1) % 10)
    answer = public(hall).post(f"/api/public/complaints/{wrong}/status", {"pass_code": receipt["pass_code"]})
    assert_problem(answer, 422, "complaint-number-invalid")


def test_nobody_handles_a_complaint_about_himself(hall: Hall) -> None:
    filed(hall)
    for against, handler, code in (
        ({"against": ACCUSED}, ACCUSED, "complaint-about-handler"),
        ({"against": ACCUSED}, COLLEAGUE, "complaint-subordinate"),
        ({"against": "health-leader"}, "health-examiner-1", "complaint-subordinate"),
        ({"window": "window-commerce"}, COLLEAGUE, "complaint-own-window"),
        ({}, "nobody-at-all", "complaint-handler-unknown"),
    ):
        assert assigned(hall, handler=handler, **against).json["code"] == code
        assert code in refusals(hall, "supervisor")
    assert assigned(hall, against=ACCUSED).status_code == 200


def test_delegation_and_reassignment_are_no_way_round(hall: Hall) -> None:
    filed(hall)
    assert assigned(hall, against=ACCUSED, window="window-commerce").status_code == 200
    place = task(hall, "investigate")
    assert hall.person(HANDLER).post(f"/api/user-tasks/{place}/delegate", {"delegate": ACCUSED}).status_code == 200
    assert_problem(do(hall, "investigate", ACCUSED, **FOUND), 403, "complaint-about-handler")
    assert "complaint-about-handler" in refusals(hall, ACCUSED)
    moved = {"assignee": COLLEAGUE, "reason": "出差"}
    assert hall.person("supervisor").post(f"/api/user-tasks/{place}/assign", moved).status_code == 200
    assert_problem(do(hall, "investigate", COLLEAGUE, **FOUND), 403, "complaint-subordinate")
    assert "complaint-subordinate" in refusals(hall, COLLEAGUE)


def test_whoever_is_complained_about_does_not_give_the_complaint_to_somebody(hall: Hall) -> None:
    at_desk(hall, channel="person", against_account="supervisor")
    assert_problem(assigned(hall), 403, "complaint-about-handler")


def test_overdue_complaints_escalate_and_are_listed(hall: Hall) -> None:
    number = filed(hall)["number"]
    assert listed(hall, "?overdue=true") == []
    hall.now += timedelta(days=5)
    hall.runtime.run_due()
    assert listed(hall, "?overdue=true") == [number]
    assert do(hall, "press_accept", "committee").status_code == 200
    assert assigned(hall).status_code == 200
    assert listed(hall, "?overdue=true") == []
    hall.now += timedelta(days=30)
    hall.runtime.run_due()
    assert listed(hall, "?overdue=true") == [number]
    assert do(hall, "press_answer", "committee").status_code == 200
    (row,) = hall.person("auditor").get("/api/complaints").json["items"]
    assert row["escalated"] == 2


def test_the_head_extends_once(hall: Hall) -> None:
    before = filed(hall)["answer_due"]
    assigned(hall)
    more = {"outcome": "extend", "reason": "须向两个部门调查"}
    assert do(hall, "investigate", HANDLER, **more).status_code == 200
    assert do(hall, "decide_extension", "committee", agreed="yes").status_code == 200
    (row,) = hall.person("auditor").get("/api/complaints").json["items"]
    assert row["answer_due"] > before
    assert do(hall, "investigate", HANDLER, **more).status_code == 200
    assert_problem(do(hall, "decide_extension", "committee", agreed="yes"), 409, "complaint-extended-already")
    assert do(hall, "decide_extension", "committee", agreed="no").status_code == 200


def test_who_complained_is_for_the_supervision_alone_and_every_look_is_on_record(hall: Hall) -> None:
    number = filed(hall, anonymous=False, name="样例投诉人", contact="13800000000")["number"]
    assigned(hall, against=ACCUSED)
    why = {"reason": "核对联系方式"}
    assert_problem(hall.person(HANDLER).post(f"/api/complaints/{number}/complainant", why), 403, "complaint-identity-protected")
    assert "complaint-identity-protected" in refusals(hall, HANDLER)
    named = hall.person("supervisor").post(f"/api/complaints/{number}/complainant", why)
    assert named.json == {"name": "样例投诉人", "contact": "13800000000"}
    read = hall.person(HANDLER).post(f"/api/complaints/{number}/reading", why).json
    assert "样例投诉人" not in str(read)
    assert [(event["actor_id"], event["event"]) for event in read["events"]][-2:] == [
        ("supervisor", "identity-read"),
        (HANDLER, "read"),
    ]
    assert_problem(hall.person(ACCUSED).post(f"/api/complaints/{number}/reading", why), 403, "complaint-not-yours")
    assert_problem(
        hall.person(HANDLER).post(f"/api/complaints/{number}/reading", {"reason": " "}), 422, "complaint-reason-missing"
    )
    assert listed(hall, account=HANDLER) == [number]
    assert listed(hall, account=ACCUSED) == []


def test_an_anonymous_complainant_is_not_in_the_database(hall: Hall) -> None:
    number = filed(hall, name="样例投诉人", contact="13800000000")["number"]
    answer = hall.person("supervisor").post(f"/api/complaints/{number}/complainant", {"reason": "联系"})
    assert_problem(answer, 404, "complaint-identity-unknown")
    assert_problem(hall.person("supervisor").post("/api/complaints/1/reading", {"reason": "x"}), 404, "complaint-not-found")


def test_a_complaint_is_worked_on_by_one_process(hall: Hall) -> None:
    number = filed(hall)["number"]
    given = {"process_key": "complaint", "variables": {"complaint_number": number}}
    assert_problem(hall.person("legal-officer").post("/api/process-instances", given), 409, "complaint-already-open")


def test_a_complaint_whose_process_did_not_begin_is_begun_once(hall: Hall) -> None:
    """As a server leaves it that died between the number and the process."""
    filing = Filing(channel="web", anonymous=True, **SAID)
    number = ComplaintRegister(hall.runtime.registers).file(filing, Actor("public"), public=True).number
    assert begin_forgotten(hall.runtime) == 0, "who files it may be at it still"
    hall.now += timedelta(minutes=6)
    assert begin_forgotten(hall.runtime) == 1
    assert begin_forgotten(hall.runtime) == 0
    assert assigned(hall).status_code == 200
    assert listed(hall) == [number]

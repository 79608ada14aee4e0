"""Referrals over HTTP: evidence and rules handed to discipline, whose document says what came of it (P21, R-71, R-73)."""

from collections.abc import Iterator
from typing import Any

import pytest

from tests.api.doors import assert_problem
from tests.api.installed import Hall
from tests.api.test_api_complaints import at_desk, refusals

SUPERVISOR, DISCIPLINE, SECOND = "supervisor", "discipline-officer-1", "discipline-officer-2"
ACCUSED = "window-commerce-1"
WHY = {"reason": "承办本件"}


@pytest.fixture
def hall(installed_url: str) -> Iterator[Hall]:
    made = Hall(installed_url)
    yield made
    made.runtime.stop()


def proposal(hall: Hall, **changes: Any) -> dict[str, Any]:
    return {
        "source_kind": "inspection",
        "source": "督查〔2026〕1号",
        "about_department": "县工商局",
        "about_account": ACCUSED,
        "about_group": "window-commerce",
        "matter": "在厅外收取资料费。",
        "evidence": "收据照片两张，询问笔录一份。",
        "rules": ["C1998-152", "O281-7"],
        **changes,
    }


def propose(hall: Hall, who: str = SUPERVISOR, **changes: Any) -> Any:
    return hall.person(who).post("/api/referrals", proposal(hall, **changes))


def do(hall: Hall, element: str, account: str, **given: Any) -> Any:
    items = hall.person("supervisor").get("/api/user-tasks?scope=all&limit=100").json["items"]
    place = next(item["id"] for item in items if item["element_id"] == element)
    return hall.person(account).post(f"/api/user-tasks/{place}/complete", {"variables": given})


def read(hall: Hall, number: str, who: str) -> Any:
    return hall.person(who).post(f"/api/referrals/{number}/reading", WHY)


def test_a_referral_is_decided_handed_over_and_concluded_by_the_discipline_organ_s_document(hall: Hall) -> None:
    complaint = at_desk(hall, channel="person")["number"]
    number = propose(hall, source_kind="complaint", source=complaint).json["number"]
    assert read(hall, number, "committee").status_code == 200
    assert do(hall, "decide", "committee", agreed="yes", reason="证据充分。").status_code == 200
    assert do(hall, "receive", DISCIPLINE, document="纪监收〔2026〕3号").status_code == 200
    concluded = {"document": "纪监处〔2026〕3号", "sanction": "demerit", "decided_on": hall.today()}
    assert do(hall, "conclude", DISCIPLINE, **concluded).status_code == 200
    found = read(hall, number, SECOND).json
    assert (found["status"], found["sanction"], found["term_months"]) == ("concluded", "demerit", 12)
    assert (found["sanctioned_on"], found["sanction_ends_on"]) == ("2026-03-02", "2027-03-02")
    assert [event["event"] for event in found["events"]] == [
        *("opened", "begun", "read", "referred", "received", "concluded", "read")
    ]
    cases = hall.person("auditor").get("/api/process-instances?process_key=referral").json["items"]
    shown = hall.person("auditor").get(f"/api/process-instances/{cases[0]['id']}").text
    assert ACCUSED not in shown
    assert "资料费" not in shown


def test_what_lacks_source_evidence_or_rule_is_refused_and_recorded(hall: Hall) -> None:
    for code, status, changes in (
        ("referral-source-unknown", 422, {"source_kind": "rumour"}),
        ("complaint-not-found", 404, {"source_kind": "complaint"}),
        ("card-not-found", 404, {"source_kind": "card"}),
        ("rating-not-found", 404, {"source_kind": "rating"}),
        ("sighting-not-found", 404, {"source_kind": "sighting"}),
        ("case-not-found", 404, {"about_case": "1"}),
        ("referral-without-evidence", 422, {"evidence": " "}),
        ("referral-without-rule", 422, {"rules": []}),
        ("referral-rule-unknown", 422, {"rules": ["X"]}),
        ("referral-about-oneself", 403, {"about_account": SUPERVISOR}),
    ):
        assert_problem(propose(hall, **changes), status, code)
        assert code in refusals(hall, SUPERVISOR)
    assert hall.person(SUPERVISOR).get("/api/referrals").json["items"] == []


def test_who_is_neither_supervision_nor_discipline_sees_nothing_and_is_recorded(hall: Hall) -> None:
    number = propose(hall).json["number"]
    for who in (ACCUSED, "commerce-leader", "legal-officer"):
        assert_problem(read(hall, number, who), 404, "referral-restricted")
        assert_problem(hall.person(who).get("/api/referrals"), 404, "referral-restricted")
        assert_problem(propose(hall, who), 404, "referral-restricted")
        assert "referral-restricted" in refusals(hall, who)
    do(hall, "decide", "committee", agreed="no", reason="证据不足。")
    assert_problem(read(hall, number, "committee"), 404, "referral-restricted")
    assert_problem(
        hall.person(SUPERVISOR).post(f"/api/referrals/{number}/reading", {"reason": " "}), 422, "referral-reason-missing"
    )


def test_nobody_decides_on_his_own_matter_nor_on_his_own_proposal(hall: Hall) -> None:
    propose(hall, about_account="committee", about_group=None)
    assert_problem(do(hall, "decide", "committee", agreed="no", reason="没有此事。"), 403, "referral-about-oneself")
    assert "referral-about-oneself" in refusals(hall, "committee")
    number = propose(hall, about_account=DISCIPLINE, about_group=None).json["number"]
    assert_problem(read(hall, number, DISCIPLINE), 403, "referral-about-oneself")
    assert number not in [row["number"] for row in hall.person(DISCIPLINE).get("/api/referrals").json["items"]]


def test_discipline_does_not_receive_a_matter_about_itself_and_records_only_its_document(hall: Hall) -> None:
    propose(hall, about_account=DISCIPLINE, about_group=None)
    do(hall, "decide", "committee", agreed="yes", reason="证据充分。")
    assert_problem(do(hall, "receive", DISCIPLINE, document="纪监收〔2026〕4号"), 403, "referral-about-oneself")
    assert do(hall, "receive", SECOND, document="纪监收〔2026〕4号").status_code == 200
    later = {"document": "纪监处〔2026〕4号", "sanction": "warning", "decided_on": hall.today(1)}
    assert_problem(do(hall, "conclude", SECOND, **later), 422, "referral-day")
    assert "referral-day" in refusals(hall, SECOND)


def test_what_is_seen_outside_and_in_no_register_is_a_finding_and_may_be_referred(hall: Hall) -> None:
    seen = {
        "kind": "licence",
        "reference": "县工商许〔2026〕999号",
        "department": "县工商局",
        "seen_on": hall.today(),
        "place": "某超市",
    }
    assert_problem(hall.person(ACCUSED).post("/api/off-hall/sightings", seen), 404, "referral-restricted")
    assert hall.person(SUPERVISOR).post("/api/off-hall/sightings", seen).status_code == 201
    assert_problem(hall.person(SUPERVISOR).post("/api/off-hall/sightings", seen), 409, "sighting-again")
    (found,) = hall.person(DISCIPLINE).get("/api/off-hall/findings").json["findings"]
    assert (found["kind"], found["reference"]) == ("licence", seen["reference"])
    assert propose(hall, source_kind="sighting", source=seen["reference"], rules=["C2002-22"]).status_code == 201


def test_what_the_registers_know_is_no_sighting(hall: Hall) -> None:
    number = hall.person("administrator").get("/api/seals").json["items"][0]["number"]
    seen = {"kind": "seal", "reference": number, "department": "县工商局", "seen_on": hall.today(), "place": "某超市"}
    assert_problem(hall.person(SUPERVISOR).post("/api/off-hall/sightings", seen), 409, "sighting-is-known")
    assert "sighting-is-known" in refusals(hall, SUPERVISOR)


def test_what_may_be_cited_and_what_may_come_of_it_can_be_read(hall: Hall) -> None:
    found = hall.person(SUPERVISOR).get("/api/referrals/rules").json
    assert {"渝办发〔1998〕152号", "足委发〔2002〕22号"} <= {rule["number"] for rule in found["citations"]}
    assert [one["months"] for one in found["sanctions"]] == [None, 6, 12, 18, 24, 24, None]

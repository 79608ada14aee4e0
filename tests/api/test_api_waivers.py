"""Waivers and refunds over HTTP: each refusal refused and recorded (P14, P15, A-15, A-27)."""

from collections.abc import Iterator
from datetime import timedelta
from typing import Any

import pytest

from tests.api.doors import Person, assert_problem
from tests.api.installed import Hall
from tests.workflows.debts import BUILDING, KIND, WATER, Debts

OWED = 100_000
AGREE = {"agrees": "yes", "opinion": "情况属实"}
ASK = {"basis": "county-2002-77", "grounds": "遭受水灾，经营困难", "evidence": "受灾证明", "written": True}
BACK = {
    "ticket_kind": KIND,
    "extent": "full",
    "ground": "overpaid",
    "reason": "重复申报导致多缴",
    "evidence": "缴款凭证",
    "payee": BUILDING.payer,
    "account": "6222000000000001",
    "ticket_handed_in": True,
}


@pytest.fixture
def hall(installed_url: str) -> Iterator[Hall]:
    made = Hall(installed_url)
    yield made
    made.runtime.stop()


@pytest.fixture
def debts(hall: Hall) -> Debts:
    made = Debts(hall)
    made.assess(OWED, BUILDING)
    return made


def start(hall: Hall, process: str, **application: Any) -> Any:
    body = {"process_key": process, "variables": {"application": application}}
    return hall.person("window-construction-1").post("/api/process-instances", body)


def waiver(hall: Hall, kind: str, **more: Any) -> Any:
    return start(hall, "fee_waiver", case_number=BUILDING.case_number, fee=BUILDING.fee, kind=kind, **{**ASK, **more})


def do(hall: Hall, element: str, by: str, **given: Any) -> Any:
    items = hall.person("supervisor").get("/api/user-tasks?scope=all&limit=100").json["items"]
    task = next(item["id"] for item in items if item["element_id"] == element)
    return hall.person(by).post(f"/api/user-tasks/{task}/complete", {"variables": given})


def done(hall: Hall, element: str, by: str, **given: Any) -> None:
    answer = do(hall, element, by, **given)
    assert answer.status_code == 200, answer.text


def reviewed(hall: Hall) -> None:
    done(hall, "give_opinion", "construction-examiner-1", **AGREE)
    done(hall, "review_by_finance", "finance-fee-officer-1", **AGREE)
    done(hall, "check_by_committee", "committee", **AGREE)


def recorded(hall: Hall, account: str) -> set[str]:
    auditor = hall.person("auditor")
    found = {one["code"] for one in auditor.get(f"/api/audit-log?actor_id={account}&outcome=refused&limit=200").json["items"]}
    for case in auditor.get("/api/process-instances?limit=50").json["items"]:
        lines = auditor.get(f"/api/process-instances/{case['id']}/history?limit=200").json["items"]
        found |= {line["code"] for line in lines if line["outcome"] == "refused" and line["actor_id"] == account}
    return found


def test_a_reduction_from_the_application_to_the_public_register(hall: Hall, debts: Debts) -> None:
    assert waiver(hall, "reduce", amount_fen="300.00").status_code == 201
    reviewed(hall)
    done(hall, "decide_leader", "county-leader", grants="yes")
    assert debts.balance("receivable-memo", BUILDING) == OWED - 30_000
    [published] = Person(hall.app.test_client()).get("/api/public/waivers").json["items"]
    assert (published["kind"], published["amount_fen"], published["decider"]) == ("reduce", 30_000, "county-leader")
    said = str(published)
    for kept in (BUILDING.payer, BUILDING.case_number, "window-construction-1"):
        assert kept not in said
    [line] = hall.person("auditor").get("/api/waiver-statistics?year=2026").json
    assert (line["decided_by"], line["number"], line["amount_fen"]) == ("county-leader", 1, 30_000)
    inside = hall.person("auditor").get(f"/api/waivers/{published['number']}").json
    assert [event["event"] for event in inside["events"]] == ["applied", "opinion", "review", "check", "granted", "published"]
    exported = hall.person("auditor").get("/api/waivers?format=csv")
    assert BUILDING.payer in exported.data.decode("utf-8")


def test_what_is_refused_at_the_door_is_recorded(hall: Hall, debts: Debts) -> None:
    for code, status, given in (
        ("waiver-more-than-payable", 422, {"kind": "reduce", "amount_fen": "1000.01"}),
        ("waiver-deferral-limit", 409, {"kind": "defer", "days": 91}),
        ("waiver-basis-of-other-fee", 422, {"kind": "defer", "days": 30, "basis": "water-deferral"}),
        ("waiver-nothing-assessed", 409, {"kind": "exempt", "fee": "SAMPLE-01"}),
    ):
        asked = {"case_number": BUILDING.case_number, "fee": BUILDING.fee, **ASK, **given}
        assert_problem(start(hall, "fee_waiver", **asked), status, code)
        assert code in recorded(hall, "window-construction-1")
    debts.pay(OWED, BUILDING)
    assert_problem(waiver(hall, "exempt"), 409, "waiver-after-ticket")
    assert "waiver-after-ticket" in recorded(hall, "window-construction-1")


def test_an_application_that_names_no_basis_is_refused_at_once_and_published(hall: Hall, debts: Debts) -> None:
    assert waiver(hall, "exempt", basis="none").status_code == 201
    [published] = Person(hall.app.test_client()).get("/api/public/waivers").json["items"]
    assert (published["state"], published["basis"]) == ("refused", "none")
    assert debts.balance("receivable-memo", BUILDING) == OWED


def test_neither_department_nor_sponsor_decides(hall: Hall, debts: Debts) -> None:
    assert waiver(hall, "exempt", sponsor="county-leader").status_code == 201
    reviewed(hall)
    assert_problem(do(hall, "decide_leader", "construction-leader", grants="yes"), 403, "user-task-not-candidate")
    assert_problem(do(hall, "decide_leader", "county-leader", grants="yes"), 403, "waiver-decider-is-sponsor")
    assert "waiver-decider-is-sponsor" in recorded(hall, "county-leader")
    assert "user-task-not-candidate" in recorded(hall, "construction-leader")
    assert debts.balance("receivable-memo", BUILDING) == OWED


def test_a_deferral_that_is_not_paid_is_on_the_list_of_arrears(hall: Hall, debts: Debts) -> None:
    assert waiver(hall, "defer", days=30).status_code == 201
    reviewed(hall)
    done(hall, "decide_finance", "finance-head", grants="yes")
    hall.now += timedelta(days=31)
    hall.runtime.run_due()
    [late] = hall.person("finance-head").get("/api/waiver-arrears").json
    assert (late["payer"], late["owed_fen"]) == (BUILDING.payer, OWED)
    assert_problem(waiver(hall, "defer", days=5), 409, "waiver-payer-in-arrears")


def test_silence_is_consent_for_water_alone(hall: Hall, debts: Debts) -> None:
    debts.assess(OWED, WATER)
    asked = {"case_number": WATER.case_number, "fee": WATER.fee, "kind": "defer", "days": 60, **ASK}
    assert start(hall, "fee_waiver", **{**asked, "basis": "water-deferral"}).status_code == 201
    assert waiver(hall, "defer", days=60).status_code == 201
    hall.now += timedelta(days=40)
    hall.runtime.run_due()
    found = {row["fee"]: row["state"] for row in hall.person("auditor").get("/api/waivers").json["items"]}
    assert found == {WATER.fee: "granted", BUILDING.fee: "reviewing"}


def test_a_refund_from_the_application_to_the_account(hall: Hall, debts: Debts) -> None:
    debts.pay(OWED, BUILDING)
    debts.remit()
    assert_problem(start(hall, "refund", **BACK, ticket_number=2), 404, "refund-receipt-unknown")
    assert_problem(start(hall, "refund", **{**BACK, "payee": "他人"}, ticket_number=1), 409, "refund-other-payee")
    assert {"refund-receipt-unknown", "refund-other-payee"} <= recorded(hall, "window-construction-1")
    assert start(hall, "refund", **BACK, ticket_number=1).status_code == 201
    assert_problem(start(hall, "refund", **BACK, ticket_number=1), 409, "refund-twice")
    done(hall, "verify", "construction-examiner-1", **AGREE)
    done(hall, "approve_first", "finance-fee-officer-1", agrees="yes")
    assert_problem(do(hall, "approve_second", "finance-fee-officer-1", agrees="yes"), 403, "separation-of-duties")
    done(hall, "approve_second", "finance-fee-officer-2", agrees="yes")
    done(hall, "restore", "fund-cashier-1", document="退字2026-1")
    wrong = do(hall, "pay", "fund-cashier-1", account="6222999", reference="1")
    assert_problem(wrong, 409, "refund-other-account")
    done(hall, "pay", "fund-cashier-1", account=BACK["account"], reference="银付1号")
    [row] = hall.person("fund-cashier-1").get("/api/refunds").json["items"]
    assert (row["state"], row["route"], row["ticket_void"], row["amount_fen"]) == ("paid", "after", True, OWED)
    assert str(BACK["account"]) not in str(row)
    events = hall.person("auditor").get(f"/api/refunds/{row['number']}").json["events"]
    assert [event["event"] for event in events][-2:] == ["paid", "ticket-void"]
    assert debts.balance("clearing-bank") == 0


def test_who_had_no_part_in_it_does_not_see_whose_it_is(hall: Hall, debts: Debts) -> None:
    assert waiver(hall, "defer", days=30).status_code == 201
    [row] = hall.person("window-construction-1").get("/api/waivers").json["items"]
    outsider = hall.person("window-health-1")
    assert outsider.get("/api/waivers").json["items"] == []
    assert_problem(outsider.get(f"/api/waivers/{row['number']}"), 404, "waiver-not-found")
    assert_problem(hall.person("applicant").get("/api/waivers"), 403, "permission-denied")

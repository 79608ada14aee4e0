"""Money over HTTP: a fee from the case to the treasury, agent banks, the ledger, and who may read and do what (P12)."""

from collections.abc import Iterator
from typing import Any

import pytest

from tests.api.doors import assert_problem
from tests.api.installed import Hall
from tests.workflows import papers
from tests.workflows.filing import actor
from tests.workflows.money import CASHIER, FEE_FEN, FINANCE, KIND, open_counter
from workflows.ledger.balances import lines_of_entry
from workflows.ledger.ledger_register import LedgerRegister

WINDOW = "window-construction-1"
PROCESS = "construction_planning_permit"
USUAL = {
    "examine": papers.ACCEPT,
    "arrange": papers.ARRANGEMENT,
    "record": papers.RECORD,
    "countersign": papers.COUNTERSIGNED,
    "request": papers.REQUEST,
    "answer": papers.AGREED,
    "draft": papers.GRANT,
    "sign": papers.SIGNED,
    "issue": papers.ISSUED | {"seal_number": papers.seal("window-construction")},
}
DOERS = {
    "arrange": "construction-examiner-1",
    "record": "construction-examiner-1",
    "countersign": "construction-examiner-2",
    "request": "construction-examiner-1",
    "answer": "air-defence-officer",
    "draft": "construction-examiner-1",
    "sign": "construction-leader",
}
DAYS = {"arrange": "visit_on", "record": "visited_on"}


@pytest.fixture
def hall(installed_url: str) -> Iterator[Hall]:
    made = Hall(installed_url)
    open_counter(made.runtime.registers)
    yield made
    made.runtime.stop()


def open_tasks(hall: Hall) -> list[dict[str, Any]]:
    found: list[dict[str, Any]] = hall.person("supervisor").get("/api/user-tasks?scope=all&limit=100").json["items"]
    return found


def do(hall: Hall, element: str, by: str, **given: Any) -> Any:
    task = next(item["id"] for item in open_tasks(hall) if item["element_id"] == element)
    return hall.person(by).post(f"/api/user-tasks/{task}/complete", {"variables": given})


def granted(hall: Hall) -> str:
    """A case with a fee that was granted; its number."""
    body = {"process_key": PROCESS, "variables": papers.application(PROCESS)}
    assert hall.person("applicant").post("/api/process-instances", body).status_code == 201
    for _ in range(20):
        element = next((item["element_id"] for item in open_tasks(hall) if item["element_id"] in USUAL), None)
        if element is None:
            break
        given = USUAL[element] | ({DAYS[element]: hall.today()} if element in DAYS else {})
        answer = do(hall, element, DOERS.get(element, WINDOW), **given)
        assert answer.status_code == 200, answer.text
    hall.runtime.run_due()
    return str(hall.person(WINDOW).get("/api/case-files").json["items"][0]["number"])


def noticed(hall: Hall) -> dict[str, Any]:
    """The payment notice of such a case."""
    granted(hall)
    assert do(hall, "confirm_basis", WINDOW, confirmed=True).status_code == 200
    hall.runtime.run_due()
    (notice,) = hall.person(CASHIER).get("/api/payment-notices").json["items"]
    return dict(notice)


def test_a_fee_from_the_case_to_the_treasury(hall: Hall) -> None:
    number = granted(hall)
    asked = {"case_number": number, "fee": "SF-JW-01"}
    owed = hall.person(WINDOW).post("/api/fees/assessments", asked)
    assert owed.json == {"fee": "SF-JW-01", "quantity": 36_000, "amount_fen": FEE_FEN}
    assert do(hall, "confirm_basis", WINDOW, confirmed=True).status_code == 200
    hall.runtime.run_due()
    paid = do(hall, "receive", CASHIER, channel="cash", kind=KIND, number=1)
    assert paid.status_code == 200, paid.text
    hall.runtime.run_due()
    assert [item["element_id"] for item in open_tasks(hall)] == ["deliver"]
    finance = hall.person(FINANCE)
    balances = {row["account"]: row["balance_fen"] for row in finance.get("/api/ledger/trial-balance").json["items"]}
    assert (balances["cash"], sum(balances.values())) == (FEE_FEN, 0)
    lines = finance.get(f"/api/ledger/entries?case_number={number}&limit=1").json
    assert len(lines["items"]) == 1
    assert finance.get(f"/api/ledger/entries?cursor={lines['next_cursor']}").json["items"][0]["line"] == 2
    table = finance.get("/api/ledger/entries?format=csv")
    assert table.data.startswith("\ufeff".encode())
    (line,) = finance.get("/api/ledger/months/2026-03").json["items"]
    assert (line["assessed"], line["paid"], line["tickets"]) == (FEE_FEN, FEE_FEN, 1)
    assert finance.get("/api/ledger/debts").json["items"] == []
    assert finance.get("/api/ledger/days").json["items"][0]["closed_at"] is None
    assert finance.get("/api/ledger/transfers").json["items"] == []


def test_an_entry_is_reversed_by_the_finance_office_with_its_ticket(hall: Hall) -> None:
    code = noticed(hall)["code"]
    assert do(hall, "receive", CASHIER, channel="cash", kind=KIND, number=1).status_code == 200
    lines = hall.person(FINANCE).get("/api/ledger/entries").json["items"]
    entry = next(line["number"] for line in lines if line["receipt"])
    for who in (WINDOW, CASHIER, "supervisor"):
        assert_problem(
            hall.person(who).post(f"/api/ledger/entries/{entry}/reverse", {"reason": "错"}), 403, "permission-denied"
        )
    assert_problem(
        hall.person(FINANCE).post(f"/api/ledger/entries/{entry}/reverse", {"reason": " "}), 422, "ledger-reason-missing"
    )
    assert hall.person(FINANCE).post(f"/api/ledger/entries/{entry}/reverse", {"reason": "假币"}).status_code == 200
    life = hall.person("ticket-keeper-1").get(f"/api/tickets/{KIND}/1").json
    assert life[-1]["step"] == "void"
    shown = hall.person(CASHIER).get(f"/api/payment-notices/{code}").json
    assert (shown["state"], shown["owed_fen"], shown["lines"][0]["standard"]["low_fen"]) == ("issued", FEE_FEN, 30)


def assessment(hall: Hall) -> int:
    """The entry that says what the case owes."""
    lines = hall.person(FINANCE).get("/api/ledger/entries").json["items"]
    return int(next(line["number"] for line in lines if line["account"] == "receivable-memo"))


def recorded(hall: Hall, account: str) -> set[str]:
    found = hall.person("auditor").get(f"/api/audit-log?actor_id={account}&outcome=refused&limit=200").json["items"]
    return {entry["code"] for entry in found}


def test_an_assessment_is_taken_back_only_with_a_decision_that_stands(hall: Hall) -> None:
    code = noticed(hall)["code"]
    path = f"/api/ledger/entries/{assessment(hall)}"
    finance, second = hall.person(FINANCE), hall.person("window-construction-2")
    assert_problem(finance.post(f"{path}/reverse", {"reason": "人情"}), 409, "assessment-stands")
    assert "assessment-stands" in recorded(hall, FINANCE)
    assert hall.person(WINDOW).post(f"{path}/correction", {"reason": "面积误录"}).status_code == 204
    assert_problem(finance.post(f"{path}/reverse", {"reason": "更正"}), 409, "assessment-stands")
    assert second.post(f"{path}/correction/decision", {"agreed": False, "opinion": "证据不足"}).status_code == 204
    assert_problem(finance.post(f"{path}/reverse", {"reason": "更正"}), 409, "assessment-stands")
    assert hall.person(WINDOW).post(f"{path}/correction", {"reason": "面积误录，附规划图"}).status_code == 204
    assert second.post(f"{path}/correction/decision", {"agreed": True, "opinion": "属实"}).status_code == 204
    assert finance.post(f"{path}/reverse", {"reason": "更正"}).status_code == 200
    assert hall.person(CASHIER).get(f"/api/payment-notices/{code}").json["owed_fen"] == 0
    hall.runtime.run_due()
    assert [item["element_id"] for item in open_tasks(hall)] == ["deliver"]


def test_a_correction_is_the_window_s_and_a_second_person_s(hall: Hall) -> None:
    noticed(hall)
    path = f"/api/ledger/entries/{assessment(hall)}/correction"
    why, yes = {"reason": "面积误录"}, {"agreed": True, "opinion": "属实"}
    assert_problem(hall.person("window-land-1").post(path, why), 403, "correction-window-only")
    assert_problem(hall.person(WINDOW).post(f"{path}/decision", yes), 404, "correction-not-found")
    assert_problem(hall.person(WINDOW).post(path, {"reason": " "}), 422, "correction-reason-missing")
    assert hall.person(WINDOW).post(path, why).status_code == 204
    assert_problem(hall.person(WINDOW).post(path, why), 409, "correction-open")
    assert_problem(hall.person(WINDOW).post(f"{path}/decision", yes), 403, "correction-second-person")
    assert_problem(hall.person(WINDOW).post("/api/ledger/entries/999/correction", why), 409, "correction-not-assessment")
    assert {"correction-second-person", "correction-open", "correction-reason-missing"} <= recorded(hall, WINDOW)
    assert "correction-window-only" in recorded(hall, "window-land-1")


def test_what_a_process_decided_is_not_taken_back_over_http(hall: Hall) -> None:
    noticed(hall)
    entry = assessment(hall)
    with hall.runtime.registers.read() as session:
        keys = next(line.keys for line in lines_of_entry(session, entry) if line.account == "receivable-memo")
    made = LedgerRegister(hall.runtime.registers).post("waive", 400, keys, actor(FINANCE), group="finance-office")
    refused = hall.person(FINANCE).post(f"/api/ledger/entries/{made}/reverse", {"reason": "记错"})
    assert_problem(refused, 409, "ledger-reversal-by-process")
    assert "ledger-reversal-by-process" in recorded(hall, FINANCE)


def test_an_agent_bank_brings_the_money(hall: Hall) -> None:
    code = noticed(hall)["code"]
    yuan = f"{FEE_FEN // 100}.00"
    rows = f"H,1,rural-longgang,2026-03-02\nD,R1,{code},{yuan},甲公司,longgang,bank,2026-03-02\n"
    rows += f"D,R2,{code},{yuan},甲公司,longgang,bank,2026-03-02\nT,2,{FEE_FEN // 50}.00\n"
    body = {"content": rows, "ticket_kind": KIND}
    assert_problem(hall.person(WINDOW).post("/api/payment-notices/returns", body), 403, "permission-denied")
    found = hall.person(CASHIER).post("/api/payment-notices/returns", body)
    assert (found.json["posted"], found.json["suspended"]) == ([code], ["R2"])
    assert hall.person(CASHIER).post("/api/payment-notices/returns", body).json["known"] is True
    hall.runtime.run_due()
    opened = {item["element_id"] for item in open_tasks(hall)}
    assert opened == {"deliver", "propose"}, "what was paid twice is to be paid back"
    finance = hall.person(FINANCE)
    (waiting,) = finance.get("/api/payment-notices/suspense").json["items"]
    assert (waiting["reference"], waiting["reason"]) == ("R2", "paid-already")
    assert finance.get("/api/payment-notices/suspense?overdue=true").json["items"] == []
    assert hall.person(CASHIER).post("/api/payment-notices/suspense/match", {"ticket_kind": KIND}).json == {"posted": []}
    back = {"bank": "rural-longgang", "reference": "R2", "reason": "重复缴款"}
    assert_problem(finance.post("/api/payment-notices/suspense/return", back), 409, "suspense-in-case")
    assert "suspense-in-case" in recorded(hall, FINANCE)
    assert do(hall, "propose", CASHIER, reason="与R1重复").status_code == 200
    assert do(hall, "approve", FINANCE, agreed="yes", reason="属实").status_code == 200
    assert_problem(finance.post("/api/payment-notices/suspense/return", back), 404, "suspense-not-found")
    wrong = {"content": rows.replace("rural-longgang", "some-bank"), "ticket_kind": KIND}
    assert_problem(hall.person(CASHIER).post("/api/payment-notices/returns", wrong), 403, "agent-bank-not-designated")


def test_who_sees_what(hall: Hall) -> None:
    code = noticed(hall)["code"]
    assert hall.person(WINDOW).get("/api/payment-notices").json["items"][0]["code"] == code
    assert hall.person("window-health-1").get("/api/payment-notices").json["items"] == []
    assert_problem(hall.person("window-health-1").get(f"/api/payment-notices/{code}"), 404, "payment-notice-not-found")
    assert_problem(hall.person(WINDOW).get("/api/ledger/entries"), 403, "permission-denied")
    assert_problem(hall.person(FINANCE).get("/api/ledger/entries?cursor=x"), 400, "cursor-invalid")
    assert hall.person("auditor").get("/api/payment-notices?state=arrears").json["items"] == []


def test_what_may_be_charged_is_public_and_free_items_are_not_charged(hall: Hall) -> None:
    listed = hall.app.test_client().get("/api/public/fees").json["items"]
    (fee,) = [one for one in listed if one["code"] == "SF-JW-01"]
    assert (fee["items"], fee["document"], fee["standard"]["low_fen"]) == (["JW-002"], "样例价费〔2002〕7号", 30)
    assert [
        one["version"]
        for one in hall.person(WINDOW).get("/api/fees?day=2003-01-01").json["items"]
        if one["code"] == "SAMPLE-02"
    ]
    number = granted(hall)
    wrong = {"case_number": number, "fee": "SAMPLE-01"}
    assert_problem(hall.person(WINDOW).post("/api/fees/assessments", wrong), 409, "fee-basis-missing")
    right = {"case_number": number, "fee": "SF-JW-01"}
    assert_problem(hall.person("window-health-1").post("/api/fees/assessments", right), 403, "fee-window-only")
    assert_problem(hall.person(WINDOW).post("/api/fees/assessments", right | {"quantity": 1}), 422, "input-invalid")
    assert hall.person(WINDOW).get("/api/fees/attempts").json == []


def test_a_free_item_has_no_notice_whoever_sends_the_message(hall: Hall) -> None:
    process = "land_use_planning_permit"
    body = {"process_key": process, "variables": papers.application(process)}
    assert hall.person("applicant").post("/api/process-instances", body).status_code == 201
    number = hall.person(WINDOW).get("/api/case-files").json["items"][0]["number"]
    sent = {"message": "fee-due", "correlation_key": number, "variables": {"case": number}}
    assert hall.person(WINDOW).post("/api/messages", sent).status_code == 200
    hall.runtime.run_due()
    assert hall.person(CASHIER).get("/api/payment-notices").json["items"] == []
    (attempt,) = hall.person("auditor").get("/api/fees/attempts").json
    assert (attempt["item_code"], attempt["reason"], attempt["actor_id"]) == ("JW-001", "fee-free", WINDOW)
    asked = hall.person(WINDOW).post("/api/fees/assessments", {"case_number": number, "fee": "SF-JW-01"})
    assert_problem(asked, 409, "fee-free")
    refused = hall.person("auditor").get(f"/api/audit-log?actor_id={WINDOW}&outcome=refused").json["items"]
    assert "fee-free" in {entry["code"] for entry in refused}

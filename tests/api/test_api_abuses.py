"""How people cheat (rules.md 6.2), tried over HTTP: each attempt is refused, and it is on record who made it."""

from collections.abc import Iterator
from datetime import timedelta
from pathlib import Path
from typing import Any

import pytest
import yaml

from tests.api.doors import assert_problem
from tests.api.installed import Hall
from tests.api.test_api_every_item import work
from tests.workflows import papers
from workflows.calendar.arrangement import official
from workflows.sample import sample_accounts

ITEM = "outdoor_advertising_registration"
WINDOW, COLLEAGUE, FIRST, SECOND = "window-commerce-1", "window-commerce-2", "commerce-examiner-1", "commerce-examiner-2"


@pytest.fixture
def hall(installed_url: str) -> Iterator[Hall]:
    made = Hall(installed_url)
    yield made
    made.runtime.stop()


def file(hall: Hall, **more: Any) -> Any:
    given = {"process_key": ITEM, "variables": papers.application(ITEM) | more}
    return hall.person("applicant").post("/api/process-instances", given)


def accepted(hall: Hall) -> str:
    case = str(file(hall).json["instance_id"])
    assert do(hall, case, "examine", WINDOW, **papers.ACCEPT).status_code == 200
    return case


def do(hall: Hall, case: str, element: str, account: str, **given: Any) -> Any:
    tasks = hall.person("supervisor").get(f"/api/user-tasks?scope=all&instance_id={case}").json["items"]
    groups = set(next(one.groups for one in sample_accounts() if one.id == account))
    mine = [task for task in tasks if task["element_id"] == element]
    place = next((task["id"] for task in mine if groups & set(task["candidate_groups"])), mine[0]["id"])
    return hall.person(account).post(f"/api/user-tasks/{place}/complete", {"variables": given})


def number(hall: Hall, case: str) -> str:
    return str(hall.person("supervisor").get(f"/api/process-instances/{case}").json["variables"]["receipt"]["number"])


def message(hall: Hall, name: str, case: str, account: str, **variables: Any) -> Any:
    key = number(hall, case)
    given = {"message": name, "correlation_key": key, "variables": variables}
    return hall.person(account).post("/api/messages", given)


def on_record(hall: Hall, case: str, account: str, code: str) -> bool:
    """In the case's history, or where there is none in the audit log."""
    history = hall.person("auditor").get(f"/api/process-instances/{case}/history?limit=200").json["items"]
    refused = [(entry["actor_id"], entry["code"]) for entry in history if entry["outcome"] == "refused"]
    return (account, code) in refused or in_audit(hall, account, code)


def in_audit(hall: Hall, account: str, code: str) -> bool:
    found = hall.person("auditor").get(f"/api/audit-log?actor_id={account}&outcome=refused&limit=200").json["items"]
    return code in [entry["code"] for entry in found]


def test_a_licence_that_no_case_gave_is_none(hall: Hall) -> None:
    """A-01 厅外办件: numbers come from the register alone, and anybody can check one."""
    answer = hall.person("applicant").get("/api/public/licences/县工商局证〔2026〕99号")
    assert_problem(answer, 404, "licence-not-found")
    case = accepted(hall)
    while work(hall, ITEM, case, number(hall, case)):
        pass
    (given,) = hall.person("auditor").get("/api/licences?item_code=GS-002").json["items"]
    assert hall.person("applicant").get(f"/api/public/licences/{given['number']}").json["state"] == "valid"
    assert given["case_number"] == number(hall, case)


def test_nobody_says_when_a_case_was_received(hall: Hall) -> None:
    """A-03 补录: the moment is the server's; a receipt of one's own is no field of the application."""
    answer = file(hall, receipt={"number": "500225011202601022000011", "received_at": "2026-01-02T01:00:00Z"})
    assert_problem(answer, 422, "form-invalid")
    assert in_audit(hall, "applicant", "form-invalid")
    case = str(file(hall).json["instance_id"])
    found = hall.person(WINDOW).get(f"/api/case-files/{number(hall, case)}").json
    assert found["received_at"].startswith("2026-03-02")


def test_the_clock_stands_still_only_for_what_the_law_names(hall: Hall) -> None:
    """A-05: an absent leader is no ground, and a pause without a paper is none."""
    case = accepted(hall)
    assert message(hall, "special-procedure", case, FIRST).status_code == 200
    absent = papers.SPECIAL_PROCEDURE | {"ground": "leader-absent"}
    assert_problem(do(hall, case, "request_special_procedure", FIRST, **absent), 422, "form-invalid")
    assert on_record(hall, case, FIRST, "form-invalid")


def test_a_withdrawal_is_signed_by_the_applicant(hall: Hall) -> None:
    """A-10: nobody is talked out of an application by word of mouth."""
    case = accepted(hall)
    answer = message(hall, "application-withdrawn", case, WINDOW, signed=False, reason="申请人口头表示")
    assert_problem(answer, 422, "case-detail-missing")
    assert on_record(hall, case, WINDOW, "case-detail-missing")


def visited(hall: Hall) -> str:
    case = accepted(hall)
    assert do(hall, case, "arrange", FIRST, **papers.ARRANGEMENT | {"visit_on": "2026-03-02"}).status_code == 200
    assert do(hall, case, "record", FIRST, **papers.RECORD).status_code == 200
    return case


def test_one_person_does_not_sign_as_both_inspectors(hall: Hall) -> None:
    """A-20 (Art. 34)."""
    case = visited(hall)
    assert_problem(do(hall, case, "countersign", FIRST, **papers.COUNTERSIGNED), 403, "separation-of-duties")
    assert on_record(hall, case, FIRST, "separation-of-duties")
    assert do(hall, case, "countersign", SECOND, **papers.COUNTERSIGNED).status_code == 200


def drafted(hall: Hall) -> str:
    case = visited(hall)
    for element, who, paper in (
        ("countersign", SECOND, papers.COUNTERSIGNED),
        ("request", FIRST, papers.REQUEST),
        ("answer", "traffic-officer", papers.AGREED),
        ("answer", "construction-officer", papers.AGREED),
        ("draft", FIRST, papers.GRANT),
        ("sign", "commerce-leader", papers.SIGNED),
    ):
        assert do(hall, case, element, who, **paper).status_code == 200, element
    return case


@pytest.mark.parametrize(("seal", "code"), [("国土审批01", "seal-of-other-department"), ("工商审批99", "seal-not-registered")])
def test_a_seal_is_the_department_s_own(hall: Hall, seal: str, code: str) -> None:
    """A-16: and it is put on nothing but what was issued in the case."""
    case = drafted(hall)
    answer = do(hall, case, "issue", WINDOW, **papers.ISSUED | {"seal_number": seal})
    assert answer.json["code"] == code
    assert on_record(hall, case, WINDOW, code)
    uses = hall.person("auditor").get(f"/api/seals/{seal}/uses").json
    assert not uses.get("items"), "nothing was sealed"


def test_a_case_is_never_deleted_and_one_person_makes_none_void(hall: Hall) -> None:
    """A-19."""
    case = accepted(hall)
    key = number(hall, case)
    place = f"/api/case-files/{key}"
    assert hall.person("supervisor").open("DELETE", place).status_code == 405
    wrong = {"reason": "申请人名称录入错误"}
    assert hall.person(WINDOW).post(f"{place}/void-request", wrong).status_code == 204
    assert_problem(hall.person("supervisor").post(f"{place}/void-approval"), 403, "case-void-not-committee")
    assert in_audit(hall, "supervisor", "case-void-not-committee")
    assert hall.person("committee").post(f"{place}/void-request", wrong).status_code == 204
    assert_problem(hall.person("committee").post(f"{place}/void-approval"), 403, "case-void-one-person")
    assert in_audit(hall, "committee", "case-void-one-person")
    assert hall.person(WINDOW).post(f"{place}/void-request", wrong).status_code == 204
    assert hall.person("committee").post(f"{place}/void-approval").json["status"] == "void"
    assert hall.person("supervisor").get(f"/api/process-instances/{case}").json["status"] == "canceled"
    events = [event["event"] for event in hall.person("auditor").get(f"{place}/events").json]
    assert events.count("void-requested") == 3


def test_another_window_s_case_does_not_exist_and_the_look_is_recorded(hall: Hall) -> None:
    """A-29."""
    case = accepted(hall)
    answer = hall.person("window-health-1").get(f"/api/case-files/{number(hall, case)}")
    assert_problem(answer, 404, "instance-not-found")
    assert in_audit(hall, "window-health-1", "instance-not-found")
    assert hall.person("window-health-1").get("/api/case-files").json["items"] == []
    assert [found["number"] for found in hall.person(WINDOW).get("/api/case-files").json["items"]] == [number(hall, case)]


def test_the_same_filing_twice_is_one_case(hall: Hall) -> None:
    """A-30: a button pressed twice."""
    given = {"process_key": ITEM, "variables": papers.application(ITEM)}
    person = hall.person("applicant")
    both = [person.post("/api/process-instances", given, headers={"Idempotency-Key": "once"}) for _ in range(2)]
    assert both[0].json["instance_id"] == both[1].json["instance_id"]
    assert len(hall.person("supervisor").get("/api/case-files").json["items"]) == 1


def test_who_entered_a_change_of_an_item_does_not_publish_it(hall: Hall) -> None:
    """A-26: the list of what is issued first is the committee's and the legal office's, never the drafter's alone."""
    content = yaml.safe_load(Path("workflows/catalogue/items/WS-001.yaml").read_text("utf-8"))
    wanted = {"content": content | {"issue_first": True, "head_must_approve": True}, "reason": "先核发", "based_on": 1}
    drafted = hall.person("designer").post("/api/items", wanted)
    assert drafted.status_code == 201, drafted.text
    place = f"/api/items/WS-001/versions/{drafted.json['version']}"
    findings = [finding["code"] for finding in hall.person("designer").get(f"{place}/findings").json]
    assert "item-issue-first-not-allowed" in findings
    assert hall.person("designer").post(f"{place}/state", {"state": "legal-check"}).status_code == 403


YEAR = {"year": 2026, "notices": ["国办发明电〔2026〕1号（补充通知）"]}


def arrangement(*more: str) -> dict[str, Any]:
    """2026 as it was published, with other days off besides."""
    published = official()[2026].to_dict()
    return YEAR | {"rest": [*published["rest"], *more], "work": published["work"]}


def test_the_calendar_is_changed_by_two_and_every_deadline_it_moves_is_listed(hall: Hall) -> None:
    """A-31: the deadlines move with their clocks, and it is on record who entered and who confirmed."""
    case = accepted(hall)
    hall.runtime.run_due()
    hall.now += timedelta(hours=1)
    given = arrangement("2026-03-05", "2026-03-06")
    preview = hall.person("committee").post("/api/holiday-arrangements/preview", given).json
    assert [(one["limit"], one["before"], one["after"]) for one in preview] == [
        ("statutory", "2026-03-30", "2026-04-01"),
        ("promised", "2026-03-11", "2026-03-13"),
    ]
    made = hall.person("committee").post("/api/holiday-arrangements", given).json
    place = f"/api/holiday-arrangements/{made['id']}/confirmation"
    assert_problem(hall.person("committee").post(place), 403, "calendar-needs-second-person")
    assert in_audit(hall, "committee", "calendar-needs-second-person")
    assert hall.person("supervisor").post(place).json == preview
    assert hall.person("auditor").get("/api/holiday-arrangements").json[0]["confirmed_by"] == "supervisor"
    hall.runtime.run_due()
    newest, *_ = hall.person("applicant").get("/api/notices").json["items"]
    assert (newest["title"], newest["case_number"]) == ("期限变动", number(hall, case))
    assert "2026-04-01" in newest["text"]
    do(hall, case, "request", FIRST, **papers.REQUEST)
    tasks = hall.person("supervisor").get(f"/api/user-tasks?scope=all&instance_id={case}").json["items"]
    assert tasks, "the case goes on"
    assert hall.runtime.replay.check(case).difference is None


def test_an_arrangement_without_a_notice_is_none(hall: Hall) -> None:
    answer = hall.person("committee").post("/api/holiday-arrangements", arrangement() | {"notices": [" "]})
    assert_problem(answer, 422, "arrangement-without-notice")

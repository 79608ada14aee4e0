"""An item in three stages over HTTP: each a case of its own with its own limit, and none without the decision before it."""

from collections.abc import Iterator
from datetime import timedelta
from typing import Any

import pytest

from tests.api.installed import Hall
from tests.api.test_api_every_item import work
from tests.workflows import papers
from tests.workflows.persons import FIRM

VENUE = "internet_venue_permit"


@pytest.fixture
def hall(installed_url: str) -> Iterator[Hall]:
    made = Hall(installed_url)
    yield made
    made.runtime.stop()


def file(hall: Hall, stage: str, decision: str = "", **applicant: Any) -> Any:
    given = papers.application(VENUE)
    given["details"] |= {"stage": stage} | ({"previous_decision": decision} if decision else {})
    given["applicant"] |= applicant
    return hall.person("applicant").post("/api/process-instances", {"process_key": VENUE, "variables": given})


def finish(hall: Hall, started: Any) -> dict[str, Any]:
    """The case's variables when nothing is left to do, and the texts of its decision."""
    assert started.status_code == 201, started.text
    case, supervisor = started.json["instance_id"], hall.person("supervisor")
    number = supervisor.get(f"/api/process-instances/{case}").json["variables"]["receipt"]["number"]
    while work(hall, VENUE, case, number):
        pass
    detail = supervisor.get(f"/api/process-instances/{case}").json
    assert detail["status"] == "completed"
    return dict(detail["variables"])


def test_each_stage_has_its_limit_and_follows_from_the_one_before(hall: Hall) -> None:
    decision, told = "", []
    for stage in ("preparation", "safety", "final"):
        done = finish(hall, file(hall, stage, decision))
        told.append((done["limits"]["statutory"]["days"], done["item"]["result_document"]))
        decision = done["decision"]["document_number"]
        hall.now += timedelta(days=1)
    assert told == [(20, "同意筹建批准文件"), (20, "公安网安、消防审核同意文件"), (15, "网络文化经营许可证")]


def test_a_stage_needs_the_granted_decision_of_the_stage_before_on_the_same_applicant(hall: Hall) -> None:
    refused = file(hall, "safety", "县文广局准字〔2026〕99号")
    assert (refused.status_code, refused.json["code"]) == (422, "stage-predecessor-missing")
    decision = finish(hall, file(hall, "preparation"))["decision"]["document_number"]
    skipped = file(hall, "final", decision)
    assert skipped.json["code"] == "stage-predecessor-missing"
    foreign = file(hall, "safety", decision, **{**FIRM, "name": "另一样例有限公司"})
    assert foreign.json["code"] == "stage-predecessor-foreign"
    assert file(hall, "safety", decision).status_code == 201


def test_what_was_refused_is_in_the_audit_log(hall: Hall) -> None:
    file(hall, "safety", "县文广局准字〔2026〕99号")
    entries = hall.person("auditor").get("/api/audit-log?limit=100").json["items"]
    assert "stage-predecessor-missing" in [entry["code"] for entry in entries if entry["outcome"] == "refused"]


def complete(hall: Hall, case: str, account: str, element: str, given: dict[str, Any]) -> Any:
    tasks = hall.person("supervisor").get(f"/api/user-tasks?scope=all&instance_id={case}").json["items"]
    person = hall.person(account)
    for task in tasks:
        if task["element_id"] == element and person.post(f"/api/user-tasks/{task['id']}/claim").status_code == 200:
            return person.post(f"/api/user-tasks/{task['id']}/complete", {"variables": given})
    raise AssertionError(f"{element} is not open for {account}")


def test_police_and_fire_must_both_agree(hall: Hall) -> None:
    decision = finish(hall, file(hall, "preparation"))["decision"]["document_number"]
    case = file(hall, "safety", decision).json["instance_id"]
    complete(hall, case, "window-culture-1", "examine", papers.ACCEPT)
    complete(hall, case, "culture-examiner-1", "request", papers.REQUEST)
    complete(hall, case, "network-police-officer", "answer", papers.AGREED)
    opposed = {
        "conclusion": "opposed",
        "statement": "安全出口不足。",
        "reason": "营业场所仅有一个安全出口。",
        "legal_basis": "《消防法》第十五条",
    }
    assert complete(hall, case, "fire-officer", "answer", opposed).status_code == 200
    refused = complete(hall, case, "culture-examiner-1", "draft", papers.GRANT)
    assert (refused.status_code, [error["field"] for error in refused.json["errors"]]) == (422, ["proposal"])

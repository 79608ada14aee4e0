"""Versions of fees over HTTP, from the draft into force; what is refused is recorded (P18b, R-42, R-43)."""

from collections.abc import Iterator
from typing import Any

import pytest

from tests.api.doors import assert_problem
from tests.api.installed import Hall
from tests.workflows.test_fee_versions import CONTENT, PASSED

DRAFTER = "construction-examiner-1"


@pytest.fixture
def hall(installed_url: str) -> Iterator[Hall]:
    made = Hall(installed_url)
    yield made
    made.runtime.stop()


def draft(hall: Hall, by: str = DRAFTER, **more: Any) -> Any:
    return hall.person(by).post("/api/fee-versions", {"content": {**CONTENT, **more}, "reason": "标准调整"})


def start(hall: Hall, version: str, action: str = "publish") -> Any:
    said = {"action": action, "code": "SAMPLE-01", "version": version, "document": "样例价费〔2026〕1号", "reason": "标准调整"}
    body = {"process_key": "fee_lifecycle", "variables": {"proposal": said}}
    return hall.person(DRAFTER).post("/api/process-instances", body)


def do(hall: Hall, element: str, by: str, **given: Any) -> Any:
    items = hall.person("supervisor").get("/api/user-tasks?scope=all&limit=100").json["items"]
    task = next(item["id"] for item in items if item["element_id"] == element)
    return hall.person(by).post(f"/api/user-tasks/{task}/complete", {"variables": given})


def line(hall: Hall, version: str) -> dict[str, Any]:
    lines = hall.person("auditor").get("/api/fee-versions").json
    found: dict[str, Any] = next(one for one in lines if (one["code"], one["version"]) == ("SAMPLE-01", version))
    return found


def test_a_version_from_the_draft_into_force(hall: Hall) -> None:
    answer = draft(hall)
    assert answer.status_code == 201, answer.text
    version = answer.json["version"]
    assert (line(hall, version)["state"], line(hall, version)["off"]) == ("draft", "fee-unknown")
    assert start(hall, version).status_code == 201
    assert do(hall, "legal_check", "legal-officer", **PASSED).status_code == 200
    said = {"outcome": "publish", "from_on": hall.today()}
    assert_problem(do(hall, "verify", "committee", **said), 422, "fee-verification-missing")
    record = {**said, "verification": "低限核定〔2026〕1号"}
    assert_problem(do(hall, "verify", "committee", **record, low_fen="1.20"), 409, "fee-low-end-differs")
    assert do(hall, "verify", "committee", **record, low_fen="0.80").status_code == 200
    assert (line(hall, version)["state"], line(hall, version)["off"]) == ("in-force", None)
    assert line(hall, "1")["off"] == "fee-unknown"  # the version before has ended
    events = hall.person("auditor").get(f"/api/fee-versions/SAMPLE-01/{version}/events").json
    assert [event["state"] for event in events] == ["draft", "legal-check", "checked", "in-force"]
    history = hall.person("auditor").get("/api/process-instances?process_key=fee_lifecycle").json["items"]
    lines = hall.person("auditor").get(f"/api/process-instances/{history[0]['id']}/history?limit=100").json["items"]
    assert [one["code"] for one in lines if one["outcome"] == "refused"] == ["fee-verification-missing", "fee-low-end-differs"]


def test_what_cannot_be_drafted_is_refused_and_recorded(hall: Hall) -> None:
    assert_problem(draft(hall, by="health-examiner-1"), 403, "fee-proposal-foreign")
    assert_problem(draft(hall, standard={"kind": "as-he-likes"}), 422, "fee-content-invalid")
    assert_problem(start(hall, "9"), 404, "fee-version-not-found")
    refused = hall.person("auditor").get("/api/audit-log?outcome=refused&limit=50").json["items"]
    assert {"fee-proposal-foreign", "fee-content-invalid", "fee-version-not-found"} <= {one["code"] for one in refused}
    assert_problem(hall.person("applicant").get("/api/fee-versions"), 403, "permission-denied")

"""R-17, A-03: what another system did is taken over by the committee's permit, with both its times."""

from collections.abc import Iterator
from typing import Any

import pytest

from tests.api.doors import assert_problem
from tests.api.installed import Hall

PLACE = "/api/external-cases"
PERMIT = {
    "document": "管委会〔2026〕3号",
    "system": "市工商登记系统",
    "department": "县工商局",
    "from_on": "2026-03-01",
    "until_on": "2026-03-31",
}
CASE = {
    "number": "CQ-2026-1",
    "item": "GS-001",
    "applicant": "样例申请人",
    "received_at": "2026-02-27T02:00:00Z",
    "decided_at": "2026-02-27T03:00:00Z",
    "outcome": "granted",
}


@pytest.fixture
def hall(installed_url: str) -> Iterator[Hall]:
    made = Hall(installed_url)
    yield made
    made.runtime.stop()


def report(hall: Hall, *cases: dict[str, Any], **changes: str) -> Any:
    body = {"system": PERMIT["system"], "department": PERMIT["department"], **changes, "cases": list(cases)}
    return hall.person("administrator").post(PLACE, body)


def permit(hall: Hall, **changes: str) -> Any:
    return hall.person("supervisor").post(f"{PLACE}/permits", PERMIT | changes)


def test_a_case_is_taken_over_once_with_both_times_and_is_no_case_of_the_hall(hall: Hall) -> None:
    assert permit(hall).status_code == 204
    assert report(hall, CASE, CASE | {"number": "CQ-2026-2"}).json == {"new": 2}
    assert report(hall, CASE | {"outcome": "refused"}).json == {"new": 0}
    first, _ = hall.person("auditor").get(PLACE).json["items"]
    assert (first["received_at"][:19], first["entered_at"][:10], first["outcome"]) == (
        "2026-02-27T02:00:00",
        hall.today(),
        "granted",
    )
    assert first["applicant"] == "样****"
    period = "from_on=2026-02-01&until_on=2026-03-31"
    assert hall.person("supervisor").get(f"/api/reports/windows?{period}").json["items"] == []
    assert "CQ-2026-2" in hall.person("auditor").get(f"{PLACE}?format=csv").text


def test_nothing_is_entered_afterwards_without_a_permit_or_from_to_morrow(hall: Hall) -> None:
    assert_problem(report(hall, CASE), 409, "external-not-permitted")
    permit(hall)
    assert_problem(report(hall, CASE, system="别的系统"), 409, "external-not-permitted")
    assert_problem(report(hall, CASE | {"decided_at": "2026-03-03T00:00:00Z"}), 422, "external-moments")
    assert_problem(report(hall, CASE | {"decided_at": "2026-02-26T00:00:00Z"}), 422, "external-moments")
    assert_problem(report(hall, CASE | {"item": "GT-001"}), 422, "external-item")
    assert hall.person("auditor").get(PLACE).json["items"] == []
    codes = {entry["code"] for entry in hall.person("auditor").get("/api/audit-log?outcome=refused&limit=200").json["items"]}
    assert {"external-not-permitted", "external-moments", "external-item"} <= codes


def test_a_permit_is_the_committee_s_and_for_departments_run_from_above(hall: Hall) -> None:
    assert_problem(permit(hall, department="县建委"), 422, "external-department")
    assert_problem(permit(hall, until_on="2026-02-01"), 422, "external-permit-dates")
    assert permit(hall).status_code == 204
    assert_problem(permit(hall), 409, "external-permit-exists")
    assert_problem(hall.person("administrator").post(f"{PLACE}/permits", PERMIT), 403, "permission-denied")
    assert_problem(hall.person("window-commerce-1").post(PLACE, {}), 403, "permission-denied")
    hall.now = hall.now.replace(month=4)
    assert_problem(report(hall, CASE), 409, "external-not-permitted")

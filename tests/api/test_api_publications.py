"""Publication over HTTP: masked, checked by another, public, withdrawn with a reason (R-57, rules.md 5.9)."""

from collections.abc import Iterator
from typing import Any

import pytest

from tests.api.doors import Person, assert_problem
from tests.api.installed import Hall
from tests.api.test_api_complaints import do, refusals
from tests.api.test_api_money import PROCESS, granted
from tests.workflows import papers
from tests.workflows.money import open_counter
from workflows.publication.feeding import feed_publications

DRAFT = {
    "kind": "decision",
    "source": "县工商许〔2026〕0001号",
    "title": "准予户外广告登记",
    "text": "准予样例公司（电话13800000000，住龙岗路12号）设置户外广告。",
}


@pytest.fixture
def hall(installed_url: str) -> Iterator[Hall]:
    made = Hall(installed_url)
    yield made
    made.runtime.stop()


def public(hall: Hall) -> list[dict[str, Any]]:
    found: list[dict[str, Any]] = Person(hall.app.test_client()).get("/api/public/publications").json["items"]
    return found


def test_a_draft_is_masked_checked_by_another_and_public_until_it_is_withdrawn(hall: Hall) -> None:
    number = hall.person("supervisor").post("/api/publications", DRAFT).json["number"]
    assert public(hall) == []
    assert_problem(do(hall, "check", "supervisor", agreed="yes", reason="可以。"), 403, "publication-second-person")
    assert "publication-second-person" in refusals(hall, "supervisor")
    assert do(hall, "check", "legal-officer", agreed="yes", reason="不涉密。").status_code == 200
    (shown,) = public(hall)
    assert "13800000000" not in shown["text"]
    assert "龙岗路" not in shown["text"]
    place = f"/api/publications/{number}/withdraw"
    assert_problem(hall.person("supervisor").post(place, {"reason": " "}), 422, "publication-reason-missing")
    assert hall.person("supervisor").post(place, {"reason": "内容有误。"}).status_code == 204
    assert public(hall) == []
    assert_problem(hall.person("supervisor").post(place, {"reason": "再撤一次。"}), 409, "publication-state")
    assert {"publication-reason-missing", "publication-state"} <= refusals(hall, "supervisor")
    (kept,) = hall.person("auditor").get("/api/publications").json["items"]
    assert (kept["status"], kept["withdrawal_reason"], kept["checked_by"]) == ("withdrawn", "内容有误。", "legal-officer")


def test_what_the_check_rejects_is_never_public(hall: Hall) -> None:
    for kind in ("waiver", "rating", "complaint", "ranking"):
        assert hall.person("supervisor").post("/api/publications", {**DRAFT, "kind": kind}).status_code == 201
        assert do(hall, "check", "committee", agreed="no", reason="涉及商业秘密。").status_code == 200
    assert public(hall) == []
    assert_problem(
        hall.person("supervisor").post("/api/publications/GK1/withdraw", {"reason": "无"}), 404, "publication-not-found"
    )


def test_what_was_granted_enters_the_queue_by_itself_once_and_is_checked(hall: Hall) -> None:
    """Licensing Law, Art. 40."""
    open_counter(hall.runtime.registers)
    granted(hall)
    assert feed_publications(hall.runtime) == 1
    assert feed_publications(hall.runtime) == 0
    (drafted,) = hall.person("auditor").get("/api/publications").json["items"]
    assert (drafted["kind"], drafted["status"]) == ("decision", "drafted")
    assert public(hall) == []
    assert do(hall, "check", "supervisor", agreed="yes", reason="不涉密。").status_code == 200
    assert "准予行政许可决定" in public(hall)[0]["title"]


def test_what_is_not_granted_is_not_fed(hall: Hall) -> None:
    body = {"process_key": PROCESS, "variables": papers.application(PROCESS)}
    assert hall.person("applicant").post("/api/process-instances", body).status_code == 201
    assert feed_publications(hall.runtime) == 0
    assert hall.person("auditor").get("/api/publications").json["items"] == []

"""Ratings over HTTP: one code one rating, never by the hall, and a bad one ends with an answer (rules.md 5.6, A-21)."""

import re
from collections.abc import Iterator
from datetime import timedelta
from typing import Any

import pytest

from tests.api.doors import Person, assert_problem
from tests.api.installed import Hall
from tests.api.test_api_abuses import ITEM, accepted, number
from tests.api.test_api_complaints import refusals
from tests.api.test_api_every_item import work
from tests.workflows import papers

PLACE = "/api/public/ratings"
VERIFIER, RATED, OTHER = "legal-officer", "window-commerce-2", "commerce-examiner-1"
CALLED = {"reached": "yes", "statement": "反映窗口让其跑了三趟。", "verifier": VERIFIER}
FOUND = {"outcome": "correct", "evidence": "办件档案", "finding": "反映属实。", "answer": "已责令窗口更正，谢谢你的意见。"}


@pytest.fixture
def hall(installed_url: str) -> Iterator[Hall]:
    made = Hall(installed_url)
    yield made
    made.runtime.stop()


def anybody(hall: Hall) -> Person:
    return Person(hall.app.test_client())


def delivered(hall: Hall) -> dict[str, str]:
    """A case to its end; its number and the code of the notice to the applicant."""
    case = str(
        hall.person("applicant")
        .post("/api/process-instances", {"process_key": ITEM, "variables": papers.application(ITEM)})
        .json["instance_id"]
    )
    key = number(hall, case)
    while work(hall, ITEM, case, key):
        pass
    hall.runtime.run_due()
    notices = hall.person("applicant").get("/api/notices?limit=100").json["items"]
    (text,) = [one["text"] for one in notices if one["title"] == "送达" and key in one["text"]]
    (code,) = re.findall(r"评价码(\d{8})", text)
    return {"case_number": key, "code": code}


def rate(hall: Hall, asked: dict[str, str], grade: int, **more: Any) -> Any:
    return anybody(hall).post(PLACE, {**asked, "grade": grade, **more})


def do(hall: Hall, element: str, account: str, **given: Any) -> Any:
    items = hall.person("supervisor").get("/api/user-tasks?scope=all&limit=100").json["items"]
    place = next(item["id"] for item in items if item["element_id"] == element)
    return hall.person(account).post(f"/api/user-tasks/{place}/complete", {"variables": given})


def rows(hall: Hall, query: str = "", account: str = "auditor") -> list[dict[str, Any]]:
    found: list[dict[str, Any]] = hall.person(account).get(f"/api/ratings{query}").json["items"]
    return found


def status(hall: Hall, asked: dict[str, str]) -> dict[str, Any]:
    found: dict[str, Any] = anybody(hall).post(f"{PLACE}/status", asked).json
    return found


def test_one_code_one_rating_and_none_before_delivery(hall: Hall) -> None:
    before = number(hall, accepted(hall))
    assert_problem(rate(hall, {"case_number": before, "code": "12345678"}, 1), 403, "rating-code-refused")
    asked = delivered(hall)
    wrong = {**asked, "code": f"{(int(asked['code']) + 1) % 10**8:08d}"}
    assert_problem(rate(hall, wrong, 1), 403, "rating-code-refused")
    assert rate(hall, asked, 1).json["bad"] is False
    assert_problem(rate(hall, asked, 5), 409, "rating-code-used")
    assert {"rating-code-refused", "rating-code-used"} <= refusals(hall, "public")
    (shown,) = anybody(hall).get(PLACE).json["items"]
    assert (shown["grade"], shown["window_group"]) == (1, "window-commerce")
    assert "case_number" not in shown


def test_nobody_rates_with_a_login_of_the_hall(hall: Hall) -> None:
    asked = delivered(hall)
    answer = hall.person("window-commerce-1").post(PLACE, {**asked, "grade": 1})
    assert_problem(answer, 403, "rating-by-staff")
    assert "rating-by-staff" in refusals(hall, "window-commerce-1")
    assert rows(hall) == []
    assert hall.person("applicant").post(PLACE, {**asked, "grade": 1}).status_code == 201


def test_a_bad_rating_is_verified_corrected_answered_rated_again_and_public(hall: Hall) -> None:
    asked = delivered(hall)
    given = rate(hall, asked, 5, said="跑了三趟。", name="样例申请人", contact="13800000000").json
    assert given["bad"] is True
    for verifier in (RATED, "window-commerce-1"):
        assert_problem(do(hall, "contact", "supervisor", **{**CALLED, "verifier": verifier}), 403, "rating-rated-person")
    assert_problem(do(hall, "contact", "supervisor", **{**CALLED, "verifier": "nobody"}), 422, "rating-verifier-unknown")
    assert {"rating-rated-person", "rating-verifier-unknown"} <= refusals(hall, "supervisor")
    assert do(hall, "contact", "supervisor", **CALLED).status_code == 200
    assert do(hall, "verify", VERIFIER, **FOUND).status_code == 200
    assert do(hall, "correct", RATED, correction="已向申请人道歉，修改了一次性告知单。").status_code == 200
    assert (status(hall, asked)["status"], status(hall, asked)["answer"]) == ("answered", FOUND["answer"])
    again = rate(hall, asked, 2).json
    assert (again["again"], again["bad"]) == (True, False)
    first, second = anybody(hall).get(PLACE).json["items"]
    assert (first["grade"], first["outcome"], second["grade"]) == (5, "correct", 2)
    assert_problem(rate(hall, asked, 1), 409, "rating-code-used")
    why = {"reason": "核对"}
    log = hall.person("supervisor").post(f"/api/ratings/{given['number']}/reading", why).json["events"]
    steps = ["given", "opened", "contacted", "verified", "corrected", "answered", "rated-again", "published", "read"]
    assert [event["event"] for event in log] == steps
    assert "13800000000" not in str(rows(hall))


def test_a_task_that_is_passed_on_to_the_rated_is_refused(hall: Hall) -> None:
    rate(hall, delivered(hall), 4)
    do(hall, "contact", "supervisor", **CALLED)
    items = hall.person("supervisor").get("/api/user-tasks?scope=all&limit=100").json["items"]
    place = next(item["id"] for item in items if item["element_id"] == "verify")
    assert hall.person(VERIFIER).post(f"/api/user-tasks/{place}/delegate", {"delegate": OTHER}).status_code == 200
    assert_problem(do(hall, "verify", OTHER, **FOUND), 403, "rating-rated-person")
    assert "rating-rated-person" in refusals(hall, OTHER)


def test_a_malicious_rating_takes_a_second_person_and_does_not_count(hall: Hall) -> None:
    rate(hall, delivered(hall), 5)
    do(hall, "contact", "supervisor", **CALLED)
    assert do(hall, "verify", VERIFIER, **{**FOUND, "outcome": "malicious"}).status_code == 200
    assert do(hall, "review", "committee", agreed="yes", reason="同一人对未办理的事项反复差评。").status_code == 200
    assert [row["counts"] for row in rows(hall)] == [False]
    hall.now += timedelta(days=20)
    hall.runtime.run_due()
    assert [row["status"] for row in rows(hall)] == ["published"]


def test_what_the_second_person_does_not_agree_to_is_corrected(hall: Hall) -> None:
    rate(hall, delivered(hall), 5)
    do(hall, "contact", "supervisor", **CALLED)
    do(hall, "verify", VERIFIER, **{**FOUND, "outcome": "mistaken"})
    assert do(hall, "review", "committee", agreed="no", reason="申请人所说与档案一致。").status_code == 200
    assert do(hall, "correct", RATED, correction="已更正并道歉。").status_code == 200
    assert [(row["counts"], row["outcome"], row["status"]) for row in rows(hall)] == [(True, "correct", "answered")]


def test_what_is_late_is_pressed_for_and_listed(hall: Hall) -> None:
    rate(hall, delivered(hall), 4)
    hall.now += timedelta(days=4)
    hall.runtime.run_due()
    assert len(rows(hall, "?overdue=true")) == 1
    assert do(hall, "press_contact", "committee").status_code == 200
    do(hall, "contact", "supervisor", **CALLED)
    hall.now += timedelta(days=10)
    hall.runtime.run_due()
    assert do(hall, "press_answer", "committee").status_code == 200
    assert [row["escalated"] for row in rows(hall, "?bad=true")] == [2]


def test_a_burst_from_one_address_is_found(hall: Hall) -> None:
    for _ in range(5):
        asked = delivered(hall)
        assert rate(hall, asked, 1).status_code == 201
    (burst,) = hall.person("supervisor").get("/api/ratings/bursts").json["bursts"]
    assert burst["numbers"] == [row["number"] for row in rows(hall)]

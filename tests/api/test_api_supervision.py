"""Supervision over HTTP: who issues, who sees what, what is exported."""

from collections.abc import Iterator
from datetime import timedelta
from typing import Any

import pytest

from tests.api.doors import assert_problem
from tests.api.installed import Hall
from tests.workflows import papers

FINDING = {"rule": "SUP", "group": "window-commerce", "account": "window-commerce-1", "evidence": "巡查发现窗口空岗二十分钟。"}
ITEM = "outdoor_advertising_registration"
ORDER = {"group": "window-commerce", "matter": "说明空岗原因并整改。", "days": 3}


@pytest.fixture
def hall(installed_url: str) -> Iterator[Hall]:
    made = Hall(installed_url)
    yield made
    made.runtime.stop()


def start(hall: Hall, who: str, process: str, **variables: Any) -> Any:
    return hall.person(who).post("/api/process-instances", {"process_key": process, "variables": variables})


def work(hall: Hall, who: str, element: str, **data: Any) -> None:
    person = hall.person(who)
    [task] = [task for task in person.get("/api/user-tasks").json["items"] if task["element_id"] == element]
    assert person.post(f"/api/user-tasks/{task['id']}/claim").status_code == 200
    answer = person.post(f"/api/user-tasks/{task['id']}/complete", {"variables": data})
    assert answer.status_code == 200, answer.text


def test_a_card_from_issue_to_its_end(hall: Hall) -> None:
    assert start(hall, "supervisor", "supervision_card", finding=FINDING).status_code == 201
    work(hall, "window-commerce-1", "explain", statement="当时到后台取件，已请同事代岗。")
    work(hall, "supervisor", "decide", outcome="confirm", measure="rectify", reason="空岗属实。")
    work(hall, "window-commerce-1", "consider_appeal", appeals="no")
    [card] = hall.person("supervisor").get("/api/supervision/cards?state=closed").json["items"]
    assert (card["outcome"], card["colour"], card["owner"]) == ("confirmed", "yellow", "window-commerce-1")
    events = hall.person("window-commerce-2").get(f"/api/supervision/cards/{card['number']}/events").json
    assert [event["event"] for event in events] == ["issued", "explained", "confirmed", "closed"]
    assert card["number"] in hall.person("auditor").get("/api/supervision/cards?format=csv").text


def test_a_group_sees_its_own_cards_and_letters_alone(hall: Hall) -> None:
    start(hall, "supervisor", "supervision_card", finding=FINDING)
    start(hall, "supervisor", "press_letter", order=ORDER)
    [card] = hall.person("window-commerce-2").get("/api/supervision/cards").json["items"]
    [letter] = hall.person("window-commerce-2").get("/api/supervision/press-letters").json["items"]
    assert (card["number"], letter["to_group"]) == ("JC202600001", "window-commerce")
    stranger = hall.person("window-land-1")
    for place in ("cards", "press-letters"):
        assert stranger.get(f"/api/supervision/{place}").json["items"] == []
    assert_problem(stranger.get(f"/api/supervision/cards/{card['number']}/events"), 404, "card-not-found")
    assert len(stranger.get("/api/supervision/rules").json) == 25


def test_nobody_else_issues_or_presses_and_the_attempt_is_on_record(hall: Hall) -> None:
    assert_problem(start(hall, "window-commerce-1", "supervision_card", finding=FINDING), 403, "card-group-only")
    assert_problem(start(hall, "window-commerce-1", "press_letter", order=ORDER), 403, "press-letter-group-only")
    refused = [entry["code"] for entry in hall.person("auditor").get("/api/audit-log?outcome=refused").json["items"]]
    assert {"card-group-only", "press-letter-group-only"} <= set(refused)


def test_a_round_cards_what_the_rules_find_once(hall: Hall) -> None:
    filed = start(
        hall, "applicant", "outdoor_advertising_registration", **papers.APPLICATIONS["outdoor_advertising_registration"]
    )
    assert filed.status_code == 201, filed.text
    supervisor = hall.person("supervisor")
    assert supervisor.post("/api/supervision/round").json == {"cards": 0}
    window = hall.person("window-commerce-1")
    [task] = window.get("/api/user-tasks").json["items"]
    window.post(f"/api/user-tasks/{task['id']}/claim")
    assert window.post(f"/api/user-tasks/{task['id']}/complete", {"variables": papers.ACCEPT}).status_code == 200
    hall.now += timedelta(days=60)
    found = supervisor.get("/api/supervision/findings").json
    assert "E-01" in {finding["rule"] for finding in found}
    assert supervisor.post("/api/supervision/round").json["cards"] == len(found)
    assert supervisor.post("/api/supervision/round").json == {"cards": 0}
    assert_problem(window.get("/api/supervision/findings"), 403, "permission-denied")

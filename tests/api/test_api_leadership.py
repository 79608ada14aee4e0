"""A leader's page: what is late, what waits for an answer, what people complain about, and nothing of other departments."""

from collections.abc import Iterator
from datetime import timedelta
from typing import Any

import pytest

from tests.api.doors import Person, assert_problem
from tests.api.installed import Hall
from tests.workflows import papers

ITEM = "outdoor_advertising_registration"
ORDER = {"group": "window-commerce", "matter": "说明空岗原因并整改。", "days": 3}
COMPLAINT = {
    "channel": "web",
    "anonymous": True,
    "category": "attitude",
    "subject": "窗口无人",
    "statement": "上午十点窗口无人办理，等了二十分钟。",
    "against_window": "window-commerce",
}


@pytest.fixture
def hall(installed_url: str) -> Iterator[Hall]:
    made = Hall(installed_url)
    yield made
    made.runtime.stop()


def start(hall: Hall, who: str, process: str, **variables: Any) -> None:
    answer = hall.person(who).post("/api/process-instances", {"process_key": process, "variables": variables})
    assert answer.status_code == 201, answer.text


def counted(hall: Hall, who: str) -> dict[str, int]:
    answer = hall.person(who).get("/api/leader-brief")
    assert answer.status_code == 200, answer.text
    return {name: len(matters) for name, matters in answer.json.items()}


def test_a_leader_sees_what_is_late_and_what_waits(hall: Hall) -> None:
    start(hall, "applicant", ITEM, **papers.APPLICATIONS[ITEM])
    window = hall.person("window-commerce-1")
    task = window.get("/api/user-tasks").json["items"][0]
    window.post(f"/api/user-tasks/{task['id']}/claim")
    assert window.post(f"/api/user-tasks/{task['id']}/complete", {"variables": papers.ACCEPT}).status_code == 200
    start(hall, "supervisor", "press_letter", order=ORDER)
    assert Person(hall.app.test_client()).post("/api/public/complaints", COMPLAINT).status_code == 201
    found = counted(hall, "commerce-leader")
    assert (found["overdue"], found["complaints"], found["orders"]) == (0, 1, 1)
    hall.now += timedelta(days=60)
    assert counted(hall, "commerce-leader")["overdue"] == 1
    assert set(counted(hall, "land-leader").values()) == {0}


def test_it_is_a_leader_s(hall: Hall) -> None:
    assert_problem(hall.person("window-commerce-1").get("/api/leader-brief"), 404, "leader-only")

"""A-04: whoever was called either has a case or there is a word for what it was; what ends with neither is found."""

from collections.abc import Iterator
from datetime import timedelta
from typing import Any

import pytest

from tests.api.doors import Person, assert_problem
from tests.api.installed import Hall
from tests.workflows import papers

ITEM = "outdoor_advertising_registration"
WINDOW = "window-commerce"
PLACE = f"/api/queue-tickets/{WINDOW}"


@pytest.fixture
def hall(installed_url: str) -> Iterator[Hall]:
    made = Hall(installed_url)
    yield made
    made.runtime.stop()


def take(hall: Hall, window: str = WINDOW) -> Any:
    return Person(hall.app.test_client()).post("/api/public/queue-tickets", {"window": window})


def filed(hall: Hall, who: str = "window-commerce-1") -> str:
    body = {"process_key": ITEM, "variables": papers.APPLICATIONS[ITEM]}
    assert hall.person(who).post("/api/process-instances", body).status_code == 201
    return str(hall.person("supervisor").get("/api/case-files").json["items"][0]["number"])


def causes(hall: Hall) -> list[str]:
    found = hall.person("supervisor").get("/api/supervision/findings").json
    return [finding["cause"] for finding in found if finding["cause"].startswith("A-04")]


def test_numbers_are_called_in_order_and_become_cases(hall: Hall) -> None:
    earlier = filed(hall)
    hall.now += timedelta(minutes=1)
    assert [take(hall).json["number"] for _ in range(3)] == [1, 2, 3]
    window = hall.person("window-commerce-1")
    assert window.post(f"{PLACE}/call").json["number"] == 1
    assert_problem(window.post(f"{PLACE}/1/serve", {"case": earlier}), 409, "queue-case-foreign")
    hall.now += timedelta(minutes=5)
    number = filed(hall)
    assert window.post(f"{PLACE}/1/serve", {"case": number}).status_code == 204
    assert_problem(window.post(f"{PLACE}/1/close", {"closed_as": "gone"}), 409, "queue-ticket-state")
    assert window.post(f"{PLACE}/call").json["number"] == 2
    assert_problem(window.post(f"{PLACE}/2/serve", {"case": number}), 409, "queue-case-linked")
    assert window.post(f"{PLACE}/2/close", {"closed_as": "consultation"}).status_code == 204
    rows = window.get("/api/queue-tickets").json["items"]
    assert [(row["number"], row["case_number"], row["closed_as"]) for row in rows] == [
        (1, number, None),
        (2, None, "consultation"),
        (3, None, None),
    ]


def test_who_was_called_and_has_no_case_is_found_the_next_day(hall: Hall) -> None:
    for _ in range(2):
        take(hall)
    hall.person("window-commerce-1").post(f"{PLACE}/call")
    assert causes(hall) == []
    hall.now += timedelta(days=1)
    assert causes(hall) == [f"A-04/{WINDOW}/2026-03-02/1"]
    assert hall.person("supervisor").post("/api/supervision/round").json == {"cards": 1}


def test_what_is_refused(hall: Hall) -> None:
    assert_problem(take(hall, "window-nowhere"), 422, "queue-window-unknown")
    window, stranger = hall.person("window-commerce-1"), hall.person("window-land-1")
    assert_problem(window.post(f"{PLACE}/call"), 409, "queue-nobody-waits")
    take(hall)
    assert_problem(stranger.post(f"{PLACE}/call"), 409, "queue-window-only")
    assert_problem(window.post(f"{PLACE}/1/close", {"closed_as": "gone"}), 409, "queue-ticket-state")
    assert_problem(window.post(f"{PLACE}/9/close", {"closed_as": "gone"}), 404, "queue-ticket-not-found")
    window.post(f"{PLACE}/call")
    assert_problem(window.post(f"{PLACE}/1/close", {"closed_as": "other"}), 422, "queue-remark-missing")

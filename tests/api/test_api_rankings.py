"""The ranking over HTTP: each point with its source, seen the next day, appealed, frozen by two (rules.md 5.5)."""

from collections.abc import Iterator
from datetime import timedelta
from typing import Any

import pytest

from tests.api.doors import Person, assert_problem
from tests.api.installed import Hall
from tests.api.test_api_complaints import refusals
from tests.api.test_api_ratings import delivered

MONTH = {"month": "2026-03-15"}
FIRST, SECOND, WINDOW = "supervisor", "committee", "window-commerce-1"


@pytest.fixture
def hall(installed_url: str) -> Iterator[Hall]:
    made = Hall(installed_url)
    yield made
    made.runtime.stop()


def post(hall: Hall, path: str, who: str, **body: Any) -> Any:
    return hall.person(who).post(f"/api/ranking/{path}", body or None)


def points(hall: Hall, who: str = FIRST) -> list[dict[str, Any]]:
    found: list[dict[str, Any]] = hall.person(who).get("/api/ranking/points?month=2026-03-15").json["items"]
    return found


def standing(hall: Hall, window: str = "window-commerce") -> int:
    items = hall.person("auditor").get("/api/ranking?month=2026-03-15").json["items"]
    return int(next(item["points"] for item in items if item["subject"] == window))


def by_hand(hall: Hall, who: str = FIRST, **changes: Any) -> Any:
    given = {**MONTH, "window": "window-commerce", "points": -300, "source": "督查〔2026〕1号", **changes}
    return post(hall, "points", who, **given)


@pytest.fixture
def computed(hall: Hall) -> Hall:
    assert post(hall, "compute", FIRST, **MONTH).status_code == 200
    return hall


def test_what_the_registers_say_is_counted_once_with_its_source(hall: Hall) -> None:
    delivered(hall)
    hall.now += timedelta(days=31)
    assert post(hall, "compute", FIRST, **MONTH).json["added"] > 0
    assert post(hall, "compute", FIRST, **MONTH).json["added"] == 0
    assert {"finished-early", "shorter-promise"} <= {point["rule"] for point in points(hall)}
    assert all(point["source"] for point in points(hall))
    assert standing(hall) > 10_000


def test_a_point_by_hand_takes_two_and_is_seen_by_the_window_the_next_day(computed: Hall) -> None:
    hall = computed
    assert by_hand(hall).status_code == 204
    (point,) = points(hall)
    assert standing(hall) == 10_000
    assert_problem(post(hall, f"points/{point['id']}/confirm", FIRST), 403, "ranking-one-person")
    assert "ranking-one-person" in refusals(hall, FIRST)
    assert post(hall, f"points/{point['id']}/confirm", SECOND).status_code == 204
    assert standing(hall) == 9_700
    assert points(hall, WINDOW) == []
    hall.now += timedelta(days=1)
    assert [one["source"] for one in points(hall, WINDOW)] == ["督查〔2026〕1号"]
    assert points(hall, "window-health-1") == []


def test_what_has_no_source_or_is_too_much_or_twice_is_refused_and_recorded(computed: Hall) -> None:
    hall = computed
    for code, status, changes in (
        ("ranking-without-source", 422, {"source": " "}),
        ("ranking-points", 422, {"points": 900}),
        ("ranking-month-unknown", 404, {"month": "2026-04-01"}),
    ):
        assert_problem(by_hand(hall, **changes), status, code)
        assert code in refusals(hall, FIRST)
    by_hand(hall)
    assert_problem(by_hand(hall), 409, "ranking-again")


def test_an_appeal_is_the_window_s_and_decided_by_somebody_else(computed: Hall) -> None:
    hall = computed
    by_hand(hall, SECOND)
    key = points(hall)[0]["id"]
    grounds, upheld = {"grounds": "当日已请假。"}, {"upheld": True, "reason": "请假属实。"}
    assert_problem(post(hall, f"points/{key}/appeal", WINDOW, **grounds), 409, "ranking-point-state")
    assert post(hall, f"points/{key}/confirm", FIRST).status_code == 204
    assert_problem(post(hall, f"points/{key}/appeal", "window-health-1", **grounds), 403, "ranking-not-yours")
    assert post(hall, f"points/{key}/appeal", WINDOW, **grounds).status_code == 204
    for who in (FIRST, SECOND):
        assert_problem(post(hall, f"points/{key}/decide-appeal", who, **upheld), 403, "ranking-one-person")
    assert_problem(post(hall, "points/999/confirm", FIRST), 404, "ranking-point-not-found")


def test_a_month_is_frozen_by_two_when_it_is_over_and_nothing_is_open(computed: Hall) -> None:
    hall = computed
    anybody = Person(hall.app.test_client())
    assert_problem(post(hall, "freeze", FIRST, **MONTH), 409, "ranking-month-running")
    by_hand(hall)
    hall.now += timedelta(days=31)
    assert_problem(post(hall, "freeze", FIRST, **MONTH), 409, "ranking-open-points")
    assert post(hall, f"points/{points(hall)[0]['id']}/confirm", SECOND).status_code == 204
    assert post(hall, "freeze", FIRST, **MONTH).json["frozen"] is False
    assert_problem(post(hall, "freeze", FIRST, **MONTH), 403, "ranking-one-person")
    assert_problem(anybody.get("/api/public/ranking?month=2026-03-15"), 404, "ranking-month-unknown")
    assert post(hall, "freeze", SECOND, **MONTH).json["frozen"] is True
    for answer in (by_hand(hall, source="督查〔2026〕2号"), post(hall, "compute", FIRST, **MONTH)):
        assert_problem(answer, 409, "ranking-frozen")
    published = anybody.get("/api/public/ranking?month=2026-03-15").json["items"]
    assert published[-1] == {"place": len(published), "subject": "window-commerce", "points": 9_700}
    assert "window-commerce,9700" in anybody.get("/api/public/ranking?month=2026-03-15&format=csv").text
    assert anybody.get("/api/public/ranking?month=2026-03-15&list=departments").json["items"]

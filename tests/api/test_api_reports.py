"""Reports over HTTP: what they add up is what happened, and they are files a spreadsheet opens."""

import io
import zipfile
from collections.abc import Iterator
from datetime import timedelta
from typing import Any

import pytest

from tests.api.doors import assert_problem
from tests.api.installed import Hall
from tests.workflows import papers

ITEM = "outdoor_advertising_registration"
MARCH = "from_on=2026-03-01&until_on=2026-03-31"


@pytest.fixture
def hall(installed_url: str) -> Iterator[Hall]:
    made = Hall(installed_url)
    yield made
    made.runtime.stop()


def file(hall: Hall) -> None:
    made = hall.person("applicant").post(
        "/api/process-instances", {"process_key": ITEM, "variables": papers.APPLICATIONS[ITEM]}
    )
    assert made.status_code == 201, made.text


def accept(hall: Hall) -> None:
    window = hall.person("window-commerce-1")
    task = window.get("/api/user-tasks").json["items"][0]
    window.post(f"/api/user-tasks/{task['id']}/claim")
    assert window.post(f"/api/user-tasks/{task['id']}/complete", {"variables": papers.ACCEPT}).status_code == 200


def report(hall: Hall, name: str, period: str = MARCH) -> list[dict[str, Any]]:
    answer = hall.person("supervisor").get(f"/api/reports/{name}?{period}")
    assert answer.status_code == 200, answer.text
    rows: list[dict[str, Any]] = answer.json["items"]
    return rows


def test_windows_items_and_lights_say_what_happened(hall: Hall) -> None:
    for _ in range(3):
        file(hall)
    accept(hall)
    [window] = report(hall, "windows")
    assert (window["window"], window["received"], window["accepted"], window["decided"], window["open"]) == (
        "window-commerce",
        3,
        1,
        0,
        3,
    )
    [light] = report(hall, "lights")
    assert (light["green"], light["red"]) == (1, 0)
    hall.now += timedelta(days=60)
    [light] = report(hall, "lights")
    assert (light["green"], light["red"]) == (0, 1)
    [item] = report(hall, "items")
    assert (item["item"], item["received"], item["decided"], item["over_law"], item["mean_days"]) == ("GS-002", 3, 0, 1, None)
    assert report(hall, "times") == []
    assert report(hall, "windows", "from_on=2026-04-01&until_on=2026-04-30") == []


def test_a_report_is_a_file_of_every_kind(hall: Hall) -> None:
    file(hall)
    supervisor = hall.person("supervisor")
    assert "window-commerce" in supervisor.get(f"/api/reports/windows?{MARCH}&format=csv").text
    sheet = supervisor.get(f"/api/reports/windows?{MARCH}&format=xlsx")
    with zipfile.ZipFile(io.BytesIO(sheet.data)) as book:
        assert "window-commerce" in book.read("xl/sharedStrings.xml").decode()
        assert "<f>" not in book.read("xl/worksheets/sheet1.xml").decode()


@pytest.mark.parametrize("formula", ["=1+1", "+cmd", "@x", "-2"])
def test_what_looks_like_a_formula_stays_text_in_a_spreadsheet(hall: Hall, formula: str) -> None:
    finding = {"rule": "SUP", "group": "window-commerce", "evidence": f"{formula}：巡查发现窗口空岗二十分钟。"}
    body = {"process_key": "supervision_card", "variables": {"finding": finding}}
    assert hall.person("supervisor").post("/api/process-instances", body).status_code == 201
    sheet = hall.person("supervisor").get("/api/supervision/cards?format=xlsx")
    with zipfile.ZipFile(io.BytesIO(sheet.data)) as book:
        assert formula in book.read("xl/sharedStrings.xml").decode()
        assert "<f>" not in book.read("xl/worksheets/sheet1.xml").decode()


@pytest.mark.parametrize("period", ["from_on=2026-03-02&until_on=2026-03-01", "from_on=2020-01-01&until_on=2026-03-01"])
def test_a_period_has_an_order_and_an_end(hall: Hall, period: str) -> None:
    assert_problem(hall.person("supervisor").get(f"/api/reports/windows?{period}"), 422, "report-period")


def test_reports_are_for_those_who_see_everything(hall: Hall) -> None:
    assert_problem(hall.person("window-commerce-1").get(f"/api/reports/windows?{MARCH}"), 403, "permission-denied")

"""R-29: what the hall knows is not asked again, and nobody learns of another by a number that looks the same."""

from collections.abc import Iterator
from datetime import timedelta
from typing import Any

import pytest

from tests.api.doors import assert_problem
from tests.api.installed import Hall
from tests.workflows import papers

ITEM = "outdoor_advertising_registration"
WHO = papers.APPLICATIONS[ITEM]["applicant"]


@pytest.fixture
def hall(installed_url: str) -> Iterator[Hall]:
    made = Hall(installed_url)
    yield made
    made.runtime.stop()


def look(hall: Hall, **changes: str) -> dict[str, Any]:
    wanted = {"name": WHO["name"], "identity": WHO["credit_code"], **changes}
    answer = hall.person("window-commerce-1").post("/api/prefill", wanted)
    assert answer.status_code == 200, answer.text
    found: dict[str, Any] = answer.json
    return found


def file(hall: Hall, **applicant: str) -> None:
    body = {"process_key": ITEM, "variables": papers.APPLICATIONS[ITEM] | {"applicant": WHO | applicant}}
    answer = hall.person("applicant").post("/api/process-instances", body)
    assert answer.status_code == 201, answer.text


def test_the_newest_answers_come_with_the_case_they_are_from(hall: Hall) -> None:
    assert look(hall) == {"values": [], "licences": []}
    file(hall)
    hall.now += timedelta(days=1)
    file(hall, telephone="13900000001")
    known = {field["name"]: field for field in look(hall)["values"]}
    assert (known["telephone"]["value"], known["address"]["value"]) == ("13900000001", WHO["address"])
    newest = hall.person("supervisor").get("/api/case-files").json["items"][0]["number"]
    assert (known["telephone"]["case"], known["telephone"]["on"]) == (newest, hall.today())
    assert "credit_code" not in known


def test_another_number_or_name_tells_nothing(hall: Hall) -> None:
    file(hall)
    number = WHO["credit_code"]
    alike = f"{number[:4]}{number[4:-4][::-1]}{number[-4:]}"
    for changes in ({"name": "别人"}, {"identity": alike}):
        assert look(hall, **changes)["values"] == []


def test_the_look_is_on_record_and_is_the_window_s_alone(hall: Hall) -> None:
    look(hall)
    wanted = {"name": WHO["name"], "identity": WHO["credit_code"]}
    assert_problem(hall.person("applicant").post("/api/prefill", wanted), 403, "permission-denied")
    entries = hall.person("auditor").get("/api/audit-log?limit=200").json["items"]
    [kept] = [entry for entry in entries if entry["action"] == "LookUpApplicant"]
    assert kept["actor_id"] == "window-commerce-1"
    assert "*" in kept["subject"]
    assert WHO["credit_code"] not in str(kept)

"""Whoever filed a case sees how it stands; nobody else's, and nothing of what is said inside the hall."""

from collections.abc import Iterator

import pytest

from tests.api.doors import assert_problem
from tests.api.installed import Hall
from tests.workflows import papers

PROCESS = "temporary_residence_permit"


@pytest.fixture
def hall(installed_url: str) -> Iterator[Hall]:
    made = Hall(installed_url)
    yield made
    made.runtime.stop()


def test_an_applicant_sees_his_own_cases_with_the_clock_in_words(hall: Hall) -> None:
    body = {"process_key": PROCESS, "variables": papers.application(PROCESS)}
    assert hall.person("applicant").post("/api/process-instances", body).status_code == 201
    assert hall.person("window-police-1").post("/api/process-instances", body).status_code == 201
    (mine,) = hall.person("applicant").get("/api/my-cases").json["items"]
    progress = hall.person("applicant").get(f"/api/my-cases/{mine['number']}").json
    assert (progress["number"], progress["status"]) == (mine["number"], mine["status"])
    assert progress["clocks"][0]["text"]
    (other,) = hall.person("window-police-1").get("/api/my-cases").json["items"]
    assert_problem(hall.person("applicant").get(f"/api/my-cases/{other['number']}"), 404, "case-not-found")
    assert_problem(hall.person("designer").get("/api/my-cases"), 403, "permission-denied")

"""Whoever filed a case sees how it stands, and a work list names the case; nobody sees another's."""

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


def test_a_work_list_names_the_case_and_finds_it_by_its_number(hall: Hall) -> None:
    for name in ("甲", "乙"):
        given = papers.application(PROCESS)
        given["applicant"] |= {"name": f"申请人{name}"}
        body = {"process_key": PROCESS, "variables": given}
        assert hall.person("applicant").post("/api/process-instances", body).status_code == 201
    window = hall.person("window-police-1")
    shown = {task["applicant_name"]: task for task in window.get("/api/user-tasks").json["items"]}
    assert set(shown) == {"申请人甲", "申请人乙"}
    assert {task["item_name"] for task in shown.values()} == {"暂住证"}
    number = shown["申请人乙"]["case_number"]
    (found,) = window.get(f"/api/user-tasks?text={number}").json["items"]
    assert found["id"] == shown["申请人乙"]["id"]
    assert window.get(f"/api/user-tasks/counts?text={number}").json["total"] == 1
    assert window.get(f"/api/user-tasks/{found['id']}").json["case_number"] == number
    clocks = window.get(f"/api/case-files/{number}/progress").json["clocks"]
    assert [clock["colour"] for clock in clocks] == ["green"]
    assert hall.person("window-health-1").get(f"/api/user-tasks?text={number}").json["items"] == []

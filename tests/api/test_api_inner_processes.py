"""R-66: a department's inner steps fit into what it promises, and what the hall does already is named."""

from collections.abc import Iterator
from typing import Any

import pytest

from tests.api.doors import assert_problem
from tests.api.installed import Hall
from tests.workflows import papers

ITEM = "outdoor_advertising_registration"
PLACE = "/api/inner-processes"


@pytest.fixture
def hall(installed_url: str) -> Iterator[Hall]:
    made = Hall(installed_url)
    yield made
    made.runtime.stop()


def entry(**changes: Any) -> dict[str, Any]:
    steps = [{"name": "收件登记", "days": 1}, {"name": "科室会审", "days": 2}]
    return {"department": "县工商局", "item": "GS-002", "steps": steps, **changes}


def test_inner_steps_stand_beside_the_promise_and_what_is_done_twice_is_named(hall: Hall) -> None:
    supervisor = hall.person("supervisor")
    assert supervisor.post(PLACE, entry()).status_code == 204
    [standing] = supervisor.get(PLACE).json
    assert (standing["days"], standing["promised_days"] >= 3, standing["doubled"]) == (3, True, [])
    body = {"process_key": ITEM, "variables": papers.APPLICATIONS[ITEM]}
    assert hall.person("applicant").post("/api/process-instances", body).status_code == 201
    [task] = hall.person("window-commerce-1").get("/api/user-tasks").json["items"]
    supervisor.post(PLACE, entry(steps=[{"name": task["title"], "days": 1}]))
    [standing] = supervisor.get(PLACE).json
    assert standing["doubled"] == [task["title"]]


@pytest.mark.parametrize(
    ("changes", "code"),
    [
        ({"item": "GT-001"}, "inner-process-item"),
        ({"item": "XX-1"}, "inner-process-item"),
        ({"steps": []}, "inner-process-empty"),
        ({"steps": [{"name": "研究", "days": 200}]}, "inner-process-too-long"),
    ],
)
def test_what_is_refused_is_recorded(hall: Hall, changes: dict[str, Any], code: str) -> None:
    assert_problem(hall.person("supervisor").post(PLACE, entry(**changes)), 422, code)
    refused = hall.person("auditor").get("/api/audit-log?outcome=refused&limit=200").json["items"]
    assert ("EnterInnerProcess", code) in {(entry["action"], entry["code"]) for entry in refused}

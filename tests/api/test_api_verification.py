"""What auditors compute again: a case at any step, its chain and replay, and every chain of the hall."""

import json

import pytest

from tests.api.doors import Hall, assert_problem
from tests.runtime.test_runtime_history import tamper


@pytest.fixture
def case(door: Hall) -> str:
    return str(door.start(door.person("clerk"), business_key="K1")["instance_id"])


def test_a_case_is_shown_as_it_stood_after_a_step(door: Hall, case: str) -> None:
    auditor = door.person("auditor")
    entries = auditor.get(f"/api/process-instances/{case}/history").json["items"]
    step = auditor.get(f"/api/process-instances/{case}/steps/1").json
    assert step["status"] == "active"
    assert step["variables"] == entries[0]["details"]["variables"]
    assert_problem(auditor.get(f"/api/process-instances/{case}/steps/99"), 404, "sequence-not-found")


def test_an_untouched_case_is_intact_and_replays(door: Hall, case: str) -> None:
    found = door.person("auditor").post(f"/api/process-instances/{case}/verification").json
    assert (found["intact"], found["agrees"], found["problems"], found["difference"]) == (True, True, [], None)
    assert found["rows"] == 1


def test_a_row_that_was_changed_in_the_database_is_found(door: Hall, case: str) -> None:
    other = str(door.start(door.person("clerk"), business_key="K2")["instance_id"])
    tamper(door, f"UPDATE history SET actor_id = 'somebody-else' WHERE instance_id = '{case}'")
    found = door.person("auditor").post(f"/api/process-instances/{case}/verification").json
    assert (found["intact"], found["agrees"]) == (False, False)
    assert "head-altered" in {problem["code"] for problem in found["problems"]}
    assert door.person("auditor").post(f"/api/process-instances/{other}/verification").json["intact"] is True
    *progress, report = map(json.loads, door.person("auditor").post("/api/verification").data.splitlines())
    assert progress[-1] == {"done": 2, "total": 2}
    assert (report["intact"], report["instances"], {problem["instance_id"] for problem in report["problems"]}) == (
        False,
        2,
        {case},
    )


def test_only_auditors_compute_chains_again(door: Hall, case: str) -> None:
    for path in ("/api/verification", f"/api/process-instances/{case}/verification"):
        assert_problem(door.person("supervisor").post(path), 403, "permission-denied")

"""Whose tasks and cases somebody sees."""

from typing import Any

from tests.api.doors import Hall, Person, assert_problem


def ids(person: Person, path: str) -> set[str]:
    answer: Any = person.get(path).json
    return {item["id"] for item in answer["items"]}


def test_a_clerk_sees_the_tasks_of_their_groups(hall: Hall) -> None:
    task = hall.start()["user_tasks"][0]["task_id"]
    clerk, colleague, stranger = hall.person("clerk"), hall.person("colleague"), hall.person("stranger")
    assert ids(clerk, "/api/user-tasks") == ids(colleague, "/api/user-tasks?scope=claimable") == {task}
    assert ids(stranger, "/api/user-tasks") == set()
    clerk.post(f"/api/user-tasks/{task}/claim")
    assert ids(colleague, "/api/user-tasks") == set()
    assert ids(colleague, "/api/user-tasks?scope=all&group=window") == {task}
    assert ids(clerk, "/api/user-tasks?scope=mine") == {task}
    assert colleague.get(f"/api/user-tasks/{task}").status_code == 200
    assert_problem(stranger.get("/api/user-tasks?scope=all"), 403, "scope-not-allowed")
    assert_problem(stranger.get("/api/user-tasks?scope=all&group=window"), 403, "scope-not-allowed")
    assert_problem(stranger.get("/api/user-tasks/counts?scope=all"), 403, "scope-not-allowed")
    assert_problem(stranger.get(f"/api/user-tasks/{task}"), 404, "user-task-not-found")
    for role in ("supervisor", "auditor"):
        assert ids(hall.person(role), "/api/user-tasks?scope=all") == {task}
        assert hall.person(role).get(f"/api/user-tasks/{task}").status_code == 200


def test_a_clerk_sees_the_cases_they_take_part_in(hall: Hall) -> None:
    started = hall.start(hall.person("applicant"))
    case, task = started["instance_id"], started["user_tasks"][0]["task_id"]
    clerk, stranger, leader = hall.person("clerk"), hall.person("stranger"), hall.person("leader")
    assert ids(clerk, "/api/process-instances") == {case}
    assert ids(stranger, "/api/process-instances") == ids(leader, "/api/process-instances") == set()
    for tail in ("", "/history", "/diagram-state"):
        assert clerk.get(f"/api/process-instances/{case}{tail}").status_code == 200
        assert_problem(stranger.get(f"/api/process-instances/{case}{tail}"), 404, "instance-not-found")
    clerk.post(f"/api/user-tasks/{task}/complete", {"variables": {"opinion": "同意"}})
    assert ids(leader, "/api/process-instances") == ids(clerk, "/api/process-instances") == {case}
    assert ids(hall.person("supervisor"), "/api/process-instances") == {case}


def test_an_applicant_sees_only_what_they_started_and_no_opinions(hall: Hall) -> None:
    applicant, neighbour = hall.person("applicant"), hall.person("neighbour")
    case = hall.start(applicant)["instance_id"]
    other = hall.start(neighbour)["instance_id"]
    assert ids(applicant, "/api/process-instances") == {case}
    own = applicant.get(f"/api/process-instances/{case}")
    assert (own.status_code, own.json["status"], own.json["variables"]) == (200, "active", None)
    assert_problem(applicant.get(f"/api/process-instances/{other}"), 404, "instance-not-found")
    assert_problem(applicant.get("/api/process-instances?started_by=neighbour"), 403, "scope-not-allowed")
    assert_problem(applicant.get(f"/api/process-instances/{case}/history"), 403, "permission-denied")
    assert ids(applicant, "/api/user-tasks") == set()


def test_looking_at_anothers_case_is_recorded(hall: Hall) -> None:
    case = hall.start()["instance_id"]
    hall.person("stranger").get(f"/api/process-instances/{case}")
    [entry] = hall.person("auditor").get("/api/audit-log?outcome=refused&actor_id=stranger").json["items"]
    assert (entry["subject"], entry["code"]) == (f"/api/process-instances/{case}", "instance-not-found")

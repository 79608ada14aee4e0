"""Stuck cases and their repairs over HTTP and from the shell: what a supervisor sees, does, and is refused."""

import csv
import io
from datetime import timedelta
from pathlib import Path
from typing import Any

import pytest

from engine.runtime.deployments import ResourceFile
from tests.api.doors import DESIGNER, Hall, Person, assert_problem
from tests.api.test_cli import Shell
from tests.core.sketch import bpmn
from tests.databases import SqliteDatabases

NEWER = """
start s form=application
user examine groups=window form=opinion
user decide groups=leaders
user check groups=leaders
end e
s -> examine -> decide -> check -> e
"""
WHY = {"reason": "群众投诉"}


def case_of(hall: Hall, **fields: Any) -> str:
    started: str = hall.start(**fields)["instance_id"]
    return f"/api/process-instances/{started}"


def last_step(hall: Hall, case: str) -> dict[str, Any]:
    found: dict[str, Any] = hall.person("auditor").get(f"{case}/history?limit=200").json["items"][-1]
    return found


def tokens(supervisor: Person, case: str) -> list[dict[str, Any]]:
    found: list[dict[str, Any]] = supervisor.get(f"{case}/tokens").json["items"]
    return found


def test_a_case_is_suspended_and_resumed(hall: Hall) -> None:
    clerk, supervisor = hall.person("clerk"), hall.person("supervisor")
    case = case_of(hall)
    task = clerk.get("/api/user-tasks").json["items"][0]
    assert task["suspended"] is False
    halted = supervisor.post(f"{case}/suspension", WHY, headers={"If-Match": '"1"', "Idempotency-Key": "halt"})
    assert (halted.json["status"], halted.headers["ETag"]) == ("suspended", '"2"')
    again = supervisor.post(f"{case}/suspension", WHY, headers={"If-Match": '"1"', "Idempotency-Key": "halt"})
    assert again.json == {**halted.json, "replayed": True}

    assert clerk.get("/api/user-tasks").json["items"] == []
    assert clerk.get("/api/user-tasks/counts").json["total"] == 0
    assert clerk.get(f"/api/user-tasks/{task['id']}").json["suspended"] is True
    assert_problem(clerk.post(f"/api/user-tasks/{task['id']}/claim"), 409, "instance-not-active")
    assert last_step(hall, case)["command"] == "ClaimUserTask"
    assert [item["id"] for item in supervisor.get("/api/process-instances?status=suspended").json["items"]] == [
        task["instance_id"]
    ]

    assert supervisor.post(f"{case}/resumption", WHY).json["status"] == "active"
    assert_problem(supervisor.post(f"{case}/resumption", WHY), 409, "instance-not-suspended")
    refused = last_step(hall, case)
    assert (refused["command"], refused["outcome"], refused["actor_id"]) == ("ResumeProcessInstance", "refused", "supervisor")
    assert [item["id"] for item in clerk.get("/api/user-tasks").json["items"]] == [task["id"]]


@pytest.mark.parametrize(
    ("path", "body"),
    [
        ("suspension", {}),
        ("variables", {"variables": {"x": 1}}),
        ("token-moves", {"token_id": "x", "element_id": "decide"}),
        ("migration", {}),
    ],
)
def test_a_repair_needs_a_reason_a_present_version_and_the_supervisor(hall: Hall, path: str, body: dict[str, Any]) -> None:
    supervisor, case = hall.person("supervisor"), case_of(hall)
    assert_problem(supervisor.post(f"{case}/{path}", body), 422, "input-invalid")
    assert_problem(supervisor.post(f"{case}/{path}", {**body, "reason": " "}), 422, "reason-required")
    assert (last_step(hall, case)["code"], last_step(hall, case)["outcome"]) == ("reason-required", "refused")
    late = supervisor.post(f"{case}/{path}", {**body, **WHY}, headers={"If-Match": '"7"'})
    assert_problem(late, 412, "version-conflict")
    assert_problem(hall.person("clerk").post(f"{case}/{path}", {**body, **WHY}), 403, "permission-denied")
    assert_problem(supervisor.post(f"/api/process-instances/none/{path}", {**body, **WHY}), 404, "instance-not-found")


def test_what_a_case_knows_is_put_right(hall: Hall) -> None:
    supervisor, case = hall.person("supervisor"), case_of(hall)
    done = supervisor.post(f"{case}/variables", {"variables": {"name": "李四", "extra": [1]}, **WHY})
    assert (done.status_code, done.json["version"], done.json["status"]) == (200, 2, "active")
    assert supervisor.get(case).json["variables"] == {"name": "李四", "extra": [1]}
    wrong = {"variables": {"name": "x"}, "token_id": "none", **WHY}
    assert_problem(supervisor.post(f"{case}/variables", wrong), 404, "token-not-live")
    assert (last_step(hall, case)["command"], last_step(hall, case)["code"]) == ("SetVariables", "token-not-live")
    unstorable = {"variables": {"a\x00b": 1}, **WHY}
    assert_problem(supervisor.post(f"{case}/variables", unstorable), 422, "variable-not-storable")
    assert_problem(supervisor.post(f"{case}/variables", {"variables": None, **WHY}), 422, "input-invalid")
    supervisor.post(f"{case}/suspension", WHY)
    assert supervisor.post(f"{case}/variables", {"variables": {"x": 1}, **WHY}).json["status"] == "suspended"


def test_a_token_is_chosen_and_moved(hall: Hall) -> None:
    supervisor, case = hall.person("supervisor"), case_of(hall)
    [token] = tokens(supervisor, case)
    assert (token["element_id"], token["element_name"], token["state"], token["movable"]) == (
        "review",
        "审查",
        "user-task",
        True,
    )
    assert token["since"] == "2026-03-02T01:00:00.000000Z"
    move = {"token_id": token["id"], "element_id": "decide", **WHY}
    moved = supervisor.post(f"{case}/token-moves", move, headers={"If-Match": '"1"'})
    assert [task["element_id"] for task in moved.json["user_tasks"]] == ["decide"]
    [step] = [event for event in last_step(hall, case)["events"] if event["event"] == "TokenMoved"]
    assert (step["reason"], step["from_element_id"]) == (WHY["reason"], "review")
    assert_problem(supervisor.post(f"{case}/token-moves", move), 404, "token-not-live")
    [token] = tokens(supervisor, case)
    nowhere = {"token_id": token["id"], "element_id": "nowhere", **WHY}
    problem = assert_problem(supervisor.post(f"{case}/token-moves", nowhere), 422, "element-not-enterable")
    assert problem["errors"][0]["field"] == "element_id"
    assert last_step(hall, case)["code"] == "element-not-enterable"
    ended = supervisor.post(f"{case}/token-moves", {"token_id": token["id"], "element_id": "e", **WHY})
    assert ended.json["status"] == "completed"
    assert_problem(hall.person("clerk").get(f"{case}/tokens"), 403, "permission-denied")
    assert_problem(supervisor.get("/api/process-instances/none/tokens"), 404, "instance-not-found")
    assert supervisor.get("/api/process-instances/%00/tokens").status_code == 404


def test_a_task_is_taken_from_somebody_with_a_reason(hall: Hall) -> None:
    clerk, supervisor = hall.person("clerk"), hall.person("supervisor")
    hall.person("colleague")
    case = case_of(hall)
    path = f"/api/user-tasks/{clerk.get('/api/user-tasks').json['items'][0]['id']}"
    assert supervisor.post(f"{path}/assign", {"assignee": "clerk"}).status_code == 200
    assert_problem(supervisor.post(f"{path}/assign", {"assignee": "colleague"}), 422, "reason-required")
    assert last_step(hall, case)["outcome"] == "refused"
    assert supervisor.post(f"{path}/assign", {"assignee": "colleague", **WHY}).status_code == 200
    [event] = last_step(hall, case)["events"]
    assert (event["event"], event["assignee"], event["reason"]) == ("UserTaskAssigned", "colleague", WHY["reason"])


def test_a_case_is_migrated_after_a_look_at_its_deadlines(hall: Hall) -> None:
    supervisor, case = hall.person("supervisor"), case_of(hall)
    hall.runtime.deployments.deploy([ResourceFile("licence.bpmn", bpmn(NEWER, "licence"))], DESIGNER)
    missing = assert_problem(supervisor.post(f"{case}/migration-preview", {}), 409, "migration-not-possible")
    assert "review" in missing["detail"]
    plan = {"mapping": {"licence/review": "examine"}}
    preview = supervisor.post(f"{case}/migration-preview", plan)
    assert preview.json["moves"] == [{"from_element_id": "review", "element_id": "examine"}]
    assert preview.json["deadlines"] == []
    assert set(preview.json["bindings"]) >= {"process:licence", "form:opinion"}
    assert supervisor.get(case).json["definition_version"] == 1
    assert_problem(supervisor.post(f"{case}/migration", WHY), 409, "migration-not-possible")
    assert (last_step(hall, case)["command"], last_step(hall, case)["outcome"]) == ("MigrateProcessInstance", "refused")
    done = supervisor.post(f"{case}/migration", {**plan, **WHY}, headers={"If-Match": '"1"'})
    assert done.json["version"] == 2
    assert supervisor.get(case).json["definition_version"] == 2
    assert tokens(supervisor, case)[0]["element_id"] == "examine"
    for path in ("/api/process-instances/none", "/api/process-instances/%00"):
        assert_problem(supervisor.post(f"{path}/migration-preview", {}), 404, "instance-not-found")
    assert_problem(supervisor.post(f"{case}/migration-preview", {"mapping": {"\x00": "x"}}), 422, "input-invalid")
    assert_problem(supervisor.post(f"{case}/migration-preview", {"mapping": None}), 422, "input-invalid")


def test_stuck_cases_say_why_and_what_can_be_done(hall: Hall) -> None:
    supervisor = hall.person("supervisor")
    broken = case_of(hall, process_key="broken", variables={}, business_key="B-9")
    hall.now += timedelta(minutes=1)
    hall.runtime.accounts.set_disabled("clerk", True, DESIGNER)
    case_of_nobody = hall.start(hall.person("everyone"))["instance_id"]
    hall.runtime.accounts.set_disabled("everyone", True, DESIGNER)

    [incident, task] = supervisor.get("/api/stuck-cases").json["items"]
    assert (incident["reason"], incident["business_key"], incident["element_id"]) == ("job-failed", "B-9", "call")
    assert (incident["since"], incident["status"], incident["instance_version"]) == ("2026-03-02T01:00:00.000000Z", "active", 2)
    assert incident["sentence"] == "“call”的服务操作最终失败：the machine is out of order"
    assert [repair["code"] for repair in incident["repairs"]] == ["retry", "set-variables", "move-token", "cancel"]
    assert (task["reason"], task["instance_id"], task["element_name"]) == ("task-without-performer", case_of_nobody, "审查")
    assert [repair["address"] for repair in task["repairs"]] == [
        f"/api/user-tasks/{task['subject']}/assign",
        None,
        f"/api/process-instances/{case_of_nobody}/token-moves",
        f"/api/process-instances/{case_of_nobody}/cancellation",
    ]
    english = supervisor.get("/api/stuck-cases?reason=job-failed", headers={"Accept-Language": "en"}).json["items"]
    assert [found["sentence"] for found in english] == ["The operator of “call” failed for good: the machine is out of order"]
    assert english[0]["repairs"][0]["name"] == "Mend the cause, then try again"
    assert supervisor.get("/api/stuck-cases?process_key=licence").json["items"] == [task]
    assert supervisor.get(f"/api/stuck-cases?instance_id={case_of_nobody}").json["items"] == [task]
    assert_problem(supervisor.get("/api/stuck-cases?reason=bad-luck"), 422, "input-invalid")

    hall.failing = False
    address = incident["repairs"][0]["address"]
    assert supervisor.post(address, WHY, headers={"If-Match": '"2"'}).status_code == 200
    assert supervisor.get(broken).json["status"] == "completed"
    assert supervisor.get("/api/stuck-cases").json["items"] == [task]


def test_stuck_cases_come_in_pages_and_as_a_file(hall: Hall) -> None:
    supervisor = hall.person("supervisor")
    for number in range(3):
        hall.now += timedelta(minutes=1)
        hall.start(process_key="broken", variables={}, business_key=f"B-{number}")
    first = supervisor.get("/api/stuck-cases?limit=2")
    rest = supervisor.get(first.headers["Link"].removeprefix("<").removesuffix('>; rel="next"')).json
    assert [found["business_key"] for found in [*first.json["items"], *rest["items"]]] == ["B-0", "B-1", "B-2"]
    exported = list(csv.DictReader(io.StringIO(supervisor.get("/api/stuck-cases?format=csv").data.decode("utf-8-sig"))))
    assert [row["业务标识"] for row in exported] == ["B-0", "B-1", "B-2"]
    assert exported[0]["可以怎样处理"] == "排除原因后重试; 更正数据; 移动令牌到其他环节; 终止办件"
    assert exported[0]["起始时间"] == "2026-03-02 09:01:00"
    assert_problem(supervisor.get("/api/stuck-cases?cursor=x"), 400, "cursor-invalid")
    assert_problem(hall.person("clerk").get("/api/stuck-cases"), 403, "permission-denied")


@pytest.fixture
def shell(
    tmp_path: Path, sqlite_databases: SqliteDatabases, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> Shell:
    return Shell(tmp_path, sqlite_databases.migrated(), monkeypatch, capsys)


def test_stuck_cases_are_listed_in_the_shell(shell: Shell) -> None:
    hall = Hall(shell.url)
    clerk = hall.person("clerk")
    hall.start(clerk)
    assert shell.json("stuck", "--examine") == []
    hall.start(clerk, process_key="broken", variables={}, business_key="B-9")
    hall.close()
    [found] = shell.json("stuck", code=1)
    assert (found["reason"], found["business_key"], found["repairs"][0]) == ("job-failed", "B-9", "retry")
    said = shell.run("stuck", "B-9", "--reason", "job-failed").stdout
    assert "the machine is out of order" in said
    assert said.endswith("1 stuck\n")
    assert shell.run("stuck", "--reason", "standstill").stdout == "0 stuck\n"
    assert shell.run("stuck", "none").returncode == 3


def test_a_case_is_repaired_from_the_shell(shell: Shell) -> None:
    hall = Hall(shell.url)
    hall.start()
    hall.start(process_key="broken", variables={}, business_key="B-9")
    hall.close()
    why = ("--reason", "by telephone")
    assert shell.json("repair", "suspend", "B-1", *why)["status"] == "suspended"
    assert shell.json("repair", "suspend", "B-1", *why, code=3)["error"] == "instance-not-active"
    assert shell.run("repair", "resume", "B-1", *why).stdout == "B-1: version 3, active\n"
    assert shell.json("repair", "set", "B-1", "name=李四", "fen=500", *why)["version"] == 4
    [token] = shell.json("repair", "tokens", "B-1")
    assert shell.run("repair", "tokens", "B-1").stdout == f"{token['id']}\treview\t审查\tlicence\tuser-task\n"
    assert shell.json("repair", "move", "B-1", token["id"], "decide", *why)["version"] == 5
    assert shell.json("replay", "B-1", "--at", "6")["variables"] == {"name": "李四", "fen": 500}
    assert shell.json("repair", "retry", "B-9", *why)["has_incident"] is False
    assert shell.json("repair", "retry", "B-1", *why, code=3)["error"] == "incident-not-found"
    assert shell.json("repair", "cancel", "B-9", *why)["status"] == "canceled"
    assert shell.run("repair", "set", "B-1", "nonsense", *why).returncode == 2
    assert shell.run("repair", "cancel", "B-1").returncode == 2

"""A case over HTTP, from filing to decision, and what is refused on the way."""

from werkzeug.test import TestResponse

from engine.runtime.deployments import ResourceFile
from tests.api.doors import DESIGNER, Hall, assert_problem
from tests.core.sketch import bpmn


def test_a_case_goes_from_filing_to_its_end(hall: Hall) -> None:
    clerk, leader = hall.person("clerk"), hall.person("leader")
    started = hall.start(clerk)
    [task] = started["user_tasks"]
    assert (started["status"], task["title"], task["candidate_groups"]) == ("active", "审查", ["window"])

    claimed = clerk.post(f"/api/user-tasks/{task['task_id']}/claim")
    assert claimed.json["version"] == 2
    detail = clerk.get(f"/api/user-tasks/{task['task_id']}").json
    assert (detail["assignee"], detail["variables"]) == ("clerk", {"name": "张三"})
    assert clerk.get(f"/api/forms/{detail['form_id']}").json["definition"]["id"] == "opinion"

    done = clerk.post(f"/api/user-tasks/{task['task_id']}/complete", {"variables": {"opinion": "同意"}})
    [decide] = done.json["user_tasks"]
    assert (done.status_code, decide["candidate_groups"]) == (200, ["leaders"])
    ended = leader.post(f"/api/user-tasks/{decide['task_id']}/complete", {})
    assert ended.json["status"] == "completed"

    case = clerk.get(f"/api/process-instances/{started['instance_id']}").json
    assert (case["status"], case["variables"]) == ("completed", {"name": "张三", "opinion": "同意"})
    history = hall.person("auditor").get(f"/api/process-instances/{started['instance_id']}/history").json["items"]
    assert [entry["command"] for entry in history] == [
        "StartProcessInstance",
        "ClaimUserTask",
        "CompleteUserTask",
        "CompleteUserTask",
    ]
    assert history[1]["actor_id"] == "clerk"


def test_the_diagram_shows_where_a_case_stands(hall: Hall) -> None:
    clerk = hall.person("clerk")
    started = hall.start(clerk)
    state = clerk.get(f"/api/process-instances/{started['instance_id']}/diagram-state").json
    assert state["process_key"] == "licence"
    assert state["elements"]["review"] == {"active": 1, "done": 0, "canceled": 0, "incident": False, "light": "none"}
    assert state["elements"]["s"]["done"] == 1


def test_a_form_names_its_errors_by_field_and_nothing_is_recorded(hall: Hall) -> None:
    clerk = hall.person("clerk")
    answer = clerk.post("/api/process-instances", {"process_key": "licence", "variables": {}})
    problem = assert_problem(answer, 422, "form-invalid")
    assert problem["errors"][0]["field"] == "name"
    assert "姓名" in problem["errors"][0]["detail"]
    english = clerk.post("/api/process-instances", {"process_key": "licence"}, headers={"Accept-Language": "en"})
    assert english.json["errors"][0]["detail"] != problem["errors"][0]["detail"]
    assert clerk.get("/api/process-instances").json["items"] == []


def test_the_same_key_acts_once_and_is_answered_the_same_way(hall: Hall) -> None:
    clerk = hall.person("clerk")
    body = {"process_key": "licence", "variables": {"name": "张三"}}
    first = clerk.post("/api/process-instances", body, headers={"Idempotency-Key": "k-1"})
    second = clerk.post("/api/process-instances", body, headers={"Idempotency-Key": '"k-1"'})
    assert first.json == {**second.json, "replayed": False}
    assert second.json["replayed"] is True
    assert second.headers["ETag"] == first.headers["ETag"]
    assert len(clerk.get("/api/process-instances").json["items"]) == 1
    other = clerk.post("/api/process-instances", {**body, "variables": {"name": "李四"}}, headers={"Idempotency-Key": "k-1"})
    assert_problem(other, 422, "command-id-reused")
    colleague = hall.person("colleague").post("/api/process-instances", body, headers={"Idempotency-Key": "k-1"})
    assert colleague.status_code == 201
    assert colleague.json["instance_id"] != first.json["instance_id"]


def test_a_key_cannot_forge_the_ids_of_the_runtime(hall: Hall) -> None:
    clerk = hall.person("clerk")
    for key in ("a/b", "", "x" * 129, "schlüssel"):
        answer = clerk.post("/api/process-instances", {"process_key": "licence"}, headers={"Idempotency-Key": key})
        assert_problem(answer, 400, "idempotency-key-invalid")


def test_a_version_that_has_moved_on_is_refused(hall: Hall) -> None:
    clerk = hall.person("clerk")
    started = hall.start(clerk)
    task = started["user_tasks"][0]["task_id"]
    etag = clerk.get(f"/api/user-tasks/{task}").headers["ETag"]
    assert etag == '"1"'
    claimed = clerk.post(f"/api/user-tasks/{task}/claim", headers={"If-Match": etag})
    assert (claimed.status_code, claimed.headers["ETag"]) == (200, '"2"')
    late = clerk.post(f"/api/user-tasks/{task}/release", headers={"If-Match": etag})
    assert_problem(late, 412, "version-conflict")
    assert clerk.post(f"/api/user-tasks/{task}/release", headers={"If-Match": "*"}).status_code == 200
    for header in ("2", 'W/"2"', '"two"', '"1", "2"'):
        assert_problem(clerk.post(f"/api/user-tasks/{task}/claim", headers={"If-Match": header}), 400, "if-match-invalid")


def test_tasks_are_worked_by_those_they_belong_to(hall: Hall) -> None:
    clerk, colleague, supervisor = hall.person("clerk"), hall.person("colleague"), hall.person("supervisor")
    path = f"/api/user-tasks/{hall.start(clerk)['user_tasks'][0]['task_id']}"
    assert_problem(hall.person("stranger").post(f"{path}/claim"), 403, "user-task-not-candidate")
    assert clerk.post(f"{path}/claim").status_code == 200
    assert_problem(colleague.post(f"{path}/complete", {"variables": {"opinion": "x"}}), 403, "user-task-not-assignee")
    assert_problem(clerk.post(f"{path}/claim"), 409, "user-task-state")
    assert_problem(clerk.post(f"{path}/assign", {"assignee": "colleague"}), 403, "permission-denied")
    assert supervisor.post(f"{path}/assign", {"assignee": "colleague", "reason": "on leave"}).status_code == 200
    assert_problem(supervisor.post(f"{path}/assign", {"assignee": "ghost", "reason": "on leave"}), 404, "account-not-found")
    assert colleague.post(f"{path}/delegate", {"delegate": "clerk"}).status_code == 200
    assert clerk.get(path).json["owner"] == "colleague"
    assert clerk.post(f"{path}/complete", {"variables": {"opinion": "x"}}).status_code == 200


def test_a_refused_command_is_in_the_history_in_the_askers_language(hall: Hall) -> None:
    instance_id = (started := hall.start())["instance_id"]
    hall.person("stranger").post(f"/api/user-tasks/{started['user_tasks'][0]['task_id']}/claim")
    auditor = hall.person("auditor")
    path = f"/api/process-instances/{instance_id}/history"
    chinese = auditor.get(path).json["items"][-1]
    english = auditor.get(path, headers={"Accept-Language": "en-GB,en;q=0.9"}).json["items"][-1]
    assert (chinese["outcome"], chinese["code"], chinese["actor_id"]) == ("refused", "user-task-not-candidate", "stranger")
    assert english["sentence"].startswith("Expected stranger to be a candidate")
    assert chinese["sentence"] != english["sentence"]


def test_drafts_are_kept_for_one_person_until_the_task_ends(hall: Hall) -> None:
    clerk, colleague = hall.person("clerk"), hall.person("colleague")
    path = f"/api/user-tasks/{hall.start(clerk)['user_tasks'][0]['task_id']}"
    assert_problem(clerk.get(f"{path}/draft"), 404, "draft-not-found")
    assert clerk.open("PUT", f"{path}/draft", json={"variables": {"opinion": "也许"}}).status_code == 204
    assert clerk.get(f"{path}/draft").json == {"variables": {"opinion": "也许"}}
    assert clerk.get(path).json["draft"] == {"opinion": "也许"}
    assert colleague.get(path).json["draft"] is None
    assert clerk.open("DELETE", f"{path}/draft").status_code == 204
    assert_problem(clerk.get(f"{path}/draft"), 404, "draft-not-found")
    assert_problem(hall.person("stranger").open("PUT", f"{path}/draft", json={"variables": {}}), 404, "user-task-not-found")


def test_a_supervisor_ends_a_case_with_a_reason(hall: Hall) -> None:
    started = hall.start()
    path, supervisor = f"/api/process-instances/{started['instance_id']}", hall.person("supervisor")
    assert_problem(supervisor.post(f"{path}/cancellation", {"reason": "  "}), 422, "reason-required")
    ended = supervisor.post(f"{path}/cancellation", {"reason": "申请人撤回"})
    assert ended.json["status"] == "canceled"
    case = supervisor.get(path).json
    assert (case["status"], case["end_reason"]) == ("canceled", "申请人撤回")
    assert_problem(supervisor.post(f"{path}/cancellation", {"reason": "again"}), 409, "instance-not-active")


def test_a_message_reaches_the_one_case_that_waits_for_it(hall: Hall) -> None:
    clerk = hall.person("clerk")
    started = hall.start(clerk, process_key="waiting", variables={"order": "7"})
    message = {"message": "paid", "correlation_key": "8", "variables": {"amount": 100}}
    assert_problem(clerk.post("/api/messages", message), 404, "message-not-correlated")
    delivered = clerk.post("/api/messages", {**message, "correlation_key": "7"}, headers={"Idempotency-Key": "m"})
    assert (delivered.json["instance_id"], delivered.json["status"]) == (started["instance_id"], "completed")
    again = clerk.post("/api/messages", {**message, "correlation_key": "7"}, headers={"Idempotency-Key": "m"})
    assert again.json["replayed"] is True


def test_a_message_that_nobody_waits_for_starts_the_case_it_begins(hall: Hall) -> None:
    model = bpmn("start s message=asked\n user a groups=window\n end e\n s -> a -> e", "answering")
    hall.runtime.deployments.deploy([ResourceFile("answering.bpmn", model)], DESIGNER)
    clerk, message = hall.person("clerk"), {"message": "asked", "correlation_key": "B-7", "variables": {"text": "何时开门"}}
    started = clerk.post("/api/messages", message, headers={"Idempotency-Key": "m"})
    [task] = started.json["user_tasks"]
    assert task["element_id"] == "a"
    case = clerk.get(f"/api/process-instances/{started.json['instance_id']}").json
    assert (case["business_key"], case["started_by"]) == ("B-7", "clerk")
    again = clerk.post("/api/messages", message, headers={"Idempotency-Key": "m"})
    assert (again.json["instance_id"], again.json["replayed"]) == (started.json["instance_id"], True)
    assert_problem(hall.person("applicant").post("/api/messages", message), 403, "permission-denied")


def test_an_incident_is_found_and_resolved(hall: Hall) -> None:
    supervisor = hall.person("supervisor")
    started = hall.start(process_key="broken", variables={})
    [incident] = supervisor.get("/api/incidents").json["items"]
    assert (incident["instance_id"], incident["business_key"], incident["element_id"]) == (
        started["instance_id"],
        "B-1",
        "call",
    )
    path = f"/api/incidents/{incident['id']}"
    assert_problem(supervisor.post(f"{path}/resolve", {"reason": " "}), 422, "reason-required")
    hall.failing = False
    resolved = supervisor.post(f"{path}/resolve", {"reason": "机器已修好"})
    assert (resolved.json["state"], resolved.json["resolved_by"]) == ("resolved", "supervisor")
    assert supervisor.get(f"/api/process-instances/{started['instance_id']}").json["status"] == "completed"
    assert supervisor.get("/api/incidents").json["items"] == []
    assert_problem(supervisor.post(f"{path}/resolve", {"reason": "again"}), 409, "instance-not-active")


def test_texts_no_database_can_store_are_refused_and_not_an_error_of_ours(hall: Hall) -> None:
    clerk = hall.person("clerk")

    def start(text: str) -> TestResponse:
        return clerk.post("/api/process-instances", data=text, headers={"Content-Type": "application/json"})

    for text in ("a\\u0000b", "\\ud800"):
        named = start(f'{{"process_key":"licence","business_key":"{text}","variables":{{"name":"x"}}}}')
        assert assert_problem(named, 422, "input-invalid")["errors"][0]["code"] == "not-storable"
        held = start(f'{{"process_key":"waiting","variables":{{"order":"{text}"}}}}')
        assert_problem(held, 422, "variable-not-storable")
        called = start(f'{{"process_key":"waiting","variables":{{"order":"1","{text}":1}}}}')
        assert_problem(called, 422, "variable-not-storable")
        entered = start(f'{{"process_key":"licence","variables":{{"name":"{text}"}}}}')
        assert entered.status_code == 422
        unknown = start(f'{{"process_key":"waiting","{text}":1}}')
        assert_problem(unknown, 422, "input-invalid")
    for path in ("/api/process-instances/%00", "/api/user-tasks/%00", "/api/user-tasks/a%00b/draft"):
        assert clerk.get(path).status_code == 404
    assert_problem(clerk.get("/api/user-tasks?business_key=%00"), 422, "input-invalid")
    assert_problem(start('{"process_key":"waiting","variables":{"order":100000000000000000000}}'), 422, "variable-not-storable")

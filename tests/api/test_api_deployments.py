"""Deploying over HTTP, checking first, and reading what is deployed."""

from engine.runtime.deployments import ResourceFile
from tests.api.doors import APPLICATION, LICENCE, Hall, assert_problem, form
from tests.core.sketch import bpmn

SMALL = "start s\nuser u groups=window form={form}\nend e\ns -> u -> e"


def small(form_key: str = "opinion") -> ResourceFile:
    return ResourceFile("small.bpmn", bpmn(SMALL.format(form=form_key), "small"))


def test_files_are_checked_without_being_stored(hall: Hall) -> None:
    designer = hall.person("designer")
    answer = designer.upload("/api/deployments?check=true", small("missing"))
    assert (answer.status_code, answer.json["deployable"], answer.json["id"]) == (200, False, None)
    errors = [finding for finding in answer.json["findings"] if finding["severity"] == "error"]
    assert [(finding["field"], finding["code"]) for finding in errors] == [("small.bpmn#u", "form-not-found")]
    assert designer.upload("/api/deployments?check=true", small()).json["deployable"] is True
    assert "small" not in {item["key"] for item in designer.get("/api/process-definitions").json["items"]}


def test_a_deployment_is_a_new_version_once(hall: Hall) -> None:
    designer = hall.person("designer")
    made = designer.upload("/api/deployments", small(), form("extra", {"type": "textfield", "key": "x"}))
    assert made.status_code == 201
    assert [(item["key"], item["version"], item["created"]) for item in made.json["resources"]] == [
        ("small", 1, True),
        ("extra", 1, True),
    ]
    again = designer.upload("/api/deployments", small())
    assert (again.status_code, again.json["id"]) == (200, None)
    assert [row["actor_id"] for row in designer.get("/api/deployments").json["items"]] == ["designer", "designer"]


def test_a_faulty_deployment_is_refused_with_the_element_and_stores_nothing(hall: Hall) -> None:
    designer = hall.person("designer")
    files = (form("fine", {"type": "textfield", "key": "x"}), small("missing"))
    problem = assert_problem(designer.upload("/api/deployments", *files), 422, "deployment-refused")
    assert ("small.bpmn#u", "form-not-found") in {(error["field"], error["code"]) for error in problem["errors"]}
    assert "fine" not in {item["key"] for item in designer.get("/api/forms").json["items"]}


def test_what_is_no_model_is_refused(hall: Hall) -> None:
    designer = hall.person("designer")
    for name, content in (
        ("a.bpmn", b"not xml"),
        ("a.bpmn", b'<!DOCTYPE x [<!ENTITY e SYSTEM "file:///etc/passwd">]><x>&e;</x>'),
        ("a.form", b"{"),
        ("a.exe", b"MZ"),
        ("../../etc/passwd", b""),
        ("", b""),
    ):
        answer = designer.upload("/api/deployments", ResourceFile(name, content))
        assert answer.status_code == 422, (name, answer.text)
        assert "root:" not in answer.text
    assert_problem(designer.open("POST", "/api/deployments"), 422, "files-missing")


def test_an_upload_has_a_size_limit_of_its_own(hall: Hall) -> None:
    tight = Hall(hall.runtime.settings.database_url, max_body=1000, max_upload=50_000)
    designer = tight.person("designer")
    assert designer.upload("/api/deployments?check=true", ResourceFile("a.form", b"x" * 20_000)).status_code == 200
    too_large = designer.upload("/api/deployments?check=true", ResourceFile("a.form", b"x" * 60_000))
    assert_problem(too_large, 413, "body-too-large")
    tight.close()


def test_a_process_says_what_begins_it_by_itself(hall: Hall) -> None:
    designer = hall.person("designer")
    small = "start m message=asked\n start d cycle=R/P1D\n start g signal=alarm\n exclusive x\n end e\n"
    model = bpmn(f"{small} m -> x\n d -> x\n g -> x -> e", "nightly")
    assert designer.upload("/api/deployments", ResourceFile("nightly.bpmn", model)).status_code == 201
    [definition] = designer.get("/api/process-definitions?key=nightly").json["items"]
    detail = designer.get(f"/api/process-definitions/{definition['id']}").json
    assert (detail["startable"], detail["start_form_id"]) == (False, None)
    assert detail["starts"] == [
        {"element_id": "d", "kind": "timer", "name": None, "due": "2026-03-03T01:00:00.000000Z"},
        {"element_id": "g", "kind": "signal", "name": "alarm", "due": None},
        {"element_id": "m", "kind": "message", "name": "asked", "due": None},
    ]
    assert_problem(hall.person("clerk").post("/api/process-instances", {"process_key": "nightly"}), 409, "start-not-found")
    [licence] = designer.get("/api/process-definitions?key=licence").json["items"]
    detail = designer.get(f"/api/process-definitions/{licence['id']}").json
    assert (detail["startable"], detail["starts"]) == (True, [])


def test_a_model_is_given_back_to_the_byte(hall: Hall) -> None:
    clerk = hall.person("clerk")
    [definition] = clerk.get("/api/process-definitions?key=licence").json["items"]
    path = f"/api/process-definitions/{definition['id']}"
    answer = clerk.get(f"{path}/xml")
    assert answer.data == bpmn(LICENCE, "licence")
    assert clerk.get(f"{path}/xml", headers={"If-None-Match": answer.headers["ETag"]}).status_code == 304
    detail = clerk.get(path).json
    assert detail["uses"]["forms"] == ["application", "opinion"]
    start_form = clerk.get(f"/api/forms/{detail['start_form_id']}").json
    assert (start_form["key"], start_form["name"]) == ("application", "application")
    assert start_form["definition"]["components"][0]["label"] == "姓名"
    assert APPLICATION.name == start_form["resource"]
    assert_problem(clerk.get("/api/process-definitions/none/xml"), 404, "definition-not-found")
    assert_problem(clerk.get("/api/forms/none"), 404, "form-not-found")


def test_old_versions_can_be_listed(hall: Hall) -> None:
    designer = hall.person("designer")
    designer.upload("/api/deployments", small())
    designer.upload("/api/deployments", small("application"))
    latest = designer.get("/api/process-definitions?key=small").json["items"]
    assert [item["version"] for item in latest] == [2]
    every = designer.get("/api/process-definitions?key=small&latest=false").json["items"]
    assert [item["version"] for item in every] == [1, 2]

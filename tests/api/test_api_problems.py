"""Every kind of error has the one shape, in the asker's language, and shows nothing of the inside."""

import pytest

import api.rejections
from api.problems import STATUS_OF, TITLES
from engine.core.rejection import SENTENCES, Rejection
from engine.runtime.runtime import Runtime
from tests.api.doors import Hall, assert_problem
from workflows import operators

JSON = {"Content-Type": "application/json"}


def test_every_rejection_code_has_a_status_and_every_status_a_title() -> None:
    assert operators
    assert api.rejections
    assert set(SENTENCES) == set(STATUS_OF)
    assert set(STATUS_OF.values()) <= set(TITLES)


@pytest.mark.parametrize(
    ("method", "path", "options", "status", "code"),
    [
        ("GET", "/api/nothing", {}, 404, "route-not-found"),
        ("PATCH", "/api/user-tasks", {}, 405, "method-not-allowed"),
        ("OPTIONS", "/api/user-tasks", {}, 405, "method-not-allowed"),
        ("GET", "/api/user-tasks/none", {}, 404, "user-task-not-found"),
        ("GET", "/api/user-tasks?limit=201", {}, 422, "input-invalid"),
        ("GET", "/api/user-tasks?limit=0", {}, 422, "input-invalid"),
        ("GET", "/api/user-tasks?limti=5", {}, 422, "input-invalid"),
        ("GET", "/api/user-tasks?due_before=tomorrow", {}, 422, "input-invalid"),
        ("GET", "/api/user-tasks?cursor=nonsense", {}, 400, "cursor-invalid"),
        ("GET", "/api/user-tasks?format=pdf", {}, 422, "input-invalid"),
        ("GET", "/api/process-instances/x/history?cursor=-1", {}, 404, "instance-not-found"),
        ("POST", "/api/process-instances", {}, 422, "input-invalid"),
        ("POST", "/api/process-instances", {"json": []}, 422, "input-invalid"),
        ("POST", "/api/process-instances", {"json": {"process_key": 7}}, 422, "input-invalid"),
        ("POST", "/api/process-instances", {"json": {"process_key": "none"}}, 404, "definition-not-found"),
        ("POST", "/api/process-instances", {"data": b"{", "headers": JSON}, 400, "body-not-json"),
        ("POST", "/api/process-instances", {"data": b'{"a":1,"a":2}', "headers": JSON}, 400, "body-not-json"),
        ("POST", "/api/process-instances", {"data": b'{"a":NaN}', "headers": JSON}, 400, "body-not-json"),
        ("POST", "/api/process-instances", {"data": b"\xff", "headers": JSON}, 400, "body-not-json"),
        ("POST", "/api/process-instances", {"data": b"1" * 5000, "headers": JSON}, 400, "body-not-json"),
        ("POST", "/api/process-instances", {"data": b"[" * 100 + b"]" * 100, "headers": JSON}, 400, "body-too-deep"),
        ("POST", "/api/process-instances", {"data": b"[" * 99999, "headers": JSON}, 400, "body-too-deep"),
        ("POST", "/api/process-instances", {"data": {"process_key": "x"}}, 415, "media-type-unsupported"),
        ("POST", "/api/process-instances", {"data": b'"' + b"x" * 1_000_000 + b'"', "headers": JSON}, 413, "body-too-large"),
        ("GET", "/api/user-tasks", {"headers": {"X-Long": "x" * 20_000}}, 431, "headers-too-large"),
        ("POST", "/api/user-tasks/none/claim", {}, 404, "user-task-not-found"),
        ("POST", "/api/user-tasks/none/complete", {"json": {"variables": []}}, 422, "input-invalid"),
    ],
)
def test_every_error_is_a_problem(
    door: Hall, method: str, path: str, options: dict[str, object], status: int, code: str
) -> None:
    answer = door.person("clerk").open(method, path, **options)  # type: ignore[arg-type]
    assert_problem(answer, status, code)
    assert answer.headers["Content-Language"] == "zh"


def test_errors_of_shape_name_every_field(door: Hall) -> None:
    clerk = door.person("clerk")
    body = {"process_key": "", "business_key": "x" * 201, "surprise": 1}
    problem = assert_problem(clerk.post("/api/process-instances", body), 422, "input-invalid")
    assert {error["field"]: error["code"] for error in problem["errors"]} == {
        "process_key": "too-short",
        "business_key": "too-long",
        "surprise": "unknown-field",
    }
    english = clerk.post("/api/process-instances", body, headers={"Accept-Language": "en"}).json
    assert {error["detail"] for error in english["errors"]} >= {"Expected at most 200 characters."}


@pytest.mark.parametrize(
    ("header", "expected"),
    [("", "zh"), ("zh-CN,zh;q=0.9", "zh"), ("en-US", "en"), ("fr, en;q=0.5", "en"), ("fr", "zh"), ("zh;q=0.1, en", "en")],
)
def test_a_problem_speaks_the_askers_language(door: Hall, header: str, expected: str) -> None:
    answer = door.anonymous().get("/api/user-tasks", headers={"Accept-Language": header})
    assert answer.headers["Content-Language"] == expected
    assert answer.json["detail"] == Rejection("not-authenticated").sentence("zh" if expected == "zh" else "en")


def test_a_mistake_of_ours_shows_a_number_and_nothing_else(door: Hall, caplog: pytest.LogCaptureFixture) -> None:
    clerk = door.person("clerk")

    def fail(self: object, *arguments: object, **options: object) -> None:
        raise RuntimeError("secret inside")

    with pytest.MonkeyPatch.context() as patch:
        patch.setattr(type(door.runtime.queries), "user_tasks", fail)
        answer = clerk.get("/api/user-tasks")
    problem = assert_problem(answer, 500, "internal-error")
    assert problem["incident_id"] in problem["detail"]
    assert "secret" not in answer.text
    assert problem["incident_id"] in caplog.text
    assert "secret inside" in caplog.text


def test_a_database_that_does_not_answer_is_said_so(door: Hall) -> None:
    def fail(self: Runtime, **options: object) -> None:
        raise OSError("gone")

    assert door.anonymous().get("/healthz").text == "ok\n"
    with pytest.MonkeyPatch.context() as patch:
        patch.setattr(type(door.runtime.queries), "definitions", fail)
        assert_problem(door.anonymous().get("/healthz"), 503, "database-unavailable")


def test_every_answer_carries_the_security_headers(door: Hall) -> None:
    for path in ("/healthz", "/api/docs", "/api/nothing", "/api/user-tasks", "/api/openapi.json"):
        headers = door.anonymous().get(path).headers
        assert "default-src 'self'" in headers["Content-Security-Policy"]
        assert "unsafe" not in headers["Content-Security-Policy"]
        assert headers["X-Content-Type-Options"] == "nosniff"
        assert headers["X-Frame-Options"] == "DENY"
        assert headers["Referrer-Policy"] == "no-referrer"
        assert headers["Cache-Control"] == "no-store"

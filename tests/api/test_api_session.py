"""Logging in and out, CSRF, and the tokens of programs."""

from typing import Any

import pytest
from flask.testing import FlaskClient
from werkzeug.test import TestResponse

from api.login_throttle import FREE_TRIES
from tests.api.doors import PASSWORD, Hall, assert_problem

START = {"process_key": "waiting", "variables": {"order": "1"}}


def log_in(client: FlaskClient, account: str = "clerk", password: str = PASSWORD) -> TestResponse:
    return client.post("/api/session", json={"account": account, "password": password})


@pytest.fixture
def client(hall: Hall) -> FlaskClient:
    hall.add("clerk")
    return hall.app.test_client()


def test_a_login_gives_a_cookie_no_script_can_read(hall: Hall, client: FlaskClient) -> None:
    answer = log_in(client)
    assert answer.status_code == 201
    body: Any = answer.json
    assert body["account"] == {"id": "clerk", "name": "clerk", "roles": ["clerk"], "groups": ["window"]}
    assert "task-work" in body["permissions"]
    assert "deploy" not in body["permissions"]
    assert body["expires_at"] == "2026-03-02T13:00:00.000000Z"
    cookie = answer.headers["Set-Cookie"]
    assert "HttpOnly" in cookie
    assert "SameSite=Strict" in cookie
    assert "Secure" not in cookie
    assert client.get("/api/session").json["csrf_token"] == body["csrf_token"]


def test_behind_https_the_cookie_never_travels_in_the_clear(hall: Hall) -> None:
    secure = Hall(hall.runtime.settings.database_url, secure_cookies=True)
    secure.add("clerk")
    assert "Secure" in log_in(secure.app.test_client()).headers["Set-Cookie"]
    secure.close()


def test_a_write_with_the_cookie_needs_the_token_of_its_session(hall: Hall, client: FlaskClient) -> None:
    token = log_in(client).json["csrf_token"]
    assert_problem(client.post("/api/process-instances", json=START), 403, "csrf-token-wrong")
    other = log_in(hall.app.test_client()).json["csrf_token"]
    for wrong in ("", "x", other, "é"):
        refused = client.post("/api/process-instances", json=START, headers={"X-CSRF-Token": wrong})
        assert_problem(refused, 403, "csrf-token-wrong")
    accepted = client.post("/api/process-instances", json=START, headers={"X-CSRF-Token": token})
    assert accepted.status_code == 201
    assert client.get("/api/process-instances").status_code == 200


def test_a_logout_ends_the_session(client: FlaskClient) -> None:
    token = log_in(client).json["csrf_token"]
    secret = client.get_cookie("lianban_session")
    assert_problem(client.delete("/api/session"), 403, "csrf-token-wrong")
    assert client.delete("/api/session", headers={"X-CSRF-Token": token}).status_code == 204
    assert client.get_cookie("lianban_session") is None
    assert secret is not None
    client.set_cookie("lianban_session", secret.value)
    assert_problem(client.get("/api/session"), 401, "not-authenticated")


def test_a_session_ends_by_itself(hall: Hall, client: FlaskClient) -> None:
    log_in(client)
    hall.now = hall.now.replace(hour=20)
    assert_problem(client.get("/api/session"), 401, "not-authenticated")


def test_a_wrong_password_and_an_unknown_account_look_the_same(client: FlaskClient) -> None:
    wrong = assert_problem(log_in(client, password="wrong password"), 401, "credentials-wrong")
    unknown = assert_problem(log_in(client, account="nobody-here"), 401, "credentials-wrong")
    assert wrong == unknown


def test_guessing_passwords_becomes_slow_and_the_pause_ends(hall: Hall, client: FlaskClient) -> None:
    for _ in range(FREE_TRIES):
        assert_problem(log_in(client, password="wrong password"), 401, "credentials-wrong")
    blocked = log_in(client)
    assert_problem(blocked, 429, "too-many-attempts")
    assert int(blocked.headers["Retry-After"]) <= 2
    hall.add("colleague")
    assert log_in(client, account="colleague").status_code == 201
    hall.now = hall.now.replace(second=30)
    assert log_in(client).status_code == 201


def test_a_disabled_account_is_out_at_once(hall: Hall, client: FlaskClient) -> None:
    log_in(client)
    hall.runtime.accounts.set_disabled("clerk", True, hall.runtime.accounts.get("clerk").actor)
    assert_problem(client.get("/api/session"), 401, "not-authenticated")
    assert_problem(log_in(client), 401, "credentials-wrong")


def test_a_program_gets_a_token_that_can_be_taken_back(hall: Hall, client: FlaskClient) -> None:
    headers = {"X-CSRF-Token": log_in(client).json["csrf_token"]}
    issued: Any = client.post("/api/tokens", json={"name": "scanner", "days": 30}, headers=headers).json
    program, bearer = hall.app.test_client(), {"Authorization": f"Bearer {issued['secret']}"}
    assert program.post("/api/process-instances", json=START, headers=bearer).status_code == 201
    listed: Any = client.get("/api/tokens").json
    assert [token["name"] for token in listed["items"]] == ["scanner"]
    assert "secret" not in listed["items"][0]
    assert client.delete(f"/api/tokens/{issued['id']}", headers=headers).status_code == 204
    assert_problem(program.get("/api/process-instances", headers=bearer), 401, "not-authenticated")
    assert_problem(client.delete(f"/api/tokens/{issued['id']}", headers=headers), 404, "token-not-found")


def test_a_token_makes_no_tokens_and_nobody_revokes_anothers(hall: Hall, client: FlaskClient) -> None:
    colleague = hall.person("colleague")
    assert_problem(colleague.post("/api/tokens", {"name": "more"}), 403, "session-required")
    assert_problem(colleague.open("DELETE", "/api/session"), 403, "session-required")
    [token] = hall.runtime.access_tokens.of_account("colleague")
    headers = {"X-CSRF-Token": log_in(client).json["csrf_token"]}
    assert_problem(client.delete(f"/api/tokens/{token.id}", headers=headers), 404, "token-not-found")


@pytest.mark.parametrize("header", ["Bearer", "Bearer nonsense", "Basic Y2xlcms6eA==", "bearer  ", "x" * 5000])
def test_a_bad_authorization_header_is_not_excused_by_a_good_cookie(client: FlaskClient, header: str) -> None:
    log_in(client)
    answer = client.get("/api/session", headers={"Authorization": header})
    assert_problem(answer, 401, "not-authenticated")
    assert answer.headers["WWW-Authenticate"].startswith("Bearer")

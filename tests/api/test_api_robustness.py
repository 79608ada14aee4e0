"""Law: whatever somebody sends, the answer is a documented one and never a mistake of ours."""

import json
from collections.abc import Iterator
from typing import Any

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from api.permissions import ENDPOINTS
from tests.api.doors import Hall, Person
from tests.api.test_api_permissions import routes
from tests.databases import SqliteDatabases

TEXT = st.text(max_size=20) | st.sampled_from(["licence", "waiting", "\x00", "\ud800", "../..", "true", "-1", "9" * 30])
VALUES = st.recursive(
    st.none() | st.booleans() | st.integers() | st.floats() | TEXT,
    lambda inner: st.lists(inner, max_size=3) | st.dictionaries(TEXT, inner, max_size=3),
    max_leaves=8,
)
NAMES = st.sampled_from(
    (
        *("process_key", "business_key", "variables", "reason", "assignee", "delegate", "message", "correlation_key"),
        *("name", "days", "token_id", "element_id", "mapping"),
    )
)
BODIES = VALUES | st.dictionaries(NAMES, VALUES, max_size=5)
QUERIES = st.dictionaries(
    st.sampled_from(
        [
            "cursor",
            "limit",
            "format",
            "scope",
            "state",
            "group",
            "text",
            "sort",
            "due_before",
            "light",
            "key",
            "latest",
            "check",
        ]
    ),
    st.text(st.characters(codec="utf-8"), max_size=20),
    max_size=3,
)
HEADERS = st.dictionaries(
    st.sampled_from(["If-Match", "Idempotency-Key", "Accept", "Accept-Language", "Content-Type", "X-CSRF-Token"]),
    st.text(st.characters(min_codepoint=32, max_codepoint=255, exclude_characters="\x7f"), max_size=30),
    max_size=2,
)


@pytest.fixture(scope="module")
def everyone(sqlite_databases: SqliteDatabases) -> Iterator[tuple[Person, list[tuple[str, str]], str]]:
    hall = Hall(sqlite_databases.migrated())
    person = hall.person("everyone")
    started = hall.start(person)
    skipped = {"session.log_in", "session.log_out"}
    found = [(method, path) for endpoint, method, path in routes(hall.app) if endpoint in ENDPOINTS.keys() - skipped]
    yield person, found, started["user_tasks"][0]["task_id"]
    hall.close()


@settings(max_examples=300, deadline=None)
@given(data=st.data())
def test_no_input_makes_the_door_fail(everyone: tuple[Person, list[tuple[str, str]], str], data: st.DataObject) -> None:
    person, found, task = everyone
    method, path = data.draw(st.sampled_from(found))
    path = path.replace("made-up", data.draw(st.sampled_from([task, task.split(".")[0], "made-up", "%00", "%ff", "%2e%2e"])))
    options: dict[str, Any] = {"query_string": data.draw(QUERIES), "headers": data.draw(HEADERS)}
    if method in ("POST", "PUT"):
        options["data"] = (
            json.dumps(data.draw(BODIES)).encode() if data.draw(st.booleans()) else data.draw(st.binary(max_size=50))
        )
        options["headers"] = {"Content-Type": "application/json", **options["headers"]}
    answer = person.open(method, path, **options)
    assert answer.status_code < 500, answer.text
    if answer.status_code >= 400 and method != "HEAD":
        if not path.startswith(("/api/", "/app/", "/healthz", "/metrics")):
            assert answer.mimetype == "text/html"  # a page for people
            return
        assert answer.mimetype == "application/problem+json"
        assert set(answer.json) >= {"type", "title", "status", "detail", "code"}

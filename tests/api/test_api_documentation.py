"""The OpenAPI document is whole, and the readable page needs nothing from anywhere."""

import re
from collections.abc import Iterator
from typing import Any

from api.permissions import ENDPOINTS, ROLES, Permission
from api.problems import STATUS_OF
from tests.api.doors import Hall

UNDOCUMENTED = {
    "browser_application.page",
    "browser_application.asset",
    "documentation.page",
    "documentation.style",
    "api-docs.openapi_json",
    *(name for name in ENDPOINTS if name.startswith("public.")),
}
"""The documentation describes neither itself nor pages for people."""


def references(part: Any) -> Iterator[str]:
    if isinstance(part, dict):
        if isinstance(part.get("$ref"), str):
            yield part["$ref"]
        for inner in part.values():
            yield from references(inner)
    elif isinstance(part, list):
        for inner in part:
            yield from references(inner)


def operations(document: dict[str, Any]) -> dict[str, dict[str, Any]]:
    return {
        described["operationId"]: {"path": path, "shared": methods.get("parameters", []), **described}
        for path, methods in document["paths"].items()
        for method, described in methods.items()
        if method != "parameters"
    }


def test_the_document_is_openapi_3_1_and_whole(door: Hall) -> None:
    document: Any = door.anonymous().get("/api/openapi.json").json
    assert document["openapi"].startswith("3.1")
    for reference in references(document):
        found = document
        for step in reference.removeprefix("#/").split("/"):
            found = found[step]
    described = operations(document)
    assert set(described) == set(ENDPOINTS) - UNDOCUMENTED
    for name, operation in described.items():
        in_path = set(re.findall(r"{(\w+)}", operation["path"]))
        parameters = [*operation["shared"], *operation.get("parameters", [])]
        assert {p["name"] for p in parameters if p["in"] == "path"} == in_path, name
        assert operation["responses"]["default"] == {"$ref": "#/components/responses/DEFAULT_ERROR"}, name
        assert operation["summary"], name
        assert any(status.startswith("2") for status in operation["responses"]), name


def test_the_document_says_which_permission_each_operation_needs(door: Hall) -> None:
    document: Any = door.anonymous().get("/api/openapi.json").json
    for name, operation in operations(document).items():
        assert operation["x-permission"] == ENDPOINTS[name].value
        assert (operation.get("security") == []) == (ENDPOINTS[name] is Permission.PUBLIC), name


def test_errors_are_documented_as_problems(door: Hall) -> None:
    document: Any = door.anonymous().get("/api/openapi.json").json
    for response in document["components"]["responses"].values():
        assert list(response["content"]) == ["application/problem+json"]


def test_the_page_names_everything_and_loads_nothing_from_elsewhere(door: Hall) -> None:
    for language in ("zh", "en"):
        answer = door.anonymous().get("/api/docs", headers={"Accept-Language": language})
        page = answer.text
        assert answer.status_code == 200
        document: Any = door.anonymous().get("/api/openapi.json").json
        assert all(path in page for path in document["paths"])
        assert all(f'id="schema-{name}"' in page for name in document["components"]["schemas"])
        assert all(f'id="problem-{code}"' in page for code in STATUS_OF)
        assert all(role in page for roles in ROLES.values() for role in roles)
        links = re.findall(r'(?:src|href)="([^"]*)"', page)
        assert all(link.startswith(("#", "/api/")) for link in links), links
        assert "<script" not in page
        assert "style=" not in page
        anchors = set(re.findall(r'id="([^"]*)"', page))
        assert {link[1:] for link in links if link.startswith("#")} <= anchors
    assert door.anonymous().get("/api/docs.css").mimetype == "text/css"


def test_metrics_count_requests_and_work(door: Hall) -> None:
    clerk = door.person("clerk")
    door.start(clerk)
    clerk.get("/api/user-tasks/none")
    door.start(process_key="broken", variables={})
    answer = door.person("administrator").get("/metrics")
    assert answer.content_type == "text/plain; version=0.0.4; charset=utf-8"
    lines = answer.text.splitlines()
    assert 'lianban_http_requests_total{method="POST",route="/api/process-instances",status="201"} 2' in lines
    assert 'lianban_http_requests_total{method="GET",route="/api/user-tasks/<string:task_id>",status="404"} 1' in lines
    assert 'lianban_http_request_seconds_count{route="/api/process-instances"} 2' in lines
    assert 'lianban_http_request_seconds_bucket{route="/api/process-instances",le="+Inf"} 2' in lines
    assert "lianban_open_user_tasks 1" in lines
    assert "lianban_open_incidents 1" in lines
    for line in lines:
        assert re.fullmatch(r'# (HELP|TYPE) \w+ .+|\w+({\w+="[^"]*"(,\w+="[^"]*")*})? [0-9.e+-]+', line), line

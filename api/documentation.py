"""The readable documentation: one HTML page made here from the OpenAPI document, with nothing from anywhere else.

No script and no foreign style sheet: the page works without a network and under the strictest content security policy.
"""

from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from typing import Any

from flask import Blueprint, Response, current_app, render_template

from api.blueprint import Api
from api.language import language
from api.permissions import ROLES, Permission
from api.problems import HTTP_DETAILS, STATUS_OF
from engine.core.rejection import SENTENCES

EXTENSION = "lianban-documentation"
METHODS = ("get", "post", "put", "patch", "delete")

documentation = Blueprint("documentation", __name__, template_folder="templates")


@documentation.get("/api/docs")
def page() -> str:
    """The readable documentation."""
    document = specification().document()
    operations = list(_operations(document))
    return render_template(
        "documentation.html",
        info=document["info"],
        groups=[(tag, [op for op in operations if tag["name"] in op.tags]) for tag in document["tags"]],
        schemas=document["components"]["schemas"],
        problems=list(_problems()),
        language=language(),
    )


@documentation.get("/api/docs.css")
def style() -> Response:
    """Its style sheet."""
    return Response(render_template("documentation.css"), mimetype="text/css")


def specification() -> Api:
    """The application's OpenAPI object."""
    found = current_app.extensions[EXTENSION]
    assert isinstance(found, Api)
    return found


@dataclass(frozen=True, slots=True)
class Operation:
    """One method of one address, as the page shows it."""

    method: str
    path: str
    tags: list[str]
    summary: str
    description: str
    permission: str
    roles: list[str]
    parameters: list[Mapping[str, Any]]
    body: str | None
    responses: list[tuple[str, str, str | None]]

    @property
    def anchor(self) -> str:
        return f"{self.method}{self.path}".replace("/", "-").replace("{", "").replace("}", "")


def _operations(document: Mapping[str, Any]) -> Iterator[Operation]:
    for path, methods in document["paths"].items():
        shared = methods.get("parameters", [])
        for method in METHODS:
            if method in methods:
                yield _operation(document, method, path, shared, methods[method])


def _operation(
    document: Mapping[str, Any], method: str, path: str, shared: list[Any], described: Mapping[str, Any]
) -> Operation:
    permission = described.get("x-permission") or ""
    answers = described.get("responses", {}).items()
    return Operation(
        method=method,
        path=path,
        tags=described["tags"],
        summary=described.get("summary", ""),
        description=described.get("description", ""),
        permission=permission,
        roles=[] if permission in ("", Permission.PUBLIC) else sorted(ROLES[Permission(permission)]),
        parameters=[_followed(document, parameter) for parameter in [*shared, *described.get("parameters", [])]],
        body=_schema_name(described.get("requestBody", {})),
        responses=[
            (status, _followed(document, answer).get("description", ""), _schema_name(answer))
            for status, answer in answers
            if status != "default"
        ],
    )


def _followed(document: Mapping[str, Any], part: Mapping[str, Any]) -> Mapping[str, Any]:
    if "$ref" not in part:
        return part
    found: Any = document
    for step in part["$ref"].removeprefix("#/").split("/"):
        found = found[step]
    assert isinstance(found, Mapping)
    return found


def _schema_name(part: Mapping[str, Any]) -> str | None:
    for media in part.get("content", {}).values():
        reference = media.get("schema", {}).get("$ref")
        if reference is not None:
            return str(reference).rsplit("/", 1)[-1]
    return None


def _problems() -> Iterator[tuple[str, int, str]]:
    """Every code a problem may have, with its status and what it says."""
    number = 0 if language() == "zh" else 1
    for code, sentences in sorted(SENTENCES.items()):
        if code in STATUS_OF:
            yield code, STATUS_OF[code], sentences[number]
    for status, (code, *pair) in HTTP_DETAILS.items():
        yield code, status, pair[number]

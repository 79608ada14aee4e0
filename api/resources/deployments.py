"""Deploying models and forms."""

from collections.abc import Mapping, Sequence
from pathlib import PurePosixPath
from typing import Any

from flask import Response, request

from api.blueprint import Blueprint
from api.door import actor, door, runtime
from api.errors import finding_entry
from api.lists import answer_list
from api.schemas.deployments import DeploymentResultSchema, DeploymentSchema, DeployQuery
from api.schemas.paging import PageQuery, page_of
from engine.core.rejection import Rejection
from engine.runtime.deployments import ResourceFile

deployments = Blueprint("deployments", "/api/deployments", "部署流程与表单 · Deploying models and forms")

UPLOAD = {
    "required": True,
    "content": {
        "multipart/form-data": {
            "schema": {
                "type": "object",
                "properties": {"files": {"type": "array", "items": {"type": "string", "format": "binary"}}},
                "required": ["files"],
            }
        }
    },
}
MAX_NAME = 200


@deployments.get("")
@deployments.takes(PageQuery, "query")
@deployments.answers(200, page_of(DeploymentSchema))
def list_deployments(query: Mapping[str, Any]) -> Response:
    """部署记录 · What was deployed, newest first"""
    queries = runtime().queries
    return answer_list(
        "deployments", DeploymentSchema, query, lambda cursor, limit: queries.deployments(cursor=cursor, limit=limit)
    )


@deployments.post("")
@deployments.describes(requestBody=UPLOAD)
@deployments.takes(DeployQuery, "query")
@deployments.also_answers(200, "Checked, or nothing was new", schema=DeploymentResultSchema)
@deployments.answers(201, DeploymentResultSchema)
def deploy(query: Mapping[str, Any]) -> tuple[dict[str, Any], int]:
    """部署或检查 · Deploy files together, or only check them

    All files get in or none does. A file that equals the latest version of its key is passed over. With `check=true` nothing is
    stored and the findings are the answer. Findings with `needs_reason` refuse the deployment unless `override_reason` says
    why they do not matter.
    """
    request.max_content_length = door().settings.max_upload
    files = _files()
    if query["check"]:
        findings = runtime().deployments.check(files)
        deployable = not any(finding.is_error for finding in findings)
        return _result(None, deployable, (), findings), 200
    made = runtime().deployments.deploy(files, actor(), override_reason=query["override_reason"])
    return _result(made.id, True, made.resources, made.warnings), 200 if made.id is None else 201


def _files() -> list[ResourceFile]:
    uploads = request.files.getlist("files")
    if not uploads:
        raise Rejection("files-missing", field="files")
    return [ResourceFile(_name(upload.filename or ""), upload.read()) for upload in uploads]


def _name(given: str) -> str:
    """The file's own name: whatever folders the caller's machine has are nobody's business here."""
    name = PurePosixPath(given.replace("\\", "/")).name
    return "".join(char for char in name if char.isprintable())[-MAX_NAME:]


def _result(id: str | None, deployable: bool, resources: Sequence[Any], findings: Sequence[Any]) -> dict[str, Any]:
    entries = [finding_entry(finding) for finding in findings]
    return {"id": id, "deployable": deployable, "resources": resources, "findings": entries}

"""Attachments: handed in before the form that names them, read by whoever handed them in or may see the case."""

from typing import Any

from flask import Response, request

from api.blueprint import Blueprint
from api.data_scope import visible_process_instance
from api.door import actor, door, login, runtime
from api.resources.deployments import UPLOAD
from api.schemas.attachments import AttachmentSchema, AttachmentsSchema
from engine.core.rejection import Rejection
from workflows.attachments.attachment_register import Attachment, AttachmentRegister

attachments = Blueprint("attachments", "/api", "附件 · Attachments")

FILE = {"type": "string", "format": "binary"}
CONTENT = "application/octet-stream"


@attachments.post("/attachments")
@attachments.describes(requestBody=UPLOAD)
@attachments.answers(201, AttachmentsSchema)
def upload() -> dict[str, Any]:
    """上传附件 · Hand in files; a form's data then names them by their ids"""
    request.max_content_length = door().settings.max_upload
    files = request.files.getlist("files")
    if not files:
        raise Rejection("files-missing", field="files")
    return {"items": [_register().keep(file.filename or "", file.read(), actor()) for file in files]}


@attachments.get("/attachments/<string:attachment_id>")
@attachments.also_answers(200, "The file", content_type=CONTENT, schema=FILE)
def download_own(attachment_id: str) -> Response:
    """下载本人上传的附件 · A file one handed in oneself"""
    found, content = _register().content(attachment_id)
    if found.uploaded_by != login().account.id:
        raise Rejection("attachment-not-found")
    return _file(found, content)


@attachments.get("/process-instances/<string:instance_id>/attachments")
@attachments.answers(200, AttachmentSchema(many=True))
def list_of_case(instance_id: str) -> list[Attachment]:
    """办件的附件 · The files that a case's data names, oldest first"""
    return _named_in(instance_id)


@attachments.get("/process-instances/<string:instance_id>/attachments/<string:attachment_id>")
@attachments.also_answers(200, "The file", content_type=CONTENT, schema=FILE)
def download(instance_id: str, attachment_id: str) -> Response:
    """下载办件的附件 · A file that a case's data names"""
    if all(found.id != attachment_id for found in _named_in(instance_id)):
        raise Rejection("attachment-not-found")
    return _file(*_register().content(attachment_id))


def _named_in(instance_id: str) -> list[Attachment]:
    return _register().named_in(visible_process_instance(runtime(), login(), instance_id).variables)


def _file(found: Attachment, content: bytes) -> Response:
    """Always to be saved, never to be shown: what somebody handed in is no page of ours."""
    answer = Response(content, mimetype=CONTENT)
    answer.headers.set("Content-Disposition", "attachment", filename=found.name)
    return answer


def _register() -> AttachmentRegister:
    return AttachmentRegister(runtime().registers)

"""Documents: a case's for those who work on it, one as PDF, and the public check of a paper somebody holds."""

from collections.abc import Mapping
from typing import Any

from flask import Response, url_for

from api.blueprint import Blueprint
from api.data_scope import visible_process_instance
from api.door import login, runtime
from api.schemas.documents import DocumentQuery, DocumentSchema, VerifiedDocumentSchema
from engine.core.rejection import Rejection
from workflows.documents.printing import print_pdf
from workflows.documents.register_of_documents import IssuedDocument, RegisterOfDocuments

documents = Blueprint("documents", "/", "文书 · Documents")

PDF = {"type": "string", "format": "binary"}


@documents.get("api/documents")
@documents.takes(DocumentQuery, "query")
@documents.answers(200, DocumentSchema(many=True))
def list_documents(query: Mapping[str, Any]) -> list[IssuedDocument]:
    """办件的文书 · What was issued in a case, oldest first"""
    return [found for found in _register().of_case(query["case_number"]) if _is_visible(found)]


@documents.get("api/documents/<string:code>/pdf")
@documents.also_answers(200, "An A4 page", content_type="application/pdf", schema=PDF)
def pdf(code: str) -> Response:
    """打印文书 · A document to print, by its verification code"""
    found = _register().by_code(code)
    visible_process_instance(runtime(), login(), found.instance_id)
    return Response(print_pdf(found, _verification_url(found)), mimetype="application/pdf")


@documents.get("api/public/documents/<string:code>")
@documents.answers(200, VerifiedDocumentSchema)
def verify(code: str) -> dict[str, Any]:
    """核对文书 · Whether a paper with this code was issued here, and what it says"""
    return shown(_register().by_code(code))


def _register() -> RegisterOfDocuments:
    return RegisterOfDocuments(runtime().registers)


def _is_visible(found: IssuedDocument) -> bool:
    try:
        visible_process_instance(runtime(), login(), found.instance_id)
    except Rejection:
        return False
    return True


def _verification_url(found: IssuedDocument) -> str:
    return url_for("public.verify", code=found.verification_code, _external=True)


def shown(found: IssuedDocument) -> dict[str, Any]:
    """What the holder of a paper may compare with it."""
    content = found.content
    return {
        "number": found.number,
        "title": found.title,
        "department": found.department,
        "issued_on": content.issued_on,
        "digest": found.digest,
        "is_intact": found.is_intact,
        "paragraphs": content.paragraphs if found.is_public else (),
        "lists": [{"heading": heading, "entries": entries} for heading, entries in content.lists] if found.is_public else [],
    }

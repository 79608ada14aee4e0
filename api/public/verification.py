"""Whether a paper somebody holds was issued here: where the QR code on it leads to."""

from flask import Response, request

from api.door import runtime
from api.problems import status_of
from api.public.blueprint import public, show
from api.public.reading import trouble_of
from api.resources.documents import shown
from engine.core.rejection import Rejection
from workflows.documents.register_of_documents import IssuedDocument, RegisterOfDocuments


@public.get("/verify")
def verify() -> Response:
    """The question and, with a code, the answer. A number that is said must be the paper's."""
    code, number = (request.args.get(name, "").strip()[:60] for name in ("code", "number"))
    if not code:
        return show("verify.html", code="", number=number, found=None, trouble=None)
    try:
        found = shown(_found(code, number))
    except Rejection as refused:
        return show("verify.html", status_of(refused.code), code=code, number=number, found=None, trouble=trouble_of(refused))
    return show("verify.html", code=code, number=number, found=found, trouble=None)


def _found(code: str, number: str) -> IssuedDocument:
    """:raises Rejection: ``verification-failed``; whether code or number was wrong is not said."""
    found = RegisterOfDocuments(runtime().registers).by_code(code)
    if number and number != found.number:
        raise Rejection("verification-failed", field="code", verification_code=code[:20])
    return found

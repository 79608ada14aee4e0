"""What models call to issue a document."""

import secrets

from sqlalchemy.orm import Session

from engine.core.moments import HALL
from engine.core.rejection import Rejection
from engine.core.values import Value, Variables
from engine.runtime.number_series import next_number
from engine.runtime.operators import OperatorCall, OperatorRegistry
from workflows.documents.content import Content, content_of
from workflows.documents.kind import DocumentKind, kinds
from workflows.documents.tables import issued_document

ALPHABET = "23456789ABCDEFGHJKLMNPQRSTUVWXYZ"
"""Without the letters and digits that look alike on paper."""


def register(registry: OperatorRegistry) -> None:
    """Add ``documents.*`` to the operators models may name."""
    registry.local("documents.issue", parameters=("kind", "case", "department", "data"))(issue)


def issue(session: Session, parameters: Variables, call: OperatorCall) -> Value:
    """Issue a document: ``{"number", "kind", "title", "issued_on", "digest", "verification_code"}``.

    ``kind``: key of the kind; ``case``: case number; ``department``: in whose name; ``data``: what its sentences need. A step
    that is undone issues nothing and takes no number.

    :raises Rejection: ``document-kind-unknown``, ``document-incomplete``.
    """
    kind, department = _kind(str(parameters.get("kind"))), str(parameters.get("department") or "")
    given, issued_on = parameters.get("data"), call.now.astimezone(HALL).date()
    serial = next_number(session, f"document/{department}/{kind.word}/{issued_on.year}")
    content = content_of(
        kind,
        given if isinstance(given, dict) else {},
        number=f"{department}{kind.word}〔{issued_on.year}〕{serial}号",
        department=department,
        case_number=str(parameters.get("case") or ""),
        issued_on=issued_on,
    )
    code = verification_code()
    session.execute(issued_document.insert(), _row(kind, content, code, call))
    return {
        "number": content.number,
        "kind": kind.key,
        "title": kind.title,
        "issued_on": content.issued_on,
        "digest": content.digest,
        "verification_code": code,
    }


def verification_code() -> str:
    """Twelve characters in three groups: nobody finds another's document by trying."""
    return "-".join("".join(secrets.choice(ALPHABET) for _ in range(4)) for _ in range(3))


def _kind(key: str) -> DocumentKind:
    if key not in kinds():
        raise Rejection("document-kind-unknown", field="kind", kind=key)
    return kinds()[key]


def _row(kind: DocumentKind, content: Content, code: str, call: OperatorCall) -> dict[str, object]:
    return {
        "number": content.number,
        "kind": kind.key,
        "department": content.department,
        "case_number": content.case_number,
        "instance_id": call.instance_id,
        "issued_at": call.now,
        "issued_by": call.actor.id,
        "content": content.to_bytes(),
        "digest": content.digest,
        "verification_code": code,
    }

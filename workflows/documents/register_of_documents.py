"""Looking documents up: a case's, one by its number, and one by the code on its paper."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime
from typing import Any

import orjson
from sqlalchemy import Select, select

from engine.core.rejection import Rejection, declare
from engine.runtime.registers import Registers
from workflows.documents.content import Content
from workflows.documents.kind import kinds
from workflows.documents.tables import issued_document

declare(
    {
        "document-not-found": ("没有找到文书{document}。", "Expected document {document}, but there is none."),
        "verification-failed": (
            "没有验证码为{verification_code}的文书，请核对纸面上的验证码。",
            "Expected the verification code of a document, but {verification_code} is none; check it against the paper.",
        ),
    }
)


@dataclass(frozen=True, slots=True)
class IssuedDocument:
    """A document as it was issued. ``is_intact``: the stored content still has the digest it was issued with."""

    number: str
    kind: str
    title: str
    department: str
    case_number: str
    instance_id: str
    issued_at: datetime
    issued_by: str
    content: Content
    digest: str
    verification_code: str

    @property
    def is_intact(self) -> bool:
        return self.content.digest == self.digest

    @property
    def is_public(self) -> bool:
        return kinds()[self.kind].public


class RegisterOfDocuments:
    """Reads what was issued. (Issuing is a step of a case.)"""

    def __init__(self, registers: Registers) -> None:
        self._registers = registers

    def of_case(self, case_number: str) -> list[IssuedDocument]:
        """All documents of a case, oldest first."""
        table = issued_document
        return self._find(select(table).where(table.c.case_number == case_number).order_by(table.c.issued_at, table.c.number))

    def by_number(self, number: str) -> IssuedDocument:
        """:raises Rejection: ``document-not-found``."""
        found = self._find(select(issued_document).where(issued_document.c.number == number))
        if not found:
            raise Rejection("document-not-found", document=number)
        return found[0]

    def by_code(self, code: str) -> IssuedDocument:
        """The document with this code on it; capitals and hyphens do not matter.

        :raises Rejection: ``verification-failed``.
        """
        plain = "".join(char for char in code.upper() if char.isalnum())[:12]
        written = "-".join(plain[start : start + 4] for start in (0, 4, 8))
        found = self._find(select(issued_document).where(issued_document.c.verification_code == written))
        if not found:
            raise Rejection("verification-failed", field="code", verification_code=written)
        return found[0]

    def _find(self, statement: Select[Any]) -> list[IssuedDocument]:
        with self._registers.read() as session:
            rows: Sequence[Any] = session.execute(statement).all()
        return [_document(row) for row in rows]


def _document(row: Any) -> IssuedDocument:
    stored = orjson.loads(row.content)
    stored["lists"] = tuple((heading, tuple(entries)) for heading, entries in stored["lists"])
    frozen: dict[str, Any] = {name: tuple(value) if isinstance(value, list) else value for name, value in stored.items()}
    content = Content(**frozen)
    return IssuedDocument(
        number=row.number,
        kind=row.kind,
        title=content.title,
        department=row.department,
        case_number=row.case_number,
        instance_id=row.instance_id,
        issued_at=row.issued_at,
        issued_by=row.issued_by,
        content=content,
        digest=row.digest,
        verification_code=row.verification_code,
    )

"""Keeping files, and finding those that a case's data names."""

import secrets
from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from datetime import datetime
from hashlib import sha256

from sqlalchemy import select
from sqlalchemy.orm import Session

from engine.core.actor import Actor
from engine.core.rejection import Rejection, declare
from engine.core.values import Value
from engine.runtime.registers import Registers
from workflows.attachments.kinds import media_type, plain_name
from workflows.attachments.tables import attachment

ID_BYTES = 16
"""An id cannot be guessed: naming it is what lets a case's officers read the file."""
AT_ONCE = 500
"""Ids looked up by one statement."""

declare({"attachment-not-found": ("没有找到该附件。", "Expected an attachment of this number, but there is none.")})


@dataclass(frozen=True, slots=True)
class Attachment:
    """A file as lists show it; ``size`` in bytes."""

    id: str
    name: str
    media_type: str
    size: int
    digest: str
    uploaded_by: str
    uploaded_at: datetime


class AttachmentRegister:
    """The files handed in."""

    def __init__(self, registers: Registers) -> None:
        self._registers = registers

    def keep(self, name: str, content: bytes, actor: Actor) -> Attachment:
        """Keep a file as it came. :raises Rejection: as :func:`workflows.attachments.kinds.media_type`, also recorded."""
        known = plain_name(name)

        def change(session: Session, now: datetime) -> Attachment:
            kind, digest = media_type(known, content), sha256(content).hexdigest()
            kept = Attachment(secrets.token_hex(ID_BYTES), known, kind, len(content), digest, actor.id, now)
            row = {field: getattr(kept, field) for field in Attachment.__slots__}
            session.execute(attachment.insert().values(**row, content=content))
            return kept

        detail = {"name": known, "size": len(content)}
        return self._registers.change("KeepAttachment", actor, change, detail=detail)

    def content(self, id: str) -> tuple[Attachment, bytes]:
        """A file with its content. :raises Rejection: ``attachment-not-found``."""
        with self._registers.read() as session:
            row = session.execute(select(attachment).where(attachment.c.id == id)).one_or_none()
        if row is None:
            raise Rejection("attachment-not-found")
        return Attachment(*(getattr(row, field) for field in Attachment.__slots__)), row.content

    def named_in(self, variables: Value) -> list[Attachment]:
        """The files that data names, oldest first."""
        texts = sorted(set(_texts(variables)))
        columns = [attachment.c[field] for field in Attachment.__slots__]
        found: list[Attachment] = []
        with self._registers.read() as session:
            for start in range(0, len(texts), AT_ONCE):
                wanted = select(*columns).where(attachment.c.id.in_(texts[start : start + AT_ONCE]))
                found += [Attachment(*row) for row in session.execute(wanted)]
        return sorted(found, key=lambda each: (each.uploaded_at, each.id))


def _texts(value: Value) -> Iterator[str]:
    """Every text in some data that could be an id."""
    if isinstance(value, str):
        if len(value) == 2 * ID_BYTES:
            yield value
        return
    inner: Iterable[Value] = value.values() if isinstance(value, dict) else value if isinstance(value, list) else ()
    for each in inner:
        yield from _texts(each)

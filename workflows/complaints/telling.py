"""Whoever complained by name and with a login is told in his inbox that it was accepted, and that it is answered (R-63).

The notice is written in the step's own transaction and nowhere else: who complained is not among the variables of any case.
"""

from typing import Any

from sqlalchemy import Row
from sqlalchemy.orm import Session

from engine.runtime.operators import OperatorCall
from workflows.complaints import storage
from workflows.notices.kind import find as find_kind
from workflows.notices.tables import notice


def tell(session: Session, found: Row[Any], kind: str, call: OperatorCall, **data: str) -> bool:
    """Whether there is an inbox to tell it to: not for an anonymous complaint, nor for one without a login."""
    named = storage.identity_of(session, found.number)
    if named is None or named.account is None:
        return False
    said = find_kind(kind)
    row = {"id": call.job_id, "recipient_account": named.account, "case_number": found.number, "kind": said.key}
    text = said.said(found.number, data)
    session.execute(notice.insert().values(**row, title=said.title, text=text, posted_at=call.now))
    return True

"""The payment notice follows the decision: its last day is that of the deferral, and it is settled where nothing is owed."""

from datetime import date

from sqlalchemy import update
from sqlalchemy.orm import Session

from workflows.collection import notices
from workflows.collection.tables import payment_notice


def put_off(session: Session, case: str, until: date) -> None:
    """The notice of a case, if it is out and unpaid, is valid until then; never for a shorter time than before."""
    found = notices.of_case(session, case)
    if found is None or found.state != "issued" or found.valid_until >= until:
        return
    session.execute(update(payment_notice).where(payment_notice.c.code == found.code).values(valid_until=until))


def cleared(session: Session, case: str) -> str | None:
    """The code of the notice of a case that waits although nothing is owed of it any more."""
    found = notices.of_case(session, case)
    waits = found is not None and found.state == "issued" and notices.owed_of(session, found) == 0
    return found.code if waits and found is not None else None


def released(session: Session, case: str) -> bool:
    """Whether a case that waits for money need not wait any more, because what is owed was lawfully put off (R-50)."""
    found = notices.of_case(session, case)
    return found is not None and found.state == "issued" and not notices.blocked(session, case)

"""Ratings in the database: each change writes the row and its event together."""

from collections.abc import Mapping
from typing import Any

from sqlalchemy import Row, select
from sqlalchemy.orm import Session

from engine.core.rejection import Rejection, declare
from workflows.journal import Entry, Event, Journal
from workflows.ratings.tables import rating, rating_code, rating_event, rating_identity

declare({"rating-not-found": ("没有找到评价{number}。", "Expected rating {number}, but there is none.")})

JOURNAL = Journal(rating, rating_event)


def find(session: Session, number: str, *, locked: bool = False) -> Row[Any]:
    """The row; ``locked`` for changing it.

    :raises Rejection: ``rating-not-found``.
    """
    found = JOURNAL.find(session, number, locked=locked)
    if found is None:
        raise Rejection("rating-not-found", field="number", number=number[:20])
    return found


def code_of(session: Session, case_number: str) -> Row[Any] | None:
    """The code of a case, locked, or nothing before its delivery."""
    statement = select(rating_code).where(rating_code.c.case_number == case_number).with_for_update()
    return session.execute(statement).one_or_none()


def add(session: Session, row: Mapping[str, Any], identity: Mapping[str, str] | None, entry: Entry) -> None:
    """Enter a rating with its first event."""
    JOURNAL.add(session, {**row, "escalated": 0}, entry)
    if identity is not None:
        session.execute(rating_identity.insert().values(number=row["number"], **identity))


def change(session: Session, found: Row[Any], entry: Entry, **values: Any) -> None:
    """Change a row that was found ``locked`` in this transaction."""
    JOURNAL.change(session, found, entry, **values)


def identity_of(session: Session, number: str) -> Row[Any] | None:
    """Who rated, where that was said."""
    return session.execute(select(rating_identity).where(rating_identity.c.number == number)).one_or_none()


def events_of(session: Session, number: str) -> list[Event]:
    """What happened, oldest first."""
    return JOURNAL.events_of(session, number)

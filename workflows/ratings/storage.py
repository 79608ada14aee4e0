"""Ratings in the database: each change writes the row and its event together."""

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import datetime
from typing import Any

from sqlalchemy import Row, select
from sqlalchemy.orm import Session

from engine.core.rejection import Rejection, declare
from workflows.ratings.tables import rating, rating_code, rating_event, rating_identity

declare({"rating-not-found": ("没有找到评价{number}。", "Expected rating {number}, but there is none.")})


@dataclass(frozen=True, slots=True)
class Entry:
    """What an event says: who did what, when."""

    at: datetime
    actor_id: str
    event: str
    detail: Mapping[str, Any]


@dataclass(frozen=True, slots=True)
class RatingEvent:
    """A line of a rating's log."""

    sequence: int
    at: datetime
    actor_id: str
    event: str
    detail: dict[str, Any]


def find(session: Session, number: str, *, locked: bool = False) -> Row[Any]:
    """The row; ``locked`` for changing it.

    :raises Rejection: ``rating-not-found``.
    """
    statement = select(rating).where(rating.c.number == number)
    found = session.execute(statement.with_for_update() if locked else statement).one_or_none()
    if found is None:
        raise Rejection("rating-not-found", field="number", number=number[:20])
    return found


def code_of(session: Session, case_number: str) -> Row[Any] | None:
    """The code of a case, locked, or nothing before its delivery."""
    statement = select(rating_code).where(rating_code.c.case_number == case_number).with_for_update()
    return session.execute(statement).one_or_none()


def add(session: Session, row: Mapping[str, Any], identity: Mapping[str, str] | None, entry: Entry) -> None:
    """Enter a rating with its first event."""
    session.execute(rating.insert().values(**row, escalated=0, length=1))
    if identity is not None:
        session.execute(rating_identity.insert().values(number=row["number"], **identity))
    _log(session, str(row["number"]), 1, entry)


def change(session: Session, found: Row[Any], entry: Entry, **values: Any) -> None:
    """Change a row that was found ``locked`` in this transaction."""
    session.execute(rating.update().where(rating.c.number == found.number).values(**values, length=found.length + 1))
    _log(session, found.number, found.length + 1, entry)


def identity_of(session: Session, number: str) -> Row[Any] | None:
    """Who rated, where that was said."""
    return session.execute(select(rating_identity).where(rating_identity.c.number == number)).one_or_none()


def events_of(session: Session, number: str) -> list[RatingEvent]:
    """What happened, oldest first."""
    names = [rating_event.c[name] for name in RatingEvent.__dataclass_fields__]
    rows = session.execute(select(*names).where(rating_event.c.number == number).order_by(rating_event.c.sequence))
    return [RatingEvent(*row) for row in rows]


def _log(session: Session, number: str, sequence: int, entry: Entry) -> None:
    said = {"at": entry.at, "actor_id": entry.actor_id, "event": entry.event, "detail": dict(entry.detail)}
    session.execute(rating_event.insert().values(number=number, sequence=sequence, **said))

"""Cards and press letters in the database: each change of a card writes the row and its event together."""

from collections.abc import Mapping
from datetime import date
from typing import Any

from sqlalchemy import Row, select
from sqlalchemy.orm import Session

from engine.core.rejection import Rejection, declare
from workflows.clock import hall_day
from workflows.journal import Entry, Event, Journal
from workflows.supervision.tables import press_letter, supervision_card, supervision_card_event

declare({"press-letter-not-found": ("没有找到督办函{number}。", "Expected press letter {number}, but there is none.")})

JOURNAL = Journal(supervision_card, supervision_card_event)


def find(session: Session, number: str) -> Row[Any]:
    """The card, locked. :raises Rejection: ``card-not-found``."""
    found = JOURNAL.find(session, number, locked=True)
    if found is None:
        raise Rejection("card-not-found", field="number", number=number[:20])
    return found


def of_cause(session: Session, cause: str) -> str | None:
    """The number of the card that was issued for this, if one was."""
    found: str | None = session.execute(
        select(supervision_card.c.number).where(supervision_card.c.cause == cause)
    ).scalar_one_or_none()
    return found


def add(session: Session, row: Mapping[str, Any], entry: Entry) -> None:
    """Enter a card with its first event."""
    JOURNAL.add(session, row, entry)


def change(session: Session, found: Row[Any], entry: Entry, **values: Any) -> None:
    """Change a card that was found in this transaction."""
    JOURNAL.change(session, found, entry, **values)


def events_of(session: Session, number: str) -> list[Event]:
    """What happened to a card, oldest first."""
    return JOURNAL.events_of(session, number)


def cards_of(
    session: Session, *, month: date | None = None, department: str | None = None, staff: str | None = None
) -> list[Row[Any]]:
    """Cards issued in a month (any day of it), of a department, of somebody; oldest first."""
    statement = select(supervision_card).order_by(supervision_card.c.issued_at, supervision_card.c.number)
    if department is not None:
        statement = statement.where(supervision_card.c.department == department)
    if staff is not None:
        statement = statement.where(supervision_card.c.owner == staff)
    rows = session.execute(statement).all()
    return [row for row in rows if month is None or hall_day(row.issued_at).strftime("%Y-%m") == month.strftime("%Y-%m")]


def letter(session: Session, number: str) -> Row[Any]:
    """The press letter, locked. :raises Rejection: ``press-letter-not-found``."""
    found = session.execute(select(press_letter).where(press_letter.c.number == number).with_for_update()).one_or_none()
    if found is None:
        raise Rejection("press-letter-not-found", field="number", number=number[:60])
    return found


def change_letter(session: Session, number: str, **values: Any) -> None:
    session.execute(press_letter.update().where(press_letter.c.number == number).values(**values))

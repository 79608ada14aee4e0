"""Cards and press letters in the database: each change of a card writes the row and its event together."""

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date, datetime
from typing import Any

from sqlalchemy import Row, select
from sqlalchemy.orm import Session

from engine.core.rejection import Rejection, declare
from workflows.clock import hall_day
from workflows.supervision.tables import press_letter, supervision_card, supervision_card_event

declare({"press-letter-not-found": ("没有找到督办函{number}。", "Expected press letter {number}, but there is none.")})


@dataclass(frozen=True, slots=True)
class Entry:
    """What an event says: who did what, when."""

    at: datetime
    actor_id: str
    event: str
    detail: Mapping[str, Any]


@dataclass(frozen=True, slots=True)
class CardEvent:
    """A line of a card's log."""

    sequence: int
    at: datetime
    actor_id: str
    event: str
    detail: dict[str, Any]


def find(session: Session, number: str) -> Row[Any]:
    """The card, locked. :raises Rejection: ``card-not-found``."""
    statement = select(supervision_card).where(supervision_card.c.number == number).with_for_update()
    found = session.execute(statement).one_or_none()
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
    session.execute(supervision_card.insert().values(**row, length=1))
    _log(session, str(row["number"]), 1, entry)


def change(session: Session, found: Row[Any], entry: Entry, **values: Any) -> None:
    """Change a card that was found in this transaction."""
    statement = supervision_card.update().where(supervision_card.c.number == found.number)
    session.execute(statement.values(**values, length=found.length + 1))
    _log(session, found.number, found.length + 1, entry)


def events_of(session: Session, number: str) -> list[CardEvent]:
    """What happened to a card, oldest first."""
    names = [supervision_card_event.c[name] for name in CardEvent.__dataclass_fields__]
    mine = supervision_card_event.c.number == number
    return [CardEvent(*row) for row in session.execute(select(*names).where(mine).order_by(supervision_card_event.c.sequence))]


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


def _log(session: Session, number: str, sequence: int, entry: Entry) -> None:
    said = {"at": entry.at, "actor_id": entry.actor_id, "event": entry.event, "detail": dict(entry.detail)}
    session.execute(supervision_card_event.insert().values(number=number, sequence=sequence, **said))

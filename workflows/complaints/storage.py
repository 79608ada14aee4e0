"""Complaints in the database: each change writes the row and its event together."""

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import datetime
from typing import Any

from sqlalchemy import Row, select
from sqlalchemy.orm import Session

from engine.core.rejection import Rejection, declare
from engine.runtime.accounts import account_by_id
from workflows.case_file.tables import case_event
from workflows.complaints.handler import Person, require_impartial
from workflows.complaints.tables import complaint, complaint_event, complaint_identity
from workflows.organisation.tables import staff_member

declare({"complaint-not-found": ("没有找到投诉{number}。", "Expected complaint {number}, but there is none.")})


@dataclass(frozen=True, slots=True)
class Entry:
    """What an event says: who did what, when."""

    at: datetime
    actor_id: str
    event: str
    detail: Mapping[str, Any]


@dataclass(frozen=True, slots=True)
class ComplaintEvent:
    """A line of a complaint's log."""

    sequence: int
    at: datetime
    actor_id: str
    event: str
    detail: dict[str, Any]


def find(session: Session, number: str, *, locked: bool = False) -> Row[Any]:
    """The row; ``locked`` for changing it.

    :raises Rejection: ``complaint-not-found``.
    """
    statement = select(complaint).where(complaint.c.number == number)
    found = session.execute(statement.with_for_update() if locked else statement).one_or_none()
    if found is None:
        raise Rejection("complaint-not-found", field="number", number=number[:40])
    return found


def add(session: Session, row: Mapping[str, Any], identity: Mapping[str, str] | None, entry: Entry) -> None:
    """Enter a complaint with its first event."""
    session.execute(complaint.insert().values(**row, length=1, extended_days=0, escalated=0))
    if identity is not None:
        session.execute(complaint_identity.insert().values(number=row["number"], **identity))
    _log(session, str(row["number"]), 1, entry)


def change(session: Session, found: Row[Any], entry: Entry, **values: Any) -> None:
    """Change a row that was found ``locked`` in this transaction."""
    statement = complaint.update().where(complaint.c.number == found.number)
    session.execute(statement.values(**values, length=found.length + 1))
    _log(session, found.number, found.length + 1, entry)


def identity_of(session: Session, number: str) -> Row[Any] | None:
    """Who complained, where that was said."""
    return session.execute(select(complaint_identity).where(complaint_identity.c.number == number)).one_or_none()


def events_of(session: Session, number: str) -> list[ComplaintEvent]:
    """What happened, oldest first."""
    names = [complaint_event.c[name] for name in ComplaintEvent.__dataclass_fields__]
    rows = session.execute(select(*names).where(complaint_event.c.number == number).order_by(complaint_event.c.sequence))
    return [ComplaintEvent(*row) for row in rows]


def person_of(session: Session, account_id: str, groups: tuple[str, ...] | None = None) -> Person:
    """An account with its groups (those at hand, or those registered) and its places on the staff."""
    if groups is None:
        found = account_by_id(session.connection(), account_id)
        groups = () if found is None else tuple(found.groups)
    columns = staff_member.c
    rows = session.execute(
        select(columns.window, columns.post).where(columns.account_id == account_id, columns.ended_on.is_(None))
    )
    posts = [(str(window), str(post)) for window, post in rows]
    heads = frozenset(window for window, post in posts if post == "head")
    return Person(account_id, frozenset(groups), frozenset(window for window, _ in posts), heads)


def require_may_handle(session: Session, found: Row[Any], person: Person) -> None:
    """:raises Rejection: as :func:`workflows.complaints.handler.require_impartial`."""
    against = None if found.against_account is None else person_of(session, found.against_account)
    acted = () if found.case_number is None else actors_of_case(session, found.case_number)
    require_impartial(person, against, found.against_window, acted)


def actors_of_case(session: Session, case_number: str) -> frozenset[str]:
    """Who wrote into the ledger of a case."""
    rows = session.execute(select(case_event.c.actor_id).where(case_event.c.number == case_number).distinct())
    return frozenset(str(actor) for (actor,) in rows)


def _log(session: Session, number: str, sequence: int, entry: Entry) -> None:
    said = {"at": entry.at, "actor_id": entry.actor_id, "event": entry.event, "detail": dict(entry.detail)}
    session.execute(complaint_event.insert().values(number=number, sequence=sequence, **said))

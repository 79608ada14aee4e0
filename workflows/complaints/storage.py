"""Complaints in the database: each change writes the row and its event together."""

from collections.abc import Mapping
from typing import Any

from sqlalchemy import Row, select
from sqlalchemy.orm import Session

from engine.core.rejection import Rejection, declare
from engine.runtime.accounts import account_by_id
from workflows.case_file.tables import case_event
from workflows.complaints.handler import Person, require_impartial
from workflows.complaints.tables import complaint, complaint_event, complaint_identity
from workflows.journal import Entry, Event, Journal
from workflows.organisation.tables import staff_member

declare({"complaint-not-found": ("没有找到投诉{number}。", "Expected complaint {number}, but there is none.")})

JOURNAL = Journal(complaint, complaint_event)


def find(session: Session, number: str, *, locked: bool = False) -> Row[Any]:
    """The row; ``locked`` for changing it.

    :raises Rejection: ``complaint-not-found``.
    """
    found = JOURNAL.find(session, number, locked=locked)
    if found is None:
        raise Rejection("complaint-not-found", field="number", number=number[:40])
    return found


def add(session: Session, row: Mapping[str, Any], identity: Mapping[str, str | None] | None, entry: Entry) -> None:
    """Enter a complaint with its first event."""
    JOURNAL.add(session, {**row, "extended_days": 0, "escalated": 0}, entry)
    if identity is not None:
        session.execute(complaint_identity.insert().values(number=row["number"], **identity))


def change(session: Session, found: Row[Any], entry: Entry, **values: Any) -> None:
    """Change a row that was found ``locked`` in this transaction."""
    JOURNAL.change(session, found, entry, **values)


def identity_of(session: Session, number: str) -> Row[Any] | None:
    """Who complained, where that was said."""
    return session.execute(select(complaint_identity).where(complaint_identity.c.number == number)).one_or_none()


def events_of(session: Session, number: str) -> list[Event]:
    """What happened, oldest first."""
    return JOURNAL.events_of(session, number)


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

"""Entering a year's arrangement: one administrator proposes it, another confirms it. Nothing is changed in place or deleted.

Confirming alone moves no deadline; :mod:`workflows.clock.recalculation` confirms and moves.
"""

from dataclasses import dataclass
from datetime import datetime
from functools import cache

from sqlalchemy import select
from sqlalchemy.orm import Session

from engine.core.actor import Actor
from engine.core.rejection import Rejection, declare
from workflows.calendar.arrangement import Arrangement, official
from workflows.calendar.tables import holiday_arrangement
from workflows.calendar.working_days import WorkingDays

declare(
    {
        "arrangement-not-found": ("没有找到放假安排{id}。", "Expected arrangement {id}, but there is none."),
        "arrangement-already-confirmed": (
            "放假安排{id}已经确认。",
            "Expected arrangement {id} to wait for confirmation, but it is confirmed.",
        ),
        "arrangement-not-confirmed": (
            "放假安排{id}尚未确认。",
            "Expected arrangement {id} to be confirmed, but it is not.",
        ),
        "calendar-needs-second-person": (
            "放假安排须由另一人确认，不能由录入人{actor}自己确认。",
            "Expected somebody other than {actor}, who entered the arrangement, to confirm it.",
        ),
    }
)


@dataclass(frozen=True, slots=True)
class Entry:
    """An arrangement with who entered and who confirmed it."""

    id: int
    arrangement: Arrangement
    proposed_by: str
    proposed_at: datetime
    confirmed_by: str | None
    confirmed_at: datetime | None


def propose(session: Session, arrangement: Arrangement, actor: Actor, now: datetime) -> int:
    """Keep it until somebody else confirms it. Returns its id."""
    entry_id: int = session.execute(
        holiday_arrangement.insert()
        .values(year=arrangement.year, arrangement=arrangement.to_dict(), proposed_by=actor.id, proposed_at=now)
        .returning(holiday_arrangement.c.id)
    ).scalar_one()
    return entry_id


def confirm(session: Session, entry_id: int, actor: Actor, now: datetime) -> Entry:
    """Put it in force.

    :raises Rejection: ``arrangement-not-found``, ``arrangement-already-confirmed``, ``calendar-needs-second-person``.
    """
    entry = find(session, entry_id)
    if entry.confirmed_at is not None:
        raise Rejection("arrangement-already-confirmed", id=entry_id)
    if entry.proposed_by == actor.id:
        raise Rejection("calendar-needs-second-person", actor=actor.id)
    changed = session.execute(
        holiday_arrangement.update()
        .where(holiday_arrangement.c.id == entry_id, holiday_arrangement.c.confirmed_at.is_(None))
        .values(confirmed_by=actor.id, confirmed_at=now)
        .returning(holiday_arrangement.c.id)
    )
    if changed.first() is None:
        raise Rejection("arrangement-already-confirmed", id=entry_id)
    return find(session, entry_id)


def find(session: Session, entry_id: int) -> Entry:
    """:raises Rejection: ``arrangement-not-found``."""
    found = session.execute(select(holiday_arrangement).where(holiday_arrangement.c.id == entry_id)).mappings().first()
    if found is None:
        raise Rejection("arrangement-not-found", id=entry_id)
    values = {name: found[name] for name in Entry.__slots__}
    return Entry(**{**values, "arrangement": Arrangement.from_dict(found["arrangement"])})


def entries(session: Session) -> list[Entry]:
    """All of them, newest first."""
    ids = session.execute(select(holiday_arrangement.c.id).order_by(holiday_arrangement.c.id.desc())).scalars()
    return [find(session, entry_id) for entry_id in list(ids)]


def working_days(session: Session, *, before: Entry | None = None) -> WorkingDays:
    """The calendar in force; ``before``: as it was until this entry was confirmed."""
    statement = select(holiday_arrangement.c.arrangement).where(holiday_arrangement.c.confirmed_at.is_not(None))
    if before is not None:
        statement = statement.where(holiday_arrangement.c.confirmed_at < before.confirmed_at)
    rows = session.execute(statement.order_by(holiday_arrangement.c.confirmed_at, holiday_arrangement.c.id)).scalars()
    entered = {row["year"]: Arrangement.from_dict(row) for row in rows}
    return WorkingDays({**official(), **entered}) if entered else _as_published()


@cache
def _as_published() -> WorkingDays:
    return WorkingDays()

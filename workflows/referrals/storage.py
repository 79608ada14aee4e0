"""Referrals in the database: each change writes the row and its event together."""

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import datetime
from typing import Any

from sqlalchemy import Row, select
from sqlalchemy.orm import Session

from engine.core.actor import Actor
from engine.core.rejection import Rejection, declare
from workflows.complaints.storage import actors_of_case, person_of
from workflows.referrals.tables import referral, referral_event

SUPERVISION, DISCIPLINE, COMMITTEE = "supervision", "discipline", "committee"

declare(
    {
        "referral-not-found": ("没有找到移送件{number}。", "Expected referral {number}, but there is none."),
        "referral-restricted": (
            "移送件仅限督查和纪检监察人员，{actor}无权查看或者办理。",
            "Expected supervision or discipline, but {actor} is neither.",
        ),
        "referral-about-oneself": (
            "{actor}与移送件有利害关系，应当回避。",
            "Expected nobody whom the matter is about, but {actor} has part in it.",
        ),
    }
)


@dataclass(frozen=True, slots=True)
class Entry:
    """What an event says: who did what, when."""

    at: datetime
    actor_id: str
    event: str
    detail: Mapping[str, Any]


@dataclass(frozen=True, slots=True)
class ReferralEvent:
    """A line of a referral's log."""

    sequence: int
    at: datetime
    actor_id: str
    event: str
    detail: dict[str, Any]


def find(session: Session, number: str) -> Row[Any]:
    """The referral, locked. :raises Rejection: ``referral-not-found``."""
    statement = select(referral).where(referral.c.number == number).with_for_update()
    found = session.execute(statement).one_or_none()
    if found is None:
        raise Rejection("referral-not-found", field="number", number=number[:20])
    return found


def add(session: Session, row: Mapping[str, Any], entry: Entry) -> None:
    """Enter a referral with its first event."""
    session.execute(referral.insert().values(**row, length=1))
    _log(session, str(row["number"]), 1, entry)


def change(session: Session, found: Row[Any], entry: Entry, **values: Any) -> None:
    """Change a row that was found in this transaction."""
    session.execute(referral.update().where(referral.c.number == found.number).values(**values, length=found.length + 1))
    _log(session, found.number, found.length + 1, entry)


def events_of(session: Session, number: str) -> list[ReferralEvent]:
    """What happened, and who looked, oldest first."""
    names = [referral_event.c[name] for name in ReferralEvent.__dataclass_fields__]
    rows = session.execute(select(*names).where(referral_event.c.number == number).order_by(referral_event.c.sequence))
    return [ReferralEvent(*row) for row in rows]


def require_group(actor: Actor, *groups: str) -> None:
    """:raises Rejection: ``referral-restricted``."""
    if not set(groups) & set(actor.groups):
        raise Rejection("referral-restricted", actor=actor.id)


def require_outsider(session: Session, about: Mapping[str, Any], actor: Actor) -> None:
    """Neither who it is about, nor of the window or department, nor somebody who acted in the case.

    :raises Rejection: ``referral-about-oneself``.
    """
    person = person_of(session, actor.id, actor.groups)
    case, group = about["about_case"], about["about_group"]
    acted = actors_of_case(session, case) if case else frozenset()
    if actor.id == about["about_account"] or actor.id in acted or (group and group in person.groups | person.windows):
        raise Rejection("referral-about-oneself", actor=actor.id)


def _log(session: Session, number: str, sequence: int, entry: Entry) -> None:
    said = {"at": entry.at, "actor_id": entry.actor_id, "event": entry.event, "detail": dict(entry.detail)}
    session.execute(referral_event.insert().values(number=number, sequence=sequence, **said))

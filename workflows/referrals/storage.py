"""Referrals in the database: each change writes the row and its event together."""

from collections.abc import Mapping
from typing import Any

from sqlalchemy import Row
from sqlalchemy.orm import Session

from engine.core.actor import Actor
from engine.core.rejection import Rejection, declare
from workflows.complaints.storage import actors_of_case, person_of
from workflows.journal import Entry, Event, Journal
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

JOURNAL = Journal(referral, referral_event)


def find(session: Session, number: str) -> Row[Any]:
    """The referral, locked. :raises Rejection: ``referral-not-found``."""
    found = JOURNAL.find(session, number, locked=True)
    if found is None:
        raise Rejection("referral-not-found", field="number", number=number[:20])
    return found


def add(session: Session, row: Mapping[str, Any], entry: Entry) -> None:
    """Enter a referral with its first event."""
    JOURNAL.add(session, row, entry)


def change(session: Session, found: Row[Any], entry: Entry, **values: Any) -> None:
    """Change a row that was found in this transaction."""
    JOURNAL.change(session, found, entry, **values)


def events_of(session: Session, number: str) -> list[Event]:
    """What happened, and who looked, oldest first."""
    return JOURNAL.events_of(session, number)


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

"""Drafting item versions and leading them through their life, whoever asks: the register's door or a step of P18."""

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date, datetime
from typing import Any

from marshmallow import ValidationError
from sqlalchemy.orm import Session

from engine.core.actor import Actor
from engine.core.rejection import Rejection
from workflows.catalogue import storage
from workflows.catalogue.item import Item
from workflows.catalogue.schema import item_of
from workflows.catalogue.validation import Finding, Surroundings, findings, require_publishable
from workflows.catalogue.version import BY_SECOND_PERSON, EFFECTIVE, Event, ItemVersion, State, require_next
from workflows.clock.hall_time import hall_day
from workflows.fees.versions import book_of

LASTING = (State.LEGAL_CHECK, State.QUEUED, State.IN_FORCE)
"""What only a publishable content gets into."""
TEXT, DOCUMENT = 500, 200
"""Characters that are kept of a reason and of a document's name."""


@dataclass(frozen=True, slots=True)
class Move:
    """Into which state, by whom and when, from which day it counts, why, and by which document (R-02)."""

    to: State
    actor: Actor
    now: datetime
    from_on: date | None = None
    reason: str = ""
    document: str = ""


def draft(
    session: Session, content: Mapping[str, Any], actor: Actor, now: datetime, *, reason: str, based_on: int | None = None
) -> ItemVersion:
    """A new version, of a new item or of one there is. It may still be incomplete; its code stays.

    :param based_on: the version that was changed; none for a new item.
    :raises Rejection: ``item-content-invalid``, ``item-reason-missing``, ``item-exists``, ``item-stale-base``,
        ``item-unchanged``.
    """
    item = require_content(content)
    _require(reason, "reason")
    latest = storage.latest_version(session, item.code)
    if based_on is None and latest:
        raise Rejection("item-exists", field="code", item=item.code)
    if based_on is not None and based_on != latest:
        raise Rejection("item-stale-base", field="based_on", item=item.code, latest=latest)
    if latest and storage.version(session, item.code, latest).digest == storage.digest_of(content):
        raise Rejection("item-unchanged", item=item.code)
    number = storage.add_version(session, item.code, content, actor.id, now, reason=reason[:TEXT], based_on=based_on)
    return storage.version(session, item.code, number)


def require_content(content: Mapping[str, Any]) -> Item:
    """:raises Rejection: ``item-content-invalid``, which names the fields."""
    try:
        return item_of(content)
    except ValidationError as error:
        wrong = sorted(error.messages_dict) if isinstance(error.messages, dict) else ["content"]
        raise Rejection("item-content-invalid", field=wrong[0], fields=", ".join(wrong)[:300]) from error


def surroundings(session: Session, item: Item, day: date) -> Surroundings:
    """What the rules must know of the hall to judge an item."""
    return Surroundings(
        day=day,
        processes=storage.deployed_processes(session),
        form_fields=storage.deployed_form_fields(session, item.form),
        results=storage.results_in_force(session, day),
        fees={fee.code for fee in book_of(session).fees},
    )


def findings_of(session: Session, version: ItemVersion, day: date) -> list[Finding]:
    """What keeps a version from being published on that day."""
    item = storage.parsed(version.content)
    return findings(item, surroundings(session, item, day))


def move(session: Session, code: str, number: int, wanted: Move) -> ItemVersion:
    """Put a version into another state.

    :raises Rejection: ``item-not-in-catalogue``, ``item-version-not-found``, ``item-transition-not-allowed``,
        ``item-stale-base``, ``item-needs-second-person``, ``item-reason-missing``, ``item-document-missing``,
        ``item-in-force-in-the-past``, and each code of :data:`workflows.catalogue.refusals.OF_CONTENT`.
    """
    version = storage.version(session, code, number, locked=True)
    require_next(version.state, wanted.to)
    _require_person_and_papers(version, wanted)
    day = _first_day(wanted)
    if wanted.to in LASTING:
        _require_ready(session, version, wanted.to, day)
    kept = Event(
        number,
        wanted.to,
        day if wanted.to in EFFECTIVE else None,
        wanted.now,
        wanted.actor.id,
        wanted.reason[:TEXT],
        wanted.document[:DOCUMENT],
    )
    storage.add_event(session, code, kept)
    return storage.version(session, code, number)


def _require_person_and_papers(version: ItemVersion, wanted: Move) -> None:
    if wanted.to in BY_SECOND_PERSON and wanted.actor.id == version.created_by:
        raise Rejection("item-needs-second-person", actor=wanted.actor.id)
    if wanted.to in (State.DRAFT, State.SUSPENDED, State.ENDED):
        _require(wanted.reason, "reason")
    if wanted.to in (State.QUEUED, State.ENDED):
        _require(wanted.document, "document")


def _first_day(wanted: Move) -> date:
    today = hall_day(wanted.now)
    if wanted.from_on is not None and wanted.from_on < today:
        raise Rejection("item-in-force-in-the-past", field="from_on", day=wanted.from_on.isoformat())
    return wanted.from_on or today


def _require_ready(session: Session, version: ItemVersion, to: State, day: date) -> None:
    latest = storage.latest_version(session, version.code)
    if to is State.LEGAL_CHECK and version.version != latest:
        raise Rejection("item-stale-base", field="version", item=version.code, latest=latest)
    item = storage.parsed(version.content)
    require_publishable(item, surroundings(session, item, day))


def _require(text: str, name: str) -> None:
    if not text.strip():
        raise Rejection(f"item-{name}-missing", field=name)

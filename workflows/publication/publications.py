"""The queue: drafting, checking, withdrawing, and what everybody sees."""

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import datetime
from typing import Any

from sqlalchemy import Row, select
from sqlalchemy.orm import Session

from engine.core.actor import Actor
from engine.core.rejection import Rejection, declare
from engine.runtime.number_series import next_number
from engine.runtime.queries.paging import Page
from engine.runtime.registers import Registers
from workflows.clock import hall_day
from workflows.publication.mask import is_clean, masked
from workflows.publication.tables import publication, publication_event

KINDS = ("decision", "waiver", "rating", "complaint", "ranking")

declare(
    {
        "publication-not-found": ("没有找到公开件{number}。", "Expected publication {number}, but there is none."),
        "publication-state": ("公开件{number}现在不能这样办理。", "Expected publication {number} in another state for this."),
        "publication-second-person": (
            "保密审查须由拟稿人以外的人进行。",
            "Expected somebody else than {actor}, who drafted the publication.",
        ),
        "publication-personal-data": (
            "公开件{number}含有证件号码、电话或者住址。",
            "Expected publication {number} without identity numbers, telephone numbers and addresses.",
        ),
        "publication-reason-missing": ("撤下公开件须写明理由。", "Expected a reason for withdrawing, but there is none."),
    }
)


@dataclass(frozen=True, slots=True)
class Draft:
    """What is to be public. ``source``: the number of the decision, waiver, rating or complaint, or the month ranked."""

    kind: str
    source: str
    title: str
    text: str


class Publications:
    """The register of publications."""

    def __init__(self, registers: Registers) -> None:
        self._registers = registers

    def draft(self, draft: Draft, actor: Actor) -> str:
        """Put something into the queue, masked at once; its number."""

        def change(session: Session, now: datetime) -> str:
            return enter_draft(session, draft, actor, now)

        return self._registers.change("DraftPublication", actor, change, detail={"kind": draft.kind})

    def withdraw(self, number: str, reason: str, actor: Actor) -> None:
        """Take it down; that it was there stays on record.

        :raises Rejection: ``publication-not-found``, ``publication-state``, ``publication-reason-missing``.
        """

        def change(session: Session, now: datetime) -> None:
            found = find(session, number)
            if found.status != "published":
                raise Rejection("publication-state", number=number)
            if not reason.strip():
                raise Rejection("publication-reason-missing", field="reason")
            kept = {"status": "withdrawn", "withdrawn_at": now, "withdrawal_reason": reason}
            enter(session, found, now, actor.id, "withdrawn", {"reason": reason}, **kept)

        self._registers.change("WithdrawPublication", actor, change, subject=number[:20], detail={"reason": reason})

    def page(self, status: str | None, cursor: str | None, limit: int) -> Page[Row[Any]]:
        """By number; everybody sees those with the status published."""
        statement = select(publication).order_by(publication.c.number).limit(limit + 1)
        if status is not None:
            statement = statement.where(publication.c.status == status)
        if cursor is not None:
            statement = statement.where(publication.c.number > cursor)
        with self._registers.read() as session:
            found = list(session.execute(statement).all())
        return Page(found[:limit], found[limit - 1].number if len(found) > limit else None)

    def newest(self, before: str | None, limit: int) -> Page[Row[Any]]:
        """What everybody sees, the latest first. ``before``: only what is older than this number."""
        statement = select(publication).where(publication.c.status == "published")
        if before is not None:
            statement = statement.where(publication.c.number < before)
        with self._registers.read() as session:
            found = list(session.execute(statement.order_by(publication.c.number.desc()).limit(limit + 1)).all())
        return Page(found[:limit], found[limit - 1].number if len(found) > limit else None)

    def published(self, number: str) -> Row[Any]:
        """One that everybody sees.

        :raises Rejection: ``publication-not-found``, also where it is not public, or not any more.
        """
        statement = select(publication).where(publication.c.number == number, publication.c.status == "published")
        with self._registers.read() as session:
            found = session.execute(statement).one_or_none()
        if found is None:
            raise Rejection("publication-not-found", field="number", number=number[:20])
        return found


def enter_draft(session: Session, draft: Draft, actor: Actor, now: datetime) -> str:
    """A draft, masked at once, in the transaction of who drafts it; its number."""
    day = hall_day(now)
    number = f"GK{day.year}{next_number(session, f'publication/{day.year}'):05d}"
    shown = {"title": masked(draft.title), "text": masked(draft.text)}
    row = {"number": number, "kind": draft.kind, "source": draft.source, "status": "drafted", **shown}
    kept = {"drafted_by": actor.id, "drafted_at": now, "length": 1}
    session.execute(publication.insert().values(**row, **kept))
    _log(session, number, 1, now, actor.id, "drafted", {})
    return number


def find(session: Session, number: str) -> Row[Any]:
    """The row, locked. :raises Rejection: ``publication-not-found``."""
    statement = select(publication).where(publication.c.number == number).with_for_update()
    found = session.execute(statement).one_or_none()
    if found is None:
        raise Rejection("publication-not-found", field="number", number=number[:20])
    return found


def check(session: Session, found: Row[Any], actor: Actor, now: datetime, *, agreed: bool, reason: str) -> str:
    """The secrecy check; the status after it.

    :raises Rejection: ``publication-state``, ``publication-second-person``, ``publication-personal-data``.
    """
    if found.status != "drafted":
        raise Rejection("publication-state", number=found.number)
    if actor.id == found.drafted_by:
        raise Rejection("publication-second-person", actor=actor.id)
    if not (is_clean(found.text) and is_clean(found.title)):
        raise Rejection("publication-personal-data", number=found.number)
    status = "published" if agreed else "rejected"
    kept = {"status": status, "checked_by": actor.id, "published_at": now if agreed else None}
    enter(session, found, now, actor.id, status, {"reason": reason}, **kept)
    return status


def enter(
    session: Session, found: Row[Any], now: datetime, actor_id: str, event: str, detail: Mapping[str, Any], **values: Any
) -> None:
    """Change a row that was found in this transaction, with its event."""
    here = publication.update().where(publication.c.number == found.number)
    session.execute(here.values(**values, length=found.length + 1))
    _log(session, found.number, found.length + 1, now, actor_id, event, detail)


def _log(
    session: Session, number: str, sequence: int, now: datetime, actor_id: str, event: str, detail: Mapping[str, Any]
) -> None:
    row = {"number": number, "sequence": sequence, "at": now, "actor_id": actor_id, "event": event, "detail": dict(detail)}
    session.execute(publication_event.insert().values(**row))

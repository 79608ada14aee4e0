"""Proposing referrals and looking them up: restricted, and every look is on record, refused ones too (A-29)."""

from dataclasses import asdict, dataclass
from datetime import datetime
from typing import Any

from sqlalchemy import Row, select
from sqlalchemy.orm import Session

from engine.core.actor import Actor
from engine.core.rejection import Rejection, declare
from engine.runtime.number_series import next_number
from engine.runtime.queries.paging import Page
from engine.runtime.registers import Registers
from workflows.case_file.storage import find as find_case
from workflows.clock import hall_day
from workflows.complaints.storage import find as find_complaint
from workflows.journal import Entry, Event
from workflows.ratings.storage import find as find_rating
from workflows.referrals import storage
from workflows.referrals.referral import require_citations
from workflows.referrals.storage import COMMITTEE, DISCIPLINE, SUPERVISION
from workflows.referrals.tables import off_hall_sighting, referral
from workflows.supervision.storage import find as find_card

SOURCES = {"complaint": find_complaint, "card": find_card, "rating": find_rating}
OTHER_SOURCES = frozenset({"sighting", "inspection"})

declare(
    {
        "referral-source-unknown": (
            "没有“{source_kind}”这种线索来源。",
            "Expected a complaint, card, rating, sighting or inspection, but {source_kind} is none of them.",
        ),
        "referral-reason-missing": ("查看移送件须写明理由。", "Expected a reason for looking, but none is given."),
        "sighting-not-found": ("没有找到厅外线索{id}。", "Expected sighting {id}, but there is none."),
    }
)


@dataclass(frozen=True, slots=True)
class Proposal:
    """What is to be referred. ``source``: the number of the complaint, card, rating, sighting or inspection."""

    source_kind: str
    source: str
    about_department: str
    matter: str
    evidence: str
    rules: tuple[str, ...]
    about_account: str | None = None
    about_group: str | None = None
    about_case: str | None = None


class ReferralRegister:
    """The register of referrals."""

    def __init__(self, registers: Registers) -> None:
        self._registers = registers

    def propose(self, proposal: Proposal, actor: Actor) -> str:
        """Enter a referral; its number.

        :raises Rejection: ``referral-restricted``, ``referral-about-oneself``, ``referral-source-unknown``,
            ``referral-without-evidence``, ``referral-without-rule``, ``referral-rule-unknown``, and where the source or the
            case does not exist.
        """

        def change(session: Session, now: datetime) -> str:
            storage.require_group(actor, SUPERVISION, DISCIPLINE)
            return _proposed(session, proposal, actor, now)

        return self._registers.change("ProposeReferral", actor, change, detail={"source_kind": proposal.source_kind})

    def read(self, number: str, reason: str, actor: Actor) -> tuple[Row[Any], list[Event]]:
        """A referral with its log; that somebody looked, and why, is in it. The committee reads what it has to decide.

        :raises Rejection: ``referral-reason-missing``, ``referral-not-found``, ``referral-restricted``,
            ``referral-about-oneself``.
        """

        def change(session: Session, now: datetime) -> tuple[Row[Any], list[Event]]:
            found = storage.find(session, number)
            deciders = (COMMITTEE,) if found.status == "opened" else ()
            storage.require_group(actor, SUPERVISION, DISCIPLINE, *deciders)
            storage.require_outsider(session, found._asdict(), actor)
            if not reason.strip():
                raise Rejection("referral-reason-missing", field="reason")
            storage.change(session, found, Entry(now, actor.id, "read", {"reason": reason}))
            return storage.find(session, number), storage.events_of(session, number)

        return self._registers.change("ReadReferral", actor, change, subject=number[:20], detail={"reason": reason})

    def page(self, actor: Actor, cursor: str | None, limit: int) -> Page[Row[Any]]:
        """Referrals by number, without what they are about; those about oneself are not in it.

        :raises Rejection: ``referral-restricted``; that somebody looked is on record.
        """

        def change(session: Session, now: datetime) -> list[Row[Any]]:
            storage.require_group(actor, SUPERVISION, DISCIPLINE)
            own = referral.c.about_account.is_(None) | (referral.c.about_account != actor.id)
            statement = select(referral).where(own).order_by(referral.c.number).limit(limit + 1)
            if cursor is not None:
                statement = statement.where(referral.c.number > cursor)
            return list(session.execute(statement).all())

        found = self._registers.change("ListReferrals", actor, change)
        return Page(found[:limit], found[limit - 1].number if len(found) > limit else None)


def _proposed(session: Session, proposal: Proposal, actor: Actor, now: datetime) -> str:
    _require_source(session, proposal)
    day = hall_day(now)
    rules = require_citations(proposal.rules, day)
    if not proposal.evidence.strip():
        raise Rejection("referral-without-evidence", field="evidence")
    if proposal.about_case is not None:
        find_case(session, proposal.about_case)
    row = {**asdict(proposal), "rules": list(rules)}
    storage.require_outsider(session, row, actor)
    number = f"YS{day.year}{next_number(session, f'referral/{day.year}'):05d}"
    kept = {"number": number, "status": "opened", "opened_by": actor.id, "opened_at": now}
    storage.add(session, {**row, **kept}, Entry(now, actor.id, "opened", {"source_kind": proposal.source_kind}))
    return number


def _require_source(session: Session, proposal: Proposal) -> None:
    if proposal.source_kind in SOURCES:
        SOURCES[proposal.source_kind](session, proposal.source)
    elif proposal.source_kind == "sighting":
        known = select(off_hall_sighting.c.id).where(off_hall_sighting.c.reference == proposal.source)
        if session.execute(known).first() is None:
            raise Rejection("sighting-not-found", field="source", id=proposal.source[:40])
    elif proposal.source_kind not in OTHER_SOURCES:
        raise Rejection("referral-source-unknown", field="source_kind", source_kind=proposal.source_kind[:40])

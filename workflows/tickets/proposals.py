"""Voiding and destroying take two persons: one proposes, another confirms; nothing moves before (A-13)."""

from dataclasses import dataclass
from datetime import datetime
from typing import Any

from sqlalchemy import Row, select
from sqlalchemy.orm import Session

from engine.core.rejection import Rejection, declare
from workflows.clock import hall_day
from workflows.tickets import book
from workflows.tickets.book import Entry
from workflows.tickets.kind import kind_of
from workflows.tickets.life import Step, after
from workflows.tickets.settling import require_destroyable
from workflows.tickets.span import require_covered, require_numbers
from workflows.tickets.tables import ticket_proposal

declare(
    {
        "ticket-reason-missing": ("作废、销毁、遗失须写明原因。", "Expected a reason, but none is given."),
        "ticket-copies-missing": (
            "作废票据须保存全部{copies}联，现有{kept}联。",
            "Expected all {copies} copies of a void ticket to be kept, but {kept} are.",
        ),
        "ticket-second-person": (
            "须由另一人复核，不能由提出人{actor}自己确认。",
            "Expected somebody other than {actor}, who proposed it, to confirm.",
        ),
        "ticket-proposal-not-found": ("没有找到票据申请{id}。", "Expected proposal {id}, but there is none."),
        "ticket-proposal-done": (
            "票据申请{id}已经确认。",
            "Expected proposal {id} to wait for a second person, but it is done.",
        ),
        "ticket-step-unknown": ("只有作废、销毁须经两人。", "Expected void or destroy, but got {step}."),
    }
)


@dataclass(frozen=True, slots=True)
class Proposal:
    """What somebody wants done to numbers. ``copies_kept``: of each number; ``reference``: register of destruction."""

    step: Step
    kind: str
    first: int
    last: int
    reason: str
    copies_kept: int | None = None
    reference: str | None = None


def propose(session: Session, wanted: Proposal, actor_id: str, now: datetime) -> int:
    """Enter a proposal: its number.

    :raises Rejection: ``ticket-step-unknown``, ``ticket-reason-missing``, ``ticket-copies-missing``,
        ``ticket-register-missing``, ``ticket-keep-longer``, ``ticket-out-of-range``, ``ticket-state``, ``ticket-lost``.
    """
    _require_sound(session, wanted, now)
    row = {
        "step": wanted.step.value,
        "kind": wanted.kind,
        "first_number": wanted.first,
        "last_number": wanted.last,
        "reason": wanted.reason.strip(),
        "copies_kept": wanted.copies_kept,
        "reference": wanted.reference,
        "proposed_at": now,
        "proposed_by": actor_id,
    }
    entered: int = session.execute(ticket_proposal.insert().values(row).returning(ticket_proposal.c.id)).scalar_one()
    return entered


def find(session: Session, proposal_id: int) -> Row[Any]:
    """A proposal, for changing it.

    :raises Rejection: ``ticket-proposal-not-found``.
    """
    statement = select(ticket_proposal).where(ticket_proposal.c.id == proposal_id).with_for_update()
    found = session.execute(statement).one_or_none()
    if found is None:
        raise Rejection("ticket-proposal-not-found", id=proposal_id)
    return found


def confirm(session: Session, proposal_id: int, actor_id: str, now: datetime) -> None:
    """The second person: what was proposed is done.

    :raises Rejection: ``ticket-proposal-not-found``, ``ticket-proposal-done``, ``ticket-second-person``, and as
        :func:`propose`: the numbers may have moved meanwhile.
    """
    columns, found = ticket_proposal.c, find(session, proposal_id)
    if found.confirmed_by is not None:
        raise Rejection("ticket-proposal-done", id=proposal_id)
    if found.proposed_by == actor_id:
        raise Rejection("ticket-second-person", actor=actor_id)
    numbers = found.kind, found.first_number, found.last_number
    wanted = Proposal(Step(found.step), *numbers, found.reason, found.copies_kept, found.reference)
    _require_sound(session, wanted, now)
    detail = {} if found.copies_kept is None else {"copies_kept": found.copies_kept}
    entry = Entry(now, found.proposed_by, actor_id, reason=found.reason, reference=found.reference, detail=detail)
    book.move(session, wanted.step, *numbers, entry)
    change = {"confirmed_at": now, "confirmed_by": actor_id}
    session.execute(ticket_proposal.update().where(columns.id == proposal_id).values(change))


def _require_sound(session: Session, wanted: Proposal, now: datetime) -> None:
    kind = kind_of(wanted.kind)
    if not wanted.reason.strip():
        raise Rejection("ticket-reason-missing", field="reason")
    if wanted.step is Step.VOID and (wanted.copies_kept or 0) != kind.copies:
        raise Rejection("ticket-copies-missing", field="copies_kept", copies=kind.copies, kept=wanted.copies_kept or 0)
    if wanted.step not in (Step.VOID, Step.DESTROY):
        raise Rejection("ticket-step-unknown", field="step", step=wanted.step.value)
    require_numbers(wanted.first, wanted.last)
    spans = book.touching(session, kind.key, wanted.first, wanted.last)
    require_covered(spans, wanted.first, wanted.last)
    for span in spans:
        if span.first <= wanted.last and span.last >= wanted.first:
            after(wanted.step, span.state, max(span.first, wanted.first), min(span.last, wanted.last))
    if wanted.step is Step.DESTROY:
        require_destroyable(session, kind.key, wanted.first, wanted.last, wanted.reference, hall_day(now))

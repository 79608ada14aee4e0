"""An assessment that was wrong: its window says so, a second person agrees, and only then is it taken back (A-15).

Nobody takes back by hand what a case owes. A waiver makes its own entry; a case that was withdrawn, void or not granted owes
nothing.
"""

from typing import Any

from sqlalchemy import Row, exists, insert, select, update
from sqlalchemy.orm import Session

from engine.core.actor import Actor
from engine.core.rejection import Rejection, declare
from workflows.case_file.storage import find as find_case
from workflows.collection.separation import record_duty, require_separate
from workflows.collection.tables import assessment_correction
from workflows.ledger.balances import lines_of_entry
from workflows.ledger.posting import Stamp
from workflows.ledger.tables import ledger_entry

ASSESS = "assess"
CANCELLED = frozenset({"void", "withdrawn"})
"""Statuses of a case that owes nothing any more."""

declare(
    {
        "assessment-stands": (
            "第{number}号核定凭证没有成立的决定，不能冲销：须由核定窗口提出更正并经第二人同意，或者办件已经撤回、作废。",
            "Expected a correction that a second person agreed to, or a cancelled case, but entry {number} has neither.",
        ),
        "correction-not-assessment": (
            "第{number}号凭证不是尚未冲销的核定凭证。",
            "Expected an assessment that was not taken back, but {number} is none.",
        ),
        "correction-open": (
            "第{number}号凭证的更正已经提出。",
            "Expected an entry without a correction, but {number} has one.",
        ),
        "correction-not-found": (
            "第{number}号凭证没有待同意的更正。",
            "Expected a correction to be agreed to, but entry {number} has none.",
        ),
        "correction-window-only": (
            "更正由核定的窗口提出、同意，{actor}不是该窗口人员。",
            "Expected somebody of the window that assessed, but {actor} is not.",
        ),
        "correction-second-person": (
            "更正须由{actor}以外的人同意。",
            "Expected somebody else than {actor}, who proposed the correction.",
        ),
        "correction-reason-missing": ("更正须写明理由。", "Expected a reason for the correction, but there is none."),
    }
)


def propose(session: Session, number: int, actor: Actor, by: Stamp) -> None:
    """The window says that an assessment is wrong.

    :raises Rejection: ``correction-not-assessment``, ``correction-window-only``, ``correction-reason-missing``,
        ``correction-open``, ``money-duties-not-separate``.
    """
    case = _case_of(session, number)
    _require_window(session, case, actor)
    reason = (by.reason or "").strip()
    if not reason:
        raise Rejection("correction-reason-missing", field="reason")
    known = _corrections(session, number)
    if any(row.agreed is not False for row in known):
        raise Rejection("correction-open", field="number", number=number)
    require_separate(session, case, ASSESS, actor.id)
    record_duty(session, case, ASSESS, actor.id, by.at)
    row = {"entry": number, "turn": len(known) + 1, "case_number": case, "reason": reason}
    session.execute(insert(assessment_correction).values(**row, proposed_by=actor.id, proposed_at=by.at))


def decide(session: Session, number: int, agreed: bool, actor: Actor, by: Stamp) -> None:
    """A second person of the window agrees, or does not.

    :raises Rejection: ``correction-not-assessment``, ``correction-not-found``, ``correction-window-only``,
        ``correction-second-person``, ``money-duties-not-separate``.
    """
    case = _case_of(session, number)
    found = next((row for row in _corrections(session, number) if row.decided_at is None), None)
    if found is None:
        raise Rejection("correction-not-found", field="number", number=number)
    _require_window(session, case, actor)
    if found.proposed_by == actor.id:
        raise Rejection("correction-second-person", field="actor", actor=actor.id)
    require_separate(session, case, ASSESS, actor.id)
    record_duty(session, case, ASSESS, actor.id, by.at)
    columns = assessment_correction.c
    values = {"agreed": agreed, "opinion": by.reason, "decided_by": actor.id, "decided_at": by.at}
    mine = (columns.entry == number) & (columns.turn == found.turn)
    session.execute(update(assessment_correction).where(mine).values(**values))


def require_decision(session: Session, number: int) -> None:
    """What stands behind taking an assessment back. :raises Rejection: ``assessment-stands``."""
    if any(row.agreed is True for row in _corrections(session, number)):
        return
    cases = {line.keys.case_number for line in lines_of_entry(session, number)}
    if any(find_case(session, case).status not in CANCELLED for case in cases):
        raise Rejection("assessment-stands", field="number", number=number)


def is_assessment(session: Session, number: int) -> bool:
    """Whether an entry says what a case owes."""
    event = select(ledger_entry.c.event).where(ledger_entry.c.number == number)
    return session.execute(event).scalar_one_or_none() == ASSESS


def _case_of(session: Session, number: int) -> str:
    taken_back = select(exists().where(ledger_entry.c.reverses == number))
    reversal = select(ledger_entry.c.reverses).where(ledger_entry.c.number == number)
    known = is_assessment(session, number) and session.execute(reversal).scalar_one() is None
    if not known or session.execute(taken_back).scalar_one():
        raise Rejection("correction-not-assessment", field="number", number=number)
    return lines_of_entry(session, number)[0].keys.case_number


def _require_window(session: Session, case: str, actor: Actor) -> None:
    if find_case(session, case).window_group not in actor.groups:
        raise Rejection("correction-window-only", field="actor", actor=actor.id)


def _corrections(session: Session, number: int) -> list[Row[Any]]:
    columns = assessment_correction.c
    mine = select(assessment_correction).where(columns.entry == number).order_by(columns.turn)
    return list(session.execute(mine).all())

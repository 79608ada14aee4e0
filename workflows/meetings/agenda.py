"""What a joint meeting talks about: what the registers say is open. Nobody's name is in it, only numbers (A-29)."""

from datetime import datetime
from typing import Any

from sqlalchemy import select
from sqlalchemy.orm import Session

from workflows.complaints.tables import complaint
from workflows.meetings.tables import liaison_decision
from workflows.supervision.card import CardState, rule_of
from workflows.supervision.tables import press_letter, supervision_card

MOST = 100
"""Points of an agenda; what is older comes first, and the rest is on the next one."""


def open_points(session: Session, now: datetime) -> list[dict[str, Any]]:
    """``{kind, number, matter}`` each: decisions of former meetings that are not done, cards that stand, press letters and
    complaints past their day."""
    found = [*_decisions(session), *_cards(session), *_letters(session, now), *_complaints(session, now)]
    return found[:MOST]


def _decisions(session: Session) -> list[dict[str, Any]]:
    columns = liaison_decision.c
    statement = (
        select(liaison_decision).where(columns.status != "done").order_by(columns.due_on, columns.meeting, columns.sequence)
    )
    return [_point("decision", f"{row.meeting}/{row.sequence}", row.matter) for row in session.execute(statement)]


def _cards(session: Session) -> list[dict[str, Any]]:
    columns = supervision_card.c
    statement = select(columns.number, columns.rule, columns.owner_group).where(columns.state != CardState.CLOSED.value)
    rows = session.execute(statement.order_by(columns.issued_at, columns.number))
    return [_point("card", row.number, f"{rule_of(row.rule).name}（{row.owner_group}）") for row in rows]


def _letters(session: Session, now: datetime) -> list[dict[str, Any]]:
    columns = press_letter.c
    late = columns.answered_at.is_(None) & (columns.due_at < now)
    rows = session.execute(select(columns.number, columns.to_group).where(late).order_by(columns.due_at, columns.number))
    return [_point("press-letter", row.number, f"督办函逾期未答复（{row.to_group}）") for row in rows]


def _complaints(session: Session, now: datetime) -> list[dict[str, Any]]:
    columns = complaint.c
    late = columns.closed_at.is_(None) & (columns.answer_due < now)
    rows = session.execute(select(columns.number).where(late).order_by(columns.answer_due, columns.number))
    return [_point("complaint", row.number, "投诉逾期未答复") for row in rows]


def _point(kind: str, number: str, matter: str) -> dict[str, Any]:
    return {"kind": kind, "number": number, "matter": matter[:1000]}

"""What agent banks bring in: matched by the identification code, or kept in suspense (待查) until it is known (R-46)."""

from collections.abc import Mapping
from dataclasses import dataclass, field
from datetime import date
from typing import Any

from sqlalchemy import Row, insert, select, update
from sqlalchemy.orm import Session

from engine.core.rejection import Rejection, declare
from workflows.calendar.entry import working_days
from workflows.clock import hall_day
from workflows.collection import notices, receiving
from workflows.collection.bank import designated
from workflows.collection.code import is_code
from workflows.collection.return_file import Line, ReturnFile
from workflows.collection.separation import record_duty, require_separate
from workflows.collection.tables import agent_file, agent_line, payment_notice
from workflows.ledger.entry import Keys
from workflows.ledger.posting import Receipt, Stamp, post

SUSPENSE_DAYS = 3
"""Working days in which money in suspense is cleared (rules.md 3.4); after them it is a finding."""

declare(
    {
        "agent-line-changed": (
            "流水{reference}已经导入，内容不同。",
            "Expected reference {reference} to say what it said before, but it says something else.",
        ),
        "suspense-not-found": ("没有待查款项{reference}。", "Expected money in suspense, but {reference} is none."),
        "suspense-reason-missing": ("退回待查款项须写明理由。", "Expected a reason for sending it back, but there is none."),
    }
)


@dataclass(slots=True)
class Outcome:
    """``posted``: the codes of what was paid; ``late``: those of them whose notice had expired; ``suspended``: references.

    ``matched``: the codes of what was in suspense and is known by now.
    """

    digest: str
    known: bool = False
    posted: list[str] = field(default_factory=list)
    late: list[str] = field(default_factory=list)
    suspended: list[str] = field(default_factory=list)
    matched: list[str] = field(default_factory=list)


def bring_in(session: Session, file: ReturnFile, ticket_kind: str, by: Stamp) -> Outcome:
    """Enter a file: every line is posted or in suspense, which is looked through again. One that was entered changes nothing.

    :raises Rejection: ``agent-bank-not-designated``, ``agent-bank-town``, ``agent-bank-channel``, ``agent-line-changed``, and
        as :func:`workflows.collection.receiving.take`.
    """
    outcome = Outcome(file.digest)
    if session.execute(select(agent_file.c.day).where(agent_file.c.digest == file.digest)).first() is not None:
        outcome.known = True
        return outcome
    bank = designated(file.bank, file.day)
    for line in file.lines:
        bank.require_may(line.town, line.channel, line.place)
    said = {"digest": file.digest, "bank": bank.key, "day": file.day, "lines": len(file.lines), "total_fen": file.total_fen}
    session.execute(insert(agent_file).values(**said, imported_at=by.at, imported_by=by.actor_id))
    for line in file.lines:
        if not _is_known(session, bank.key, line):
            _enter(session, bank.key, file.digest, line, ticket_kind, by, outcome)
    outcome.matched = match(session, ticket_kind, by)
    return outcome


def match(session: Session, ticket_kind: str, by: Stamp) -> list[str]:
    """Look again for what is in suspense: the codes of what is known by now and was posted."""
    columns, found = agent_line.c, []
    waiting = select(agent_line).where(columns.outcome == "suspense", columns.settled_at.is_(None))
    for row in list(session.execute(waiting.order_by(columns.posted_at, columns.reference))):
        notice = _notice(session, row.code)
        if notice is not None and notices.owed_of(session, notice) == row.amount_fen:
            _take(session, notice, "found", row.amount_fen, ticket_kind, by, _reference(row.bank, row.reference))
            _settle(session, row, "matched", by)
            found.append(notice.code)
    return found


def send_back(session: Session, bank: str, reference: str, by: Stamp) -> None:
    """Money that nobody owes goes back to who paid it: doubled payments, wrong amounts.

    :raises Rejection: ``suspense-not-found``, ``suspense-reason-missing``.
    """
    if not (by.reason or "").strip():
        raise Rejection("suspense-reason-missing", field="reason")
    columns = agent_line.c
    wanted = columns.bank == bank, columns.reference == reference, columns.outcome == "suspense", columns.settled_at.is_(None)
    row = session.execute(select(agent_line).where(*wanted).with_for_update()).one_or_none()
    if row is None:
        raise Rejection("suspense-not-found", field="reference", reference=reference[:60])
    post(session, "return-suspense", row.amount_fen, Keys(), by, _reference(bank, reference))
    _settle(session, row, "returned", by)


def suspense(session: Session) -> list[Row[Any]]:
    """What waits, oldest first. ``reason`` paid-already: a payment made twice, proposed to be paid back."""
    columns = agent_line.c
    waiting = select(agent_line).where(columns.outcome == "suspense", columns.settled_at.is_(None))
    return list(session.execute(waiting.order_by(columns.due_on, columns.reference)))


def overdue(session: Session, today: date) -> list[Row[Any]]:
    """What waits longer than it may: a finding."""
    return [row for row in suspense(session) if row.due_on < today]


def _enter(session: Session, bank: str, digest: str, line: Line, ticket_kind: str, by: Stamp, outcome: Outcome) -> None:
    notice = _notice(session, line.code)
    reason = _why_not(session, notice, line.amount_fen)
    if notice is not None and not reason:
        _take(session, notice, line.channel, line.amount_fen, ticket_kind, by)
        outcome.posted.append(notice.code)
        if line.paid_on > notice.valid_until:
            reason = "expired"
            outcome.late.append(notice.code)
    else:
        post(session, "suspend", line.amount_fen, Keys(), by, _reference(bank, line.reference))
        outcome.suspended.append(line.reference)
    posted = "posted" if reason in ("", "expired") else "suspense"
    due = working_days(session).after(hall_day(by.at), SUSPENSE_DAYS).day
    row = {name: getattr(line, name) for name in ("reference", "amount_fen", "payer", "town", "channel", "paid_on")}
    row |= {"code": line.code[:24], "bank": bank, "digest": digest}
    session.execute(insert(agent_line).values(**row, outcome=posted, reason=reason, posted_at=by.at, due_on=due))


def _why_not(session: Session, notice: Row[Any] | None, amount_fen: int) -> str:
    if notice is None:
        return "unknown-code"
    owed = notices.owed_of(session, notice)
    if owed == 0:
        return "paid-already"
    return "" if owed == amount_fen else "amount-differs"


def _take(session: Session, notice: Row[Any], channel: str, fen: int, ticket_kind: str, by: Stamp, reference: str = "") -> None:
    require_separate(session, notice.case_number, "receive", by.actor_id)
    record_duty(session, notice.case_number, "receive", by.actor_id, by.at)
    receipt = Receipt(receiving.name_of(session, notice), ticket_kind)
    receiving.take(session, notice, channel, fen, receipt, by, reference)


def _notice(session: Session, code: str) -> Row[Any] | None:
    given = "".join(code.split())
    if not is_code(given):
        return None
    return session.execute(select(payment_notice).where(payment_notice.c.code == given).with_for_update()).one_or_none()


def _is_known(session: Session, bank: str, line: Line) -> bool:
    columns = agent_line.c
    row = session.execute(select(agent_line).where(columns.bank == bank, columns.reference == line.reference)).one_or_none()
    if row is not None and (row.code, row.amount_fen, row.paid_on) != (line.code[:24], line.amount_fen, line.paid_on):
        raise Rejection("agent-line-changed", field="file", reference=line.reference)
    return row is not None


def _settle(session: Session, row: Row[Any], how: str, by: Stamp) -> None:
    columns = agent_line.c
    values: Mapping[str, Any] = {"settled_at": by.at, "settled_by": by.actor_id, "settled_how": how}
    where = columns.bank == row.bank, columns.reference == row.reference
    session.execute(update(agent_line).where(*where).values(**values))


def _reference(bank: str, reference: str) -> str:
    return f"{bank}/{reference}"

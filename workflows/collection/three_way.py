"""The month's three-way match (三方核对): the ledger against the tickets and against the bank, worked out and not ticked.

Each difference is explained before anybody signs the month (rules.md 3.6).
"""

from collections.abc import Iterable, Mapping
from dataclasses import asdict, dataclass
from datetime import date

from sqlalchemy import func, insert, select
from sqlalchemy.orm import Session

from engine.core.moments import HALL
from engine.core.rejection import Rejection, declare
from workflows.collection.month_end import PENDING, period
from workflows.collection.tables import agent_line, month_explanation, transfer_order
from workflows.ledger.posting import Stamp
from workflows.ledger.tables import ledger_close, ledger_entry, ledger_line
from workflows.tickets.life import Step
from workflows.tickets.tables import ticket_move

NAMES = {
    "ticket": "账面收款与票据不符",
    "slip": "账面缴存现金与银行缴款单不符",
    "transfer": "账面解缴与银行回单不符",
    "agent-bank": "账面与代收回单不符",
    "suspense": "待查款项月末未清",
}
"""Kinds of differences, as people read them."""

declare(
    {
        "month-differences-unexplained": (
            "{month}三方核对有差异未说明：{named}。",
            "Expected every difference of {month} to be explained, but these are not: {named}.",
        ),
        "month-explanation-missing": ("差异“{subject}”没有说明。", "Expected an explanation of {subject}, but there is none."),
    }
)


@dataclass(frozen=True, slots=True, order=True)
class Difference:
    """``subject``: the receipt, day, transfer order or bank's reference. Both sides in fen."""

    kind: str
    subject: str
    ledger_fen: int
    other_fen: int


def match(session: Session, month: str) -> list[Difference]:
    """What differs in a month, in order. :raises Rejection: ``month-invalid``."""
    first, last = period(month)
    return sorted(
        [
            *_unequal("ticket", _receipts(session, first, last), _tickets(session, first, last)),
            *_unequal("slip", _banked(session, first, last), _slips(session, first, last)),
            *_transfers(session, first, last),
            *_agent_lines(session, first, last),
        ]
    )


def explain(session: Session, month: str, said: Iterable[Mapping[str, object]], by: Stamp) -> int:
    """Keep what is said of each difference there is: how many.

    :raises Rejection: ``month-explanation-missing``, ``month-invalid``.
    """
    words = {(row.get("kind"), row.get("subject")): str(row.get("explanation") or "").strip() for row in said}
    open_ones = unexplained(session, month)
    for one in open_ones:
        text = words.get((one.kind, one.subject))
        if not text:
            raise Rejection("month-explanation-missing", field="differences", subject=one.subject)
        row = {**asdict(one), "month": month, "explanation": text[:500], "actor_id": by.actor_id, "at": by.at}
        session.execute(insert(month_explanation).values(**row))
    return len(open_ones)


def unexplained(session: Session, month: str) -> list[Difference]:
    """Differences nobody has explained as they stand now. :raises Rejection: ``month-invalid``."""
    columns = month_explanation.c
    names = ("kind", "subject", "ledger_fen", "other_fen")
    rows = session.execute(select(*(columns[name] for name in names)).where(columns.month == month))
    known = {Difference(*row) for row in rows}
    return [one for one in match(session, month) if one not in known]


def require_explained(session: Session, month: str) -> None:
    """:raises Rejection: ``month-differences-unexplained``."""
    left = unexplained(session, month)
    if left:
        named = "；".join(f"{NAMES[one.kind]} {one.subject}" for one in left[:5])
        raise Rejection("month-differences-unexplained", field="month", month=month, named=named)


def _unequal(kind: str, ledger: Mapping[str, int], other: Mapping[str, int]) -> list[Difference]:
    both = sorted({*ledger, *other})
    found = [Difference(kind, subject, ledger.get(subject, 0), other.get(subject, 0)) for subject in both]
    return [one for one in found if one.ledger_fen != one.other_fen]


def _receipts(session: Session, first: date, last: date) -> dict[str, int]:
    """What was received by each receipt of the month that stands."""
    entry, line, back = ledger_entry.c, ledger_line.c, ledger_entry.alias("back")
    taken = (
        select(entry.receipt, func.sum(-line.amount_fen))
        .where(entry.day.between(first, last), entry.receipt.is_not(None), line.entry == entry.number, line.account == PENDING)
        .where(~select(back.c.number).where(back.c.reverses == entry.number).exists())
        .group_by(entry.receipt)
    )
    return {name: int(fen) for name, fen in session.execute(taken)}


def _tickets(session: Session, first: date, last: date) -> dict[str, int]:
    """What the tickets say that were used in the month, but for the receipts that were reversed."""
    move, entry, back = ticket_move.c, ledger_entry.c, ledger_entry.alias("back")
    reversed_ = select(entry.receipt).join(back, back.c.reverses == entry.number).where(entry.receipt.is_not(None))
    used = select(move.payment, move.at, move.amount_fen).where(move.step == Step.USE.value, move.payment.not_in(reversed_))
    found: dict[str, int] = {}
    for name, at, fen in session.execute(used):
        if first <= at.astimezone(HALL).date() <= last:
            found[name] = found.get(name, 0) + int(fen)
    return found


def _banked(session: Session, first: date, last: date) -> dict[str, int]:
    entry, line = ledger_entry.c, ledger_line.c
    moved = select(entry.day, func.sum(line.amount_fen)).where(
        entry.day.between(first, last), entry.event == "bank-cash", line.entry == entry.number, line.account == "clearing-bank"
    )
    return {day.isoformat(): int(fen) for day, fen in session.execute(moved.group_by(entry.day))}


def _slips(session: Session, first: date, last: date) -> dict[str, int]:
    closed = select(ledger_close.c.day, ledger_close.c.slip_fen).where(ledger_close.c.day.between(first, last))
    return {day.isoformat(): int(fen) for day, fen in session.execute(closed) if fen}


def _transfers(session: Session, first: date, last: date) -> list[Difference]:
    """Transfer orders the bank has not confirmed."""
    columns = transfer_order.c
    waiting = columns.day.between(first, last), columns.confirmed_at.is_(None)
    rows = session.execute(select(columns.number, columns.amount_fen).where(*waiting))
    return [Difference("transfer", number, int(fen), 0) for number, fen in rows]


def _agent_lines(session: Session, first: date, last: date) -> list[Difference]:
    """Payments an agent bank brought in the month: posted without a receipt that stands, or still in suspense."""
    columns, found = agent_line.c, []
    standing = _standing(session)
    for row in session.execute(select(agent_line).where(columns.paid_on.between(first, last))):
        subject = f"{row.bank}/{row.reference}"
        if row.outcome == "suspense" and row.settled_at is None:
            found.append(Difference("suspense", subject, 0, int(row.amount_fen)))
        elif row.outcome == "posted" and row.code not in standing:
            found.append(Difference("agent-bank", subject, 0, int(row.amount_fen)))
    return found


def _standing(session: Session) -> set[str]:
    """Codes of notices that have a receipt which stands."""
    entry, back = ledger_entry.c, ledger_entry.alias("back")
    wanted = select(entry.receipt).where(entry.receipt.is_not(None), entry.reverses.is_(None))
    rows = session.execute(wanted.where(~select(back.c.number).where(back.c.reverses == entry.number).exists())).scalars()
    return {str(receipt).split("/")[0] for receipt in rows}

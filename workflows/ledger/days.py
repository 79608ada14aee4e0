"""Opening and closing days and months (日清月结, R-41)."""

from collections.abc import Mapping
from datetime import date, datetime

from sqlalchemy import exists, func, insert, select
from sqlalchemy.orm import Session

from engine.core.rejection import Rejection, declare
from workflows.clock import hall_day
from workflows.ledger.balances import PENDING, balance, moved_on
from workflows.ledger.counting import Books, differences, total_fen
from workflows.ledger.posting import Stamp, lock, require_open
from workflows.ledger.tables import ledger_close, ledger_day, ledger_entry, ledger_line, ledger_signature
from workflows.tickets.life import Step
from workflows.tickets.tables import ticket_move

ROLES = ("cashier", "finance")

declare(
    {
        "ledger-day-before-open": ("{day}尚未结账。", "Expected the day before to be closed, but {day} is open."),
        "ledger-day-opened": ("{day}已经开过账。", "Expected a day that was never opened, but {day} was."),
        "ledger-differences": ("账款不符，不能结账：{named}", "Expected books and money to agree, but they do not: {named}"),
        "ledger-closer-collected": (
            "收款人不得自行核对结账。",
            "Expected somebody who took no money that day to close it, but {actor} did.",
        ),
        "ledger-month-running": ("{month}尚未结束或者尚有未结账日。", "Expected {month} to be over and its days closed."),
        "ledger-month-signed": ("{month}已由该岗位或者该人签字。", "Expected two persons of two posts to sign {month} once."),
        "ledger-month-role": ("月结由出纳和财政签字。", "Expected a signature as cashier or finance, but got {role}."),
    }
)


def open_day(session: Session, stamp: Stamp) -> date:
    """Open the books of today.

    :raises Rejection: ``ledger-day-before-open``, ``ledger-day-opened``.
    """
    lock(session)
    day = hall_day(stamp.at)
    last = session.execute(select(func.max(ledger_day.c.day))).scalar_one()
    if last is not None and last >= day:
        raise Rejection("ledger-day-opened", field="day", day=last.isoformat())
    if last is not None and not _is_closed(session, last):
        raise Rejection("ledger-day-before-open", field="day", day=last.isoformat())
    session.execute(insert(ledger_day).values(day=day, opened_at=stamp.at, opened_by=stamp.actor_id))
    return day


def close_day(
    session: Session,
    day: date,
    count: Mapping[int, int],
    slip_fen: int,
    stamp: Stamp,
    carried: tuple[int, int] = (0, 0),
) -> None:
    """Close a day if cash, bank slip, tickets and ledger agree. ``count``: pieces of cash by denomination in fen.

    ``carried``: cash that is kept over night and money that is not passed on, in fen, as the record of it says (A-14).

    :raises Rejection: ``ledger-day-not-open``, ``ledger-closer-collected``, ``ledger-denomination``, ``ledger-differences``.
    """
    lock(session)
    require_open(session, day)
    _require_took_no_money(session, day, stamp.actor_id)
    found = differences(books_of(session, day), total_fen(count), slip_fen, carried)
    if found:
        raise Rejection("ledger-differences", field="count", named="; ".join(str(one) for one in found))
    pieces = {str(denomination): number for denomination, number in count.items()}
    row = {"day": day, "at": stamp.at, "actor_id": stamp.actor_id, "counted": pieces, "slip_fen": slip_fen}
    session.execute(insert(ledger_close).values(**row))


def sign_month(session: Session, month: str, role: str, stamp: Stamp) -> bool:
    """Sign a month (``2026-03``): whether it is closed by that.

    :raises Rejection: ``ledger-month-role``, ``ledger-month-running``, ``ledger-month-signed``.
    """
    if role not in ROLES:
        raise Rejection("ledger-month-role", field="role", role=role[:20])
    lock(session)
    _require_over(session, month, stamp.at)
    columns = ledger_signature.c
    signed = session.execute(select(columns.role, columns.actor_id).where(columns.month == month)).all()
    if any(role == other or stamp.actor_id == person for other, person in signed):
        raise Rejection("ledger-month-signed", field="month", month=month)
    session.execute(insert(ledger_signature).values(month=month, role=role, at=stamp.at, actor_id=stamp.actor_id))
    return len(signed) + 1 == len(ROLES)


def books_of(session: Session, day: date) -> Books:
    """A day by the ledger."""
    banked = "bank-cash"
    held = balance(session, "cash")
    before = held - moved_on(session, "cash", day, event="", other=True)
    return Books(
        cash_taken=before + moved_on(session, "cash", day, event=banked, other=True),
        cash_held=held,
        banked=moved_on(session, "clearing-bank", day, event=banked),
        not_remitted=-balance(session, PENDING),
        receipts=_receipts(session, day),
        tickets=_tickets(session, day),
    )


def _receipts(session: Session, day: date) -> dict[str, int]:
    entry, line = ledger_entry.c, ledger_line.c
    taken = (
        select(entry.receipt, func.sum(-line.amount_fen))
        .where(entry.day == day, entry.receipt.is_not(None), line.entry == entry.number, line.account == PENDING)
        .group_by(entry.receipt)
    )
    return {name: int(fen) for name, fen in session.execute(taken)}


def _tickets(session: Session, day: date) -> dict[str, int]:
    """By receipt, what the numbers used since the day was opened say."""
    opened: datetime = session.execute(select(ledger_day.c.opened_at).where(ledger_day.c.day == day)).scalar_one()
    move = ticket_move.c
    used = select(move.payment, func.sum(move.amount_fen)).where(move.step == Step.USE.value, move.at >= opened)
    return {name: int(fen) for name, fen in session.execute(used.group_by(move.payment))}


def _require_took_no_money(session: Session, day: date, actor_id: str) -> None:
    entry = ledger_entry.c
    took = exists().where(entry.day == day, entry.actor_id == actor_id, entry.receipt.is_not(None))
    if session.execute(select(took)).scalar_one():
        raise Rejection("ledger-closer-collected", field="actor", actor=actor_id)


def _require_over(session: Session, month: str, at: datetime) -> None:
    last = session.execute(select(func.max(ledger_day.c.day))).scalar_one()
    running = month >= hall_day(at).isoformat()[:7]
    if running or last is None or (last.isoformat()[:7] <= month and not _is_closed(session, last)):
        raise Rejection("ledger-month-running", field="month", month=month)


def _is_closed(session: Session, day: date) -> bool:
    return bool(session.execute(select(exists().where(ledger_close.c.day == day))).scalar_one())

"""Writing entries, in the transaction of what they are of. Nothing is written but into today, while today is open."""

from collections.abc import Sequence
from dataclasses import asdict, dataclass
from datetime import date, datetime
from typing import Any

from sqlalchemy import Row, exists, insert, select
from sqlalchemy.orm import Session

from engine.core.rejection import Rejection, declare
from engine.runtime.number_series import next_number
from workflows.clock import hall_day
from workflows.ledger.balances import balance, lines_of_entry, pending
from workflows.ledger.chart import chart
from workflows.ledger.entry import Keys, Line, lines_of
from workflows.ledger.tables import ledger_close, ledger_day, ledger_entry, ledger_line
from workflows.tickets import book, use
from workflows.tickets.book import Entry
from workflows.tickets.life import State, Step

RECEIPTS = ("receive-cash", "receive-bank", "identify")

declare(
    {
        "ledger-day-not-open": ("{day}尚未开账或者已经结账。", "Expected the books of {day} to be open, but they are not."),
        "ledger-overdrawn": (
            "{account}余额不足，不能记入{amount}分。",
            "Expected {account} to have the {amount} fen that are taken from it, but it has less.",
        ),
        "ledger-receipt-event": (
            "收款须与票据同步，“{event}”不能单独记账。",
            "Expected {event} to come with a receipt if it takes money in, and without one if it does not.",
        ),
        "ledger-entry-unknown": ("没有第{number}号记账凭证。", "Expected entry {number}, but there is none."),
        "ledger-reversed": ("第{number}号凭证已经冲销。", "Expected entry {number} to stand, but it was reversed."),
        "ledger-reversal-final": (
            "第{number}号凭证本身是冲销凭证，不能再冲销。",
            "Expected an entry that is no reversal, but {number} is one.",
        ),
        "ledger-reason-missing": ("冲销须写明理由。", "Expected a reason for the reversal, but there is none."),
        "ledger-reverser-received": (
            "第{number}号凭证是{actor}自己收的款，须由另一人冲销。",
            "Expected somebody other than {actor}, who took the money, to reverse entry {number}.",
        ),
        "ledger-nothing-to-remit": ("没有可解缴的{nature}款项。", "Expected {nature} money to remit, but there is none."),
    }
)


@dataclass(frozen=True, slots=True)
class Stamp:
    """Who did it, and when."""

    at: datetime
    actor_id: str
    reason: str | None = None


@dataclass(frozen=True, slots=True)
class Receipt:
    """What a payer gets. ``name``: of the payment, once in the ledger; ``number``: scanned from the ticket, or the next."""

    name: str
    ticket_kind: str
    number: int | None = None


def post(session: Session, event: str, amount_fen: int, keys: Keys, stamp: Stamp, reference: str = "") -> int:
    """Enter what happened, but no money coming in from a payer (:func:`receive`): the entry's number.

    :raises Rejection: ``ledger-receipt-event``, ``ledger-day-not-open``, ``ledger-overdrawn``, and as
        :func:`workflows.ledger.entry.lines_of`.
    """
    if event in RECEIPTS:
        raise Rejection("ledger-receipt-event", field="event", event=event)
    return _write(session, event, lines_of(event, amount_fen, keys, reference), stamp)


def receive(
    session: Session, event: str, amount_fen: int, keys: Keys, receipt: Receipt, stamp: Stamp, reference: str = ""
) -> int:
    """Money and ticket in one (票款同步, R-40): the entry's number. Not more than is assessed and neither paid nor waived.

    :raises Rejection: as :func:`post` and :func:`workflows.tickets.use`.
    """
    return receive_parts(session, event, [(amount_fen, keys)], receipt, stamp, reference)


def receive_parts(
    session: Session,
    event: str,
    parts: Sequence[tuple[int, Keys]],
    receipt: Receipt,
    stamp: Stamp,
    reference: str = "",
) -> int:
    """As :func:`receive` for the lines of one notice: one entry and one ticket for all of them. ``parts``: amounts in fen.

    :raises Rejection: as :func:`receive`.
    """
    if event not in RECEIPTS:
        raise Rejection("ledger-receipt-event", field="event", event=event)
    lines = tuple(line for fen, keys in parts for line in lines_of(event, fen, keys, reference))
    used = use(
        session,
        holder=stamp.actor_id,
        kind=receipt.ticket_kind,
        payment=receipt.name,
        amount_fen=sum(fen for fen, _ in parts),
        now=stamp.at,
        number=receipt.number,
    )
    ticket = {"receipt": receipt.name, "ticket_kind": used.kind, "ticket_number": used.number}
    return _write(session, event, lines, stamp, **ticket)


def remit(session: Session, nature: str, stamp: Stamp) -> tuple[int, int]:
    """Pass on all that is kept of a fund nature (R-39): the entry's number and the sum in fen.

    :raises Rejection: ``ledger-nothing-to-remit``, ``ledger-day-not-open``, ``ledger-overdrawn``: cash not banked.
    """
    lock(session)
    kept = pending(session, nature)
    if not kept:
        raise Rejection("ledger-nothing-to-remit", field="nature", nature=nature)
    lines = [line for keys, fen in kept.items() for line in lines_of("remit", fen, keys)]
    return _write(session, "remit", tuple(lines), stamp), sum(kept.values())


def reverse(session: Session, number: int, stamp: Stamp) -> int:
    """Take an entry back by one of the open day; of whatever day it is, it stays as it is: the new entry's number.

    The ticket of a receipt becomes void with it, and the one who took the money is the second person of that (A-13).

    :raises Rejection: ``ledger-reason-missing``, ``ledger-entry-unknown``, ``ledger-reversed``, ``ledger-reversal-final``,
        ``ledger-reverser-received``, ``ledger-day-not-open``, ``ledger-overdrawn``: the money has gone on; ``ticket-state``.
    """
    lock(session)
    if not (stamp.reason or "").strip():
        raise Rejection("ledger-reason-missing", field="reason")
    lines = lines_of_entry(session, number)
    if not lines:
        raise Rejection("ledger-entry-unknown", field="number", number=number)
    entry = session.execute(select(ledger_entry).where(ledger_entry.c.number == number)).one()
    if entry.reverses is not None:
        raise Rejection("ledger-reversal-final", field="number", number=number)
    if session.execute(select(exists().where(ledger_entry.c.reverses == number))).scalar_one():
        raise Rejection("ledger-reversed", field="number", number=number)
    if entry.receipt is not None:
        _void_ticket(session, entry, stamp)
    return _write(session, entry.event, tuple(line.reversed for line in lines), stamp, reverses=number)


def _void_ticket(session: Session, entry: Row[Any], stamp: Stamp) -> None:
    if entry.actor_id == stamp.actor_id:
        raise Rejection("ledger-reverser-received", field="actor", number=entry.number, actor=stamp.actor_id)
    if book.span_of(session, entry.ticket_kind, entry.ticket_number).state is State.VOID:
        return
    said = Entry(stamp.at, stamp.actor_id, entry.actor_id, reason=stamp.reason, detail={"reverses": entry.number})
    book.move(session, Step.VOID, entry.ticket_kind, entry.ticket_number, entry.ticket_number, said)


def lock(session: Session) -> None:
    """Wait for whoever writes into the ledger, or closes a day of it."""
    next_number(session, "ledger/lock")


def require_open(session: Session, day: date) -> None:
    """:raises Rejection: ``ledger-day-not-open``."""
    opened = session.execute(select(exists().where(ledger_day.c.day == day))).scalar_one()
    closed = session.execute(select(exists().where(ledger_close.c.day == day))).scalar_one()
    if closed or not opened:
        raise Rejection("ledger-day-not-open", field="day", day=day.isoformat())


def _write(session: Session, event: str, lines: tuple[Line, ...], stamp: Stamp, **more: object) -> int:
    lock(session)
    day = hall_day(stamp.at)
    require_open(session, day)
    number = next_number(session, "ledger")
    said = {"number": number, "day": day, "event": event, "at": stamp.at, "actor_id": stamp.actor_id, "reason": stamp.reason}
    session.execute(insert(ledger_entry).values(**said, **more))
    for place, line in enumerate(lines, start=1):
        row = {"entry": number, "line": place, "account": line.account, "amount_fen": line.amount_fen}
        session.execute(insert(ledger_line).values(**row, **asdict(line.keys)))
    for line in lines:
        _require_floor(session, line)
    return number


def _require_floor(session: Session, line: Line) -> None:
    account = chart().accounts[line.account]
    sign = 1 if account.side == "debit" else -1
    if account.floor and sign * line.amount_fen < 0 and sign * balance(session, line.account, line.keys) < 0:
        raise Rejection("ledger-overdrawn", field="amount_fen", account=account.name, amount=abs(line.amount_fen))

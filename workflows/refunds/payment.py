"""What was paid, as the ledger says: a refund is of a receipt, found by the number of its ticket."""

from dataclasses import dataclass

from sqlalchemy import exists, func, select
from sqlalchemy.orm import Session

from engine.core.rejection import Rejection, declare
from workflows.ledger.balances import PENDING, balance
from workflows.ledger.chart import KEYS
from workflows.ledger.entry import Keys
from workflows.ledger.tables import ledger_entry, ledger_line

declare(
    {
        "refund-receipt-unknown": (
            "没有票据{ticket}对应的收款。",
            "Expected a ticket by which something was paid, but {ticket} is none.",
        ),
        "refund-fee-missing": (
            "该票据包含{fees}，请写明退付其中哪一项。",
            "Expected the name of one of the fees of the ticket ({fees}), but none of them is named.",
        ),
        "refund-receipt-reversed": (
            "票据{ticket}对应的收款已经冲销。",
            "Expected a payment that stands, but that of ticket {ticket} was reversed.",
        ),
    }
)


@dataclass(frozen=True, slots=True)
class Payment:
    """``receipt``: its name in the ledger; ``keys``: which fund it went to, of whose fee, from whom;
    ``paid_fen``: of this fee."""

    receipt: str
    ticket_kind: str
    ticket_number: int
    keys: Keys
    paid_fen: int


def payment_of(session: Session, kind: str, number: int, fee: str = "") -> Payment:
    """The payment a ticket was issued for, or the part of it that was of a fee.

    :raises Rejection: ``refund-receipt-unknown``, ``refund-receipt-reversed``, ``refund-fee-missing``.
    """
    entry, line, back = ledger_entry.c, ledger_line.c, ledger_entry.alias("back")
    columns = [line[name] for name in KEYS]
    wanted = entry.ticket_kind == kind, entry.ticket_number == number, line.entry == entry.number, line.account == PENDING
    found = session.execute(select(*columns, entry.receipt, entry.number, line.amount_fen).where(*wanted)).all()
    if not found:
        raise Rejection("refund-receipt-unknown", field="ticket_number", ticket=f"{number:08d}")
    if session.execute(select(exists().where(back.c.reverses == found[0].number))).scalar_one():
        raise Rejection("refund-receipt-reversed", field="ticket_number", ticket=f"{number:08d}")
    chosen = [row for row in found if fee in ("", row.fee)]
    if len(chosen) != 1:
        raise Rejection("refund-fee-missing", field="fee", fees="、".join(row.fee for row in found))
    return Payment(chosen[0].receipt, kind, number, Keys(*chosen[0][: len(KEYS)]), -chosen[0].amount_fen)


def total_of(session: Session, receipt: str) -> int:
    """What was paid by a receipt in all, in fen."""
    entry, line = ledger_entry.c, ledger_line.c
    wanted = entry.receipt == receipt, line.entry == entry.number, line.account == PENDING
    return -int(session.execute(select(func.coalesce(func.sum(line.amount_fen), 0)).where(*wanted)).scalar_one())


def kept_here(session: Session, keys: Keys) -> int:
    """How much of the sub-ledger the hall still holds and has not passed on, in fen."""
    return -balance(session, PENDING, keys)

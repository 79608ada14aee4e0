"""What a case owes by a fee, as the ledger says: nobody enters how much can be waived."""

from dataclasses import dataclass
from datetime import date

from sqlalchemy import func, select
from sqlalchemy.orm import Session

from engine.core.rejection import Rejection, declare
from workflows.ledger.balances import balance
from workflows.ledger.chart import KEYS
from workflows.ledger.entry import Keys
from workflows.ledger.tables import ledger_entry, ledger_line

RECEIVABLE = "receivable-memo"
"""Off the balance (备查): assessed, and neither paid nor waived."""

declare(
    {
        "waiver-nothing-assessed": (
            "办件{case}没有核定的{fee}。",
            "Expected case {case} to owe fee {fee} by a payment notice, but none was assessed.",
        ),
        "waiver-after-ticket": (
            "{fee}已经开票收款，不得事后减免缓。",
            "Expected a fee nothing was paid of, but a ticket was issued for {fee}; nothing is waived afterwards.",
        ),
    }
)


@dataclass(frozen=True, slots=True)
class Obligation:
    """``assessed_on``: the day of the payment notice."""

    keys: Keys
    payable_fen: int
    assessed_on: date


def obligation_of(session: Session, case: str, fee: str) -> Obligation:
    """What is owed and may still be waived.

    :raises Rejection: ``waiver-nothing-assessed``, ``waiver-after-ticket``.
    """
    line, entry = ledger_line.c, ledger_entry.c
    wanted = line.account == RECEIVABLE, line.case_number == case, line.fee == fee, line.entry == entry.number
    columns = [line[name] for name in KEYS]
    latest = select(*columns, entry.day).where(*wanted, entry.event == "assess").order_by(entry.number.desc()).limit(1)
    found = session.execute(latest).one_or_none()
    if found is None:
        raise Rejection("waiver-nothing-assessed", field="fee", case=case[:60], fee=fee[:40])
    keys = Keys(*found[:-1])
    _require_no_ticket(session, keys)
    return Obligation(keys, owed(session, keys), found[-1])


def owed(session: Session, keys: Keys) -> int:
    """What is assessed and neither paid nor waived, in fen."""
    return balance(session, RECEIVABLE, keys)


def _require_no_ticket(session: Session, keys: Keys) -> None:
    line, entry, back = ledger_line.c, ledger_entry.c, ledger_entry.alias("back")
    paid = (
        select(func.count())
        .select_from(ledger_entry)
        .join(ledger_line, line.entry == entry.number)
        .where(entry.receipt.is_not(None), line.account == RECEIVABLE, line.case_number == keys.case_number)
        .where(line.fee == keys.fee, ~select(back.c.number).where(back.c.reverses == entry.number).exists())
    )
    if session.execute(paid).scalar_one():
        raise Rejection("waiver-after-ticket", field="fee", fee=keys.fee)

"""Taking money for a notice: ticket and money in one transaction (票款同步, R-40), by the fund service alone (R-38a, R-44)."""

from typing import Any

from sqlalchemy import Row, func, select
from sqlalchemy.orm import Session

from engine.core.actor import Actor
from engine.core.rejection import Rejection, declare
from workflows.collection import notices
from workflows.ledger.ledger_register import CASHIERS
from workflows.ledger.posting import Receipt, Stamp, receive_parts
from workflows.ledger.tables import ledger_entry

EVENTS = {"cash": "receive-cash", "card": "receive-bank", "bank": "receive-bank", "e-pay": "receive-bank", "found": "identify"}
"""How money comes in, and what that is in the ledger."""

declare(
    {
        "payment-cashiers-only": (
            "{actor}不是县财政资金管理服务部收款人员，不得收款。",
            "Expected a cashier of the fund service, but {actor} is none; departments make out notices and take no money.",
        ),
        "payment-channel-unknown": ("没有“{channel}”这种缴款方式。", "Expected a way to pay, but {channel} is none."),
        "payment-amount-differs": (
            "应缴{owed}分，实收{amount}分，不符。",
            "Expected the {owed} fen that are owed, but {amount} were given; nothing else is taken.",
        ),
    }
)


def require_cashier(actor: Actor) -> None:
    """:raises Rejection: ``payment-cashiers-only``."""
    if CASHIERS not in actor.groups:
        raise Rejection("payment-cashiers-only", field="actor", actor=actor.id)


def name_of(session: Session, notice: Row[Any]) -> str:
    """What the next payment of a notice is called; one that was reversed is followed by another."""
    columns = ledger_entry.c
    before = select(func.count()).where(columns.receipt.startswith(notice.code))
    return f"{notice.code}/{session.execute(before).scalar_one() + 1}"


def take(
    session: Session,
    notice: Row[Any],
    channel: str,
    amount_fen: int,
    receipt: Receipt,
    by: Stamp,
    reference: str = "",
) -> int:
    """Post what is owed of a notice, all of it and nothing else: the entry's number.

    :raises Rejection: ``payment-channel-unknown``, ``payment-notice-settled``, ``payment-amount-differs``, and as
        :func:`workflows.ledger.posting.receive`.
    """
    if channel not in EVENTS:
        raise Rejection("payment-channel-unknown", field="channel", channel=channel[:20])
    parts = notices.parts_of(session, notice)
    owed = sum(part.owed_fen for part in parts)
    if owed == 0:
        raise Rejection("payment-notice-settled", field="code", number=notice.code)
    if amount_fen != owed:
        raise Rejection("payment-amount-differs", field="amount_fen", owed=owed, amount=amount_fen)
    posted = [(part.owed_fen, part.keys) for part in parts]
    number = receive_parts(session, EVENTS[channel], posted, receipt, by, reference)
    notices.settle(session, notice, "paid", by, paid_by=by.actor_id, channel=channel, receipt=receipt.name)
    return number

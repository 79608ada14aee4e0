"""An application for a refund: of a receipt that stands, on a ground of the list, at most what is left of it, to who paid."""

from datetime import date
from typing import Any

from sqlalchemy import Row
from sqlalchemy.orm import Session

from engine.core.rejection import Rejection, declare
from engine.core.values import Variables
from engine.runtime.number_series import next_number
from engine.runtime.operators import OperatorCall
from workflows.calendar.entry import working_days
from workflows.clock import hall_day
from workflows.collection import take_duty
from workflows.collection.origin import account_of
from workflows.journal import Entry
from workflows.ledger.posting import lock
from workflows.refunds import storage
from workflows.refunds.ground import rules
from workflows.refunds.payment import Payment, payment_of

declare(
    {
        "refund-amount": ("退付金额须大于零。", "Expected an amount in fen above 0, but got {amount}."),
        "refund-more-than-paid": (
            "申请退付{amount}分，超过尚可退付的{left}分。",
            "Expected to pay back at most the {left} fen that are left of the payment, but {amount} fen are asked for.",
        ),
        "refund-twice": ("该笔收款已经退付或者正在退付。", "Expected a payment that is not paid back yet, but this one is."),
        "refund-other-payee": (
            "只能退还原缴款人{payer}。",
            "Expected the refund to go to {payer}, who paid, but somebody else is named.",
        ),
        "refund-receipt-not-returned": (
            "全额退付须交回票据原件，部分退付须交票据复印件。",
            "Expected the original ticket (a copy for a part), but it was not handed in.",
        ),
        "refund-not-origin-account": (
            "收款账户不是原缴款账户；确需退入其他账户的，须写明理由，由另一人批准。",
            "Expected the account it was paid from, or a reason for another one that a second person agrees to.",
        ),
        "refund-account-missing": ("须写明原缴款账户。", "Expected the account it was paid from, but there is none."),
    }
)


def apply(session: Session, given: Variables, call: OperatorCall) -> Row[Any]:
    """Enter an application. Whoever asks at the same time for the same money waits and is refused.

    :raises Rejection: ``refund-receipt-unknown``, ``refund-receipt-reversed``, ``refund-fee-missing``,
        ``refund-ground-unknown``, ``refund-amount``, ``refund-more-than-paid``, ``refund-twice``, ``refund-other-payee``,
        ``refund-account-missing``, ``refund-not-origin-account``, ``refund-receipt-not-returned``,
        ``money-duties-not-separate``.
    """
    lock(session)
    ticket = str(given.get("ticket_kind")), _number(given.get("ticket_number"))
    paid = payment_of(session, *ticket, str(given.get("fee") or "").strip())
    take_duty(session, paid.keys.case_number, "refund-propose", call)
    rules().require_ground(str(given.get("ground")))
    amount = _amount(session, paid, given)
    _require_payee(paid, given)
    other = _other_account(session, paid, given)
    if given.get("ticket_handed_in") is not True:
        raise Rejection("refund-receipt-not-returned", field="ticket_handed_in")
    today = hall_day(call.now)
    number = f"TF{today.year}{next_number(session, f'refund/{today.year}'):06d}"
    row = _row(session, paid, amount, given, call) | {"other_account_reason": other}
    said = {"amount_fen": amount, "ground": row["ground"], "late": row["late"]}
    storage.add(session, {"number": number, **row}, Entry(call.now, call.actor.id, "applied", said))
    return storage.find(session, number)


def _amount(session: Session, paid: Payment, given: Variables) -> int:
    left = paid.paid_fen - storage.refunded(session, paid.receipt, fee=paid.keys.fee)
    if left <= 0:
        raise Rejection("refund-twice", field="ticket_number")
    asked = left if given.get("extent") == "full" else given.get("amount_fen")
    if isinstance(asked, bool) or not isinstance(asked, int) or asked <= 0:
        raise Rejection("refund-amount", field="amount_fen", amount=str(asked)[:20])
    if asked > left:
        raise Rejection("refund-more-than-paid", field="amount_fen", amount=asked, left=left)
    return asked


def _require_payee(paid: Payment, given: Variables) -> None:
    if str(given.get("payee") or "").strip() != paid.keys.payer:
        raise Rejection("refund-other-payee", field="payee", payer=paid.keys.payer)
    if not str(given.get("account") or "").strip():
        raise Rejection("refund-account-missing", field="account")


def _other_account(session: Session, paid: Payment, given: Variables) -> str | None:
    """Why the money goes to another account than it came from; None where it goes back, or came from none that is known."""
    known, wanted = account_of(session, paid.receipt), "".join(str(given.get("account")).split())
    if known is None or known == wanted:
        return None
    reason = str(given.get("other_account_reason") or "").strip()
    if not reason:
        raise Rejection("refund-not-origin-account", field="account")
    return reason[:500]


def _row(session: Session, paid: Payment, amount: int, given: Variables, call: OperatorCall) -> dict[str, Any]:
    keys, found_on = paid.keys, _day(given.get("found_on"))
    return {
        "instance_id": call.instance_id,
        "receipt": paid.receipt,
        "ticket_kind": paid.ticket_kind,
        "ticket_number": paid.ticket_number,
        "case_number": keys.case_number,
        "department": keys.department,
        "fee": keys.fee,
        "fee_version": keys.fee_version,
        "fund_nature": keys.fund_nature,
        "payer": keys.payer,
        "account": str(given.get("account")).strip(),
        "ground": str(given.get("ground")),
        "reason": str(given.get("reason") or ""),
        "evidence": str(given.get("evidence") or ""),
        "paid_fen": paid.paid_fen,
        "amount_fen": amount,
        "found_on": found_on,
        "late": found_on is not None and hall_day(call.now) > _apply_by(session, found_on),
        "applied_at": call.now,
        "applied_by": call.actor.id,
        "state": "verifying",
    }


def _apply_by(session: Session, found_on: date) -> date:
    """Until when the unit that found it should apply. Who does later is late; the payer's right is not lost by it."""
    return working_days(session).after(found_on, rules().days["apply_after_found"]).day


def _day(given: object) -> date | None:
    try:
        return date.fromisoformat(str(given))
    except ValueError:
        return None


def _number(given: object) -> int:
    return given if isinstance(given, int) and not isinstance(given, bool) else 0

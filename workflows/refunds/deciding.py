"""Verifying, approving by two, paying: and the ledger with each (rules.md 3.5, 3.7)."""

from typing import Any

from sqlalchemy import Row
from sqlalchemy.orm import Session

from engine.core.rejection import Rejection, declare
from engine.runtime.operators import OperatorCall
from workflows.collection import take_duty
from workflows.collection.separation import people_behind
from workflows.journal import Entry
from workflows.ledger import Stamp, post
from workflows.refunds import storage
from workflows.refunds.payment import kept_here, total_of
from workflows.tickets import book
from workflows.tickets.life import State, Step

FINANCE, FUND_SERVICE = "finance-office", "fund-service"
BEFORE, AFTER = "before", "after"

declare(
    {
        "refund-state": ("退付申请{number}不在这一步。", "Expected refund {number} to be at this step, but it is {state}."),
        "refund-group-only": ("只有{group}可以办理。", "Expected somebody of {group}, but {actor} is not."),
        "refund-one-approver": (
            "{actor}已经批准一次，须由另一人批准。",
            "Expected a second person to approve, but {actor} has approved already.",
        ),
        "refund-account-unagreed": (
            "退入非原缴款账户，批准人须写明同意的理由。",
            "Expected whoever approves to say why it may go to another account, but nothing is said.",
        ),
        "refund-other-account": (
            "只能退回原缴款账户。",
            "Expected the refund to go back to the account it was paid from, but another one is named.",
        ),
        "refund-treasury-document-missing": (
            "退库须有国库收入退还书编号。",
            "Expected the number of the treasury's refund document, but there is none.",
        ),
        "refund-bank-reference-missing": ("须写明银行付款凭证号。", "Expected the bank's reference, but there is none."),
    }
)


def verify(session: Session, number: str, agrees: bool, opinion: str, call: OperatorCall) -> Row[Any]:
    """What the department says. :raises Rejection: ``refund-state``, ``money-duties-not-separate``."""
    found = require(session, number, "verifying")
    take_duty(session, found.case_number, "refund-verify", call)
    if not agrees:
        return _refuse(session, found, opinion, call)
    return storage.change(session, found, Entry(call.now, call.actor.id, "verified", {"opinion": opinion}), state="approving")


def approve(session: Session, number: str, agrees: bool, reason: str, call: OperatorCall, why_account: str = "") -> Row[Any]:
    """One of two people of the finance office; after the second, what was remitted is asked back from the treasury.

    ``why_account``: why it may go to another account than it came from.

    :raises Rejection: ``refund-state``, ``refund-group-only``, ``refund-one-approver``, ``refund-account-unagreed``,
        ``money-duties-not-separate``, ``ledger-day-not-open``.
    """
    found = require(session, number, "approving")
    _require_group(FINANCE, call)
    if found.first_approver in people_behind(session, call):
        raise Rejection("refund-one-approver", actor=call.actor.id)
    take_duty(session, found.case_number, "refund-approve", call)
    if not agrees:
        return _refuse(session, found, reason, call)
    entry = Entry(call.now, call.actor.id, "approved", _account_agreed(found, why_account))
    agreed = {"account_agreed_by": call.actor.id} if found.other_account_reason else {}
    if found.first_approver is None:
        return storage.change(session, found, entry, first_approver=call.actor.id, **agreed)
    done = {"second_approver": call.actor.id, "state": "approved", "route": BEFORE}
    approved = storage.change(session, found, entry, **done, **agreed)
    return approved if _is_kept(session, approved) else _ask_treasury(session, approved, call)


def restore(session: Session, number: str, document: str, call: OperatorCall) -> Row[Any]:
    """The treasury, or the special account, gave the money back (退库到账).

    :raises Rejection: ``refund-state``, ``refund-group-only``, ``refund-treasury-document-missing``, ``ledger-day-not-open``.
    """
    found = require(session, number, "treasury")
    _require_group(FUND_SERVICE, call)
    if not document.strip():
        raise Rejection("refund-treasury-document-missing", field="document")
    _post(session, "refund-restored", found, call)
    entry = Entry(call.now, call.actor.id, "restored", {"document": document})
    return storage.change(session, found, entry, state="approved", treasury_document=document.strip())


def pay(session: Session, number: str, account: str, reference: str, call: OperatorCall) -> Row[Any]:
    """Paid back, to the account of the application and none else; nothing is paid if the money went on meanwhile.

    :raises Rejection: ``refund-state``, ``refund-group-only``, ``refund-other-account``, ``refund-bank-reference-missing``,
        ``money-duties-not-separate``, ``ledger-overdrawn``, ``ledger-day-not-open``.
    """
    found = require(session, number, "approved")
    _require_group(FUND_SERVICE, call)
    take_duty(session, found.case_number, "refund-pay", call)
    if account.strip() != found.account:
        raise Rejection("refund-other-account", field="account")
    if found.route == BEFORE and not _is_kept(session, found):
        return _ask_treasury(session, found, call)
    if not reference.strip():
        raise Rejection("refund-bank-reference-missing", field="reference")
    _post(session, "refund-before-remittance" if found.route == BEFORE else "pay-refund", found, call)
    entry = Entry(call.now, call.actor.id, "paid", {"reference": reference, "route": found.route})
    done = {"paid_at": call.now, "paid_by": call.actor.id, "bank_reference": reference.strip()}
    paid = storage.change(session, found, entry, state="paid", **done)
    return _void_ticket(session, paid, call)


def require(session: Session, number: str, state: str) -> Row[Any]:
    """The row, to be changed. :raises Rejection: ``refund-not-found``, ``refund-state``."""
    found = storage.find(session, number, locked=True)
    if found.state != state:
        raise Rejection("refund-state", number=number, state=found.state)
    return found


def _account_agreed(found: Row[Any], why: str) -> dict[str, str]:
    """What an approver says to another account. :raises Rejection: ``refund-account-unagreed``."""
    if not found.other_account_reason:
        return {}
    if not why.strip():
        raise Rejection("refund-account-unagreed", field="account_reason")
    return {"account_reason": why.strip()[:500]}


def _refuse(session: Session, found: Row[Any], reason: str, call: OperatorCall) -> Row[Any]:
    entry = Entry(call.now, call.actor.id, "refused", {"reason": reason})
    return storage.change(session, found, entry, state="refused", refused_because=reason)


def _require_group(group: str, call: OperatorCall) -> None:
    if group not in call.actor.groups:
        raise Rejection("refund-group-only", group=group, actor=call.actor.id)


def _is_kept(session: Session, found: Row[Any]) -> bool:
    return bool(kept_here(session, storage.keys_of(found)) >= found.amount_fen)


def _ask_treasury(session: Session, found: Row[Any], call: OperatorCall) -> Row[Any]:
    """The money has gone on. It is owed to the payer and claimed from where it went; the hall advances nothing."""
    _post(session, "refund-after-remittance", found, call)
    entry = Entry(call.now, call.actor.id, "remitted", {"fund_nature": found.fund_nature})
    return storage.change(session, found, entry, state="treasury", route=AFTER)


def _post(session: Session, event: str, found: Row[Any], call: OperatorCall) -> None:
    post(session, event, found.amount_fen, storage.keys_of(found), Stamp(call.now, call.actor.id, found.number))


def _void_ticket(session: Session, found: Row[Any], call: OperatorCall) -> Row[Any]:
    """A payment that is wholly paid back has a void ticket; one that was settled with its book before keeps its place there."""
    if storage.refunded(session, found.receipt, state="paid") < total_of(session, found.receipt):
        return found
    kind, number = found.ticket_kind, found.ticket_number
    if book.span_of(session, kind, number).state is State.USED:
        entry = book.Entry(call.now, call.actor.id, found.second_approver, reason="退付作废", reference=found.number)
        book.move(session, Step.VOID, kind, number, number, entry)
    return storage.change(session, found, Entry(call.now, call.actor.id, "ticket-void", {}), ticket_void=True)

"""What models say to the collection of fees. All in the step's own transaction; a check stands right behind its task."""

from dataclasses import asdict
from typing import Any

from sqlalchemy import Row
from sqlalchemy.orm import Session

from engine.core.moments import to_text
from engine.core.rejection import Rejection, declare
from engine.core.values import Value, Variables
from engine.runtime.operators import OperatorCall, OperatorRegistry, context_of
from workflows.case_file.storage import CaseFile
from workflows.case_file.storage import find as find_case
from workflows.clock import hall_day
from workflows.clock.hall_time import end_of
from workflows.collection import basis, notices, origin, out_of_turn, receiving, settling_operators
from workflows.collection.basis import Entry
from workflows.collection.separation import take_duty
from workflows.fees.assessing import LAWFUL, permit_valid
from workflows.fees.fee import Fee
from workflows.fees.versions import book_of
from workflows.ledger.posting import Receipt, Stamp
from workflows.tickets.using import next_of

declare(
    {
        "fee-decision-differs": (
            "决策表与计费程序对{fee}的核定不一致，不得开具缴款通知书。",
            "Expected the table and the program to agree on {fee}, but they do not; nothing is charged.",
        ),
        "fee-unpaid": (
            "办件{case}应缴费用尚未缴清，不能制发、送达。",
            "Expected case {case} to owe nothing, but a fee is unpaid.",
        ),
        "fee-window-only": ("只有事项所在窗口可以核定。", "Expected somebody of the case's window, but {actor} is not."),
    }
)


def register(registry: OperatorRegistry) -> None:
    """Add ``collection.*`` to the operators models may name."""
    registry.local("collection.due", parameters=("case", "details", "granted"))(due)
    registry.local("collection.require_paid", parameters=("case",))(require_paid)
    registry.local("collection.basis", parameters=("case",))(facts)
    registry.local("collection.issue_notice", parameters=("case", "decided"))(issue_notice)
    registry.local("collection.receive", parameters=("code", "channel", "kind", "number", "payer_account"))(receive)
    registry.local("collection.remind", parameters=("code",))(remind)
    registry.local("collection.fall_due", parameters=("code",))(fall_due)
    registry.local("collection.settled", parameters=("code",))(settled)
    settling_operators.register(registry)
    out_of_turn.register(registry)


def due(session: Session, parameters: Variables, call: OperatorCall) -> Value:
    """What the case itself says it is charged by is pinned: ``{charged, waits}``. ``waits``: delivery is linked to payment.

    Nothing is charged for what was not granted. :raises Rejection: ``fee-case-foreign``, ``fee-basis-missing``.
    """
    case = find_case(session, str(parameters.get("case")))
    if parameters.get("granted") is not True:
        return {"charged": False, "waits": False}
    found = basis.keep(session, case, call.instance_id, context_of(parameters.get("details")), _entry(call))
    return {"charged": bool(found), "waits": any(fee.linked for fee in found)}


def require_paid(session: Session, parameters: Variables, call: OperatorCall) -> Value:
    """Nothing stands between the case and its delivery (R-50); whatever message said so, the ledger is asked.

    :raises Rejection: ``fee-unpaid``.
    """
    number = str(parameters.get("case"))
    if notices.blocked(session, number):
        raise Rejection("fee-unpaid", case=number)
    return True


def facts(session: Session, parameters: Variables, call: OperatorCall) -> Value:
    """What D5 is asked about each fee of a case, and what the window is shown. Free: no lines, and the attempt is kept (R-47).

    :raises Rejection: ``case-not-found``, ``fee-basis-missing``.
    """
    case = find_case(session, str(parameters.get("case")))
    item = basis.item_of(session, case)
    found = [] if item.free else basis.pinned(session, case, call.now)
    if not found:
        basis.note_attempt(session, case, "", "fee-free" if item.free else "payment-nothing-due", _entry(call))
    lines = [_fact(session, case, fee, call) for fee in found]
    return {
        "case": case.number,
        "item_name": case.item_name,
        "payer": case.applicant_name,
        "window_group": case.window_group,
        "free": item.free,
        "lines": [*lines],
        "text": "；".join(f"{line['name']}：{line['quantity_field']}＝{line['quantity']}" for line in lines),
    }


def issue_notice(session: Session, parameters: Variables, call: OperatorCall) -> Value:
    """Enter what is owed and make out the notice. ``decided``: what D5 said of each fee; the program says the same, or nothing.

    :raises Rejection: ``fee-window-only``, ``fee-decision-differs``, ``money-duties-not-separate``, and as
        :func:`workflows.collection.notices.issue`.
    """
    case = find_case(session, str(parameters.get("case")))
    if case.window_group not in call.actor.groups:
        raise Rejection("fee-window-only", field="actor", actor=call.actor.id)
    for duty in ("assess", "issue-notice"):
        take_duty(session, case.number, duty, call)
    given = parameters.get("decided")
    decided = [context_of(one) for one in given] if isinstance(given, list) else []
    found = []
    for fee in basis.pinned(session, case, call.now):
        one = basis.assessed(session, case.number, fee.code, _entry(call))
        said = next((line for line in decided if line.get("fee") == fee.code), {})
        if said.get("outcome") != "charge" or said.get("amount_fen") != one.amount_fen:
            raise Rejection("fee-decision-differs", fee=fee.name)
        found.append(one)
    notice = notices.issue(session, case, found, call.instance_id, Stamp(call.now, call.actor.id))
    return _view(session, notice)


def receive(session: Session, parameters: Variables, call: OperatorCall) -> Value:
    """The cashier has what is owed, no more and no less: ticket, entry and notice at once (票款同步).

    Answers with ``{receipt, ticket, entry, amount_fen}``.

    :raises Rejection: ``payment-cashiers-only``, ``payment-account-missing``, ``money-duties-not-separate``, and as
        :func:`workflows.collection.receiving.take`.
    """
    receiving.require_cashier(call.actor)
    notice = notices.find(session, str(parameters.get("code")), locked=True)
    take_duty(session, notice.case_number, "receive", call)
    kind, given = str(parameters.get("kind") or "special-receipt"), _number(parameters.get("number"))
    amount, expected = notices.owed_of(session, notice), next_of(session, kind, call.actor.id)
    receipt = Receipt(receiving.name_of(session, notice), kind, given)
    by = Stamp(call.now, call.actor.id)
    channel = str(parameters.get("channel"))
    entry = receiving.take(session, notice, channel, amount, receipt, by)
    origin.keep(session, receipt.name, channel, str(parameters.get("payer_account") or ""), by)
    ticket = given or (0 if expected is None else expected.first)
    return {"receipt": receipt.name, "ticket": f"{ticket:08d}", "entry": entry, "amount_fen": amount}


def remind(session: Session, parameters: Variables, call: OperatorCall) -> Value:
    """The notice is to be paid soon: ``{owed_fen}``; 0 where nothing is owed any more."""
    return {"owed_fen": notices.owed_of(session, notices.find(session, str(parameters.get("code"))))}


def fall_due(session: Session, parameters: Variables, call: OperatorCall) -> Value:
    """The notice has expired: what is still owed is in arrears (R-50): ``{owed_fen, arrears, again_at}``.

    ``again_at``: nothing is owed but what was put off by a decision, and until then nobody presses; null otherwise.
    """
    notice = notices.find(session, str(parameters.get("code")), locked=True)
    owed, today = notices.owed_of(session, notice), hall_day(call.now)
    until = notices.put_off_until(session, notice, today) if owed else None
    arrears = owed > 0 and until is None and today >= notice.valid_until
    if arrears:
        notices.fall_due(session, notice, today)
    return {"owed_fen": owed, "arrears": arrears, "again_at": None if until is None else to_text(end_of(until))}


def settled(session: Session, parameters: Variables, call: OperatorCall) -> Value:
    """Whether nothing is owed of a notice any more: paid at a bank, or waived. A message that says so is not believed."""
    notice = notices.find(session, str(parameters.get("code")), locked=True)
    owed = notices.owed_of(session, notice)
    if owed == 0 and notice.state == "issued":
        notices.settle(session, notice, "settled", Stamp(call.now, call.actor.id))
    return {"settled": owed == 0, "owed_fen": owed}


def _fact(session: Session, case: CaseFile, fee: Fee, call: OperatorCall) -> dict[str, Value]:
    charge = basis.charge_of(session, case, basis.item_of(session, case), fee.code, call.now)
    book, day = book_of(session), charge.accepted_on
    standard = fee.standard
    return {
        "fee": fee.code,
        "name": fee.name,
        "quantity_field": fee.quantity_field,
        "quantity": charge.quantity,
        "published_free": charge.published_free,
        "document_valid": fee.document.valid(day),
        "permit_valid": permit_valid(book, fee, day),
        "licensing": charge.licensing,
        "law_in_force": day >= book.law_from,
        "lawful_level": fee.document.level in LAWFUL,
        "kind": standard.kind,
        **{name: getattr(standard, name) for name in ("standard_fen", "low_fen", "base_fen", "step_fen", "cap_fen", "rate_bp")},
        "tiers": [asdict(tier) for tier in standard.tiers],
    }


def _view(session: Session, notice: Row[Any]) -> dict[str, Value]:
    return {
        "code": notice.code,
        "case": notice.case_number,
        "payer": notice.payer,
        "amount_fen": notice.amount_fen,
        "amount_yuan": f"{notice.amount_fen // 100}.{notice.amount_fen % 100:02d}",
        "valid_until": notice.valid_until.isoformat(),
        "expires_at": to_text(end_of(notice.valid_until)),
        "remind_at": to_text(end_of(notices.remind_at(session, notice.issued_at))),
    }


def _entry(call: OperatorCall) -> Entry:
    return Entry(call.now, call.actor.id)


def _number(given: object) -> int | None:
    try:
        return None if given in (None, "") else int(str(given))
    except ValueError:
        return -1

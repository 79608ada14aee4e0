"""What models say at the end of a day and of a month. All in the step's own transaction; a check stands behind its task."""

from dataclasses import asdict
from datetime import date

from sqlalchemy.orm import Session

from engine.core.moments import to_text
from engine.core.rejection import Rejection
from engine.core.values import Value, Variables
from engine.runtime.operators import OperatorCall, OperatorRegistry, context_of
from workflows.calendar.entry import working_days
from workflows.clock.hall_time import end_of
from workflows.collection import day_end, month_end, three_way
from workflows.collection.receiving import require_cashier
from workflows.collection.separation import of_day, of_month, take_duty
from workflows.ledger import days
from workflows.ledger.balances import balance
from workflows.ledger.ledger_register import FINANCE
from workflows.ledger.posting import Stamp


def register(registry: OperatorRegistry) -> None:
    """Add what day and month ends need to ``collection.*``."""
    registry.local("collection.open_day", parameters=())(open_day)
    registry.local("collection.pass_on", parameters=("day", "keep", "reason"))(pass_on)
    registry.local("collection.close_day", parameters=("day", "pieces", "slip_fen", "counted_by"))(close_day)
    registry.local("collection.confirm_transfers", parameters=("day", "reference"))(confirm_transfers)
    registry.local("collection.month", parameters=("month",))(month)
    registry.local("collection.match_month", parameters=("month",))(match_month)
    registry.local("collection.explain_month", parameters=("month", "differences"))(explain_month)
    registry.local("collection.sign_month", parameters=("month", "role"))(sign_month)


def open_day(session: Session, parameters: Variables, call: OperatorCall) -> Value:
    """Today's books are open: ``{day, closing_at, confirm_by}``. :raises Rejection: ``payment-cashiers-only``."""
    require_cashier(call.actor)
    day = day_end.ensure_open(session, Stamp(call.now, call.actor.id))
    confirm_by = working_days(session).after(day, 1).day
    closing = max(day_end.closing_at(day), call.now)
    return {"day": day.isoformat(), "closing_at": to_text(closing), "confirm_by": to_text(end_of(confirm_by))}


def pass_on(session: Session, parameters: Variables, call: OperatorCall) -> Value:
    """The cashier has counted: cash to the bank and money to where it belongs, or kept over night on record.

    ``{banked_fen, transferred_fen, carried_fen, orders, expected_fen, counted_by}``; the last is who counted.

    :raises Rejection: ``payment-cashiers-only``, and as :func:`workflows.collection.day_end.pass_on`.
    """
    require_cashier(call.actor)
    day = _day(parameters)
    by = Stamp(call.now, call.actor.id, str(parameters.get("reason") or "") or None)
    found = day_end.pass_on(session, day, parameters.get("keep") == "yes", by)
    expected = days.books_of(session, day).cash_taken
    said = asdict(found) | {"orders": [*found.orders]}
    return {**said, "expected_fen": expected, "held_fen": balance(session, "cash"), "counted_by": call.actor.id}


def close_day(session: Session, parameters: Variables, call: OperatorCall) -> Value:
    """The finance office signs, somebody who did nothing with the money of that day: ``{day, transfers}``.

    :raises Rejection: ``ledger-group-only``, ``money-duties-not-separate``, and as :func:`workflows.ledger.days.close_day`.
    """
    _require_finance(call)
    day = _day(parameters)
    if parameters.get("counted_by") == call.actor.id:
        raise Rejection("ledger-closer-collected", field="actor", actor=call.actor.id)
    take_duty(session, of_day(day.isoformat()), "close-day", call)
    pieces = {int(name[1:]): _count(number) for name, number in context_of(parameters.get("pieces")).items()}
    slip = _count(parameters.get("slip_fen"))
    kept = {denomination: number for denomination, number in pieces.items() if number}
    day_end.close(session, day, kept, slip, Stamp(call.now, call.actor.id))
    return {"day": day.isoformat(), "transfers": len(day_end.orders_of(session, day))}


def confirm_transfers(session: Session, parameters: Variables, call: OperatorCall) -> Value:
    """The bank's confirmation of the day after: how many orders it is of.

    :raises Rejection: ``ledger-group-only``, and as :func:`workflows.collection.day_end.confirm`.
    """
    _require_finance(call)
    reference = str(parameters.get("reference") or "")
    return day_end.confirm(session, _day(parameters), reference, Stamp(call.now, call.actor.id))


def month(session: Session, parameters: Variables, call: OperatorCall) -> Value:
    """The month by department, fee and fund: ``{month, lines, text}``. :raises Rejection: ``month-invalid``."""
    wanted = str(parameters.get("month") or "")
    lines = [asdict(line) for line in month_end.settlement(session, wanted)]
    text = "；".join(
        f"{line['department']} {line['fee']} 核定{line['assessed']}分 减免{line['waived']}分 已缴{line['paid']}分 "
        f"退付{line['refunded']}分 解缴{line['remitted']}分 欠缴{line['arrears']}分 票据{line['tickets']}份"
        for line in lines
    )
    return {"month": wanted, "lines": [*lines], "text": text or "本月无收入"}


def match_month(session: Session, parameters: Variables, call: OperatorCall) -> Value:
    """What differs between ledger, tickets and bank and is not explained: ``{kind, subject, what, ledger, other}`` each.

    :raises Rejection: ``month-invalid``.
    """
    found = three_way.unexplained(session, str(parameters.get("month") or ""))
    return [
        {
            "kind": one.kind,
            "subject": one.subject,
            "what": three_way.NAMES[one.kind],
            "ledger": f"{one.ledger_fen / 100:.2f}",
            "other": f"{one.other_fen / 100:.2f}",
        }
        for one in found
    ]


def explain_month(session: Session, parameters: Variables, call: OperatorCall) -> Value:
    """A cashier says why each of them differs: how many.

    :raises Rejection: ``payment-cashiers-only``, ``month-explanation-missing``, ``month-invalid``.
    """
    require_cashier(call.actor)
    given = parameters.get("differences")
    said = [context_of(one) for one in given] if isinstance(given, list) else []
    return three_way.explain(session, str(parameters.get("month") or ""), said, Stamp(call.now, call.actor.id))


def sign_month(session: Session, parameters: Variables, call: OperatorCall) -> Value:
    """Cashier and finance office sign: ``{closed}`` with the second signature; not while ledger, tickets and bank differ and
    nobody has said why.

    :raises Rejection: ``payment-cashiers-only``, ``ledger-group-only``, ``month-differences-unexplained``,
        ``money-duties-not-separate``, and as :func:`workflows.ledger.days.sign_month`.
    """
    wanted, role = str(parameters.get("month") or ""), str(parameters.get("role") or "")
    month_end.period(wanted)
    three_way.require_explained(session, wanted)
    if role == "finance":
        _require_finance(call)
        take_duty(session, of_month(wanted), "sign-month", call)
    else:
        require_cashier(call.actor)
    return {"closed": days.sign_month(session, wanted, role, Stamp(call.now, call.actor.id))}


def _require_finance(call: OperatorCall) -> None:
    if FINANCE not in call.actor.groups:
        raise Rejection("ledger-group-only", field="actor", group=FINANCE, actor=call.actor.id)


def _day(parameters: Variables) -> date:
    return date.fromisoformat(str(parameters.get("day")))


def _count(given: object) -> int:
    return given if isinstance(given, int) and not isinstance(given, bool) else 0

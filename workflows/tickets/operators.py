"""What models say to the tickets. All in the step's own transaction."""

from sqlalchemy.orm import Session

from engine.core.rejection import Rejection, declare
from engine.core.values import Value, Variables
from engine.runtime.operators import OperatorCall, OperatorRegistry
from workflows.tickets import book
from workflows.tickets.book import Entry
from workflows.tickets.issuing import issue as issue_numbers
from workflows.tickets.issuing import require_may_draw
from workflows.tickets.kind import kind_of
from workflows.tickets.life import State, Step
from workflows.tickets.span import Span
from workflows.tickets.using import use as use_number

declare(
    {
        "ticket-count-differs": (
            "订印{ordered}份，验收合格{accepted}份、废票{wastes}份，数量不符。",
            "Expected the {ordered} tickets of the order, but {accepted} were accepted and {wastes} wasted.",
        ),
        "ticket-waste-unrecorded": (
            "废票须登记销毁记录。",
            "Expected a record of how the wastes were destroyed, but there is none.",
        ),
    }
)


def register(registry: OperatorRegistry) -> None:
    """Add ``tickets.*`` to the operators models may name."""
    registry.local("tickets.order", parameters=("kind", "quantity", "first", "printer"))(order)
    registry.local("tickets.accept", parameters=("kind", "first", "last", "accepted", "wastes", "record"))(accept)
    registry.local("tickets.stock", parameters=("kind", "first", "last"))(stock)
    registry.local("tickets.check_issue", parameters=("department", "kind", "quantity"))(check_issue)
    registry.local("tickets.issue", parameters=("department", "kind", "quantity", "issued_by", "voucher"))(issue)
    registry.local("tickets.use", parameters=("kind", "payment", "amount_fen", "number"))(use)


def order(session: Session, parameters: Variables, call: OperatorCall) -> Value:
    """Order numbers: ``{kind, kind_name, first, last, quantity}``. ``first``: where the span begins; else behind the last.

    :raises Rejection: ``ticket-kind-unknown``, ``ticket-quantity``, ``ticket-overlap``, ``ticket-out-of-range``.
    """
    kind, quantity = kind_of(str(parameters.get("kind"))), _whole(parameters.get("quantity"), "quantity")
    wanted = parameters.get("first")
    first = book.last_number(session, kind.key) + 1 if wanted in (None, "") else _whole(wanted, "first")
    entry = _entry(call, reason=str(parameters.get("printer") or "") or None)
    book.order(session, kind.key, first, first + quantity - 1, entry)
    return _said(kind.key, Span(first, first + quantity - 1, State.ORDERED))


def accept(session: Session, parameters: Variables, call: OperatorCall) -> Value:
    """The printed numbers are counted; wastes are destroyed and recorded: ``{first, last, accepted}``, what goes to stock.

    ``wastes``: how many of the highest numbers were spoiled in printing; ``record``: of their destruction.

    :raises Rejection: ``ticket-count-differs``, ``ticket-waste-unrecorded``, ``ticket-state``.
    """
    kind, first, last = (
        str(parameters.get("kind")),
        _whole(parameters.get("first"), "first"),
        _whole(parameters.get("last"), "last"),
    )
    accepted, wastes = _count(parameters.get("accepted")), _count(parameters.get("wastes"))
    ordered = last - first + 1
    if accepted + wastes != ordered:
        raise Rejection("ticket-count-differs", field="accepted", ordered=ordered, accepted=accepted, wastes=wastes)
    record = str(parameters.get("record") or "").strip()
    if wastes and not record:
        raise Rejection("ticket-waste-unrecorded", field="record")
    if wastes:
        book.move(session, Step.WASTE, kind, last - wastes + 1, last, _entry(call, reference=record))
    if accepted:
        book.move(session, Step.PRINT, kind, first, first + accepted - 1, _entry(call))
    return {"first": first, "last": first + accepted - 1, "accepted": accepted}


def stock(session: Session, parameters: Variables, call: OperatorCall) -> Value:
    """Printed numbers go to the stock of the centre.

    :raises Rejection: ``ticket-state``, ``ticket-out-of-range``.
    """
    first, last = _whole(parameters.get("first"), "first"), _count(parameters.get("last"))
    if last >= first:
        book.move(session, Step.STOCK, str(parameters.get("kind")), first, last, _entry(call))
    return True


def check_issue(session: Session, parameters: Variables, call: OperatorCall) -> Value:
    """Whether a department may draw: ``{unused, used, ceiling, checked_by}``; the last is who signed the step before.

    :raises Rejection: as :func:`workflows.tickets.issuing.require_may_draw`.
    """
    quantity = _whole(parameters.get("quantity"), "quantity")
    found = require_may_draw(session, str(parameters.get("department")), str(parameters.get("kind")), quantity, call.now)
    return {"unused": found.unused, "ceiling": found.ceiling, "used": found.used, "checked_by": call.actor.id}


def issue(session: Session, parameters: Variables, call: OperatorCall) -> Value:
    """Numbers go to a department, signed by ``issued_by`` and by whoever received them: ``{kind, first, last, quantity}``.

    :raises Rejection: as :func:`workflows.tickets.issuing.issue`.
    """
    kind, department = str(parameters.get("kind")), str(parameters.get("department"))
    signed = str(parameters.get("issued_by") or "") or None
    entry = Entry(call.now, call.actor.id, signed, reference=str(parameters.get("voucher") or "") or None)
    given = issue_numbers(session, department, kind, _whole(parameters.get("quantity"), "quantity"), entry)
    return _said(kind, given)


def use(session: Session, parameters: Variables, call: OperatorCall) -> Value:
    """The next number of whoever completed the task is bound to a payment: ``{kind, number, text}``.

    :raises Rejection: as :func:`workflows.tickets.using.use`.
    """
    number, amount = parameters.get("number"), parameters.get("amount_fen")
    used = use_number(
        session,
        holder=call.actor.id,
        kind=str(parameters.get("kind")),
        payment=str(parameters.get("payment") or ""),
        amount_fen=amount if isinstance(amount, int) else 0,
        now=call.now,
        number=None if number in (None, "") else _whole(number, "number"),
    )
    return {"kind": used.kind, "number": used.number, "text": used.text}


def _entry(call: OperatorCall, *, reason: str | None = None, reference: str | None = None) -> Entry:
    return Entry(call.now, call.actor.id, reason=reason, reference=reference, detail={"instance": call.instance_id})


def _said(kind: str, span: Span) -> dict[str, Value]:
    name = kind_of(kind).name
    return {"kind": kind, "kind_name": name, "first": span.first, "last": span.last, "quantity": span.count}


def _count(given: object) -> int:
    return 0 if given is None else max(_number(given), 0)


def _whole(given: object, field: str) -> int:
    if (number := _number(given)) < 1:
        raise Rejection("ticket-quantity", field=field, quantity=str(given)[:20])
    return number


def _number(given: object) -> int:
    try:
        return int(str(given))
    except ValueError:
        return -1

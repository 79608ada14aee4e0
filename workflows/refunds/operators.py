"""What models say to refunds. All in the step's own transaction; a check stands right behind the task it guards."""

from typing import Any

from sqlalchemy import Row
from sqlalchemy.orm import Session

from engine.core.values import Value, Variables
from engine.runtime.operators import OperatorCall, OperatorRegistry, context_of
from workflows.calendar.entry import working_days
from workflows.clock import hall_day
from workflows.clock.counting import limit
from workflows.journal import Entry
from workflows.organisation.department_group import department_group
from workflows.refunds import applying, deciding, storage
from workflows.refunds.ground import rules

STEP_OF = {"verifying": "verify", "approving": "approve", "treasury": "pay", "approved": "pay"}


def register(registry: OperatorRegistry) -> None:
    """Add ``refunds.*`` to the operators models may name."""
    registry.local("refunds.apply", parameters=("application",))(apply)
    registry.local("refunds.verify", parameters=("number", "agrees", "opinion"))(verify)
    registry.local("refunds.approve", parameters=("number", "agrees", "reason", "account_reason"))(approve)
    registry.local("refunds.restore", parameters=("number", "document"))(restore)
    registry.local("refunds.pay", parameters=("number", "account", "reference"))(pay)
    registry.local("refunds.overdue", parameters=("number", "step"))(overdue)


def apply(session: Session, parameters: Variables, call: OperatorCall) -> Value:
    """Enter an application: what tasks show, ``state``, ``due_at`` of the next step, ``department_group``.

    :raises Rejection: as :func:`workflows.refunds.applying.apply`.
    """
    found = applying.apply(session, context_of(parameters.get("application")), call)
    return _shown(session, found, call)


def verify(session: Session, parameters: Variables, call: OperatorCall) -> Value:
    """The department confirms it or does not: as :func:`apply`.

    :raises Rejection: as :func:`workflows.refunds.deciding.verify`.
    """
    agrees, opinion = parameters.get("agrees") == "yes", str(parameters.get("opinion") or "")
    return _shown(session, deciding.verify(session, str(parameters.get("number")), agrees, opinion, call), call)


def approve(session: Session, parameters: Variables, call: OperatorCall) -> Value:
    """One of two approvals: as :func:`apply`. :raises Rejection: as :func:`workflows.refunds.deciding.approve`."""
    agrees, reason = parameters.get("agrees") == "yes", str(parameters.get("reason") or "")
    why = str(parameters.get("account_reason") or "")
    return _shown(session, deciding.approve(session, str(parameters.get("number")), agrees, reason, call, why), call)


def restore(session: Session, parameters: Variables, call: OperatorCall) -> Value:
    """The treasury gave it back: as :func:`apply`. :raises Rejection: as :func:`workflows.refunds.deciding.restore`."""
    document = str(parameters.get("document") or "")
    return _shown(session, deciding.restore(session, str(parameters.get("number")), document, call), call)


def pay(session: Session, parameters: Variables, call: OperatorCall) -> Value:
    """Paid, or ``state`` treasury where the money went on meanwhile.

    :raises Rejection: as :func:`workflows.refunds.deciding.pay`.
    """
    account, reference = (str(parameters.get(name) or "") for name in ("account", "reference"))
    return _shown(session, deciding.pay(session, str(parameters.get("number")), account, reference, call), call)


def overdue(session: Session, parameters: Variables, call: OperatorCall) -> Value:
    """A step's limit passed: it is in the log."""
    found = storage.find(session, str(parameters.get("number")), locked=True)
    storage.change(session, found, Entry(call.now, call.actor.id, "overdue", {"step": str(parameters.get("step"))}))
    return True


def _shown(session: Session, found: Row[Any], call: OperatorCall) -> dict[str, Value]:
    days = rules().days[STEP_OF.get(found.state, "pay")]
    return {
        "number": found.number,
        "state": found.state,
        "route": found.route,
        "case_number": found.case_number,
        "department": found.department,
        "department_group": department_group(session, found.department, found.case_number),
        "fee": found.fee,
        "fund_nature": found.fund_nature,
        "payer": found.payer,
        "account": found.account,
        "other_account": found.other_account_reason is not None,
        "ground_name": rules().grounds[found.ground],
        "reason": found.reason,
        "evidence": found.evidence,
        "ticket": f"{found.ticket_number:08d}",
        "paid_yuan": _yuan(found.paid_fen),
        "amount_fen": found.amount_fen,
        "amount_yuan": _yuan(found.amount_fen),
        "late": found.late,
        "refused_because": found.refused_because,
        "applied_by": found.applied_by,
        "ticket_void": found.ticket_void,
        "due_at": limit(hall_day(call.now), days, working_days(session))["due_at"],
    }


def _yuan(fen: int) -> str:
    return f"{fen // 100}.{fen % 100:02d}"

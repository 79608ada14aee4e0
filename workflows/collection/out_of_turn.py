"""Payments out of turn: one for a notice that had expired is told to its window, one made twice is paid back (rules.md 3.6).

Either has a case of its own (``fee_suspense``); the money was in the ledger, or in suspense, before it.
"""

import logging
from typing import Any

from sqlalchemy import Row, select, update
from sqlalchemy.orm import Session

from engine.core.actor import SCHEDULER
from engine.core.rejection import Rejection, declare
from engine.core.values import Value, Variables
from engine.runtime.operators import OperatorCall, OperatorRegistry
from engine.runtime.runtime import Runtime
from workflows.collection import agent_bank
from workflows.collection.tables import agent_line, payment_notice
from workflows.ledger.ledger_register import FINANCE
from workflows.ledger.posting import Stamp

log = logging.getLogger(__name__)
PROCESS = "fee_suspense"
LATE, DOUBLE = "expired", "paid-already"

declare(
    {
        "out-of-turn-not-found": (
            "没有逾期或者重复的缴款{reference}。",
            "Expected a payment that came late or twice, but {reference} is none.",
        ),
        "suspense-in-case": (
            "缴款{reference}已经在办理退付，须由另一人在流程内批准。",
            "Expected money that no case looks after, but {reference} is paid back in its case, by two.",
        ),
        "out-of-turn-again": (
            "缴款{reference}已经在办。",
            "Expected a payment nobody looks after, but {reference} is in hand.",
        ),
    }
)


def register(registry: OperatorRegistry) -> None:
    """Add what payments out of turn need to ``collection.*``."""
    registry.local("collection.out_of_turn", parameters=("bank", "reference"))(out_of_turn)
    registry.local("collection.return_double", parameters=("bank", "reference", "agreed", "reason"))(return_double)


def out_of_turn(session: Session, parameters: Variables, call: OperatorCall) -> Value:
    """What came, and whose notice it is: ``{double, code, payer, amount_yuan, paid_on, window_group}``.

    :raises Rejection: ``out-of-turn-not-found``, ``out-of-turn-again``.
    """
    bank, reference = str(parameters.get("bank")), str(parameters.get("reference"))
    found = _line(session, bank, reference)
    notice = session.execute(select(payment_notice).where(payment_notice.c.code == "".join(found.code.split()))).one()
    if found.handled_in is not None:
        raise Rejection("out-of-turn-again", reference=reference)
    session.execute(update(agent_line).where(*_mine(bank, reference)).values(handled_in=call.instance_id))
    return {
        "double": found.reason == DOUBLE,
        "code": notice.code,
        "payer": found.payer,
        "amount_yuan": f"{found.amount_fen // 100}.{found.amount_fen % 100:02d}",
        "paid_on": found.paid_on.isoformat(),
        "window_group": notice.window_group,
    }


def return_double(session: Session, parameters: Variables, call: OperatorCall) -> Value:
    """The finance office pays a double payment back, or does not agree: ``{returned}``.

    What was matched or sent back meanwhile is not paid again.

    :raises Rejection: ``ledger-group-only``, ``suspense-reason-missing``, ``ledger-day-not-open``.
    """
    if FINANCE not in call.actor.groups:
        raise Rejection("ledger-group-only", field="actor", group=FINANCE, actor=call.actor.id)
    bank, reference = str(parameters.get("bank")), str(parameters.get("reference"))
    if _line(session, bank, reference).settled_at is not None:
        return {"returned": True}
    if parameters.get("agreed") != "yes":
        return {"returned": False}
    by = Stamp(call.now, call.actor.id, str(parameters.get("reason") or ""))
    agent_bank.send_back(session, bank, reference, by)
    return {"returned": True}


def require_by_hand(session: Session, bank: str, reference: str) -> None:
    """Money in suspense that no case looks after. :raises Rejection: ``suspense-in-case``."""
    open_case = *_mine(bank, reference), agent_line.c.handled_in.is_not(None), agent_line.c.settled_at.is_(None)
    if session.execute(select(agent_line.c.reference).where(*open_case)).first() is not None:
        raise Rejection("suspense-in-case", field="reference", reference=reference[:60])


def begin_out_of_turn(runtime: Runtime) -> int:
    """Begin the cases of payments that came late or twice and have none. Returns how many."""
    columns = agent_line.c
    waiting = select(columns.bank, columns.reference).where(columns.reason.in_((LATE, DOUBLE)), columns.handled_in.is_(None))
    with runtime.registers.read() as session:
        found = list(session.execute(waiting.order_by(columns.posted_at, columns.reference)))
    return sum(_begin(runtime, bank, reference) for bank, reference in found)


def _begin(runtime: Runtime, bank: str, reference: str) -> bool:
    key = f"{bank}/{reference}"
    said: Variables = {"bank": bank, "reference": reference}
    command = f"out-of-turn/{key}"
    try:
        runtime.start(process_key=PROCESS, actor=SCHEDULER, command_id=command, business_key=key, variables=said)
    except Rejection as rejection:
        log.warning("no case for the payment %s: %s", key, rejection)
        return False
    return True


def _line(session: Session, bank: str, reference: str) -> Row[Any]:
    wanted = select(agent_line).where(*_mine(bank, reference), agent_line.c.reason.in_((LATE, DOUBLE))).with_for_update()
    found = session.execute(wanted).one_or_none()
    if found is None:
        raise Rejection("out-of-turn-not-found", field="reference", reference=reference[:60])
    return found


def _mine(bank: str, reference: str) -> tuple[Any, ...]:
    return agent_line.c.bank == bank, agent_line.c.reference == reference

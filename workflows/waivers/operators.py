"""What models say to waivers. All in the step's own transaction; a check stands right behind the task it guards."""

from datetime import date
from typing import Any

from sqlalchemy import Row
from sqlalchemy.orm import Session

from engine.core.values import Value, Variables
from engine.runtime.operators import OperatorCall, OperatorRegistry, context_of
from workflows.clock import hall_day
from workflows.journal import Entry
from workflows.waivers import applying, deciding, following, notice, storage
from workflows.waivers.obligation import Obligation
from workflows.waivers.storage import DEFERRING


def register(registry: OperatorRegistry) -> None:
    """Add ``waivers.*`` to the operators models may name."""
    registry.local("waivers.apply", parameters=("application",))(apply)
    registry.local("waivers.facts", parameters=("number",))(facts)
    registry.local("waivers.give_opinion", parameters=("number", "step", "agrees", "opinion"))(give_opinion)
    registry.local("waivers.decide", parameters=("number", "decider", "minutes_required", "grants", "minutes", "reason"))(
        decide
    )
    registry.local("waivers.refuse", parameters=("number", "reason"))(refuse)
    registry.local("waivers.deem_granted", parameters=("number",))(deem_granted)
    registry.local("waivers.publish", parameters=("number",))(publish)
    registry.local("waivers.remind", parameters=("number", "due_on", "owed_fen"))(remind)
    registry.local("waivers.fall_due", parameters=("number", "due_on", "owed_fen"))(fall_due)


def apply(session: Session, parameters: Variables, call: OperatorCall) -> Value:
    """Enter an application: what tasks show and D6 is asked with, as :func:`workflows.waivers.applying.facts`.

    :raises Rejection: as :func:`workflows.waivers.applying.apply`.
    """
    return _facts(session, applying.apply(session, context_of(parameters.get("application")), call))


def facts(session: Session, parameters: Variables, call: OperatorCall) -> Value:
    """The same again, with the payer's year as it stands now."""
    return _facts(session, storage.find(session, str(parameters.get("number"))))


def give_opinion(session: Session, parameters: Variables, call: OperatorCall) -> Value:
    """What the department (``opinion``), the finance office (``review``) or the committee (``check``) says.

    :raises Rejection: as :func:`workflows.waivers.deciding.give_opinion`.
    """
    number, step = str(parameters.get("number")), str(parameters.get("step"))
    agrees, said = parameters.get("agrees") == "yes", str(parameters.get("opinion") or "")
    deciding.give_opinion(session, number, step, agrees, said, call)
    return {"by": call.actor.id, "agrees": agrees, "opinion": said}


def decide(session: Session, parameters: Variables, call: OperatorCall) -> Value:
    """Granted or refused by whom D6 names: ``{granted, state, decision_number, due_on, plan, notice_code, released}``.

    ``notice_code``: of the payment notice that is settled by it, if one is; ``released``: delivery need not wait for money.

    :raises Rejection: as :func:`workflows.waivers.deciding.decide`.
    """
    given = {**parameters, "grants": parameters.get("grants") == "yes"}
    return _outcome(session, deciding.decide(session, str(parameters.get("number")), given, call))


def refuse(session: Session, parameters: Variables, call: OperatorCall) -> Value:
    """Refused by rule, without anybody's decision; as :func:`decide` says it."""
    found = deciding.require_open(session, str(parameters.get("number")))
    return _outcome(session, deciding.refuse(session, found, str(parameters.get("reason")), call, decider="rule"))


def deem_granted(session: Session, parameters: Variables, call: OperatorCall) -> Value:
    """Nobody decided in time, and by law that is consent; as :func:`decide` says it.

    :raises Rejection: as :func:`workflows.waivers.deciding.deem_granted`.
    """
    return _outcome(session, deciding.deem_granted(session, str(parameters.get("number")), call))


def publish(session: Session, parameters: Variables, call: OperatorCall) -> Value:
    """The result is in the public register from today."""
    found = storage.find(session, str(parameters.get("number")), locked=True)
    day = hall_day(call.now)
    storage.change(session, found, Entry(call.now, call.actor.id, "published", {}), published_on=day)
    return day.isoformat()


def remind(session: Session, parameters: Variables, call: OperatorCall) -> Value:
    """An instalment ends soon: ``{owed_fen, owed_yuan, late}``; that the payer is reminded is kept if something is owed."""
    number = str(parameters.get("number"))
    said = following.owes(session, number, _fen(parameters.get("owed_fen")), call)
    if said["late"]:
        following.remind(session, number, str(parameters.get("due_on")), call)
    return said


def fall_due(session: Session, parameters: Variables, call: OperatorCall) -> Value:
    """An instalment has ended: as :func:`remind`; what is not paid is in arrears, and the payer on the list."""
    day = date.fromisoformat(str(parameters.get("due_on")))
    return following.fall_due(session, str(parameters.get("number")), day, _fen(parameters.get("owed_fen")), call)


def _facts(session: Session, found: Row[Any]) -> dict[str, Value]:
    debt = Obligation(storage.keys_of(found), found.payable_fen, found.applied_at.date())
    return applying.facts(session, found, applying.fee_version(session, debt))


def _outcome(session: Session, found: Row[Any]) -> dict[str, Value]:
    granted = found.state == "granted"
    put_off = granted and found.kind in DEFERRING
    return {
        "granted": granted,
        "state": found.state,
        "reason": found.reason,
        "decision_number": found.decision_number,
        "notice_code": notice.cleared(session, found.case_number) if granted else None,
        "released": put_off and notice.released(session, found.case_number),
        "due_on": None if found.due_on is None else found.due_on.isoformat(),
        "plan": found.plan if put_off else [],
    }


def _fen(given: object) -> int:
    return given if isinstance(given, int) else 0

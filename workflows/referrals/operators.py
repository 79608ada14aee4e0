"""What the model says to referrals. It knows a referral by its number alone; a check stands behind the task it guards."""

from datetime import date

from sqlalchemy.orm import Session

from engine.core.rejection import Rejection, declare
from engine.core.values import Value, Variables
from engine.runtime.operators import OperatorCall, OperatorRegistry
from workflows.clock import hall_day
from workflows.journal import Entry
from workflows.referrals import storage
from workflows.referrals.referral import ends_on, require_sanction
from workflows.referrals.storage import COMMITTEE, DISCIPLINE

declare(
    {
        "referral-already-open": (
            "移送件{number}已经在办。",
            "Expected a referral nobody works on yet, but {number} is in hand.",
        ),
        "referral-second-person": (
            "是否移送由提出人以外的人决定。",
            "Expected somebody else than {actor}, who proposed the referral.",
        ),
        "referral-day": ("处分日期应为今天或者以前的日期。", "Expected a day until today, but {day} is none."),
    }
)


def register(registry: OperatorRegistry) -> None:
    """Add ``referrals.*`` to the operators models may name."""
    registry.local("referrals.begin", parameters=("number",))(begin)
    registry.local("referrals.decide", parameters=("number", "agreed", "reason"))(decide)
    registry.local("referrals.receive", parameters=("number", "document"))(receive)
    registry.local("referrals.conclude", parameters=("number", "document", "sanction", "decided_on"))(conclude)


def begin(session: Session, parameters: Variables, call: OperatorCall) -> Value:
    """The referral is worked on by this case: ``{number}``, and nothing of what it is about.

    :raises Rejection: ``referral-not-found``, ``referral-already-open``.
    """
    found = storage.find(session, str(parameters.get("number")))
    if found.instance_id is not None:
        raise Rejection("referral-already-open", number=found.number)
    storage.change(session, found, Entry(call.now, call.actor.id, "begun", {}), instance_id=call.instance_id)
    return {"number": found.number}


def decide(session: Session, parameters: Variables, call: OperatorCall) -> Value:
    """Whether it is handed over: ``{referred}``.

    :raises Rejection: ``referral-restricted``, ``referral-second-person``, ``referral-about-oneself``.
    """
    found = storage.find(session, str(parameters.get("number")))
    storage.require_group(call.actor, COMMITTEE)
    if call.actor.id == found.opened_by:
        raise Rejection("referral-second-person", actor=call.actor.id)
    storage.require_outsider(session, found._asdict(), call.actor)
    status = "referred" if parameters.get("agreed") == "yes" else "not-referred"
    entry = Entry(call.now, call.actor.id, status, {"reason": parameters.get("reason")})
    storage.change(session, found, entry, status=status, decided_by=call.actor.id)
    return {"referred": status == "referred"}


def receive(session: Session, parameters: Variables, call: OperatorCall) -> Value:
    """Discipline took it over under its own number.

    :raises Rejection: ``referral-restricted``, ``referral-about-oneself``, ``referral-document-missing``.
    """
    found = storage.find(session, str(parameters.get("number")))
    storage.require_group(call.actor, DISCIPLINE)
    storage.require_outsider(session, found._asdict(), call.actor)
    receipt = _document(parameters)
    entry = Entry(call.now, call.actor.id, "received", {"receipt": receipt})
    storage.change(session, found, entry, status="received", received_by=call.actor.id, receipt=receipt)
    return True


def conclude(session: Session, parameters: Variables, call: OperatorCall) -> Value:
    """What the discipline organ's document says, with the term that follows from the kind.

    :raises Rejection: ``referral-restricted``, ``referral-about-oneself``, ``referral-document-missing``,
        ``referral-sanction-unknown``, ``referral-day``.
    """
    found = storage.find(session, str(parameters.get("number")))
    storage.require_group(call.actor, DISCIPLINE)
    storage.require_outsider(session, found._asdict(), call.actor)
    document, sanction = _document(parameters), require_sanction(parameters.get("sanction"))
    day = date.fromisoformat(str(parameters.get("decided_on")))
    if day > hall_day(call.now):
        raise Rejection("referral-day", field="decided_on", day=day.isoformat())
    kept = {"document": document, "sanction": sanction.kind, "term_months": sanction.months, "sanctioned_on": day}
    entry = Entry(call.now, call.actor.id, "concluded", {"document": document, "sanction": sanction.kind})
    storage.change(session, found, entry, **kept, sanction_ends_on=ends_on(sanction, day), status="concluded")
    return True


def _document(parameters: Variables) -> str:
    document = str(parameters.get("document") or "").strip()
    if not document:
        raise Rejection("referral-document-missing", field="document")
    return document

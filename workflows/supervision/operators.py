"""What the models of supervision ask: every rule of a card or a letter stands right behind the task it guards."""

from datetime import datetime
from typing import Any

from sqlalchemy import Row
from sqlalchemy.orm import Session

from engine.core.actor import SCHEDULER, WORKER, Actor
from engine.core.moments import to_text
from engine.core.rejection import Rejection
from engine.core.values import Value, Variables
from engine.runtime.number_series import next_number
from engine.runtime.operators import OperatorCall, OperatorRegistry, context_of, text_of
from workflows.calendar.entry import working_days
from workflows.clock import hall_day
from workflows.clock.counting import closing
from workflows.journal import Entry
from workflows.organisation.assessment import RULES
from workflows.organisation.tables import assessment_entry
from workflows.supervision import storage
from workflows.supervision.card import (
    APPEAL_DAYS,
    COLOUR_NAMES,
    EXPLAIN_DAYS,
    HEARD,
    CardColour,
    CardState,
    is_supervision,
    require_measure,
    require_state,
    rule_of,
)
from workflows.supervision.letters import register as register_letters

SCHEME = "A"
"""Of the colours (clock light D9), as the clocks use it."""
POINTS = {CardColour.YELLOW: "yellow-card", CardColour.RED: "red-card"}
"""The line of the monthly score a confirmed card is."""


def register(registry: OperatorRegistry) -> None:
    """Add ``supervision.*`` to the operators models may name."""
    registry.local("supervision.issue_card", parameters=("finding",))(issue_card)
    registry.local("supervision.explain_card", parameters=("number", "statement"))(explain_card)
    registry.local("supervision.card_overdue", parameters=("number",))(card_overdue)
    registry.local("supervision.decide_card", parameters=("number", "outcome", "measure", "reason"))(decide_card)
    registry.local("supervision.appeal_card", parameters=("number", "grounds"))(appeal_card)
    registry.local("supervision.review_card", parameters=("number", "outcome", "reason"))(review_card)
    registry.local("supervision.close_card", parameters=("number",))(close_card)
    register_letters(registry)


def issue_card(session: Session, parameters: Variables, call: OperatorCall) -> Value:
    """A card out of a ``finding``: ``{rule, case?, department?, group, account?, evidence, cause?, colour?}``. Its view.

    :raises Rejection: ``card-rule-unknown``, ``card-group-only``, ``card-without-evidence``, ``card-without-owner``,
        ``card-about-oneself``.
    """
    finding = context_of(parameters.get("finding"))
    rule, colour = rule_of(finding.get("rule")), text_of(finding.get("colour"))
    evidence, group, owner = (text_of(finding.get(name)) for name in ("evidence", "group", "account"))
    _require_supervision(call.actor)
    if evidence is None:
        raise Rejection("card-without-evidence", field="evidence")
    if group is None:
        raise Rejection("card-without-owner", field="group")
    number = f"JC{hall_day(call.now).year}{next_number(session, f'supervision-card/{hall_day(call.now).year}'):05d}"
    if owner == call.actor.id:
        raise Rejection("card-about-oneself", actor=owner, number=number)
    row = {
        "number": number,
        "instance_id": call.instance_id,
        "cause": text_of(finding.get("cause")) or number,
        "rule": rule.id,
        "colour": (CardColour(colour) if colour else rule.under(SCHEME)).value,
        "state": CardState.ISSUED.value,
        "case_number": text_of(finding.get("case")),
        "department": text_of(finding.get("department")),
        "owner_group": group,
        "owner": owner,
        "evidence": evidence,
        "issued_by": call.actor.id,
        "issued_at": call.now,
        "explain_due": _due(session, call.now, EXPLAIN_DAYS),
    }
    storage.add(session, row, _entry(call, "issued", rule=rule.id, colour=row["colour"]))
    return _view(session, number)


def explain_card(session: Session, parameters: Variables, call: OperatorCall) -> Value:
    """What its owner says to it. The view.

    :raises Rejection: ``card-not-the-owner``, ``card-reason-missing``, ``card-state``.
    """
    found = storage.find(session, str(parameters.get("number")))
    require_state(found.number, CardState(found.state), CardState.ISSUED)
    _require_owner(found, call.actor)
    statement = _said(parameters, "statement")
    storage.change(session, found, _entry(call, "explained", statement=statement), state=CardState.EXPLAINED.value)
    return _view(session, found.number)


def card_overdue(session: Session, parameters: Variables, call: OperatorCall) -> Value:
    """Five working days without a word: one colour up (E-16). The view."""
    found = storage.find(session, str(parameters.get("number")))
    require_state(found.number, CardState(found.state), CardState.ISSUED)
    colour = CardColour(found.colour).upgraded()
    entry = _entry(call, "overdue", rule="E-16", before=found.colour, colour=colour.value)
    storage.change(session, found, entry, state=CardState.UNEXPLAINED.value, colour=colour.value)
    return _view(session, found.number)


def decide_card(session: Session, parameters: Variables, call: OperatorCall) -> Value:
    """Supervision confirms, cancels, or confirms one colour higher (``outcome``: confirm, cancel, upgrade). The view.

    :raises Rejection: ``card-group-only``, ``card-about-oneself``, ``card-without-reply``, ``card-state``, ``card-measure``,
        ``card-reason-missing``.
    """
    found = storage.find(session, str(parameters.get("number")))
    require_state(found.number, CardState(found.state), *HEARD)
    _require_judge(found, call.actor)
    outcome = str(parameters.get("outcome"))
    if outcome == "cancel":
        entry = _entry(call, "cancelled", reason=_said(parameters, "reason"))
        storage.change(session, found, entry, state=CardState.CANCELLED.value, decided_by=call.actor.id)
        return _view(session, found.number)
    colour = CardColour(found.colour)
    if outcome == "upgrade":
        colour = colour.upgraded()
        _said(parameters, "reason")
    measure = require_measure(parameters.get("measure"), colour)
    entry = _entry(call, "confirmed", measure=measure.code, colour=colour.value, reason=text_of(parameters.get("reason")))
    values = {"state": CardState.CONFIRMED.value, "colour": colour.value, "measure": measure.code}
    storage.change(session, found, entry, decided_by=call.actor.id, **values)
    return {**_view(session, found.number), "appeal_due": to_text(_due(session, call.now, APPEAL_DAYS))}


def appeal_card(session: Session, parameters: Variables, call: OperatorCall) -> Value:
    """Its owner appeals. The view.

    :raises Rejection: ``card-not-the-owner``, ``card-reason-missing``, ``card-state``.
    """
    found = storage.find(session, str(parameters.get("number")))
    require_state(found.number, CardState(found.state), CardState.CONFIRMED)
    _require_owner(found, call.actor)
    entry = _entry(call, "appealed", grounds=_said(parameters, "grounds"))
    storage.change(session, found, entry, state=CardState.APPEALED.value)
    return _view(session, found.number)


def review_card(session: Session, parameters: Variables, call: OperatorCall) -> Value:
    """The committee decides on the appeal (``outcome``: upheld, the card is cancelled; rejected, it stands). The view.

    :raises Rejection: ``card-group-only``, ``card-about-oneself``, ``card-same-person``, ``card-reason-missing``,
        ``card-state``.
    """
    found = storage.find(session, str(parameters.get("number")))
    require_state(found.number, CardState(found.state), CardState.APPEALED)
    _require_judge(found, call.actor)
    if call.actor.id in (found.issued_by, found.decided_by):
        raise Rejection("card-same-person", actor=call.actor.id, number=found.number)
    upheld = parameters.get("outcome") == "upheld"
    entry = _entry(call, "upheld" if upheld else "rejected", reason=_said(parameters, "reason"))
    state = CardState.CANCELLED if upheld else CardState.CONFIRMED
    storage.change(session, found, entry, state=state.value)
    return _view(session, found.number)


def close_card(session: Session, parameters: Variables, call: OperatorCall) -> Value:
    """The end: a confirmed yellow or red card of a person is a line of his monthly score, with the card as its source."""
    found = storage.find(session, str(parameters.get("number")))
    require_state(found.number, CardState(found.state), CardState.CONFIRMED, CardState.CANCELLED)
    entry = _entry(call, "closed", outcome=found.state)
    values = {"state": CardState.CLOSED.value, "outcome": found.state, "closed_at": call.now}
    storage.change(session, found, entry, **values)
    if found.state == CardState.CONFIRMED.value:
        _score(session, found, call)
    return _view(session, found.number)


def _score(session: Session, found: Row[Any], call: OperatorCall) -> None:
    rule = POINTS.get(CardColour(found.colour))
    if rule is None or found.owner is None:
        return
    values = {"rule": rule, "points": RULES[rule][2], "source": f"监察牌{found.number}", "entered_by": call.actor.id}
    month = hall_day(found.issued_at).strftime("%Y-%m")
    session.execute(assessment_entry.insert().values(account_id=found.owner, month=month, at=call.now, **values))


def _require_supervision(actor: Actor) -> None:
    if actor not in (SCHEDULER, WORKER) and not is_supervision(actor):
        raise Rejection("card-group-only", actor=actor.id)


def _require_judge(found: Row[Any], actor: Actor) -> None:
    _require_supervision(actor)
    if actor.id == found.owner or (found.owner is None and found.owner_group in actor.groups):
        raise Rejection("card-about-oneself", actor=actor.id, number=found.number)


def _require_owner(found: Row[Any], actor: Actor) -> None:
    mine = actor.id == found.owner if found.owner is not None else found.owner_group in actor.groups
    if not mine:
        raise Rejection("card-not-the-owner", actor=actor.id, number=found.number)


def _due(session: Session, now: datetime, days: int) -> datetime:
    return closing(hall_day(now), days, working_days(session))


def _view(session: Session, number: str) -> dict[str, Value]:
    found = storage.find(session, number)
    rule, colour = rule_of(found.rule), CardColour(found.colour)
    return {
        "number": number,
        "rule": rule.id,
        "rule_name": rule.name,
        "colour": colour.value,
        "colour_name": COLOUR_NAMES[colour][0],
        "state": found.state,
        "case": found.case_number,
        "group": found.owner_group,
        "owner": found.owner,
        "evidence": found.evidence,
        "explain_due": to_text(found.explain_due),
    }


def _entry(call: OperatorCall, event: str, **detail: Any) -> Entry:
    return Entry(call.now, call.actor.id, event, detail)


def _said(parameters: Variables, name: str) -> str:
    """:raises Rejection: ``card-reason-missing``."""
    text = text_of(parameters.get(name))
    if text is None:
        raise Rejection("card-reason-missing", field=name)
    return text

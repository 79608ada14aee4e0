"""What models say to ratings. All in the step's own transaction; a check stands right behind the task it guards."""

from typing import Any

from sqlalchemy import Row, select
from sqlalchemy.orm import Session

from engine.core.moments import to_text
from engine.core.rejection import Rejection, declare
from engine.core.values import Value, Variables
from engine.runtime.accounts import account_by_id
from engine.runtime.operators import OperatorCall, OperatorRegistry, text_of
from engine.runtime.tables import history
from workflows.calendar.entry import working_days
from workflows.case_file import pass_code
from workflows.case_file.storage import find as find_case
from workflows.clock import hall_day
from workflows.clock.counting import limit
from workflows.complaints.storage import actors_of_case, person_of
from workflows.journal import Entry
from workflows.ratings import storage
from workflows.ratings.rating import GRADES, UNFOUNDED, require_outcome, rule_on
from workflows.ratings.tables import rating_code

declare(
    {
        "rating-before-delivery": (
            "办件{number}尚未送达，不能评价。",
            "Expected a case that was delivered, but {number} is not.",
        ),
        "rating-code-allotted": (
            "办件{number}已经发过评价码。",
            "Expected a case without a rating code, but {number} has one.",
        ),
        "rating-already-open": ("评价{number}已经在办。", "Expected a rating nobody works on yet, but {number} is in hand."),
        "rating-rated-person": (
            "{account}是被评价的窗口或者经办人，不得处理本评价。",
            "Expected nobody who was rated, but {account} was.",
        ),
        "rating-verifier-unknown": ("没有可用的账户{account}。", "Expected an account that works, but {account} is none."),
        "rating-second-person": (
            "认定误评、恶意评价须由核实人以外的人复核。",
            "Expected somebody else than {account}, who verified the rating.",
        ),
    }
)


def register(registry: OperatorRegistry) -> None:
    """Add ``ratings.*`` to the operators models may name."""
    registry.local("ratings.invite", parameters=("case",))(invite)
    registry.local("ratings.open", parameters=("number",))(open_rating)
    registry.local("ratings.contact", parameters=("number", "reached", "statement", "verifier"))(contact)
    registry.local("ratings.verify", parameters=("number", "outcome", "evidence", "finding", "answer"))(verify)
    registry.local("ratings.review", parameters=("number", "agreed", "reason"))(review)
    registry.local("ratings.correct", parameters=("number", "correction"))(correct)
    registry.local("ratings.answer", parameters=("number",))(answer)
    registry.local("ratings.escalate", parameters=("number", "limit"))(escalate)
    registry.local("ratings.publish", parameters=("number",))(publish)


def invite(session: Session, parameters: Variables, call: OperatorCall) -> Value:
    """The one-time code of a case that was delivered: ``{code}``. It is kept as a hash.

    :raises Rejection: ``rating-before-delivery``, ``rating-code-allotted``.
    """
    case = find_case(session, str(parameters.get("case")))
    if case.delivered_at is None:
        raise Rejection("rating-before-delivery", number=case.number)
    if storage.code_of(session, case.number) is not None:
        raise Rejection("rating-code-allotted", number=case.number)
    code = pass_code.new()
    row = {"case_number": case.number, "pass_code": pass_code.hashed(code), "allotted_at": call.now, "allowed": 1, "used": 0}
    session.execute(rating_code.insert().values(**row))
    return {"code": code}


def open_rating(session: Session, parameters: Variables, call: OperatorCall) -> Value:
    """A bad rating as its handlers see it, without who gave it; its limits begin.

    :raises Rejection: ``rating-not-found``, ``rating-already-open``.
    """
    found = _found(session, parameters)
    if found.instance_id is not None:
        raise Rejection("rating-already-open", number=found.number)
    storage.change(session, found, _entry(call, "opened"), instance_id=call.instance_id)
    return _view(session, storage.find(session, found.number))


def contact(session: Session, parameters: Variables, call: OperatorCall) -> Value:
    """The rater was called (``reached``), and somebody was named who verifies: ``{verifier}``.

    :raises Rejection: ``rating-verifier-unknown``, ``rating-rated-person`` for the verifier and for whoever called.
    """
    found, verifier = _found(session, parameters), text_of(parameters.get("verifier")) or call.actor.id
    account = account_by_id(session.connection(), verifier)
    if verifier != call.actor.id and (account is None or account.disabled):
        raise Rejection("rating-verifier-unknown", field="verifier", account=verifier[:60])
    _require_impartial(session, found, verifier)
    _require_impartial(session, found, call.actor.id, call.actor.groups)
    said = {
        "reached": text_of(parameters.get("reached")),
        "statement": text_of(parameters.get("statement")),
        "verifier": verifier,
    }
    kept = {"status": "contacted", "contacted_at": call.now, "verifier": verifier}
    storage.change(session, found, _entry(call, "contacted", **said), **kept)
    return {"verifier": verifier}


def verify(session: Session, parameters: Variables, call: OperatorCall) -> Value:
    """What came of it, with evidence and what is answered: ``{outcome}``.

    :raises Rejection: ``rating-outcome-unknown``, ``rating-incomplete``, and ``rating-rated-person`` by whatever way the task
        came to whoever did it.
    """
    found = _found(session, parameters)
    _require_impartial(session, found, call.actor.id, call.actor.groups)
    outcome = require_outcome(parameters.get("outcome"))
    given = {name: text_of(parameters.get(name)) for name in ("evidence", "finding", "answer")}
    for name, value in given.items():
        if value is None:
            raise Rejection("rating-incomplete", field=name, missing=name, number=found.number)
    entry = _entry(call, "verified", outcome=outcome)
    storage.change(session, found, entry, **given, outcome=outcome, status="verified", verifier=call.actor.id)
    return {"outcome": outcome}


def review(session: Session, parameters: Variables, call: OperatorCall) -> Value:
    """A second person on an unfounded rating: if he agrees it does not count, otherwise it is corrected: ``{agreed}``.

    :raises Rejection: ``rating-second-person``, ``rating-rated-person``.
    """
    found = _found(session, parameters)
    if call.actor.id == found.verifier:
        raise Rejection("rating-second-person", account=call.actor.id)
    _require_impartial(session, found, call.actor.id, call.actor.groups)
    agreed = parameters.get("agreed") == "yes"
    entry = _entry(call, "reviewed", agreed=agreed, reason=text_of(parameters.get("reason")))
    if agreed:
        storage.change(session, found, entry, counts=found.outcome not in UNFOUNDED)
    else:
        storage.change(session, found, entry, outcome="correct")
    return {"agreed": agreed}


def correct(session: Session, parameters: Variables, call: OperatorCall) -> Value:
    """What the window did about it. :raises Rejection: ``rating-incomplete``."""
    found, done = _found(session, parameters), text_of(parameters.get("correction"))
    if done is None:
        raise Rejection("rating-incomplete", field="correction", missing="correction", number=found.number)
    storage.change(session, found, _entry(call, "corrected"), correction=done, status="corrected")
    return True


def answer(session: Session, parameters: Variables, call: OperatorCall) -> Value:
    """Answered; the code is good for one more rating: ``{to, answer, again_due}``."""
    found = _found(session, parameters)
    storage.change(session, found, _entry(call, "answered"), status="answered", answered_at=call.now)
    session.execute(rating_code.update().where(rating_code.c.case_number == found.case_number).values(allowed=2))
    today, named = hall_day(call.now), storage.identity_of(session, found.number)
    until = limit(today, rule_on(today).again, working_days(session))
    contact_of = None if named is None else named.contact
    return {"to": {"phone": contact_of, "email": contact_of}, "answer": found.answer, "again_due": until["due_at"]}


def escalate(session: Session, parameters: Variables, call: OperatorCall) -> Value:
    """A limit passed (``limit``: contact or answer): it is in the log."""
    found = _found(session, parameters)
    entry = _entry(call, "escalated", limit=text_of(parameters.get("limit")))
    storage.change(session, found, entry, escalated=found.escalated + 1)
    return True


def publish(session: Session, parameters: Variables, call: OperatorCall) -> Value:
    """Closed and shown in the public list."""
    found = _found(session, parameters)
    storage.change(session, found, _entry(call, "published"), status="published", published_at=call.now)
    return {"published_at": to_text(call.now)}


def _found(session: Session, parameters: Variables) -> Row[Any]:
    return storage.find(session, str(parameters.get("number")), locked=True)


def _require_impartial(session: Session, found: Row[Any], account: str, groups: tuple[str, ...] | None = None) -> None:
    person = person_of(session, account, groups)
    rated = {found.window_group, found.window_group.replace("window-", "department-", 1)}
    acted = actors_of_case(session, found.case_number) | _worked_on(session, found.case_number)
    if rated & (person.groups | person.windows) or account in acted:
        raise Rejection("rating-rated-person", field="verifier", account=account)


def _worked_on(session: Session, case_number: str) -> set[str]:
    """Who did anything in the case's process, also what the case file does not tell of."""
    case = find_case(session, case_number)
    return set(session.execute(select(history.c.actor_id).where(history.c.instance_id == case.instance_id)).scalars())


def _view(session: Session, found: Row[Any]) -> dict[str, Value]:
    named = storage.identity_of(session, found.number)
    return {
        "number": found.number,
        "case": found.case_number,
        "item": found.item_name,
        "window": found.window_group,
        "grade": GRADES[found.grade][0],
        "said": found.said,
        "named": named is not None,
        "name": None if named is None else named.name,
        "contact": None if named is None else named.contact,
        "contact_due": to_text(found.contact_due),
        "answer_due": to_text(found.answer_due),
        "correct_due": to_text(found.correct_due),
    }


def _entry(call: OperatorCall, event: str, **detail: Any) -> Entry:
    return Entry(call.now, call.actor.id, event, detail)

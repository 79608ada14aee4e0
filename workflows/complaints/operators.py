"""What models say to complaints. All in the step's own transaction; a check stands right behind the task it guards."""

from typing import Any

from sqlalchemy import Row
from sqlalchemy.orm import Session

from engine.core.actor import SCHEDULER, WORKER
from engine.core.moments import to_text
from engine.core.rejection import Rejection, declare
from engine.core.values import Value, Variables
from engine.runtime.accounts import account_by_id
from engine.runtime.operators import OperatorCall, OperatorRegistry, text_of
from workflows.calendar.entry import working_days
from workflows.case_file.storage import events_of as events_of_case
from workflows.clock import hall_day
from workflows.clock.counting import closing
from workflows.complaints import storage
from workflows.complaints.complaint import CATEGORIES, Category, require_closable, rule_of
from workflows.complaints.handler import Person
from workflows.complaints.telling import tell
from workflows.journal import Entry

declare(
    {
        "complaint-already-open": (
            "投诉{number}已经在办。",
            "Expected a complaint nobody works on yet, but {number} is in hand.",
        ),
        "complaint-handler-unknown": ("没有可用的账户{handler}。", "Expected an account that works, but {handler} is none."),
        "complaint-extended-already": ("投诉{number}已经延长过一次。", "Expected one extension at most, but {number} had one."),
        "complaint-head-only": ("延长答复期限须由负责人批准。", "Expected the head to extend the limit, but {actor} is not."),
    }
)

HEADS = frozenset({"committee"})
"""Who may extend: the head of the centre's committee."""


def register(registry: OperatorRegistry) -> None:
    """Add ``complaints.*`` to the operators models may name."""
    registry.local("complaints.open", parameters=("number",))(open_complaint)
    registry.local("complaints.assign", parameters=("number", "outcome", "handler", "against", "window", "reason"))(assign)
    registry.local("complaints.extend", parameters=("number", "reason", "agreed"))(extend)
    registry.local("complaints.find", parameters=("number", "finding", "evidence", "upheld", "answer"))(find)
    registry.local("complaints.answer", parameters=("number", "document"))(answer)
    registry.local("complaints.close", parameters=("number", "proof_kind", "proof", "view"))(close)
    registry.local("complaints.escalate", parameters=("number", "limit"))(escalate)


def open_complaint(session: Session, parameters: Variables, call: OperatorCall) -> Value:
    """The complaint as its handlers see it, without who complained; with the history of the case it points at.

    :raises Rejection: ``complaint-not-found``, ``complaint-already-open``.
    """
    found = storage.find(session, str(parameters.get("number")), locked=True)
    if found.instance_id is not None:
        raise Rejection("complaint-already-open", number=found.number)
    storage.change(session, found, _entry(call, "opened"), instance_id=call.instance_id)
    return _view(session, storage.find(session, found.number))


def assign(session: Session, parameters: Variables, call: OperatorCall) -> Value:
    """Accepted and given to somebody impartial, or not ours and told so with the route: ``{handler, outcome}``.

    ``against``, ``window``: the account and the window complained about, as far as that is known by now.

    :raises Rejection: ``complaint-handler-unknown``, ``complaint-about-handler``, ``complaint-subordinate``,
        ``complaint-own-window``, ``complaint-acted-in-case``; whoever assigns must be as impartial.
    """
    found = storage.find(session, str(parameters.get("number")), locked=True)
    against = {
        "against_account": text_of(parameters.get("against")) or found.against_account,
        "against_window": text_of(parameters.get("window")) or found.against_window,
    }
    handler = text_of(parameters.get("handler")) or call.actor.id
    outcome = "transferred" if parameters.get("outcome") == "not-ours" else "accepted"
    said = {"handler": handler, "reason": text_of(parameters.get("reason")), **against}
    storage.change(
        session, found, _entry(call, outcome, **said), **against, handler=handler, status="accepted", accepted_at=call.now
    )
    changed = storage.find(session, found.number)
    account = account_by_id(session.connection(), handler)
    if handler != call.actor.id and (account is None or account.disabled):
        raise Rejection("complaint-handler-unknown", field="handler", handler=handler[:60])
    if handler != call.actor.id:
        storage.require_may_handle(session, changed, storage.person_of(session, handler))
    storage.require_may_handle(session, changed, _actor(session, call))
    if outcome == "accepted":
        tell(session, changed, "complaint_accepted", call, due_on=hall_day(changed.answer_due).isoformat())
    return {"handler": handler, "outcome": str(parameters.get("outcome"))}


def extend(session: Session, parameters: Variables, call: OperatorCall) -> Value:
    """The head moves the limit once: the complaint as :func:`open_complaint` shows it. Nothing moves unless "yes".

    :raises Rejection: ``complaint-head-only``, ``complaint-extended-already``, and if the head is not impartial.
    """
    found = storage.find(session, str(parameters.get("number")), locked=True)
    storage.require_may_handle(session, found, _actor(session, call))
    if not HEADS & set(call.actor.groups):
        raise Rejection("complaint-head-only", actor=call.actor.id)
    if parameters.get("agreed") != "yes":
        return _view(session, found)
    if found.extended_days:
        raise Rejection("complaint-extended-already", number=found.number)
    days = rule_of(found.channel, hall_day(found.filed_at)).extension
    moved = closing(hall_day(found.answer_due), days, working_days(session))
    said = {"days": days, "reason": text_of(parameters.get("reason")), "until": hall_day(moved).isoformat()}
    storage.change(session, found, _entry(call, "extended", **said), extended_days=days, answer_due=moved)
    return _view(session, storage.find(session, found.number))


def find(session: Session, parameters: Variables, call: OperatorCall) -> Value:
    """What was found, by what evidence, and what is answered.

    :raises Rejection: ``complaint-without-finding``, ``complaint-without-answer``, and as for the handler of
        :func:`assign`, by whatever way the task came to whoever did it: claim, delegation, reassignment.
    """
    found = storage.find(session, str(parameters.get("number")), locked=True)
    storage.require_may_handle(session, found, _actor(session, call))
    given = {name: text_of(parameters.get(name)) for name in ("finding", "evidence", "upheld", "answer")}
    if not given["finding"] or not given["evidence"]:
        raise Rejection("complaint-without-finding", field="finding", number=found.number)
    if not given["answer"]:
        raise Rejection("complaint-without-answer", field="answer", number=found.number)
    entry = _entry(call, "found", upheld=given["upheld"])
    storage.change(session, found, entry, **given, status="found", handler=call.actor.id)
    return True


def answer(session: Session, parameters: Variables, call: OperatorCall) -> Value:
    """The answer was issued as document ``document``; a named complainant with an account finds it in his inbox."""
    found = storage.find(session, str(parameters.get("number")), locked=True)
    document = text_of(parameters.get("document"))
    storage.change(session, found, _entry(call, "answered", document=document), document=document, status="answered")
    tell(session, found, "complaint_answered", call)
    return True


def close(session: Session, parameters: Variables, call: OperatorCall) -> Value:
    """Closed, with proof that the answer arrived (``proof_kind`` delivered) or that nobody could be reached (no-contact).

    :raises Rejection: ``complaint-without-finding``, ``complaint-without-answer``, ``complaint-without-proof``, and if whoever
        did it is not impartial.
    """
    found = storage.find(session, str(parameters.get("number")), locked=True)
    storage.require_may_handle(session, found, _actor(session, call))
    given = {name: text_of(parameters.get(name)) for name in ("proof_kind", "proof", "view")}
    require_closable({**found._asdict(), **given})
    late = call.now > found.answer_due
    entry = _entry(call, "closed", proof_kind=given["proof_kind"], view=given["view"], late=late)
    storage.change(session, found, entry, **given, status="closed", closed_at=call.now)
    return {"closed_at": to_text(call.now), "late": late}


def escalate(session: Session, parameters: Variables, call: OperatorCall) -> Value:
    """A limit passed (``limit``: accept or answer): it is in the log, and the overdue list names it."""
    found = storage.find(session, str(parameters.get("number")), locked=True)
    entry = _entry(call, "escalated", limit=text_of(parameters.get("limit")))
    storage.change(session, found, entry, escalated=found.escalated + 1)
    return True


def _view(session: Session, found: Row[Any]) -> dict[str, Value]:
    """Without who complained: nobody needs that to find out what happened."""
    return {
        "number": found.number,
        "channel": found.channel,
        "channel_name": rule_of(found.channel, hall_day(found.filed_at)).name,
        "category": CATEGORIES[Category(found.category)],
        "subject": found.subject,
        "statement": found.statement,
        "against": found.against_name or found.against_account or found.against_window,
        "case": found.case_number,
        "history": _history(session, found.case_number),
        "accept_due": to_text(found.accept_due),
        "answer_due": to_text(found.answer_due),
    }


def _history(session: Session, case: str | None) -> list[Value]:
    events = [] if case is None else events_of_case(session, case)
    return [{"at": to_text(event.at), "event": event.event, "status": event.status} for event in events]


def _actor(session: Session, call: OperatorCall) -> Person:
    if call.actor in (SCHEDULER, WORKER):
        return Person(call.actor.id, frozenset())
    return storage.person_of(session, call.actor.id, call.actor.groups)


def _entry(call: OperatorCall, event: str, **detail: Any) -> Entry:
    return Entry(call.now, call.actor.id, event, detail)

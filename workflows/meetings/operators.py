"""What the model of a joint meeting asks: every rule stands right behind the task it guards."""

from datetime import date
from typing import Any

from sqlalchemy import Row, select
from sqlalchemy.orm import Session

from engine.core.actor import SCHEDULER, Actor
from engine.core.moments import to_text
from engine.core.rejection import Rejection, declare
from engine.core.values import Value, Variables
from engine.runtime.number_series import next_number
from engine.runtime.operators import OperatorCall, OperatorRegistry, text_of
from workflows.clock import hall_day
from workflows.clock.hall_time import end_of
from workflows.groups import has_members
from workflows.journal import Entry
from workflows.meetings import following, storage
from workflows.meetings.agenda import open_points
from workflows.meetings.meeting import BODIES, Decided, concluded, decided, quarter_of, require_bodies
from workflows.meetings.tables import liaison_decision, liaison_meeting

CONVENERS = frozenset({"committee", "supervision", "discipline"})

declare(
    {
        "meeting-not-yours": (
            "联席会议由管委会、督查或者纪检监察机关召集、记录。",
            "Expected the committee, supervision or discipline, but {actor} is none of them.",
        ),
        "meeting-this-quarter": (
            "{quarter}已经召集过联席会议。",
            "Expected a quarter without a joint meeting, but one was convened in {quarter}.",
        ),
        "meeting-group-unknown": (
            "没有“{group}”这个责任单位。",
            "Expected a group that has people, but {group} has none.",
        ),
        "meeting-own-minutes": (
            "会议纪要由记录人以外的人签认。",
            "Expected somebody else than {actor}, who kept the minutes.",
        ),
        "meeting-signed": (
            "会议{number}的纪要已经签认，不得更改。",
            "Expected minutes nobody signed, but those of {number} stand.",
        ),
    }
)


def register(registry: OperatorRegistry) -> None:
    """Add ``meetings.*`` to the operators models may name."""
    registry.local("meetings.convene", parameters=())(convene)
    registry.local("meetings.announce", parameters=("number", "held_on", "place", "added"))(announce)
    registry.local("meetings.record", parameters=("number", "record"))(record)
    registry.local("meetings.sign", parameters=("number", "agreed", "reason"))(sign)
    registry.local("meetings.close", parameters=("number",))(close)
    following.register(registry)


def convene(session: Session, parameters: Variables, call: OperatorCall) -> Value:
    """A meeting of the running quarter, with what is open as its agenda: ``{number, quarter, agenda, attendance}``.

    The scheduler convenes one only where nobody did in this quarter.

    :raises Rejection: ``meeting-not-yours``, ``meeting-this-quarter``.
    """
    day = hall_day(call.now)
    quarter = quarter_of(day)
    if call.actor == SCHEDULER:
        if convened_in(session, quarter):
            raise Rejection("meeting-this-quarter", quarter=quarter)
    else:
        _require_convener(call.actor)
    number = f"LX{day.year}{next_number(session, f'liaison-meeting/{day.year}'):04d}"
    row = {"number": number, "instance_id": call.instance_id, "quarter": quarter, "status": "convened"}
    agenda = open_points(session, call.now)
    kept = {"convened_by": call.actor.id, "convened_at": call.now, "agenda": agenda}
    storage.JOURNAL.add(session, {**row, **kept}, _entry(call, "convened", points=len(agenda)))
    attendance = [{"body": body, "name": name} for body, name in BODIES.items()]
    view: dict[str, Any] = {"number": number, "quarter": quarter, "agenda": agenda, "attendance": attendance}
    return view


def announce(session: Session, parameters: Variables, call: OperatorCall) -> Value:
    """Day and place, and points that no register knows (``added``: ``{matter}`` each): ``{agenda}`` as it then is.

    :raises Rejection: ``meeting-not-yours``, ``meeting-day``.
    """
    found = _unsigned(session, parameters)
    _require_convener(call.actor)
    held_on = date.fromisoformat(str(parameters.get("held_on")))
    if held_on < hall_day(call.now):
        raise Rejection("meeting-day", field="held_on", day=held_on.isoformat())
    begun = sum(point["kind"] == "added" for point in found.agenda)
    added = [text_of(row.get("matter")) for row in _rows(parameters.get("added"))]
    more = [{"kind": "added", "number": str(begun + i), "matter": said} for i, said in enumerate(filter(None, added), 1)]
    agenda = [*found.agenda, *more]
    values = {"status": "announced", "held_on": held_on, "place": text_of(parameters.get("place")), "agenda": agenda}
    storage.JOURNAL.change(session, found, _entry(call, "announced", held_on=held_on.isoformat(), added=len(more)), **values)
    return {"agenda": agenda}


def record(session: Session, parameters: Variables, call: OperatorCall) -> Value:
    """What a meeting was: attendance, a conclusion for each point, decisions, minutes: ``{held_on}``.

    :raises Rejection: ``meeting-not-yours``, ``meeting-signed``, ``meeting-day``, ``meeting-body-absent``,
        ``meeting-point-open``, ``meeting-without-minutes``, ``meeting-decision-day``, ``meeting-group-unknown``.
    """
    found, given = _unsigned(session, parameters), parameters.get("record")
    _require_convener(call.actor)
    said = given if isinstance(given, dict) else {}
    held_on, minutes = date.fromisoformat(str(said.get("held_on"))), text_of(said.get("minutes"))
    if held_on > hall_day(call.now):
        raise Rejection("meeting-day", field="held_on", day=held_on.isoformat())
    attendance = _rows(said.get("attendance"))
    require_bodies(attendance)
    if minutes is None:
        raise Rejection("meeting-without-minutes", field="minutes")
    values = {"agenda": concluded(found.agenda, _rows(said.get("agenda"))), "attendance": attendance, "minutes": minutes}
    decisions = decided(_rows(said.get("decisions")), held_on)
    _replace(session, found.number, decisions)
    entry = _entry(call, "recorded", held_on=held_on.isoformat(), decisions=len(decisions))
    storage.JOURNAL.change(session, found, entry, status="recorded", held_on=held_on, recorded_by=call.actor.id, **values)
    return {"held_on": held_on.isoformat()}


def sign(session: Session, parameters: Variables, call: OperatorCall) -> Value:
    """Somebody else signs the minutes, or sends them back: ``{signed, decisions}``; from then on they stand.

    :raises Rejection: ``meeting-not-yours``, ``meeting-own-minutes``, ``meeting-signed``.
    """
    found = _unsigned(session, parameters)
    _require_convener(call.actor)
    if call.actor.id == found.recorded_by:
        raise Rejection("meeting-own-minutes", actor=call.actor.id)
    signed, reason = parameters.get("agreed") == "yes", text_of(parameters.get("reason"))
    if signed:
        values = {"status": "signed", "signed_by": call.actor.id, "signed_at": call.now}
        storage.JOURNAL.change(session, found, _entry(call, "signed", reason=reason), **values)
    else:
        storage.JOURNAL.change(session, found, _entry(call, "not-signed", reason=reason), status="announced")
    decisions: list[Value] = [_followed(row) for row in storage.decisions_of(session, found.number)]
    return {"signed": signed, "decisions": decisions if signed else []}


def close(session: Session, parameters: Variables, call: OperatorCall) -> Value:
    """Everything decided was done."""
    found = storage.find(session, str(parameters.get("number")), locked=True)
    storage.JOURNAL.change(session, found, _entry(call, "closed"), status="closed", closed_at=call.now)
    return True


def convened_in(session: Session, quarter: str) -> bool:
    """Whether anybody convened a meeting in a quarter."""
    statement = select(liaison_meeting.c.number).where(liaison_meeting.c.quarter == quarter).limit(1)
    return session.execute(statement).first() is not None


def _replace(session: Session, number: str, decisions: list[Decided]) -> None:
    """The decisions of minutes that nobody has signed."""
    for one in decisions:
        if not has_members(session, one.responsible):
            raise Rejection("meeting-group-unknown", field="decisions", group=one.responsible[:60])
    session.execute(liaison_decision.delete().where(liaison_decision.c.meeting == number))
    for sequence, one in enumerate(decisions, 1):
        row = {"matter": one.matter, "responsible": one.responsible, "due_on": one.due_on, "status": "open"}
        session.execute(liaison_decision.insert().values(meeting=number, sequence=sequence, **row))


def _followed(row: Row[Any]) -> dict[str, Value]:
    said = {"sequence": row.sequence, "matter": row.matter, "responsible": row.responsible}
    return {**said, "due_on": row.due_on.isoformat(), "due_at": to_text(end_of(row.due_on))}


def _unsigned(session: Session, parameters: Variables) -> Row[Any]:
    found = storage.find(session, str(parameters.get("number")), locked=True)
    if found.signed_at is not None:
        raise Rejection("meeting-signed", number=found.number)
    return found


def _require_convener(actor: Actor) -> None:
    if not CONVENERS & set(actor.groups):
        raise Rejection("meeting-not-yours", actor=actor.id)


def _rows(value: object) -> list[dict[str, Any]]:
    return [row for row in value if isinstance(row, dict)] if isinstance(value, list) else []


def _entry(call: OperatorCall, event: str, **detail: Any) -> Entry:
    return Entry(call.now, call.actor.id, event, detail)

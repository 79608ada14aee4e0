"""The decision: not by one alone, not by who proposed it, and in the ledger at once (R-49, R-51)."""

from datetime import date, timedelta
from typing import Any

from sqlalchemy import Row
from sqlalchemy.orm import Session

from engine.core.rejection import Rejection, declare
from engine.core.values import Variables
from engine.runtime.number_series import next_number
from engine.runtime.operators import OperatorCall
from workflows.clock import hall_day
from workflows.collection import take_duty
from workflows.collection.separation import people_behind
from workflows.journal import Entry
from workflows.ledger import Stamp, post
from workflows.waivers import notice, storage
from workflows.waivers.basis import bases
from workflows.waivers.obligation import obligation_of
from workflows.waivers.plan import Instalment, require_within, shown
from workflows.waivers.storage import DEFERRING

GROUPS = {
    "finance-officer": "finance-office",
    "finance-head": "finance-head",
    "county-leader": "leader-county",
    "county-executive-meeting": "county-executive",
}
"""By what D6 says, the group that decides."""
DUTIES = {"opinion": "waive-propose", "review": "waive-review", "check": "waive-review"}
OPINIONS = {"opinion": "执收部门意见", "review": "财政审核", "check": "管委会核对"}
DEPARTMENTS = ("department-", "window-", "leader-")

declare(
    {
        "waiver-not-open": (
            "减免缓申请{number}已经办结。",
            "Expected an application nobody has decided, but {number} is decided.",
        ),
        "waiver-by-department-alone": (
            "部门不得自行决定减免缓：{missing}。",
            "Expected others than the department to have agreed to a waiver, but they have not: {missing}.",
        ),
        "waiver-decider-is-sponsor": (
            "{actor}是申请人、经办人或者提出意见的人，不得决定。",
            "Expected somebody to decide who neither applied nor spoke for it, but {actor} did.",
        ),
        "waiver-decider-other": (
            "按权限应由{decider}决定。",
            "Expected the decision of {decider}, but {actor} is none of them.",
        ),
        "waiver-minutes-missing": (
            "县政府常务会议决定的须写明会议纪要编号。",
            "Expected the number of the meeting's minutes, but there is none.",
        ),
        "waiver-two-roles": (
            "{actor}已经提出过意见，不得再由同一人办理。",
            "Expected another person for this step, but {actor} has given an opinion already.",
        ),
        "waiver-silence-is-none": (
            "{basis}没有规定逾期视为同意。",
            "Expected a basis by which silence is consent, but {basis} is none; only the law makes it so.",
        ),
        "waiver-silence-early": ("决定期限尚未届满。", "Expected the limit for a decision to be over, but it is not."),
    }
)


def give_opinion(session: Session, number: str, step: str, agrees: bool, said: str, call: OperatorCall) -> Row[Any]:
    """Keep what the department, the finance office or the committee says. No person speaks for two of them.

    :raises Rejection: ``waiver-not-open``, ``waiver-two-roles``, ``money-duties-not-separate``.
    """
    found = require_open(session, number)
    take_duty(session, found.case_number, DUTIES[step], call)
    if _speakers(session, number) & set(people_behind(session, call)):
        raise Rejection("waiver-two-roles", actor=call.actor.id)
    storage.change(session, found, Entry(call.now, call.actor.id, step, {"agrees": agrees, "opinion": said}))
    return storage.find(session, number)


def decide(session: Session, number: str, given: Variables, call: OperatorCall) -> Row[Any]:
    """Grant or refuse. ``given``: ``decider`` (of D6), ``minutes_required``, ``grants``, ``minutes``, ``reason``.

    :raises Rejection: ``waiver-not-open``, ``waiver-by-department-alone``, ``waiver-decider-is-sponsor``,
        ``waiver-decider-other``, ``waiver-minutes-missing``, and as :func:`_grant`.
    """
    found = require_open(session, number)
    decider = str(given.get("decider") or "")
    _require_decider(session, found, decider, call)
    take_duty(session, found.case_number, "waive-decide", call)
    minutes = str(given.get("minutes") or "").strip()
    if given.get("minutes_required") is True and not minutes:
        raise Rejection("waiver-minutes-missing", field="minutes")
    by = {"decider": decider, "minutes": minutes or None, "decided_at": call.now, "decided_by": call.actor.id}
    if given.get("grants") is not True:
        return refuse(session, found, str(given.get("reason") or "decider-refused"), call, **by)
    return _grant(session, found, call, **by)


def refuse(session: Session, found: Row[Any], reason: str, call: OperatorCall, **by: Any) -> Row[Any]:
    """Refused, and kept with the reason."""
    entry = Entry(call.now, call.actor.id, "refused", {"reason": reason})
    decided = {"decided_at": call.now, "decided_by": call.actor.id, **by}
    storage.change(session, found, entry, state="refused", reason=reason[:60], **decided)
    return storage.find(session, found.number)


def deem_granted(session: Session, number: str, call: OperatorCall) -> Row[Any]:
    """The limit passed without a decision, and the law says that this is consent (水资源费缓缴, article 34).

    :raises Rejection: ``waiver-not-open``, ``waiver-silence-is-none``, ``waiver-silence-early``, and as :func:`_grant`.
    """
    found = require_open(session, number)
    basis = bases().get(found.basis)
    if basis is None or not basis.silence:
        raise Rejection("waiver-silence-is-none", basis=found.basis if basis is None else basis.name)
    if call.now < found.decide_by:
        raise Rejection("waiver-silence-early")
    return _grant(session, found, call, decider="silence", decided_at=call.now, decided_by=call.actor.id, by_silence=True)


def require_open(session: Session, number: str) -> Row[Any]:
    """The row, to be changed. :raises Rejection: ``waiver-not-found``, ``waiver-not-open``."""
    found = storage.find(session, number, locked=True)
    if found.state != "reviewing":
        raise Rejection("waiver-not-open", number=number)
    return found


def _grant(session: Session, found: Row[Any], call: OperatorCall, **by: Any) -> Row[Any]:
    """Into the ledger, if something is waived; put off from today, if something is put off.

    :raises Rejection: ``waiver-after-ticket``, ``waiver-more-than-payable``, ``waiver-deferral-limit``,
        ``ledger-day-not-open``.
    """
    debt = obligation_of(session, found.case_number, found.fee)
    if found.amount_fen > debt.payable_fen:
        raise Rejection("waiver-more-than-payable", amount=found.amount_fen, payable=debt.payable_fen)
    values: dict[str, Any] = {"state": "granted", "decision_number": _decision_number(session, hall_day(call.now)), **by}
    if found.kind in DEFERRING:
        values |= _put_off(session, found, hall_day(call.now))
        notice.put_off(session, found.case_number, values["due_on"])
    else:
        post(session, "waive", found.amount_fen, debt.keys, Stamp(call.now, call.actor.id, found.number))
    entry = Entry(call.now, call.actor.id, "granted", {"decision": values["decision_number"], "decider": by["decider"]})
    storage.change(session, found, entry, **values)
    return storage.find(session, found.number)


def _put_off(session: Session, found: Row[Any], today: date) -> dict[str, Any]:
    """A deferral runs from the decision; instalments stay on the days that were asked for."""
    before = storage.deferred_days(session, found.case_number, found.fee) - found.days
    require_within(before, found.days, bases()[found.basis].max_days)
    if found.kind == "instalments":
        return {"due_on": date.fromisoformat(found.plan[-1]["due_on"])}
    last = today + timedelta(days=found.days)
    return {"due_on": last, "plan": shown((Instalment(last, 0),))}


def _require_decider(session: Session, found: Row[Any], decider: str, call: OperatorCall) -> None:
    said = {event.event for event in storage.events_of(session, found.number)}
    missing = [name for step, name in OPINIONS.items() if step not in said]
    if missing:
        raise Rejection("waiver-by-department-alone", missing="、".join(f"没有{name}" for name in missing))
    if {found.applied_by, found.sponsor, *_speakers(session, found.number)} & set(people_behind(session, call)):
        raise Rejection("waiver-decider-is-sponsor", actor=call.actor.id)
    groups = call.actor.groups
    if any(group.startswith(DEPARTMENTS) and group != GROUPS["county-leader"] for group in groups):
        raise Rejection("waiver-by-department-alone", missing=f"{call.actor.id}是部门人员")
    if GROUPS.get(decider) not in groups:
        raise Rejection("waiver-decider-other", decider=decider, actor=call.actor.id)


def _speakers(session: Session, number: str) -> set[str]:
    return {event.actor_id for event in storage.events_of(session, number) if event.event in OPINIONS}


def _decision_number(session: Session, day: date) -> str:
    return f"减免缓〔{day.year}〕{next_number(session, f'waiver-decision/{day.year}')}号"

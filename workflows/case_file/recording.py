"""Entering a status: what the table allows, what may be done once only, and who may do it."""

from collections.abc import Mapping
from datetime import date, datetime
from typing import Any

from sqlalchemy.orm import Session

from engine.core.actor import Actor
from engine.core.rejection import Rejection, declare
from workflows.calendar.entry import working_days
from workflows.case_file import storage
from workflows.case_file.hearing import require_hearing_done
from workflows.case_file.status import Status, require_transition
from workflows.case_file.storage import CaseFile
from workflows.clock import LimitName, hall_day, overdue_days
from workflows.clock import storage as clocks
from workflows.journal import Entry
from workflows.supervision.orders import require_answered

MAIN_CLOCK = "C1"
DEEMED = "deemed-accepted"
MOOT_WHEN_DECIDED = {"consulting", "site-visit"}
"""Flags of what is still being found out."""

declare(
    {
        "case-second-list": (
            "补正内容只能一次告知。只有出现新的事实并经本机关负责人批准，才能再次告知。",
            "What is missing is said once. A second list needs new facts and the approval of the organ's head.",
        ),
        "case-void-one-person": (
            "作废须由经办人提出、管委会另一人核准，不能由同一人完成。",
            "Voiding a case takes two people: one who asks and another, of the committee, who approves.",
        ),
    }
)


def enter(session: Session, found: CaseFile, status: str, detail: Mapping[str, Any], actor: Actor, now: datetime) -> CaseFile:
    """The case in its new status. Every moment is the server's; what ``detail`` says of dates moves nothing (A-03).

    :raises Rejection: as :func:`require_transition`, and ``case-second-list``, ``case-void-one-person``,
        ``hearing-pending``, ``decision-without-hearing-record``, ``case-order-unanswered``.
    """
    after = require_transition(found.status, status, detail, hall_day(now))
    if after.moment == "delivered":
        require_answered(session, found.number)
    if after.moment == "decided":
        require_hearing_done(session, found, detail)
    if after.once:
        _require_first(session, found, after, detail, actor)
    if after.two_people and detail["requested_by"] == actor.id:
        raise Rejection("case-void-one-person")
    values = {"status": after.code, **_moments(session, found, after, now)}
    return storage.change(session, found, Entry(now, actor.id, "status", detail), **values)


def _require_first(session: Session, found: CaseFile, after: Status, detail: Mapping[str, Any], actor: Actor) -> None:
    if all(event.status != after.code for event in storage.events_of(session, found.number)):
        return
    new_facts = detail.get("new_facts")
    if not (isinstance(new_facts, str) and new_facts.strip()) or found.leader_group not in actor.groups:
        raise Rejection("case-second-list")


def _moments(session: Session, found: CaseFile, after: Status, now: datetime) -> dict[str, Any]:
    if after.moment is None:
        return {}
    values: dict[str, Any] = {f"{after.moment}_at": now}
    if after.moment == "accepted":
        values["accepted_on"] = _accepted_on(found, after, now)
    if after.moment == "decided":
        values["overdue_days"] = _overdue(session, found, now)
        values["flags"] = sorted({*found.flags} - MOOT_WHEN_DECIDED)
    return values


def _accepted_on(found: CaseFile, after: Status, now: datetime) -> date:
    """Silence counts from the day the materials came (APPL Art. 32)."""
    return hall_day(found.received_at if after.code == DEEMED else now)


def _overdue(session: Session, found: CaseFile, now: datetime) -> int | None:
    """Working days after the law's limit, read from the clock itself; None where the case has none of its own."""
    clock = next((clock for clock in clocks.of_case(session, found.instance_id) if clock.name == MAIN_CLOCK), None)
    limit = None if clock is None else clock.limit(LimitName.STATUTORY)
    if clock is None or limit is None:
        return None
    return overdue_days(clock, limit, hall_day(clock.stopped_at or now), working_days(session))

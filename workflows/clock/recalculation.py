"""A new arrangement of holidays comes into force: every open clock is computed again, and what is bound to it moves.

Confirming is one transaction, each case another, under a command id made of the arrangement's and the case's: what was
interrupted is taken up again by asking again, and no case moves twice. A case's clock, ledger and timers change together.
"""

from collections.abc import Callable
from dataclasses import asdict, dataclass
from datetime import date, datetime
from typing import Any

from sqlalchemy.orm import Session

from engine.core.actor import Actor
from engine.core.commands import Command, MoveDeadlines
from engine.core.moments import to_text
from engine.core.rejection import Rejection
from engine.runtime.instances import Loaded
from engine.runtime.operators import context_of
from engine.runtime.runtime import Runtime
from engine.runtime.unit_of_work import UnitOfWork
from workflows.calendar import entry
from workflows.calendar.arrangement import Arrangement
from workflows.calendar.working_days import WorkingDays
from workflows.clock import storage
from workflows.clock.binding import bound_moments
from workflows.clock.clock import Clock
from workflows.clock.recomputation import Effect, recompute

NOTICE = "applicant-notice"
"""The message that starts the process which tells an applicant something."""


@dataclass(frozen=True, slots=True)
class Moved:
    """What a calendar does to one limit of one case."""

    instance_id: str
    effect: Effect


class Recalculation:
    """Changes the calendar and everything that hangs on it."""

    def __init__(self, runtime: Runtime) -> None:
        self._runtime = runtime

    def propose(self, arrangement: Arrangement, actor: Actor) -> int:
        """Enter an arrangement. It does nothing until somebody else confirms it."""
        return self._runtime.registers.change(
            "ProposeHolidayArrangement",
            actor,
            lambda session, now: entry.propose(session, arrangement, actor, now),
            subject=str(arrangement.year),
            detail=arrangement.to_dict(),
        )

    def preview(self, arrangement: Arrangement) -> list[Moved]:
        """What confirming would move, before and after, without moving it."""
        with self._runtime.registers.read() as session:
            old = entry.working_days(session)
            return _moves(session, old, old.with_arrangement(arrangement))

    def confirm(self, entry_id: int, actor: Actor) -> list[Moved]:
        """Put an arrangement in force and move what it moves.

        :raises Rejection: ``arrangement-not-found``, ``arrangement-already-confirmed``, ``calendar-needs-second-person``.
        """
        self._runtime.registers.change(
            "ConfirmHolidayArrangement",
            actor,
            lambda session, now: entry.confirm(session, entry_id, actor, now),
            subject=str(entry_id),
        )
        return self.move(entry_id, actor)

    def move(self, entry_id: int, actor: Actor) -> list[Moved]:
        """Compute open clocks again under a confirmed arrangement: what :meth:`confirm` does, and may be asked to do again.

        :raises Rejection: ``arrangement-not-found``, ``arrangement-not-confirmed``.
        """
        with self._runtime.registers.read() as session:
            confirmed = entry.find(session, entry_id)
            if confirmed.confirmed_at is None:
                raise Rejection("arrangement-not-confirmed", id=entry_id)
            calendars = entry.working_days(session, before=confirmed), entry.working_days(session)
            cases = list(dict.fromkeys(moved.instance_id for moved in _moves(session, *calendars)))
        return [moved for instance_id in cases for moved in self._move_case(instance_id, confirmed, actor)]

    def _move_case(self, instance_id: str, confirmed: entry.Entry, actor: Actor) -> list[Moved]:
        moved: list[Moved] = []

        def prepare(work: UnitOfWork, loaded: Loaded, now: datetime) -> Command:
            moved.clear()
            with work.savepoint() as session:
                place = storage.Place(instance_id, loaded.business_key, actor.id, now)
                moments = _recompute_case(session, place, confirmed, moved)
            return MoveDeadlines(instance_id=instance_id, command_id=command_id, actor=actor, moments=moments)

        command_id = f"holiday-arrangement/{confirmed.id}/{instance_id}"
        asked = MoveDeadlines(instance_id=instance_id, command_id=command_id, actor=actor, moments={})
        try:
            receipt = self._runtime.dispatcher.submit(asked, prepare=prepare)
        except Rejection as rejection:
            if rejection.code != "instance-not-active":  # it ended meanwhile
                raise
            return []
        self._tell(instance_id, confirmed, actor, f"{command_id}/notice")
        return [] if receipt.replayed else moved

    def _tell(self, instance_id: str, confirmed: entry.Entry, actor: Actor, command_id: str) -> None:
        """A day the applicant was given comes later now: he is told (rules.md 2.4), once, also if the first run was interrupted
        before. The notice is a process of its own; where none listens there is nobody to tell."""
        with self._runtime.registers.read() as session:
            later = storage.later_days(session, instance_id, confirmed.id)
        if not later:
            return
        known = self._runtime.queries.process_instance(instance_id).variables
        receipt, applicant, item = (context_of(known.get(name)) for name in ("receipt", "applicant", "item"))
        if "number" not in receipt:
            return
        to = {"account": receipt.get("applicant_account"), "phone": applicant.get("mobile"), "email": applicant.get("email")}
        data = {"item": item.get("name"), "due_on": max(later)}
        notice = {"to": to, "kind": "deadline_moved", "case": receipt["number"], "data": data}
        send = self._runtime.messages.correlate
        try:
            send(message=NOTICE, correlation_key=str(receipt["number"]), variables=notice, actor=actor, command_id=command_id)
        except Rejection as rejection:
            if rejection.code != "message-not-correlated":
                raise


def _moves(session: Session, old: WorkingDays, new: WorkingDays) -> list[Moved]:
    return [
        Moved(instance_id, effect)
        for instance_id in storage.cases_with_open_clocks(session)
        for clock in storage.of_case(session, instance_id)
        for effect in recompute(clock, old, new)[1]
    ]


def _recompute_case(
    session: Session, place: storage.Place, confirmed: entry.Entry, moved: list[Moved]
) -> dict[str, str | None]:
    old, new = entry.working_days(session, before=confirmed), entry.working_days(session)
    moments: dict[str, datetime | None] = {}
    for clock in storage.of_case(session, place.instance_id):
        changed, effects = recompute(clock, old, new)
        if not effects:
            continue
        detail = {"arrangement": confirmed.id, "year": confirmed.arrangement.year, "effects": [_told(one) for one in effects]}
        storage.change(session, place, clock.name, "recomputed", detail, _becomes(changed), new)
        moments.update(bound_moments(changed, new))
        moved += [Moved(place.instance_id, effect) for effect in effects]
    return {binding: None if at is None else to_text(at) for binding, at in moments.items()}


def _becomes(changed: Clock) -> Callable[[Clock], Clock]:
    return lambda found: changed


def _told(effect: Effect) -> dict[str, Any]:
    plain = {key: value.isoformat() if isinstance(value, date) else value for key, value in asdict(effect).items()}
    return {**plain, "limit": effect.limit.value, "kept": effect.kept, "tell_applicant": effect.tell_applicant}

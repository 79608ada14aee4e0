"""Clocks of cases in the database: read, changed together with their ledger, never changed without it."""

from collections.abc import Callable, Sequence
from dataclasses import dataclass
from datetime import date, datetime
from typing import Any

from sqlalchemy import select
from sqlalchemy.orm import Session

from engine.core.moments import to_text
from engine.core.rejection import Rejection, declare
from engine.runtime.tables import process_instance
from workflows.calendar.working_days import WorkingDays
from workflows.clock.clock import Clock
from workflows.clock.deadline import due
from workflows.clock.light import Moment, moments
from workflows.clock.tables import clock as clock_table
from workflows.clock.tables import clock_event

declare(
    {
        "clock-not-found": ("办件没有时钟“{clock}”。", "Expected the case to have a clock {clock}, but it has none."),
        "clock-already-started": (
            "办件的时钟“{clock}”已经启动过，不能重新计时。",
            "Expected no clock {clock} in the case yet, but there is one; it cannot be started anew.",
        ),
    }
)


AT_ONCE = 500
"""Cases asked for in one statement."""


@dataclass(frozen=True, slots=True)
class Place:
    """Which case a clock belongs to, who acts on it, and when."""

    instance_id: str
    business_key: str | None
    actor_id: str
    now: datetime


@dataclass(frozen=True, slots=True)
class ClockEvent:
    """A row of the ledger."""

    sequence: int
    at: datetime
    actor_id: str
    event: str
    detail: dict[str, Any]
    clock: Clock


def add(session: Session, place: Place, started: Clock, calendar: WorkingDays) -> None:
    """Keep a clock that was just started.

    :raises Rejection: ``clock-already-started``: a clock is never started anew, also not after it stopped.
    """
    key = {"instance_id": place.instance_id, "name": started.name}
    if _row(session, place.instance_id, started.name) is not None:
        raise Rejection("clock-already-started", clock=started.name)
    fixed = {"kind": started.kind, "variant": started.variant, "business_key": place.business_key}
    values = _columns(started, calendar, 1)
    session.execute(clock_table.insert().values(**key, **fixed, started_at=started.started_at, **values))
    _write_event(session, place, started, 1, "started", {})


def change(
    session: Session,
    place: Place,
    name: str,
    event: str,
    detail: dict[str, Any],
    apply: Callable[[Clock], Clock],
    calendar: WorkingDays,
) -> Clock:
    """Change a clock and write down what was done.

    :raises Rejection: ``clock-not-found``, and whatever ``apply`` says against it.
    """
    row = _row(session, place.instance_id, name)
    if row is None:
        raise Rejection("clock-not-found", field="clock", clock=name[:40])
    changed, length = apply(Clock.from_dict(row["state"])), row["length"] + 1
    session.execute(
        clock_table.update()
        .where(clock_table.c.instance_id == place.instance_id, clock_table.c.name == name)
        .values(**_columns(changed, calendar, length))
    )
    _write_event(session, place, changed, length, event, detail)
    return changed


def _columns(clock: Clock, calendar: WorkingDays, length: int) -> dict[str, Any]:
    when = moments(clock, calendar)
    ends = [] if clock.stopped_at is not None else [due(clock, limit, calendar) for limit in clock.limits]
    return {
        "status": status(clock),
        "stopped_at": clock.stopped_at,
        "yellow_at": when[Moment.YELLOW],
        "promised_due": when[Moment.PROMISED],
        "statutory_due": when[Moment.STATUTORY],
        "provisional": any(end is not None and end.provisional for end in ends),
        "length": length,
        "state": clock.to_dict(),
    }


def status(clock: Clock) -> str:
    """``running``, ``paused`` or ``stopped``."""
    if clock.stopped_at is not None:
        return "stopped"
    return "paused" if clock.paused else "running"


def _write_event(session: Session, place: Place, clock: Clock, sequence: int, event: str, detail: dict[str, Any]) -> None:
    session.execute(
        clock_event.insert().values(
            instance_id=place.instance_id,
            name=clock.name,
            sequence=sequence,
            at=place.now,
            actor_id=place.actor_id,
            event=event,
            detail={key: _plain(value) for key, value in detail.items()},
            state=clock.to_dict(),
        )
    )


def _plain(value: Any) -> Any:
    if isinstance(value, datetime):
        return to_text(value)
    return value.isoformat() if isinstance(value, date) else value


def find(session: Session, instance_id: str, name: str) -> Clock:
    """:raises Rejection: ``clock-not-found``."""
    row = _row(session, instance_id, name)
    if row is None:
        raise Rejection("clock-not-found", field="clock", clock=name[:40])
    return Clock.from_dict(row["state"])


def of_case(session: Session, instance_id: str) -> list[Clock]:
    """All clocks of a case, in the order in which they were started."""
    order = (clock_table.c.started_at, clock_table.c.name)
    statement = select(clock_table.c.state).where(clock_table.c.instance_id == instance_id).order_by(*order)
    return [Clock.from_dict(state) for state in session.execute(statement).scalars()]


def clocks_of(session: Session, instance_ids: Sequence[str], name: str) -> dict[str, Clock]:
    """The clock of this name of each of many cases."""
    found: dict[str, Clock] = {}
    for begin in range(0, len(instance_ids), AT_ONCE):
        some = clock_table.c.instance_id.in_(instance_ids[begin : begin + AT_ONCE])
        rows = session.execute(select(clock_table.c.instance_id, clock_table.c.state).where(some, clock_table.c.name == name))
        found |= {row.instance_id: Clock.from_dict(row.state) for row in rows}
    return found


def events_of(session: Session, instance_id: str, name: str) -> list[ClockEvent]:
    """The ledger of a clock, oldest first."""
    here = (clock_event.c.instance_id == instance_id, clock_event.c.name == name)
    rows = session.execute(select(clock_event).where(*here).order_by(clock_event.c.sequence)).mappings()
    names = ("sequence", "at", "actor_id", "event", "detail")
    return [ClockEvent(**{name: row[name] for name in names}, clock=Clock.from_dict(row["state"])) for row in rows]


def cases_with_open_clocks(session: Session) -> list[str]:
    """Instances that go on and have a clock that has not stopped."""
    alive = process_instance.c.status.in_(("active", "suspended"))
    statement = (
        select(clock_table.c.instance_id)
        .join(process_instance, process_instance.c.id == clock_table.c.instance_id)
        .where(clock_table.c.status != "stopped", alive)
        .distinct()
        .order_by(clock_table.c.instance_id)
    )
    return list(session.execute(statement).scalars())


def _row(session: Session, instance_id: str, name: str) -> Any:
    here = (clock_table.c.instance_id == instance_id, clock_table.c.name == name)
    return session.execute(select(clock_table).where(*here)).mappings().one_or_none()


def later_days(session: Session, instance_id: str, arrangement: int) -> list[str]:
    """The days that an arrangement of holidays moved to after what the applicant was given, from the ledger: ISO dates."""
    mine = (clock_event.c.instance_id == instance_id) & (clock_event.c.event == "recomputed")
    details = session.execute(select(clock_event.c.detail).where(mine)).scalars()
    effects = (effect for detail in details if detail["arrangement"] == arrangement for effect in detail["effects"])
    return [str(effect["after"]) for effect in effects if effect["tell_applicant"]]

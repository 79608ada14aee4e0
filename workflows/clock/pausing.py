"""Stopping the count and letting it go on (APPL Art. 45; rules.md 2.4, PAUSE and RESUME)."""

from dataclasses import dataclass, replace
from datetime import date, datetime

from engine.core.rejection import Rejection
from workflows.calendar.working_days import WorkingDays
from workflows.clock.clock import Clock, Limit, Pause
from workflows.clock.deadline import due
from workflows.clock.ground import Ground, LimitName, find_ground
from workflows.clock.hall_time import hall_day
from workflows.clock.order import require_after, require_running

MOST_PLANNED_DAYS = 250


@dataclass(frozen=True, slots=True)
class PauseRequest:
    """What somebody says who wants to pause. ``ground``: code or Chinese name; ``notice``: number of the written notice to the
    applicant; ``planned_days``: working days the applicant is told it will take; ``on``: must be today if it is said at all."""

    ground: str
    planned_days: int | None
    notice: str
    evidence: str
    by: str
    on: date | None = None


def pause(clock: Clock, request: PauseRequest, now: datetime, calendar: WorkingDays) -> Clock:
    """The clock, standing still from the end of today on. Today is still used.

    :raises Rejection: ``clock-stopped``, ``clock-time-runs-backwards``, ``clock-not-pausable``, ``pause-ground-not-in-law``,
        ``pause-ground-not-for-clock``, ``pause-without-notice``, ``pause-without-length``, ``pause-without-evidence``,
        ``pause-already-open``, ``pause-not-today``, ``pause-after-deadline``.
    """
    require_running(clock, "pause")
    require_after(clock, now)
    today = hall_day(now)
    ground = _ground(clock, request, today)
    _require_papers(request)
    if request.on is not None and request.on != today:
        raise Rejection("pause-not-today", field="on", day=request.on.isoformat())
    _require_within_limit(clock, now, calendar)
    assert request.planned_days is not None
    begun = Pause(
        ground=ground.code,
        basis=ground.basis,
        stops=ground.stops,
        started_on=today,
        started_at=now,
        planned_days=request.planned_days,
        notice=request.notice.strip(),
        evidence=request.evidence.strip(),
        by=request.by,
    )
    return replace(clock, pauses=(*clock.pauses, begun))


def _ground(clock: Clock, request: PauseRequest, today: date) -> Ground:
    ground = find_ground(request.ground, today)
    if not clock.pausable:
        raise Rejection("clock-not-pausable", kind=clock.title)
    if all(limit.name not in ground.stops for limit in clock.limits):
        raise Rejection("pause-ground-not-for-clock", field="ground", ground=ground.name)
    if any(pause.ground == ground.code for pause in clock.open_pauses):
        raise Rejection("pause-already-open", field="ground", ground=ground.name)
    return ground


def _require_papers(request: PauseRequest) -> None:
    if not request.notice.strip():
        raise Rejection("pause-without-notice", field="notice")
    days = request.planned_days
    if days is None or not 1 <= days <= MOST_PLANNED_DAYS:
        raise Rejection("pause-without-length", field="planned_days", most=MOST_PLANNED_DAYS)
    if not request.evidence.strip():
        raise Rejection("pause-without-evidence", field="evidence")


def _require_within_limit(clock: Clock, now: datetime, calendar: WorkingDays) -> None:
    end = due(clock, binding_limit(clock), calendar)
    if end is not None and now > end.at:
        raise Rejection("pause-after-deadline", day=end.day.isoformat())


def binding_limit(clock: Clock) -> Limit:
    """The limit that the law sets; where it sets none, the promise."""
    return clock.limit(LimitName.STATUTORY) or clock.limits[0]


def is_on_last_day(clock: Clock, now: datetime, calendar: WorkingDays) -> bool:
    """Whether a pause begun now begins on the last day: allowed, but supervision hears of it."""
    end = due(clock, binding_limit(clock), calendar)
    return end is not None and end.day == hall_day(now)


def resume(clock: Clock, ground: str, result: str, now: datetime) -> Clock:
    """The clock without its open pause for this ground. It runs on once no other pause is open, with the exact remainder.

    :raises Rejection: ``clock-stopped``, ``clock-time-runs-backwards``, ``pause-not-open``, ``resume-without-result``.
    """
    require_running(clock, "resume")
    require_after(clock, now)
    open_one = next((pause for pause in clock.open_pauses if ground in (pause.ground, _name(pause))), None)
    if open_one is None:
        raise Rejection("pause-not-open", field="ground", ground=ground[:40])
    if not result.strip():
        raise Rejection("resume-without-result", field="result")
    ended = replace(open_one, ended_on=hall_day(now), ended_at=now, result=result.strip())
    return replace(clock, pauses=tuple(ended if pause is open_one else pause for pause in clock.pauses))


def _name(pause: Pause) -> str:
    return find_ground(pause.ground, pause.started_on).name

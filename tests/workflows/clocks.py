"""Clocks for tests: started at ten in the morning, hall time, paused and resumed with all papers in order."""

from datetime import UTC, date, datetime, time
from typing import Any

from engine.core.moments import HALL
from workflows.calendar import WorkingDays
from workflows.clock import Approver, Clock, ExtensionRequest, LimitName, PauseRequest, due, extend, pause, resume, start

CALENDAR = WorkingDays()
ORGAN_HEAD = frozenset({Approver.ORGAN_HEAD})
GOVERNMENT_HEAD = frozenset({Approver.GOVERNMENT_HEAD})


def at(day: str | date, clock_time: time = time(10)) -> datetime:
    """A moment of a hall day, in UTC."""
    day = date.fromisoformat(day) if isinstance(day, str) else day
    return datetime.combine(day, clock_time, HALL).astimezone(UTC)


def started(day: str, code: str = "C1", **options: Any) -> Clock:
    return start(code, at=at(day), **options)


def request(ground: str = "expert-review", **changes: Any) -> PauseRequest:
    given: dict[str, Any] = {"planned_days": 10, "notice": "特告〔2026〕1号", "evidence": "专家评审委托书", "by": "examiner"}
    return PauseRequest(ground=ground, **{**given, **changes})


def paused(clock: Clock, day: str | date, ground: str = "expert-review", calendar: WorkingDays = CALENDAR) -> Clock:
    return pause(clock, request(ground), at(day), calendar)


def resumed(clock: Clock, day: str | date, ground: str = "expert-review") -> Clock:
    return resume(clock, ground, "评审意见书", at(day))


def extended(clock: Clock, day: str, days: int = 10, **changes: Any) -> Clock:
    given: dict[str, Any] = {"reason": "案情复杂", "approved_by": "leader", "offices": ORGAN_HEAD, **changes}
    return extend(clock, ExtensionRequest(days, **given), at(day), CALENDAR)


def ends(clock: Clock, name: LimitName = LimitName.STATUTORY, calendar: WorkingDays = CALENDAR) -> str | None:
    """The last day of a limit as text; None while it stands still."""
    limit = clock.limit(name)
    assert limit is not None
    end = due(clock, limit, calendar)
    return None if end is None else end.day.isoformat()

"""What ends a clock: the decision, or the applicant's withdrawal, or that the case ended otherwise."""

from dataclasses import replace
from datetime import datetime

from engine.core.rejection import Rejection
from workflows.clock.clock import Clock
from workflows.clock.hall_time import hall_day
from workflows.clock.order import require_after, require_running


def stop(clock: Clock, reason: str, now: datetime) -> Clock:
    """The clock, stopped for good; open pauses end with it. Days overdue stay on record whatever the decision was.

    :raises Rejection: ``clock-stopped``, ``clock-time-runs-backwards``, ``stop-without-reason``.
    """
    require_running(clock, "stop")
    require_after(clock, now)
    if not reason.strip():
        raise Rejection("stop-without-reason", field="reason")
    day = hall_day(now)
    pauses = tuple(
        pause if pause.ended_on is not None else replace(pause, ended_on=day, ended_at=now) for pause in clock.pauses
    )
    return replace(clock, pauses=pauses, stopped_at=now, stopped_on=day, stop_reason=reason.strip())

"""Limits of steps (环节时限, C3) and of what must fit into what is left (C9)."""

from collections.abc import Sequence
from datetime import datetime

from engine.core.rejection import Rejection
from workflows.calendar.working_days import WorkingDays
from workflows.clock.clock import Clock
from workflows.clock.deadline import remaining
from workflows.clock.light import nearest_limit


def require_steps_fit(step_days: Sequence[int], promised_days: int) -> None:
    """The steps one after the other come to no more than the promise (rules.md 2.2: the sum of C3 is at most C2).

    :raises Rejection: ``steps-longer-than-promise``.
    """
    total = sum(step_days)
    if total > promised_days:
        raise Rejection("steps-longer-than-promise", field="steps", total=total, promised=promised_days)


def fitting_days(case: Clock, wanted: int, own_days: int, now: datetime, calendar: WorkingDays) -> int:
    """How many working days to answer in may be given: what is wanted, or what the case's clock leaves when ``own_days`` are
    kept for finishing (R-25); one at least, also when nothing is left."""
    return max(1, min(wanted, remaining(case, nearest_limit(case), now, calendar) - own_days))

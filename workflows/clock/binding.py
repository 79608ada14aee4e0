"""How the moments of clocks are named where a model binds a timer or a due date to one: ``<clock>:<moment>``.

``C1:yellow``, ``C1:red``, ``C1:promised``, ``C1:statutory``; ``review-health:red`` for a clock with a name of its own. The
engine only knows the names (:mod:`engine.core.deadlines`): a service task that starts, pauses, resumes, extends or stops a
clock tells the case when its moments come now, in the same transaction and before the case goes on, and history keeps what was
told. So a timer follows the clock at once, a replay needs no calendar, and what a variable of the case still says of an older
date does no harm: a timer that opens later takes the moment told last.
"""

from datetime import datetime

from workflows.calendar.working_days import WorkingDays
from workflows.clock.clock import Clock
from workflows.clock.light import Moment, moments


def binding(clock: str, moment: Moment) -> str:
    """The name of a clock's moment."""
    return f"{clock}:{moment.value}"


def bound_moments(clock: Clock, calendar: WorkingDays) -> dict[str, datetime | None]:
    """When each moment of the clock comes; None: not for the time being, or never."""
    return {binding(clock.name, moment): at for moment, at in moments(clock, calendar).items()}

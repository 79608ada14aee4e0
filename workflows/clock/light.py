"""The light of a clock (亮灯): rules.md 5.4, table D9, first row that fits.

| row | what | light |
|---|---|---|
| 1 | the statutory limit is over | red |
| 2 | an order (督办) is overdue | red |
| 3 | it stands still longer than the applicant was told | yellow |
| 4 | it stands still | grey |
| 5 | the promise is over | by scheme: red (A) or yellow (B) |
| 6 | a step is over its limit | yellow |
| 7 | a fifth of the promise or less is left, one day at least | yellow |
| 8 | otherwise | green |

Row 7 looks at the statutory limit where a clock has no promise. No national figure exists for the share, so schemes are data.
"""

from dataclasses import dataclass
from datetime import datetime
from enum import StrEnum

from workflows.calendar.working_days import WorkingDays
from workflows.clock.clock import Clock, Limit, Pause
from workflows.clock.deadline import due, reached
from workflows.clock.ground import LimitName
from workflows.clock.hall_time import hall_day


class Colour(StrEnum):
    GREEN = "green"
    YELLOW = "yellow"
    RED = "red"
    GREY = "grey"


@dataclass(frozen=True, slots=True)
class Scheme:
    """``divisor``: yellow when one in so many days is left, rounded up."""

    code: str
    promise_over: Colour
    divisor: int = 5

    def nearly(self, days: int) -> int:
        """How many days left make a limit of so many days yellow: a fifth, rounded up."""
        return max(1, -(-days // self.divisor))


SCHEME_A = Scheme("A", Colour.RED)
"""Chengdu: yellow is nearly over, red is over."""
SCHEME_B = Scheme("B", Colour.YELLOW)
"""Zhanjiang: over is yellow with an order in writing, red when that is not obeyed."""


@dataclass(frozen=True, slots=True)
class Light:
    """A colour and the row of D9 it came from."""

    colour: Colour
    row: int


class Moment(StrEnum):
    """What a timer or a due date may be bound to."""

    YELLOW = "yellow"
    """Row 7 begins."""
    RED = "red"
    """The first limit is over: the promise where there is one."""
    PROMISED = "promised"
    STATUTORY = "statutory"


def moments(clock: Clock, calendar: WorkingDays, scheme: Scheme = SCHEME_A) -> dict[Moment, datetime | None]:
    """When each moment comes; None: it does not, because the clock stands still, has stopped, or has no such limit."""
    if clock.stopped_at is not None:
        return dict.fromkeys(Moment)
    promised, statutory = _end(clock, LimitName.PROMISED, calendar), _end(clock, LimitName.STATUTORY, calendar)
    nearest = nearest_limit(clock)
    return {
        Moment.YELLOW: reached(clock, nearest, scheme.nearly(nearest.total), calendar),
        Moment.RED: promised if nearest.name is LimitName.PROMISED else statutory,
        Moment.PROMISED: promised,
        Moment.STATUTORY: statutory,
    }


def _end(clock: Clock, name: LimitName, calendar: WorkingDays) -> datetime | None:
    limit = clock.limit(name)
    end = None if limit is None else due(clock, limit, calendar)
    return None if end is None else end.at


def nearest_limit(clock: Clock) -> Limit:
    """The promise, which is never longer than the law's limit; without one, the law's."""
    return clock.limit(LimitName.PROMISED) or clock.limits[0]


def light(
    clock: Clock,
    now: datetime,
    calendar: WorkingDays,
    *,
    step_over: bool = False,
    order_over: bool = False,
    scheme: Scheme = SCHEME_A,
) -> Light:
    """The light at a moment. A clock that stopped keeps the light of the moment at which it did."""
    at = now if clock.stopped_at is None else min(now, clock.stopped_at)
    pauses = clock.open_pauses
    rows = (
        (1, _over(clock, LimitName.STATUTORY, at, calendar), Colour.RED),
        (2, order_over, Colour.RED),
        (3, any(is_over_plan(pause, at, calendar) for pause in pauses), Colour.YELLOW),
        (4, bool(pauses), Colour.GREY),
        (5, _over(clock, LimitName.PROMISED, at, calendar), scheme.promise_over),
        (6, step_over, Colour.YELLOW),
        (7, _nearly_over(clock, at, calendar, scheme), Colour.YELLOW),
    )
    return next((Light(colour, row) for row, fits, colour in rows if fits), Light(Colour.GREEN, 8))


def is_over_plan(pause: Pause, now: datetime, calendar: WorkingDays) -> bool:
    """Whether a pause lasts, or lasted, longer than the applicant was told (E-05)."""
    return calendar.between(pause.started_on, pause.ended_on or hall_day(now)) > pause.planned_days


def _over(clock: Clock, name: LimitName, at: datetime, calendar: WorkingDays) -> bool:
    end = _end(clock, name, calendar)
    return end is not None and at > end


def _nearly_over(clock: Clock, at: datetime, calendar: WorkingDays, scheme: Scheme) -> bool:
    limit = nearest_limit(clock)
    moment = reached(clock, limit, scheme.nearly(limit.total), calendar)
    return moment is not None and at >= moment

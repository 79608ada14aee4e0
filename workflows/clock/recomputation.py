"""What a change of the calendar does to a running clock (rules.md 2.4, CALENDAR_CHANGE; abuse A-31).

Later than the date the applicant was given: it moves, and the applicant must be told. Earlier: the statutory date moves, the
promised one stands, and both are on record.
"""

from dataclasses import dataclass, replace
from datetime import date

from workflows.calendar.working_days import WorkingDays
from workflows.clock.clock import Clock, Limit
from workflows.clock.deadline import Due, due
from workflows.clock.ground import LimitName
from workflows.clock.unit import Unit, between


@dataclass(frozen=True, slots=True)
class Effect:
    """What happens to one limit. ``tell_applicant``: its date becomes later than the one the applicant was given."""

    clock: str
    limit: LimitName
    before: date
    computed: date
    after: date
    was_provisional: bool
    is_provisional: bool

    @property
    def tell_applicant(self) -> bool:
        return self.after > self.before

    @property
    def kept(self) -> bool:
        """The calendar would give an earlier day, but the promised one stands."""
        return self.after != self.computed


def recompute(clock: Clock, old: WorkingDays, new: WorkingDays) -> tuple[Clock, tuple[Effect, ...]]:
    """The clock under the new calendar, and what changed. A clock that has stopped does not move.

    While a clock stands still its end is computed at the resumption, with whatever calendar then holds.
    """
    if clock.stopped_at is not None:
        return clock, ()
    effects = []
    for limit in clock.limits:
        before, computed = due(clock, limit, old), due(clock, limit, new)
        if before is None or computed is None or before == computed:
            continue
        clock = clock.with_limit(_kept(limit, before, computed, new))
        after = due(clock, clock.limit(limit.name) or limit, new)
        assert after is not None
        effects.append(
            Effect(clock.name, limit.name, before.day, computed.day, after.day, before.provisional, after.provisional)
        )
    return clock, tuple(effects)


def _kept(limit: Limit, before: Due, computed: Due, new: WorkingDays) -> Limit:
    if limit.name is not LimitName.PROMISED or limit.unit is not Unit.WORKING or computed.day >= before.day:
        return limit
    return replace(limit, kept=limit.kept + between(new, limit.unit, computed.day, before.day))

"""The one extension of a limit (APPL Art. 42; rules.md 2.4, EXTEND). The promise to the applicant stays as it was."""

from dataclasses import dataclass, replace
from datetime import datetime

from engine.core.rejection import Rejection
from workflows.calendar.working_days import WorkingDays
from workflows.clock.clock import Clock, Extension
from workflows.clock.deadline import due
from workflows.clock.kind import APPROVER_NAMES, Approver, ExtensionRule
from workflows.clock.order import require_after, require_running
from workflows.clock.pausing import binding_limit


@dataclass(frozen=True, slots=True)
class ExtensionRequest:
    """``offices`` are those the approving account holds; what it calls itself does not matter."""

    days: int
    reason: str
    approved_by: str
    offices: frozenset[Approver]
    promise_follows: bool = False
    """A published policy may let the promise move too; without one it does not."""


def extend(clock: Clock, request: ExtensionRequest, now: datetime, calendar: WorkingDays) -> Clock:
    """The clock with its limit longer.

    :raises Rejection: ``clock-stopped``, ``clock-time-runs-backwards``, ``clock-not-extendable``, ``extension-already-given``,
        ``extension-too-late``, ``extension-too-long``, ``extension-wrong-approver``, ``extension-without-reason``.
    """
    require_running(clock, "extend")
    require_after(clock, now)
    rule = _rule(clock, request, now, calendar)
    given = Extension(request.days, request.reason.strip(), request.approved_by, rule.approver, now)
    moved = binding_limit(clock).name
    limits = tuple(
        replace(limit, extended=request.days) if limit.name is moved or request.promise_follows else limit
        for limit in clock.limits
    )
    return replace(clock, extension=given, limits=limits)


def _rule(clock: Clock, request: ExtensionRequest, now: datetime, calendar: WorkingDays) -> ExtensionRule:
    rule = clock.extendable
    if rule is None:
        raise Rejection("clock-not-extendable", kind=clock.title)
    if clock.extension is not None:
        raise Rejection("extension-already-given")
    end = due(clock, binding_limit(clock), calendar)
    if end is not None and now > end.at:
        raise Rejection("extension-too-late", day=end.day.isoformat())
    if not 1 <= request.days <= rule.days:
        raise Rejection("extension-too-long", field="days", days=request.days, most=rule.days)
    if rule.approver not in request.offices:
        chinese, english = APPROVER_NAMES[rule.approver]
        raise Rejection("extension-wrong-approver", field="approved_by", approver=chinese, approver_en=english)
    if not request.reason.strip():
        raise Rejection("extension-without-reason", field="reason")
    return rule

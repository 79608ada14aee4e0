"""Limits counted back from a date: the notice of a hearing (C6c), the application for renewal (C8)."""

from datetime import date

from engine.core.rejection import Rejection
from workflows.calendar.working_days import WorkingDays
from workflows.clock.kind import find
from workflows.clock.starting import limit_days
from workflows.clock.unit import subtract


def latest_day(
    code: str, end: date, calendar: WorkingDays, *, variant: str = "", days: int | None = None, basis: str | None = None
) -> date:
    """The last day on which it can still be done. ``days`` where another law has its own figure (排污许可: 60 days).

    :raises Rejection: ``clock-kind-unknown``, ``clock-kind-not-in-force``, ``clock-not-backwards``, ``limit-loosened``,
        ``clock-days-invalid``.
    """
    kind = find(code, variant, end)
    if not kind.backwards:
        raise Rejection("clock-not-backwards", field="kind", kind=kind.name)
    return subtract(calendar, kind.unit, end, limit_days(kind, days, basis))


def require_hearing_notice(noticed: date, hearing: date, calendar: WorkingDays) -> None:
    """Seven working days before, or the date of the hearing is invalid (APPL Art. 48).

    :raises Rejection: ``hearing-notice-too-late``.
    """
    latest = latest_day("C6c", hearing, calendar)
    if noticed > latest:
        raise Rejection("hearing-notice-too-late", field="hearing", latest=latest.isoformat(), day=noticed.isoformat())

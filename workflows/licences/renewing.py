"""When renewal is asked for in time (APPL Art. 50, clock C8)."""

from datetime import date

from engine.core.rejection import Rejection, declare
from workflows.calendar.working_days import WorkingDays
from workflows.catalogue.limit import Unit
from workflows.catalogue.result import Renewal
from workflows.clock.unit import Unit as ClockUnit
from workflows.clock.unit import subtract
from workflows.licences.licence import Licence

UNITS = {Unit.WORKING_DAYS: ClockUnit.WORKING, Unit.CALENDAR_DAYS: ClockUnit.CALENDAR}

declare(
    {
        "licence-not-renewable": (
            "“{item}”没有延续的规定，期满后须重新申请。",
            "{item} is not renewed; apply anew when it is over.",
        ),
        "licence-renewal-late": (
            "延续应当最迟于{latest}提出（{basis}），现已逾期，请重新申请。",
            "Renewal is asked for until {latest} ({basis}); that is over, so apply anew.",
        ),
    }
)


def latest_application(valid_until: date, renewal: Renewal, calendar: WorkingDays) -> date:
    """The last day on which renewal may be asked for: 30 calendar days before the end unless another law has its own figure."""
    if renewal.apply_days_before == 0:
        return valid_until
    return subtract(calendar, UNITS[renewal.unit], valid_until, renewal.apply_days_before)


def require_in_time(licence: Licence, renewal: Renewal | None, day: date, calendar: WorkingDays) -> None:
    """:raises Rejection: ``licence-not-renewable``, ``licence-renewal-late``."""
    if renewal is None or licence.valid_until is None:
        raise Rejection("licence-not-renewable", field="licence", item=licence.item_name)
    latest = latest_application(licence.valid_until, renewal, calendar)
    if day > latest:
        raise Rejection("licence-renewal-late", field="licence", latest=latest.isoformat(), basis=renewal.basis)

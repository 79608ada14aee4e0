"""The calendar's operators. A model asks for a date once and keeps the answer; so a replay never depends on a calendar."""

from datetime import UTC, date, datetime, time
from zoneinfo import ZoneInfo

from sqlalchemy.orm import Session

from engine.core.rejection import Rejection, declare
from engine.core.values import Value, Variables
from engine.runtime.operators import OperatorCall, OperatorRegistry
from workflows.calendar.working_days import WorkingDays

HALL = ZoneInfo("Asia/Shanghai")
CLOSING_TIME = time(17, 30)
"""When the hall closes: the last day of a limit ends then (民法典 Art. 203). Sample figure."""

declare(
    {
        "limit-not-countable": (
            "工作日期限应为1至1000的整数，现为{days}。",
            "Expected a limit of 1 to 1000 working days, but it is {days}.",
        ),
        "date-not-readable": ("日期{value}无法识别。", "Expected a date, but {value} is none."),
    }
)

CALENDAR = WorkingDays()


def register(registry: OperatorRegistry) -> None:
    """Add ``clock.*`` to the operators models may name."""
    registry.local("clock.today")(today)
    registry.local("clock.add_working_days", parameters=("start", "days"))(add_working_days)


def today(session: Session, parameters: Variables, call: OperatorCall) -> Value:
    """The date in the hall, ISO 8601."""
    return call.now.astimezone(HALL).date().isoformat()


def add_working_days(session: Session, parameters: Variables, call: OperatorCall) -> Value:
    """The end of a limit: ``{"date", "due", "provisional"}``.

    ``days`` are working days; ``start`` is a date or date-time (default: now). ``due`` is the hall's closing time on the last
    day, UTC, as a timer wants it.

    :raises Rejection: ``limit-not-countable``, ``date-not-readable``.
    """
    days = parameters.get("days")
    if isinstance(days, bool) or not isinstance(days, int | float) or days != int(days) or not 1 <= days <= 1000:
        raise Rejection("limit-not-countable", field="days", days=days)
    deadline = CALENDAR.after(_day(parameters.get("start"), call.now), int(days))
    due = datetime.combine(deadline.day, CLOSING_TIME, HALL).astimezone(UTC)
    return {
        "date": deadline.day.isoformat(),
        "due": due.isoformat().replace("+00:00", "Z"),
        "provisional": deadline.provisional,
    }


def _day(value: Value, now: datetime) -> date:
    if value is None:
        return now.astimezone(HALL).date()
    try:
        moment = datetime.fromisoformat(str(value))
    except ValueError:
        raise Rejection("date-not-readable", field="start", value=value) from None
    return moment.astimezone(HALL).date() if moment.tzinfo else moment.date()

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
    registry.local("clock.today", parameters=())(today)
    registry.local("clock.add_working_days", parameters=("start", "days"))(add_working_days)
    registry.local("clock.limits", parameters=("start", "promised_days", "statutory_days"))(limits)


def today(session: Session, parameters: Variables, call: OperatorCall) -> Value:
    """The date in the hall, ISO 8601."""
    return call.now.astimezone(HALL).date().isoformat()


def add_working_days(session: Session, parameters: Variables, call: OperatorCall) -> Value:
    """The end of a limit, as :func:`limit` says it. ``start``: a date or date-time (default: now). ``days``: working days.

    :raises Rejection: ``limit-not-countable``, ``date-not-readable``.
    """
    return limit(_day(parameters.get("start"), call.now), _days(parameters, "days"))


def limits(session: Session, parameters: Variables, call: OperatorCall) -> Value:
    """The promised and the statutory limit of a case, side by side.

    :raises Rejection: ``limit-not-countable``, ``date-not-readable``.
    """
    start = _day(parameters.get("start"), call.now)
    return {
        "promised": limit(start, _days(parameters, "promised_days")),
        "statutory": limit(start, _days(parameters, "statutory_days")),
    }


def limit(start: date, days: int) -> dict[str, Value]:
    """``{"days", "date", "due_at", "yellow_at", "provisional"}``.

    ``due_at`` is the hall's closing time on the last day. From ``yellow_at`` on a fifth of the limit or less remains, one
    working day at least. Both are UTC, as a timer wants them.
    """
    deadline = CALENDAR.after(start, days)
    green = days - max(1, days // 5)
    return {
        "days": days,
        "date": deadline.day.isoformat(),
        "due_at": _closing(deadline.day),
        "yellow_at": _closing(CALENDAR.after(start, green).day if green else start),
        "provisional": deadline.provisional,
    }


def _closing(day: date) -> str:
    return datetime.combine(day, CLOSING_TIME, HALL).astimezone(UTC).isoformat().replace("+00:00", "Z")


def _days(parameters: Variables, name: str) -> int:
    days = parameters.get(name)
    if isinstance(days, bool) or not isinstance(days, int | float) or days != int(days) or not 1 <= days <= 1000:
        raise Rejection("limit-not-countable", field=name, days=days)
    return int(days)


def _day(value: Value, now: datetime) -> date:
    if value is None:
        return now.astimezone(HALL).date()
    try:
        moment = datetime.fromisoformat(str(value))
    except ValueError:
        raise Rejection("date-not-readable", field="start", value=value) from None
    return moment.astimezone(HALL).date() if moment.tzinfo else moment.date()

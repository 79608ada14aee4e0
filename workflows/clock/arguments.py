"""What a model says to the clock's operators, read strictly."""

from datetime import date, datetime

from engine.core.moments import HALL
from engine.core.rejection import Rejection, declare
from engine.core.values import Value, Variables

declare(
    {
        "limit-not-countable": (
            "工作日期限应为1至1000的整数，现为{days}。",
            "Expected a limit of 1 to 1000 working days, but it is {days}.",
        )
    }
)


def days(parameters: Variables, name: str) -> int:
    """:raises Rejection: ``limit-not-countable``."""
    value = parameters.get(name)
    if isinstance(value, bool) or not isinstance(value, int | float) or value != int(value) or not 1 <= value <= 1000:
        raise Rejection("limit-not-countable", field=name, days=value)
    return int(value)


def optional_days(parameters: Variables, name: str) -> int | None:
    """None: not given.

    :raises Rejection: ``limit-not-countable``.
    """
    return None if parameters.get(name) is None else days(parameters, name)


def text(parameters: Variables, name: str) -> str:
    """What is not given, or no text, is empty; whoever needs it refuses that."""
    value = parameters.get(name)
    return value if isinstance(value, str) else ""


def names(value: Value) -> list[str]:
    """``"C1, C7"`` or a list of names; nothing given is none."""
    parts = value.split(",") if isinstance(value, str) else value if isinstance(value, list) else []
    return [part.strip() for part in parts if isinstance(part, str) and part.strip()]


def optional_day(parameters: Variables, name: str) -> date | None:
    """A date, or the hall's date of a date-time. None: not given.

    :raises Rejection: ``date-not-readable``.
    """
    value = parameters.get(name)
    if value is None:
        return None
    try:
        moment = datetime.fromisoformat(str(value))
    except ValueError:
        raise Rejection("date-not-readable", field=name, value=str(value)[:40]) from None
    return moment.astimezone(HALL).date() if moment.tzinfo else moment.date()


def day(parameters: Variables, name: str, otherwise: date) -> date:
    """:raises Rejection: ``date-not-readable``."""
    return optional_day(parameters, name) or otherwise

"""Values as FEEL text, as ``string()`` gives it."""

from decimal import Decimal

from feel.durations import DaysTimeDuration, YearsMonthsDuration
from feel.lexer import quote
from feel.numbers import to_text
from feel.scope import Run
from feel.temporal.moments import Date, DateTime, Time
from feel.values import Range, Value


def written_value(run: Run, value: Value, *, within: bool = False) -> str:
    """A value as text; ``within`` a list or context, where texts are quoted and null has a word."""
    run.charge(1)
    if isinstance(value, list):
        return f"[{_joined(run, [written_value(run, item, within=True) for item in value])}]"
    if isinstance(value, dict):
        entries = [f"{_key(key)}: {written_value(run, item, within=True)}" for key, item in value.items()]
        return f"{{{_joined(run, entries)}}}"
    if isinstance(value, Range):
        low, high = (written_value(run, end, within=True) for end in (value.low, value.high))
        return f"{'[' if value.low_included else '('}{low}..{high}{']' if value.high_included else ')'}"
    return _plain(value, within=within)


def _joined(run: Run, parts: list[str]) -> str:
    text = ", ".join(parts)
    run.charge_for(text)
    return text


def _key(key: str) -> str:
    return key if key.replace(" ", "_").isidentifier() else quote(key)


def _plain(value: Value, *, within: bool) -> str:
    if value is None:
        return "null"
    if isinstance(value, bool):
        return "true" if value else "false"
    if isinstance(value, Decimal):
        return to_text(value)
    if isinstance(value, str):
        return quote(value) if within else value
    if isinstance(value, Date | Time | DateTime | DaysTimeDuration | YearsMonthsDuration):
        return f'@"{value}"' if within else str(value)
    return "function"

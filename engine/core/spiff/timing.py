"""When something is due. Computed once from the injected ``now``; nothing here waits (rows 3 and 9 of the defects table)."""

import re
from collections.abc import Callable, Mapping
from contextlib import suppress
from dataclasses import dataclass
from datetime import UTC, date, datetime, timedelta
from enum import StrEnum

import feel
from engine.core.moments import HALL, from_text, to_utc
from engine.core.script import Formula
from engine.core.trouble import Trouble
from engine.core.values import Value

_ADD = feel.compile_expression("start + length")
_REPEAT = feel.compile_expression("start + length * times")
_DURATION = feel.compile_expression("duration(text)")

COUNT = re.compile(r"[0-9]{0,9}")
"""Of a cycle's turns; none means without end."""
MIN_CYCLE = timedelta(seconds=1)
MAX_AHEAD = timedelta(days=366 * 100)
"""A timer further away is a mistake, not a plan."""


class TimerKind(StrEnum):
    DATE = "date"
    DURATION = "duration"
    CYCLE = "cycle"


@dataclass(frozen=True, slots=True)
class Schedule:
    """When a timer fires first, and what is left of its cycle: ``repeat`` more times (None: without end).

    ``due`` None: not for the time being; only a timer bound to a moment told from outside may stand still like that.
    """

    due: datetime | None
    repeat: int | None = 0
    interval: str | None = None

    def after(self) -> "Schedule | None":
        """The next firing of a cycle."""
        if self.interval is None or self.repeat == 0 or self.due is None:
            return None
        left = None if self.repeat is None else self.repeat - 1
        return Schedule(add(self.due, self.interval), left, self.interval)

    def from_now_on(self, now: datetime) -> "Schedule":
        """A cycle without its turns before ``now``, when nobody waited for it. One that is over has its last turn at once, as
        a date in the past has."""
        if self.interval is None or self.due is None or self.due >= now:
            return self
        ahead = first_ahead(lambda turn: self._is_over(turn, now), 0)
        turn = ahead if self.repeat is None else min(ahead, self.repeat)
        return Schedule(self._turn(turn), None if self.repeat is None else self.repeat - turn, self.interval)

    def _is_over(self, turn: int, now: datetime) -> bool:
        moment = self._turn(turn) if self.repeat is None or turn <= self.repeat else None
        return moment is not None and moment < now

    def _turn(self, number: int) -> datetime | None:
        assert self.due is not None, "a cycle has a beginning"
        assert self.interval is not None, "a cycle has turns"
        return repeated(self.due, self.interval, number)


def first_ahead(is_over: Callable[[int], bool], after: int) -> int:
    """The first turn later than ``after`` that is not over, without counting them out: there may be a million."""
    past, ahead = after, after + 1
    while is_over(ahead):
        past, ahead = ahead, after + 2 * (ahead - after)
    while ahead - past > 1:
        middle = (past + ahead) // 2
        past, ahead = (middle, ahead) if is_over(middle) else (past, middle)
    return ahead


def first(kind: TimerKind, formula: Formula, context: Mapping[str, Value], now: datetime | None) -> Schedule:
    """When a timer that begins to wait now fires.

    :raises Trouble: ``timer-invalid``.
    """
    assert now is not None
    if kind is TimerKind.CYCLE:
        return _cycle(formula, context, now)
    if kind is TimerKind.DURATION:
        return Schedule(add(now, formula.raw(context, now)))
    return Schedule(moment(formula, context, now))


def moment(formula: Formula, context: Mapping[str, Value], now: datetime | None) -> datetime:
    """A formula as a moment. A date means its beginning in the hall; a text is ISO 8601, in the hall's time without a zone.

    :raises Trouble: ``timer-invalid``.
    """
    value = formula.raw(context, now)
    with suppress(ValueError):
        if isinstance(value, datetime):
            return to_utc(value)
        if isinstance(value, date):
            return to_utc(datetime(value.year, value.month, value.day, tzinfo=HALL))
        if isinstance(value, str):
            return from_text(value)
    raise Trouble("timer-invalid", f"Expected {formula.text!r} to be a date and time, but it is {feel.to_json(value)!r}.")


def add(start: datetime, length: object) -> datetime:
    """``start`` plus a FEEL duration or an ISO 8601 duration text.

    :raises Trouble: ``timer-invalid``.
    """
    duration = _DURATION.evaluate({"text": length}, now=start) if isinstance(length, str) else length
    due = _ADD.evaluate({"start": start, "length": duration}, now=start) if duration is not None else None
    if not isinstance(due, datetime) or due > start + MAX_AHEAD:
        raise Trouble("timer-invalid", f"Expected a duration within 100 years, but got {feel.to_json(length)!r}.")
    return due.astimezone(UTC)


def repeated(start: datetime, length: str, times: int) -> datetime | None:
    """``start`` plus ``times`` the ISO 8601 duration ``length``; None where that lies outside the calendar.

    Days and months are the hall's: a month after the 31st is the last day of the next, two months after it the 31st again.
    """
    duration = _DURATION.evaluate({"text": length}, now=start)
    context = {"start": start.astimezone(HALL), "length": duration, "times": times}
    moment = _REPEAT.evaluate(context, now=start)
    try:
        return moment.astimezone(UTC) if isinstance(moment, datetime) else None
    except OverflowError:
        return None


def _cycle(formula: Formula, context: Mapping[str, Value], now: datetime) -> Schedule:
    text = formula.value(context, now)
    parts = text.split("/") if isinstance(text, str) else []
    if len(parts) not in (2, 3) or not parts[0].startswith("R") or not COUNT.fullmatch(parts[0][1:]):
        raise Trouble("timer-invalid", f"Expected a cycle such as 'R3/PT1H', but got {text!r}.")
    if add(now, parts[-1]) - now < MIN_CYCLE:
        raise Trouble("timer-invalid", f"Expected a cycle of at least a second, but got {text!r}.")
    repeat = int(parts[0][1:]) - 1 if parts[0][1:] else None
    try:
        due = from_text(parts[1]) if len(parts) == 3 else add(now, parts[-1])
    except ValueError as error:
        raise Trouble("timer-invalid", f"Expected a cycle such as 'R3/PT1H', but got {text!r}.") from error
    if repeat is not None and repeat < 0:
        raise Trouble("timer-invalid", f"Expected a cycle to happen at least once, but got {text!r}.")
    return Schedule(due, repeat, parts[-1])

"""Where a process begins, and what begins it: somebody (a none start), a time, a message or a signal (BPMN 2.0, 10.5.2).

A process may begin in several places. The command that starts an instance names the place, so that a replay begins there too.
Nobody holds anything for a process that has not begun; so what its start timers say can use no variable, and the schedule of a
start timer belongs to the definition: see :class:`StartSchedule`.
"""

from collections.abc import Iterator
from dataclasses import dataclass
from datetime import UTC, datetime
from typing import Any

from engine.core.findings import Finding, Severity
from engine.core.rejection import Rejection
from engine.core.spiff import timing
from engine.core.spiff.definitions import MessageDefinition, SignalDefinition, TimerDefinition
from engine.core.trouble import Trouble

SOME_MOMENT = datetime(2000, 1, 1, tzinfo=UTC)
"""Whether a timer's words can be understood does not depend on when they are read."""


def none_start(spec: Any) -> Any | None:
    """The start event of a process that waits for nothing: where somebody, or a call activity, begins it."""
    return next((event for event in spec.start.outputs if event.definition is None), None)


def start_event(spec: Any, element_id: str | None) -> Any:
    """The start event a command names; None: the none start.

    :raises Rejection: ``start-not-found``.
    """
    if element_id is None:
        found = none_start(spec)
    else:
        found = next((event for event in spec.start.outputs if event.bpmn_id == element_id), None)
    if found is None:
        raise Rejection("start-not-found", process=spec.name, element=element_id or "")
    return found


def start_messages(spec: Any) -> dict[str, str]:
    """Names of the messages that start the process, with the start event of each."""
    return {event.definition.message: event.bpmn_id for event in _starts(spec, MessageDefinition)}


def start_signals(spec: Any) -> dict[str, str]:
    """Names of the signals that start the process, with the start event of each."""
    return {event.definition.signal: event.bpmn_id for event in _starts(spec, SignalDefinition)}


def start_timers(spec: Any) -> dict[str, TimerDefinition]:
    """What the process's timer start events say, by element."""
    return {event.bpmn_id: event.definition for event in _starts(spec, TimerDefinition)}


def _starts(spec: Any, kind: type) -> Iterator[Any]:
    return (event for event in spec.start.outputs if isinstance(event.definition, kind))


@dataclass(frozen=True, slots=True)
class StartSchedule:
    """The moments a timer start event names: the first (UTC), then every ``interval`` (ISO 8601), ``count`` in all (None:
    without end). Occurrences are counted from 1."""

    first: datetime
    interval: str | None = None
    count: int | None = 1

    @classmethod
    def of(cls, timer: TimerDefinition, now: datetime) -> "StartSchedule":
        """What the words mean in a definition that is deployed ``now``: a duration and a cycle without a beginning count from
        there.

        :raises Trouble: ``timer-invalid``.
        """
        schedule = timing.first(timer.kind, timer.formula, {}, now)
        assert schedule.due is not None, "only a timer of an instance is bound to a clock"
        count = None if schedule.repeat is None else schedule.repeat + 1
        return cls(schedule.due, schedule.interval, count)

    def moment(self, occurrence: int) -> datetime | None:
        """When it happens for the ``occurrence``-th time; None if it does not."""
        if self.count is not None and occurrence > self.count:
            return None
        if self.interval is None:
            return self.first if occurrence == 1 else None
        return timing.repeated(self.first, self.interval, occurrence - 1)

    def following(self, occurrence: int, now: datetime) -> int | None:
        """The first occurrence after ``occurrence`` that lies in the future; None if there is none. What was missed in
        between (no process ran) counts as one with ``occurrence``."""
        ahead = timing.first_ahead(lambda number: self._is_over(number, now), occurrence)
        return None if self.moment(ahead) is None else ahead

    def _is_over(self, occurrence: int, now: datetime) -> bool:
        moment = self.moment(occurrence)
        return moment is not None and moment <= now


def wrong_timers(spec: Any) -> Iterator[Finding]:
    """Start timers that say no time, or read a variable that nobody has set before the process begins."""
    for element_id, timer in start_timers(spec).items():
        event = spec.task_specs[element_id]
        read = sorted(timer.formula.expression.required) if timer.formula.expression is not None else []
        if read:
            yield _wrong(
                event,
                f"流程还没有开始，没有变量“{read[0]}”可用。",
                f"Expected a start timer to use no variable, but {timer.formula.text!r} reads {read[0]!r}.",
            )
            continue
        try:
            StartSchedule.of(timer, SOME_MOMENT)
        except Trouble as trouble:
            yield _wrong(event, f"定时开始事件的时间无法识别：{timer.formula.text}", trouble.message)


def _wrong(event: Any, zh: str, en: str) -> Finding:
    return Finding(
        event.bpmn_id,
        event.title,
        Severity.ERROR,
        "start-timer-invalid",
        zh,
        en,
        "写日期、时长或R3/PT1H这样的循环。",
        "Write a date, a duration, or a cycle such as R3/PT1H.",
    )

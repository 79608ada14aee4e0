"""What happened. Past tense; frozen; the only thing projections are written from.

Identifiers of tokens, tasks, timers, jobs, subscriptions and incidents are ``<instance id>.<counter>``, so they are unique
in the whole hall and the same in every replay. Times are UTC, ISO 8601 with ``Z``.
"""

from dataclasses import dataclass, field, fields
from functools import cache
from typing import ClassVar, Self

from engine.core.values import Value, Variables

EVENTS: dict[str, type["Event"]] = {}
"""Name to class, for reading history."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Event:
    """What every event can do."""

    name: ClassVar[str]

    def __init_subclass__(cls) -> None:
        cls.name = cls.__name__
        EVENTS[cls.__name__] = cls

    def to_dict(self) -> dict[str, Value]:
        return {"event": self.name, **{name: getattr(self, name) for name in field_names(self.name)}}

    @staticmethod
    def from_dict(data: dict[str, Value]) -> "Event":
        return EVENTS[str(data["event"])]._load(data)

    @classmethod
    def _load(cls, data: dict[str, Value]) -> Self:
        return cls(**{key: value for key, value in data.items() if key != "event"})


@cache
def field_names(event: str) -> tuple[str, ...]:
    """The fields of the events of a name."""
    return tuple(field.name for field in fields(EVENTS[event]))


@dataclass(frozen=True, slots=True, kw_only=True)
class ProcessInstanceStarted(Event):
    process_key: str
    definition_id: str
    business_key: str | None
    variables: Variables
    bindings: dict[str, str]


@dataclass(frozen=True, slots=True, kw_only=True)
class ProcessInstanceCompleted(Event):
    variables: Variables


@dataclass(frozen=True, slots=True, kw_only=True)
class ProcessInstanceCanceled(Event):
    reason: str


@dataclass(frozen=True, slots=True, kw_only=True)
class ElementEvent(Event):
    """Something happened at an element of a diagram.

    ``process_key`` is the process whose diagram shows ``element_id`` (a called process has its own); ``scope`` is the token
    of the subprocess or call activity that encloses it, empty at the top.
    """

    token_id: str
    element_id: str
    process_key: str
    scope: str = ""


@dataclass(frozen=True, slots=True, kw_only=True)
class ElementEntered(ElementEvent):
    """A token came to an element, over ``flow_id`` if it came over a sequence flow."""

    flow_id: str | None = None


@dataclass(frozen=True, slots=True, kw_only=True)
class ElementCompleted(ElementEvent):
    """The element did its work and let the token go on (or, at an end, consumed it)."""


@dataclass(frozen=True, slots=True, kw_only=True)
class ElementCanceled(ElementEvent):
    """The token was withdrawn: an interrupting event fired, a terminate end was reached, the instance was canceled."""


@dataclass(frozen=True, slots=True, kw_only=True)
class ElementMerged(ElementEvent):
    """The token arrived at a join and goes on as part of ``into_token_id``."""

    into_token_id: str


@dataclass(frozen=True, slots=True, kw_only=True)
class UserTaskCreated(ElementEvent):
    """A person has something to do. ``task_id`` equals the token's id."""

    task_id: str
    title: str
    form_key: str | None = None
    assignee: str | None = None
    candidate_groups: list[str] = field(default_factory=list)
    lane: str | None = None
    due: str | None = None
    limit: str | None = None
    instance_index: int | None = None
    instance_item: Value = None


@dataclass(frozen=True, slots=True, kw_only=True)
class UserTaskEvent(Event):
    task_id: str


@dataclass(frozen=True, slots=True, kw_only=True)
class UserTaskBound(UserTaskEvent):
    """The due date moves with a moment that is told from outside."""

    binding: str


@dataclass(frozen=True, slots=True, kw_only=True)
class UserTaskRescheduled(UserTaskEvent):
    """``since`` is when the task was created."""

    due: str | None
    since: str


@dataclass(frozen=True, slots=True, kw_only=True)
class UserTaskClaimed(UserTaskEvent):
    assignee: str


@dataclass(frozen=True, slots=True, kw_only=True)
class UserTaskReleased(UserTaskEvent):
    pass


@dataclass(frozen=True, slots=True, kw_only=True)
class UserTaskAssigned(UserTaskEvent):
    assignee: str
    reason: str = ""


@dataclass(frozen=True, slots=True, kw_only=True)
class UserTaskDelegated(UserTaskEvent):
    owner: str
    assignee: str


@dataclass(frozen=True, slots=True, kw_only=True)
class UserTaskCompleted(UserTaskEvent):
    performer: str
    variables: Variables


@dataclass(frozen=True, slots=True, kw_only=True)
class UserTaskCanceled(UserTaskEvent):
    pass


@dataclass(frozen=True, slots=True, kw_only=True)
class TimerScheduled(ElementEvent):
    """``due`` None: the timer is bound to a moment that does not come for the time being."""

    timer_id: str
    due: str | None


@dataclass(frozen=True, slots=True, kw_only=True)
class TimerBound(Event):
    """The timer moves with a moment that is told from outside (:class:`~engine.core.commands.MoveDeadlines`)."""

    timer_id: str
    binding: str


@dataclass(frozen=True, slots=True, kw_only=True)
class TimerRescheduled(Event):
    timer_id: str
    due: str | None


@dataclass(frozen=True, slots=True, kw_only=True)
class TimerTriggered(Event):
    timer_id: str


@dataclass(frozen=True, slots=True, kw_only=True)
class TimerCanceled(Event):
    timer_id: str


@dataclass(frozen=True, slots=True, kw_only=True)
class ServiceTaskRequested(ElementEvent):
    """An operator is to be called outside the core. Every request, a repeated one too, has a ``job_id`` of its own."""

    job_id: str
    operator: str
    parameters: Variables


@dataclass(frozen=True, slots=True, kw_only=True)
class ServiceTaskCompleted(Event):
    job_id: str
    result: Value


@dataclass(frozen=True, slots=True, kw_only=True)
class ServiceTaskFailed(Event):
    job_id: str
    message: str
    error_code: str | None = None


@dataclass(frozen=True, slots=True, kw_only=True)
class ServiceTaskCanceled(Event):
    job_id: str


@dataclass(frozen=True, slots=True, kw_only=True)
class MessageSubscriptionOpened(ElementEvent):
    """A token waits for a message with its key, or (``kind`` is ``signal``) for a signal, which has none."""

    subscription_id: str
    message: str
    correlation_key: str | None = None
    kind: str = "message"


@dataclass(frozen=True, slots=True, kw_only=True)
class MessageReceived(Event):
    subscription_id: str
    variables: Variables


@dataclass(frozen=True, slots=True, kw_only=True)
class MessageSubscriptionClosed(Event):
    subscription_id: str


@dataclass(frozen=True, slots=True, kw_only=True)
class MessageThrown(ElementEvent):
    """The instance sent a message; runtime correlates it with other instances' subscriptions."""

    message: str
    correlation_key: str | None = None
    variables: Variables = field(default_factory=dict)


@dataclass(frozen=True, slots=True, kw_only=True)
class SignalThrown(ElementEvent):
    """The instance broadcast a signal. It has heard it itself; runtime tells the other instances."""

    signal: str
    variables: Variables = field(default_factory=dict)


@dataclass(frozen=True, slots=True, kw_only=True)
class IncidentRaised(ElementEvent):
    """Unexpected trouble stopped a token here. ``job_id`` is set when a service task failed, ``message_zh`` where the trouble
    is told in both languages (a decision that could not be made)."""

    incident_id: str
    code: str
    message: str
    message_zh: str | None = None
    job_id: str | None = None


@dataclass(frozen=True, slots=True, kw_only=True)
class IncidentResolved(Event):
    incident_id: str
    reason: str
    """Empty when the token was withdrawn and the incident fell away with it."""


@dataclass(frozen=True, slots=True, kw_only=True)
class ProcessInstanceSuspended(Event):
    reason: str


@dataclass(frozen=True, slots=True, kw_only=True)
class ProcessInstanceResumed(Event):
    reason: str


@dataclass(frozen=True, slots=True, kw_only=True)
class VariablesSet(Event):
    """A repair changed what the case knows; at one token only if ``token_id`` is given."""

    variables: Variables
    reason: str
    token_id: str | None = None


@dataclass(frozen=True, slots=True, kw_only=True)
class TokenMoved(ElementEvent):
    """A repair took the token from ``from_element_id`` to this element, where it goes on as ``token_id``."""

    from_element_id: str
    from_token_id: str
    reason: str


@dataclass(frozen=True, slots=True, kw_only=True)
class ProcessInstanceMigrated(Event):
    """The instance runs on other versions from here on. Timers kept their due times."""

    definition_id: str
    bindings: dict[str, str]
    mapping: dict[str, str]
    reason: str


@dataclass(frozen=True, slots=True, kw_only=True)
class TokenMigrated(ElementEvent):
    """Where a live token stands in the new version, and what goes with it."""

    from_element_id: str
    visible: bool
    user_task: dict[str, Value] | None = None
    timer_id: str | None = None
    subscription_id: str | None = None
    job_id: str | None = None
    incident_id: str | None = None


@dataclass(frozen=True, slots=True, kw_only=True)
class DecisionEvaluated(ElementEvent):
    """A business rule task decided. ``trace``: of each table the values of its inputs and the rules that matched."""

    decision: str
    result: Value
    trace: list[Value] = field(default_factory=list)

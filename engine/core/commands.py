"""What can be asked of a process instance. Imperative names; frozen; complete: history stores them and replay repeats them.

``command_id`` is the caller's idempotency key: the same id acts once and is answered the same way again.
``expected_version`` is the version of the instance the caller saw; ``None`` means "whatever it is now".
"""

from dataclasses import dataclass, field, fields
from functools import cache
from typing import ClassVar, Self

from engine.core.actor import Actor
from engine.core.values import Value, Variables

COMMANDS: dict[str, type["Command"]] = {}
"""Name to class, for reading history."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Command:
    """What every command carries."""

    instance_id: str
    command_id: str
    actor: Actor
    expected_version: int | None = None

    name: ClassVar[str]

    def __init_subclass__(cls) -> None:
        cls.name = cls.__name__
        COMMANDS[cls.__name__] = cls

    def to_dict(self) -> dict[str, Value]:
        """The command's own fields as JSON; the class name is stored beside it."""
        data: dict[str, Value] = {name: getattr(self, name) for name in field_names(self.name)}
        data["actor"] = self.actor.to_dict()  # type: ignore[assignment]
        return data

    @classmethod
    def from_dict(cls, data: dict[str, Value]) -> Self:
        """The inverse of :meth:`to_dict`."""
        return cls(**{**data, "actor": Actor.from_dict(data["actor"])})  # type: ignore[arg-type]


@cache
def field_names(command: str) -> tuple[str, ...]:
    """The fields of the commands of a name."""
    return tuple(field.name for field in fields(COMMANDS[command]))


@dataclass(frozen=True, slots=True, kw_only=True)
class StartProcessInstance(Command):
    """Begin a new instance of ``process_key``: at its none start, or at the start event ``start_event``, whose time, message or
    signal has come. ``variables`` of a message or signal are what it brings.

    ``bindings`` pins every definition the instance may come to use: ``"process:<key>"``, ``"form:<key>"`` and
    ``"decision:<key>"`` to the identifier of the version in force now. A case keeps them to its end.
    """

    process_key: str
    business_key: str | None = None
    variables: Variables = field(default_factory=dict)
    bindings: dict[str, str] = field(default_factory=dict)
    start_event: str | None = None


@dataclass(frozen=True, slots=True, kw_only=True)
class ClaimUserTask(Command):
    """Take a task of one's groups for oneself (签收)."""

    task_id: str


@dataclass(frozen=True, slots=True, kw_only=True)
class ReleaseUserTask(Command):
    """Give a claimed task back to its candidate groups (退回待签收)."""

    task_id: str


@dataclass(frozen=True, slots=True, kw_only=True)
class AssignUserTask(Command):
    """A supervisor or window head gives a task to a person (指派). Taking it from somebody for that needs a reason."""

    task_id: str
    assignee: str
    reason: str = ""


@dataclass(frozen=True, slots=True, kw_only=True)
class DelegateUserTask(Command):
    """The assignee lets somebody else act (委托). The owner stays on record, and counts for separation of duties."""

    task_id: str
    delegate: str


@dataclass(frozen=True, slots=True, kw_only=True)
class CompleteUserTask(Command):
    """Finish a user task with what its form admitted. Completing an unclaimed task of one's group claims it too."""

    task_id: str
    variables: Variables = field(default_factory=dict)


@dataclass(frozen=True, slots=True, kw_only=True)
class TriggerTimer(Command):
    """Fire a due timer."""

    timer_id: str


@dataclass(frozen=True, slots=True, kw_only=True)
class DeliverMessage(Command):
    """Hand a message to the one open subscription it was correlated with."""

    subscription_id: str
    variables: Variables = field(default_factory=dict)


@dataclass(frozen=True, slots=True, kw_only=True)
class CompleteServiceTask(Command):
    """Bring back an operator's result."""

    job_id: str
    result: Value = None


@dataclass(frozen=True, slots=True, kw_only=True)
class FailServiceTask(Command):
    """An operator failed for good: a BPMN error if ``error_code`` is caught in the model, otherwise an incident."""

    job_id: str
    message: str
    error_code: str | None = None


@dataclass(frozen=True, slots=True, kw_only=True)
class ResolveIncident(Command):
    """Try again where an incident stopped, after its cause was mended."""

    incident_id: str
    reason: str


@dataclass(frozen=True, slots=True, kw_only=True)
class CancelProcessInstance(Command):
    """End an instance before its time. The reason is part of the case."""

    reason: str


@dataclass(frozen=True, slots=True, kw_only=True)
class SuspendProcessInstance(Command):
    """Halt an instance: nobody acts on it and no clock fires, until it is resumed. Answers under way still come in."""

    reason: str


@dataclass(frozen=True, slots=True, kw_only=True)
class ResumeProcessInstance(Command):
    """Let a suspended instance go on."""

    reason: str


@dataclass(frozen=True, slots=True, kw_only=True)
class MoveDeadlines(Command):
    """Say when the moments come that timers and due dates are bound to: a clock outside the core was started, paused, extended.

    ``moments``: binding to moment; ``None`` is no moment, until one is said again. What is not mentioned stays as it was.
    """

    moments: dict[str, str | None]


@dataclass(frozen=True, slots=True, kw_only=True)
class SetVariables(Command):
    """Put right what the case knows: everywhere, or at one token where branches contradict each other."""

    variables: Variables
    reason: str
    token_id: str | None = None


@dataclass(frozen=True, slots=True, kw_only=True)
class MoveToken(Command):
    """Take a token back and let it go on at another element of the same process or subprocess."""

    token_id: str
    element_id: str
    reason: str


@dataclass(frozen=True, slots=True, kw_only=True)
class MigrateProcessInstance(Command):
    """Let a running instance go on on other versions of its model.

    ``bindings`` replace those of the instance. ``mapping`` says where elements went that have another id now:
    ``{"process/element": "element"}``; an element that is not in it keeps its id.
    """

    process_key: str
    bindings: dict[str, str]
    reason: str
    mapping: dict[str, str] = field(default_factory=dict)

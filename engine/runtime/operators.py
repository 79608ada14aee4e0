"""What service tasks call: registered here by name, declared *local* or *remote* (DESIGN.md section 5).

A local operator works inside the transaction of the step that reached it: it sees and changes the database with it, and
what it did is undone with it. A remote one talks to the outside, after the commit, and may be run again: it must take
``call.job_id`` for its own idempotency key. Neither asks the machine for the time; ``call.now`` says it.
"""

from collections.abc import Callable, Iterable, Iterator, Mapping
from dataclasses import dataclass, field
from datetime import datetime
from typing import Any, TypeAlias

from sqlalchemy.orm import Session

from engine.core.actor import Actor
from engine.core.rejection import Rejection
from engine.core.values import Value, Variables


@dataclass(frozen=True, slots=True)
class OperatorCall:
    """Where a call comes from."""

    instance_id: str
    job_id: str
    operator: str
    now: datetime
    actor: Actor
    """Who gave the command that reached the service task; the worker, for a remote operator."""
    process_key: str
    business_key: str | None
    attempt: int = 1
    deadlines: dict[str, datetime | None] = field(default_factory=dict)
    """A local operator writes here when moments come that timers and due dates are bound to (None: not for the time being).
    The case is told before it goes on; see :mod:`engine.core.deadlines`."""


class OperatorError(Exception):
    """Raised by an operator for a BPMN error: an error boundary event with this code may catch it; else an incident."""

    def __init__(self, code: str, message: str) -> None:
        super().__init__(message)
        self.code = code


LocalFunction: TypeAlias = Callable[[Session, Variables, OperatorCall], Value]
RemoteFunction: TypeAlias = Callable[[Variables, OperatorCall], Value]


@dataclass(frozen=True, slots=True)
class LocalOperator:
    """Runs in the step's own transaction, at once."""

    id: str
    function: LocalFunction
    parameters: tuple[str, ...] | None
    """The names it knows; None where that is not said, and a deployment cannot check them."""


@dataclass(frozen=True, slots=True)
class RemoteOperator:
    """Runs after the commit, on a worker, again and again until it succeeds or its retries are used up."""

    id: str
    function: RemoteFunction
    parameters: tuple[str, ...] | None
    retries: int
    backoff_seconds: float
    """Pause after the first failure; it doubles with every further one."""

    def pause_seconds(self, attempts: int) -> float:
        """How long to wait after so many failed attempts; at most a day."""
        return float(min(self.backoff_seconds * 2 ** max(attempts - 1, 0), 86_400.0))


Operator: TypeAlias = LocalOperator | RemoteOperator


class OperatorRegistry:
    """The operators of an installation. Models may only name what is in it."""

    def __init__(self) -> None:
        self._operators: dict[str, Operator] = {}

    def local(self, id: str, *, parameters: Iterable[str] | None = None) -> Callable[[LocalFunction], LocalFunction]:
        """Register a function of (session, parameters, call). A Rejection it raises refuses the whole command."""

        def register(function: LocalFunction) -> LocalFunction:
            self._add(LocalOperator(id, function, _names(parameters)))
            return function

        return register

    def remote(
        self, id: str, *, parameters: Iterable[str] | None = None, retries: int = 5, backoff_seconds: float = 10.0
    ) -> Callable[[RemoteFunction], RemoteFunction]:
        """Register a function of (parameters, call) that is tried ``retries`` times in all."""

        def register(function: RemoteFunction) -> RemoteFunction:
            self._add(RemoteOperator(id, function, _names(parameters), retries, backoff_seconds))
            return function

        return register

    def _add(self, operator: Operator) -> None:
        if operator.id in self._operators:
            raise ValueError(f"operator {operator.id!r} is registered twice")
        self._operators[operator.id] = operator

    def __getitem__(self, id: str) -> Operator:
        """:raises Rejection: ``operator-not-registered``."""
        if id not in self._operators:
            raise Rejection("operator-not-registered", operator=id)
        return self._operators[id]

    def get(self, id: str) -> Operator | None:
        """The operator, if it is registered."""
        return self._operators.get(id)

    def __contains__(self, id: str) -> bool:
        return id in self._operators

    def __iter__(self) -> Iterator[Operator]:
        return iter(self._operators.values())


def _names(parameters: Iterable[str] | None) -> tuple[str, ...] | None:
    return None if parameters is None else tuple(parameters)


def context_of(value: object) -> dict[str, Any]:
    """A parameter that should be a context: a copy of it, empty where it is something else."""
    return dict(value) if isinstance(value, Mapping) else {}


def text_of(value: object) -> str | None:
    """A parameter that should be words: without the blanks around them, None where there are none."""
    return None if value is None else str(value).strip() or None


def list_of(value: object) -> list[Any]:
    """A parameter that should be a list, empty where it is something else."""
    return value if isinstance(value, list) else []

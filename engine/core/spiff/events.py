"""Events: the circles of a diagram."""

from collections.abc import Sequence
from typing import Any

from SpiffWorkflow.util.task import TaskState

from engine.core import events
from engine.core.spiff.activities import Activity
from engine.core.spiff.definitions import (
    ErrorDefinition,
    MessageDefinition,
    TerminateDefinition,
    Thrown,
    Waiting,
)
from engine.core.spiff.element import Element, SequenceFlow
from engine.core.spiff.errors import find_error_catcher
from engine.core.spiff.gateways import EventBasedGateway
from engine.core.spiff.token import Token
from engine.core.spiff.variables import Knowledge
from engine.core.trouble import Trouble
from engine.core.values import Variables


class StartEvent(Element):
    """Where a process begins. ``form_key`` is the form of who starts it."""

    form_key: str | None = None


class CatchEvent(Element):
    """An intermediate event that waits."""

    definition: Waiting

    def enter(self, token: Token) -> bool:
        self.definition.open(self, token)
        return False

    def happen(self, token: Token, variables: Variables) -> None:
        go_on_after(self, token, variables)

    def withdrawn(self, token: Token) -> None:
        self.definition.withdraw(self, token)


class ReceiveTask(Activity):
    """A task that waits for a message."""

    definition: Waiting

    def begin(self, token: Token) -> bool:
        self.definition.open(self, token)
        return False

    def happen(self, token: Token, variables: Variables) -> None:
        go_on_after(self, token, variables)

    def withdrawn(self, token: Token) -> None:
        self.definition.withdraw(self, token)


def go_on_after(element: Any, token: Token, variables: Variables) -> None:
    """What a token waited for has happened."""
    element.definition.happened(element, token)
    for name, value in variables.items():
        token.write(name, value)
    if token.internal_data.get("decides"):
        gateway = token.parent.element
        assert isinstance(gateway, EventBasedGateway)
        gateway.decide(token.parent, token)
    token._ready()


class ThrowEvent(Element):
    """An intermediate event that throws a message, or nothing (a milestone)."""

    definition: MessageDefinition | None = None

    def work(self, token: Token) -> bool:
        if self.definition is not None:
            self.definition.throw(self, token)
        return True


class SendTask(Activity):
    """A task that sends a message."""

    definition: MessageDefinition

    def work(self, token: Token) -> bool:
        self.definition.throw(self, token)
        return True


class EndEvent(Element):
    """Where a token ends; what it knew is part of the outcome of its process."""

    definition: Thrown | None = None

    def work(self, token: Token) -> bool | None:
        if isinstance(self.definition, MessageDefinition):
            self.definition.throw(self, token)
        if isinstance(self.definition, ErrorDefinition):
            self._throw_error(token, self.definition)
            return None  # the catcher withdrew this token with everything around it
        return True

    def _throw_error(self, token: Token, definition: ErrorDefinition) -> None:
        catcher = find_error_catcher(token, definition.code)
        if catcher is None:
            raise Trouble("error-not-caught", f"Expected somebody to catch error {definition.code!r}, but nobody does.")
        host, boundary = catcher
        boundary.interrupt(host, host.element.knowledge_now(host))

    def leave(self, token: Token) -> Sequence[SequenceFlow]:
        token.scope.absorb(token.knowledge)
        if isinstance(self.definition, TerminateDefinition):
            for other in list(token.scope.task_tree.children):
                if other is not token:
                    other.cancel()
        return ()


class BoundaryEvent(Element):
    """An event at the edge of an activity.

    Its token waits as a child of the activity's and becomes visible only when it happens. Interrupting: the activity is
    withdrawn, and the event goes on with what was known inside. Not interrupting: a new token goes on beside it.
    """

    definition: Waiting | ErrorDefinition
    interrupting = True

    @property
    def waits_at_boundary(self) -> bool:  # type: ignore[override]
        return not isinstance(self.definition, ErrorDefinition)

    @property
    def waits_once(self) -> bool:  # type: ignore[override]
        return self.interrupting

    def catches_error(self, code: str | None) -> bool:
        return isinstance(self.definition, ErrorDefinition) and self.definition.code == code

    def _enter(self, token: Token) -> bool:
        assert not isinstance(self.definition, ErrorDefinition)
        self.definition.open(self, token)
        return False

    def happen(self, token: Token, variables: Variables) -> None:
        assert not isinstance(self.definition, ErrorDefinition)
        self.definition.happened(self, token)
        token.internal_data["brought"] = variables
        self.attempt(token, "run", lambda: self._fire(token))

    def _fire(self, token: Token) -> None:
        """:raises Trouble: what is known inside the activity cannot be told; the event has happened all the same."""
        host: Token = token.parent
        known = host.element.knowledge_now(host)
        variables = token.internal_data.pop("brought")
        if self.interrupting:
            self.interrupt(host, known, variables)
            return
        self._successor(host, known.copy(), variables)._ready()
        assert not isinstance(self.definition, ErrorDefinition)
        if not self.definition.still_waiting(token):
            token.cancel()

    def interrupt(self, host: Token, knowledge: Knowledge, variables: Variables | None = None) -> None:
        """Withdraw the activity and go on from here."""
        successor = self._successor(host, knowledge, variables or {})
        host.cancel()
        successor._ready()

    def _successor(self, host: Token, knowledge: Knowledge, variables: Variables) -> Token:
        token: Token = host.parent._add_child(self)
        token.knowledge, token.local = knowledge, host.local
        for name, value in variables.items():
            token.write(name, value)
        token.internal_data["entered"] = True
        self.emit(token, events.ElementEntered)
        return token

    def withdrawn(self, token: Token) -> None:
        if not isinstance(self.definition, ErrorDefinition):
            self.definition.withdraw(self, token)

    def retry(self, token: Token, phase: str) -> None:
        if "brought" not in token.internal_data:
            super().retry(token, phase)
            return
        token._set_state(TaskState.WAITING)
        self.attempt(token, "run", lambda: self._fire(token))

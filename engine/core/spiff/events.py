"""Events that tokens come to: starts, ends, and what stands in between. (Boundary events: :mod:`.reactions`.)"""

from collections.abc import Sequence
from typing import Any

from engine.core.spiff.activities import Activity
from engine.core.spiff.catching import find_catcher
from engine.core.spiff.definitions import (
    ErrorDefinition,
    MessageDefinition,
    Outwards,
    TerminateDefinition,
    Thrown,
    Upwards,
    Waiting,
)
from engine.core.spiff.element import Element, SequenceFlow
from engine.core.spiff.gateways import EventBasedGateway
from engine.core.spiff.reactions import wake_condition, write_all
from engine.core.spiff.token import Token
from engine.core.trouble import Trouble
from engine.core.values import Variables


class StartEvent(Element):
    """Where a process begins. ``form_key`` is the form of who starts it; ``definition`` is an event subprocess's."""

    form_key: str | None = None
    definition: Waiting | Upwards | None = None
    interrupting = True


class CatchEvent(Element):
    """An intermediate event that waits. Without a definition it is the far end of a link and lets everybody pass."""

    definition: Waiting | None = None

    def enter(self, token: Token) -> bool:
        if self.definition is None:
            return True
        self.definition.open(self, token)
        return False

    def wake(self, token: Token) -> bool:
        return wake_condition(self, token)

    def happen(self, token: Token, variables: Variables) -> None:
        go_on_after(self, token, variables)

    def withdrawn(self, token: Token) -> None:
        if self.definition is not None:
            self.definition.withdraw(self, token)


class ReceiveTask(Activity):
    """A task that waits for a message."""

    definition: MessageDefinition

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
    write_all(token, variables)
    if token.internal_data.get("decides"):
        gateway = token.parent.element
        assert isinstance(gateway, EventBasedGateway)
        gateway.decide(token.parent, token)
    token._ready()


class SendTask(Activity):
    """A task that sends a message."""

    definition: MessageDefinition

    def work(self, token: Token) -> bool:
        self.definition.throw(self, token)
        return True


class ThrowEvent(Element):
    """An event that throws something, or nothing (a milestone, the near end of a link)."""

    definition: Thrown | None = None

    def work(self, token: Token) -> bool | None:
        if isinstance(self.definition, Outwards):
            self.definition.throw(self, token)
        elif isinstance(self.definition, Upwards):
            self._throw_upwards(token, self.definition)
        return True

    def _throw_upwards(self, token: Token, thrown: Upwards) -> None:
        """:raises Trouble: an error that nobody catches. (An escalation need not be caught: BPMN 2.0, 10.5.5.)"""
        caught = find_catcher(token, thrown)
        if caught is not None:
            catcher, place = caught
            catcher.catch(place)
        elif isinstance(thrown, ErrorDefinition):
            raise Trouble("error-not-caught", f"Expected somebody to catch error {thrown.code!r}, but nobody does.")


class EndEvent(ThrowEvent):
    """Where a token ends; what it knew is part of the outcome of its process."""

    def leave(self, token: Token) -> Sequence[SequenceFlow]:
        if not isinstance(self.definition, TerminateDefinition):
            token.scope.absorb(token.knowledge)
            return ()
        token.scope.outcome = token.scope.knowledge_now()  # what withdrawn branches found out is not lost
        for other in list(token.scope.task_tree.children):
            if other is not token:
                other.cancel()
        return ()

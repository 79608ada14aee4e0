"""What reacts to something that happens while an activity or a process goes on: boundary events and event subprocesses.

The token of a reaction that waits is *armed*: it hangs beside or under what it watches, knows nothing, is not seen on the
diagram, and keeps nothing alive. When it happens, what is known at that moment goes on with it. Interrupting: what it watches
is withdrawn. Not interrupting: it goes on beside.
"""

from typing import Any

from SpiffWorkflow.util.task import TaskState

from engine.core.spiff.containers import SubProcess
from engine.core.spiff.definitions import ConditionDefinition, Upwards, Waiting
from engine.core.spiff.element import Element, SequenceFlow
from engine.core.spiff.scope import Scope
from engine.core.spiff.token import Token
from engine.core.spiff.variables import Knowledge
from engine.core.trouble import Trouble
from engine.core.values import Value, Variables


class Reaction(Element):
    """What boundary events and event subprocesses have in common."""

    definition: Waiting | Upwards
    interrupting = True

    @property
    def waits(self) -> bool:
        """Does it wait for something, or is it looked for when something is thrown?"""
        return isinstance(self.definition, Waiting)

    @property
    def waits_once(self) -> bool:  # type: ignore[override]
        return self.interrupting

    def place(self, armed: Token) -> Any:
        """What an armed token watches."""
        raise NotImplementedError

    def known(self, place: Any) -> Knowledge:
        """What is known there now.

        :raises Trouble: ``merge-conflict``.
        """
        raise NotImplementedError

    def react(self, place: Any, knowledge: Knowledge, variables: Variables) -> None:
        """Go on, beside what is watched or instead of it."""
        raise NotImplementedError

    def catch(self, place: Any) -> None:
        """Something that was thrown is caught here.

        :raises Trouble: ``merge-conflict``.
        """
        self.react(place, self.known(place), {})

    def _enter(self, token: Token) -> bool:
        if not token.triggered:
            return super()._enter(token)
        assert isinstance(self.definition, Waiting)
        self.definition.open(self, token)
        token.knowledge = Knowledge()
        return False

    def wake(self, token: Token) -> bool:
        return token.triggered and wake_condition(self, token)

    def happen(self, token: Token, variables: Variables) -> None:
        assert isinstance(self.definition, Waiting)
        self.definition.happened(self, token)
        token.internal_data.setdefault("brought", []).append(variables)
        if token.stopped_in is None:  # otherwise it waits for the same repair as the one before
            self.attempt(token, "run", lambda: self._fire(token))

    def _fire(self, token: Token) -> None:
        """React to everything that has happened.

        :raises Trouble: what is known cannot be told; the event has happened all the same.
        """
        place = self.place(token)
        while token.internal_data["brought"]:
            if not self.interrupting:
                self.check_room(token, 1)
            known = self.known(place)
            self.react(place, known, token.internal_data["brought"].pop(0))
        del token.internal_data["brought"]
        assert isinstance(self.definition, Waiting)
        if not self.interrupting and not self.definition.still_waiting(token):
            token.cancel()

    def withdrawn(self, token: Token) -> None:
        if not token.triggered:
            super().withdrawn(token)
        elif isinstance(self.definition, Waiting):
            self.definition.withdraw(self, token)

    def retry(self, token: Token, phase: str) -> None:
        if "brought" in token.internal_data:
            token._set_state(TaskState.WAITING)
            self.attempt(token, "run", lambda: self._fire(token))
        elif not (token.triggered and phase == "enter") or self.attempt(token, "enter", lambda: self._learn(token)):
            super().retry(token, phase)

    def _learn(self, token: Token) -> bool:
        """An armed token knows nothing; before it tries again to wait it hears what was put right meanwhile.

        :raises Trouble: ``merge-conflict``.
        """
        token.knowledge = self.known(self.place(token))
        return True


class BoundaryEvent(Reaction):
    """An event at the edge of an activity."""

    @property
    def waits_at_boundary(self) -> bool:  # type: ignore[override]
        return self.waits

    def place(self, armed: Token) -> Token:
        activity: Token = armed.parent
        return activity

    def known(self, place: Token) -> Knowledge:
        return place.element.knowledge_now(place)

    def react(self, place: Token, knowledge: Knowledge, variables: Variables) -> None:
        token: Token = place.parent._add_child(self)
        token.knowledge, token.local = knowledge, place.local
        write_all(token, variables)
        self.announce(token)
        if self.interrupting:
            place.cancel()
        token._ready()


class EventSubProcess(Reaction, SubProcess):
    """A subprocess that nothing flows into: its start event says when it begins."""

    def arm_in(self, scope: Scope, knowledge: Knowledge, local: dict[str, Value]) -> None:
        """Begin to wait, as the process around begins."""
        if self.waits:
            token = scope.task_tree._add_child(self)
            token.triggered = True
            token.knowledge, token.local = knowledge.copy(), local
            self._update(token)

    def place(self, armed: Token) -> Scope:
        return armed.scope

    def known(self, place: Scope) -> Knowledge:
        return place.knowledge_now() or Knowledge()

    def react(self, place: Scope, knowledge: Knowledge, variables: Variables) -> None:
        others = list(place.task_tree.children)
        token = place.task_tree._add_child(self)
        token.knowledge = knowledge
        if place.activity is not None:
            inner_local: dict[str, Value] = place.activity.element.inner_local(place.activity)
            token.local = inner_local
        if self.narrowed:
            token.local = {**token.local, **brought(token, variables)}  # known inside alone
        else:
            write_all(token, variables)
        if self.interrupting:
            for other in others:
                other.cancel()
        self._update(token)

    def leave(self, token: Token) -> list[SequenceFlow]:
        super().leave(token)
        token.scope.absorb(token.knowledge)
        return []


def write_all(token: Token, variables: Variables) -> None:
    """The variables an event brought with it."""
    for name, value in brought(token, variables).items():
        token.write(name, value)


def brought(token: Token, variables: Variables) -> Variables:
    """What an event brought with it: under the element's ``resultVariable``, if the model names one."""
    result_variable = token.element.properties.get("resultVariable")
    return {result_variable: dict(variables)} if result_variable else dict(variables)


def wake_condition(element: Any, token: Token) -> bool:
    """Let a token that waits for a condition go on if the condition has become true."""
    if not isinstance(element.definition, ConditionDefinition) or "condition" not in token.internal_data:
        return False
    try:
        if not element.definition.becomes_true(element, token):
            return False
    except Trouble as trouble:
        element.stop(token, trouble, "wait")
        return False
    element.happen(token, {})
    return True

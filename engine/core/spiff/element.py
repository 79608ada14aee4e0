"""What every BPMN element does: come, work, go on.

SpiffWorkflow calls a task spec in this order: ``_update`` when a token comes, ``_on_ready`` when it may run, ``_run`` when it
does, ``_on_complete`` when it is done, ``_on_cancel`` when it is withdrawn. Stock specs mix the moving of tokens, the
guessing of future tasks and the work itself into these; an element separates them into four methods a subclass overrides:

* :meth:`Element.enter`: may the token begin at once, or does it wait?
* :meth:`Element.work`: do the element's own work; ``None`` means somebody outside will finish it.
* :meth:`Element.leave`: over which sequence flows does it go on?
* :meth:`Element.withdrawn`: say what falls away when the token is taken back.

Trouble in any of them stops the one token with an incident that remembers the phase, so that it can be tried again there.
"""

from collections.abc import Callable, Sequence
from dataclasses import dataclass
from typing import Any

from SpiffWorkflow.bpmn.specs.mixins.bpmn_spec_mixin import BpmnSpecMixin
from SpiffWorkflow.util.task import TaskState

from engine.core import events
from engine.core.budget import check_tokens, check_tokens_of_instance
from engine.core.script import Condition
from engine.core.spiff.scope import RootScope
from engine.core.spiff.token import Token
from engine.core.spiff.variables import Knowledge
from engine.core.trouble import Trouble
from engine.core.values import Variables


@dataclass(frozen=True, slots=True)
class SequenceFlow:
    """An arrow of the diagram. Stock specs know only the two ends; joins, histories and replays need the arrow."""

    id: str
    source: str
    target: str
    condition: Condition | None = None
    is_default: bool = False


class Element(BpmnSpecMixin):  # type: ignore[misc]
    """A flow node of a process. Shared by all instances of a definition: nothing of an instance is kept here."""

    def __init__(self, wf_spec: Any, bpmn_id: str, **kwargs: Any) -> None:
        # Stock TaskSpec uses mutable default arguments for these; two elements would share one list.
        super().__init__(wf_spec, bpmn_id, inputs=[], outputs=[], data={}, **kwargs)
        self.incoming: list[SequenceFlow] = []
        self.outgoing: list[SequenceFlow] = []
        self.properties: dict[str, str] = {}
        self.boundary_events: list[Element] = []

    @property
    def title(self) -> str:
        return str(self.bpmn_name or self.bpmn_id)

    # What a subclass says.

    def enter(self, token: Token) -> bool:
        """May the token begin at once?"""
        return True

    def work(self, token: Token) -> bool | None:
        """Do what the element is there for. None: wait for somebody outside."""
        return True

    def leave(self, token: Token) -> Sequence[SequenceFlow]:
        """The flows to go on over."""
        return self.outgoing

    def withdrawn(self, token: Token) -> None:
        """The token is taken back: close what it had opened."""

    def wake(self, token: Token) -> bool:
        """Something moved elsewhere. May this waiting token go on now? (Inclusive joins only.)"""
        return False

    def scope_finished(self, token: Token, scope: Any) -> None:
        """The subprocess this token stands for has no tokens left."""
        raise NotImplementedError(self.bpmn_id)

    # SpiffWorkflow's protocol.

    def _predict(self, my_task: Token, *args: Any, **kwargs: Any) -> None:
        """No guessing of future tasks: a token exists where it is."""

    def _update(self, my_task: Token) -> None:
        if self.attempt(my_task, "enter", lambda: self._enter(my_task)):
            my_task._ready()
        elif my_task.has_state(TaskState.FUTURE):
            my_task._set_state(TaskState.WAITING)

    def _enter(self, token: Token) -> bool:
        self.announce(token)
        return self.enter(token)

    def announce(self, token: Token) -> None:
        """Say, once, that the token is here."""
        if not token.internal_data.get("entered"):
            token.internal_data["entered"] = True
            self.emit(token, events.ElementEntered, flow_id=token.flow_id)

    def _on_ready(self, my_task: Token) -> None:
        self.root(my_task).agenda.append(my_task)

    def _run(self, my_task: Token) -> bool | None:
        result: bool | None = self.attempt(my_task, "run", lambda: self.work(my_task), otherwise=None)
        return result

    def _on_complete(self, my_task: Token) -> None:
        flows = self.attempt(my_task, "leave", lambda: self._ways_on(my_task), otherwise=None)
        if flows is None:
            return
        if my_task.internal_data.get("entered"):
            self.emit(my_task, events.ElementCompleted)
        self.disarm(my_task)
        self.go_on(my_task, flows)

    def _ways_on(self, token: Token) -> list[SequenceFlow]:
        flows = list(self.leave(token))
        if len(flows) > 1:
            check_tokens(len(token.scope.tasks) + len(flows))
            self.check_room(token, len(flows))
        return flows

    def check_room(self, token: Token, more: int) -> None:
        """Before one token becomes many.

        :raises Trouble: ``budget-exceeded``: the instance would have too many.
        """
        check_tokens_of_instance(more + sum(len(scope.tasks) for scope in self.root(token).all_scopes()))

    def _on_cancel(self, my_task: Token) -> None:
        self.withdrawn(my_task)
        self.forget_incident(my_task)
        if my_task.internal_data.get("entered"):
            self.emit(my_task, events.ElementCanceled)

    # Moving tokens.

    def go_on(self, token: Token, flows: Sequence[SequenceFlow]) -> None:
        """Send a successor over each flow; the token itself leaves."""
        children = [self._send(token, flow) for flow in flows]
        token.scope._task_completed_notify(token)
        for child in children:
            child.element._update(child)

    def _send(self, token: Token, flow: SequenceFlow) -> Token:
        child = token._add_child(self._wf_spec.task_specs[flow.target])
        child.flow_id = flow.id
        return child

    def arm(self, token: Token) -> None:
        """Let the boundary events of this activity begin to wait."""
        for event in self.boundary_events:
            if event.waits_at_boundary:
                self.arm_one(token, event)

    def arm_one(self, token: Token, event: "Element") -> None:
        child = token._add_child(event)
        child.triggered = True
        event._update(child)

    def disarm(self, token: Token) -> None:
        """The activity is over: what waits at its boundary no longer does."""
        for child in list(token.children):
            if child.triggered:
                child.cancel()

    waits_at_boundary = False
    waits_once = True

    def happen(self, token: Token, variables: Variables) -> None:
        """What the token waits for happened outside: a timer fired, a message came."""
        raise NotImplementedError(self.bpmn_id)

    def knowledge_now(self, token: Token) -> Knowledge:
        """What is known here if the token is interrupted now."""
        return token.knowledge.copy()

    # Trouble.

    def attempt(self, token: Token, phase: str, do: Callable[[], Any], otherwise: Any = False) -> Any:
        """Do something that the model may have got wrong; stop the token with an incident if it has."""
        try:
            return do()
        except Trouble as trouble:
            self.stop(token, trouble, phase)
            return otherwise

    def stop(self, token: Token, trouble: Trouble, phase: str, job_id: str | None = None) -> None:
        """Stop a token with an incident that a supervisor can see and resolve."""
        root = self.root(token)
        incident_id = root.next_id()
        token._set_state(TaskState.ERROR)
        token.internal_data["incident"] = {"id": incident_id, "phase": phase}
        root.incidents[incident_id] = {"token": token.id, "phase": phase, "code": trouble.code}
        if root.spent_by is None and root.budget.is_spent:
            root.spent_by = incident_id
        self.emit(
            token,
            events.IncidentRaised,
            incident_id=incident_id,
            code=trouble.code,
            message=trouble.message,
            message_zh=trouble.message_zh,
            job_id=job_id,
        )

    def forget_incident(self, token: Token, reason: str = "") -> None:
        incident = token.internal_data.pop("incident", None)
        if incident is not None:
            self.root(token).incidents.pop(incident["id"])
            self.root(token).emit(events.IncidentResolved(incident_id=incident["id"], reason=reason))
            self.root(token).go_on_after(incident["id"])

    def retry(self, token: Token, phase: str) -> None:
        """Try again where an incident stopped the token."""
        if phase == "enter":
            token._set_state(TaskState.FUTURE)
            self._update(token)
        elif phase == "wait":
            token._set_state(TaskState.WAITING)
        elif phase == "leave":
            token.complete()
        else:
            token._set_state(TaskState.FUTURE)
            token._ready()

    # Saying what happened.

    @staticmethod
    def root(token: Token) -> RootScope:
        return token.scope.root_scope

    def emit(self, token: Token, event: type[events.ElementEvent], **details: Any) -> None:
        """Record an event at this element."""
        scope = token.scope
        scope.root_scope.emit(
            event(
                token_id=token.id,
                element_id=self.bpmn_id,
                process_key=scope.process_key,
                scope=scope.id,
                **details,
            )
        )

"""A token of a running instance: SpiffWorkflow's task, made deterministic and short-lived.

Stock tasks draw a random id, read the clock at every change of state and stay in the tree for ever. A token takes its id
from the instance's counter, knows no time, and leaves the tree as soon as it has gone on: its successors hang where it
hung. So a tree holds only what is live, and a step costs the same on the first and on the thousandth lap (law g).
"""

from typing import TYPE_CHECKING, Any

from SpiffWorkflow.task import Task
from SpiffWorkflow.util.task import TaskState

from engine.core.budget import size
from engine.core.spiff.variables import Knowledge
from engine.core.values import Value

if TYPE_CHECKING:
    from engine.core.spiff.element import Element
    from engine.core.spiff.scope import Scope

Notes = dict[str, Any]


class Token(Task):  # type: ignore[misc]
    """Where a process instance stands, and what it knows there.

    ``knowledge`` are the variables; ``local`` are names visible only here and below (the item of a multi-instance loop);
    ``internal_data`` is the engine's own note pad, plain JSON, never mixed with variables; ``flow_id`` is the sequence flow
    it came over.
    """

    def __init__(
        self,
        workflow: "Scope",
        task_spec: Any,
        parent: "Token | None" = None,
        state: int = TaskState.FUTURE,
        id: str | None = None,
    ) -> None:
        self.id = id or workflow.root_scope.next_id()
        self.workflow = workflow
        self.task_spec = task_spec
        self._parent = parent.id if parent is not None else None
        self._children: list[str] = []
        self._state = state
        self.triggered = False
        self.thread_id = 0
        self.last_state_change = 0.0
        self.internal_data: Notes = {}
        self.knowledge = Knowledge()
        self.local: dict[str, Value] = {}
        self.flow_id: str | None = None
        workflow.tasks[self.id] = self
        if parent is not None:
            parent._children.append(self.id)

    @property
    def scope(self) -> "Scope":
        """The process or subprocess this token runs in."""
        scope: Scope = self.workflow
        return scope

    @property
    def element(self) -> "Element":
        spec: Element = self.task_spec
        return spec

    @property
    def data(self) -> dict[str, Value]:
        """The variables, under the name stock code looks for."""
        return self.knowledge.values

    @property
    def stopped_in(self) -> str | None:
        """The phase in which an incident stopped the token; None: it is not stopped."""
        phase: str | None = self.internal_data.get("incident", {}).get("phase")
        return phase

    def context(self) -> dict[str, Value]:
        """What an expression at this token may read."""
        return {**self.knowledge.values, **self.local} if self.local else self.knowledge.values

    def write(self, name: str, value: Value) -> None:
        root = self.scope.root_scope
        self.knowledge.write(name, value, root.next_number())
        root.weight += size(value)

    def _set_state(self, value: int) -> None:
        self._state = value

    def _add_child(self, task_spec: Any, state: int = TaskState.FUTURE) -> "Token":
        """Let a successor or a dependent token come into being, knowing what this one knows."""
        child = Token(self.scope, task_spec, self, state)
        child.knowledge = self.knowledge.copy()
        child.local = self.local
        return child

    def run(self) -> bool | None:
        """Let the element work; a token that ran into trouble stays stopped."""
        result: bool | None = self.task_spec._run(self)
        if self.scope.tasks.get(self.id) is not self:
            return None  # what it threw withdrew it
        if result:
            self.complete()
        elif not self.has_state(TaskState.ERROR):
            self._set_state(TaskState.STARTED)
        return result

    def cancel(self) -> None:
        """Withdraw this token and everything under it."""
        for child in list(self.children):
            child.cancel()
        self._set_state(TaskState.CANCELLED)
        self.task_spec._on_cancel(self)
        self.remove()

    def remove(self) -> None:
        """Leave the tree. Children, if any, hang where this token hung."""
        parent = self.parent
        index = parent._children.index(self.id)
        parent._children[index : index + 1] = self._children
        for child in self.children:
            child._parent = parent.id
        del self.scope.tasks[self.id]
        self.scope.token_left()

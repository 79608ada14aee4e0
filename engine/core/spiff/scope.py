"""Where tokens live: the top process of an instance, and one scope more for every running subprocess or called process.

SpiffWorkflow's workflow searches its whole tree for something to do and polls every waiting task after each completion. A
scope keeps an agenda: a token that may run puts itself there, and one command runs the agenda empty, within a budget.
"""

from collections import deque
from collections.abc import Iterator
from datetime import datetime
from typing import TYPE_CHECKING, Any

from SpiffWorkflow.bpmn import BpmnWorkflow
from SpiffWorkflow.util.task import TaskState

from engine.core.budget import Budget, check_state
from engine.core.events import Event, SignalThrown
from engine.core.spiff.token import Token
from engine.core.spiff.variables import Knowledge, compact
from engine.core.trouble import Trouble
from engine.core.values import Value

if TYPE_CHECKING:
    from engine.core.model import ProcessModel


class Scope(BpmnWorkflow):  # type: ignore[misc]
    """A running process or subprocess.

    :param root_scope: the scope of the instance's top process; None makes this one the root.
    :param activity: the token of the subprocess or call activity this scope belongs to.
    """

    def __init__(self, spec: Any, *, process_key: str, root_scope: "RootScope | None", activity: Token | None) -> None:
        # The stock constructor starts the process at once with random ids; a scope starts when it is told to.
        self.spec = spec
        self.process_key = process_key
        self.root_scope: RootScope = root_scope or self
        self.activity = activity
        self.tasks: dict[str, Token] = {}
        self.completed = False
        self.success = True
        self.data: dict[str, Value] = {}
        self.last_task = None
        self.outcome: Knowledge | None = None
        self.task_tree = Token(self, spec.start, None, TaskState.STARTED, id="root")

    @property
    def id(self) -> str:
        """The enclosing activity's token; empty at the top."""
        return self.activity.id if self.activity is not None else ""

    @property
    def path(self) -> str:
        """Where it lies within a run of its process: the call (empty at the top), then ``element:token`` inwards."""
        if self.activity is None or self.spec.name == self.process_key:
            return self.id
        return f"{self.activity.scope.path}/{self.spec.name}:{self.id}"

    @property
    def depth(self) -> int:
        return 0 if self.activity is None else self.activity.scope.depth + 1

    @property
    def top_workflow(self) -> "RootScope":
        return self.root_scope

    def tokens(self) -> Iterator[Token]:
        """The live tokens, oldest first."""
        return (token for token in self.tasks.values() if token is not self.task_tree)

    def start(self, knowledge: Knowledge, local: dict[str, Value], start_event: Any | None = None) -> None:
        """Put a token on a start event: the given one, the none start, or the only one (of an event subprocess)."""
        self.task_tree.knowledge = Knowledge()
        if start_event is None:
            starts = self.spec.start.outputs
            (start_event,) = [event for event in starts if event.definition is None] or starts
        for event_subprocess in self.spec.event_subprocesses:
            event_subprocess.arm_in(self, knowledge, local)
        token = self.task_tree._add_child(start_event)
        token.knowledge, token.local = knowledge, local
        start_event._update(token)

    def absorb(self, knowledge: Knowledge) -> None:
        """A token reached an end: what it knew is part of the scope's outcome.

        :raises Trouble: ``merge-conflict``.
        """
        if self.outcome is None:
            self.outcome = knowledge.copy()
        else:
            self.outcome.merge(knowledge)

    def token_left(self) -> None:
        if not self.is_alive:
            self.root_scope.emptied.append(self)

    @property
    def is_alive(self) -> bool:
        """Is there a token besides those of event subprocesses that only wait?"""
        return any(not token.triggered for token in self.task_tree.children)

    def knowledge_now(self) -> Knowledge | None:
        """What is known inside at this moment; None if nothing is alive and nothing ended.

        :raises Trouble: ``merge-conflict``.
        """
        merged = self.outcome.copy() if self.outcome is not None else None
        for token in self.task_tree.children:
            if token.triggered:
                continue
            known = token.element.knowledge_now(token)
            if merged is None:
                merged = known
            else:
                merged.merge(known)
        return merged

    def domain(self) -> "Scope":
        """The outermost scope that shares its names with this one."""
        scope = self
        while scope.activity is not None and not scope.activity.internal_data.get("keeps_knowledge"):
            scope = scope.activity.scope
        return scope

    def clear(self) -> None:
        """Withdraw every token."""
        for token in list(self.task_tree.children):
            token.cancel()

    def _task_completed_notify(self, token: Token) -> None:
        """Called by the stock task when it is complete and its successors have been updated."""
        token.remove()

    def holders(self) -> Iterator[Knowledge]:
        """Every knowledge a later merge may look at: not an activity's whose tokens inside now hold it."""
        if self.outcome is not None:
            yield self.outcome
        for token in self.tokens():
            if token.triggered:
                continue  # waits, and knows nothing until it happens
            if token.id not in self.root_scope.scopes or token.internal_data.get("keeps_knowledge"):
                yield token.knowledge


class RootScope(Scope):
    """The top scope of an instance, with what all its scopes share."""

    def __init__(self, model: "ProcessModel", instance_id: str, counter: int = 0) -> None:
        self.model = model
        self.instance_id = instance_id
        self.counter = counter
        self.scopes: dict[str, Scope] = {}
        self.agenda: deque[Token] = deque()
        self.signals: deque[SignalThrown] = deque()
        self.emptied: list[Scope] = []
        self.events: list[Event] = []
        self.incidents: dict[str, dict[str, Any]] = {}
        self.deadlines: dict[str, str | None] = {}
        self.business_key: str | None = None
        self.now: datetime | None = None
        self.budget = Budget()
        self.weight = 0
        """About how many bytes the instance knows: at least a third, and at most all that was ever written."""
        self.spent_by: str | None = None
        """The incident that says that the command's budget is spent."""
        super().__init__(model.root.spec, process_key=model.root.key, root_scope=None, activity=None)

    def begin_command(self, now: datetime, budget: Budget) -> None:
        """``now`` (UTC) is the only time there is while the command is processed."""
        if now.tzinfo is None:
            raise ValueError("expected an aware time, got a naive one")
        self.now, self.budget, self.events, self.spent_by = now, budget, [], None

    def continue_command(self, before: "RootScope") -> None:
        """Take over a command under way from the scope this one replaces."""
        self.now, self.budget, self.events, self.spent_by = before.now, before.budget, before.events, before.spent_by

    def end_command(self) -> tuple[Event, ...]:
        """What happened since :meth:`begin_command`."""
        happened, self.events, self.now = tuple(self.events), [], None
        return happened

    @property
    def moment(self) -> datetime:
        assert self.now is not None, "time is known only within a command"
        return self.now

    def next_number(self) -> int:
        self.counter += 1
        return self.counter

    def next_id(self) -> str:
        return f"{self.instance_id}.{self.next_number()}"

    def emit(self, event: Event) -> None:
        self.events.append(event)

    def all_scopes(self) -> Iterator[Scope]:
        yield self
        yield from self.scopes.values()

    def all_tokens(self) -> Iterator[Token]:
        return (token for scope in list(self.all_scopes()) for token in list(scope.tokens()))

    def find(self, token_id: str) -> Token | None:
        for scope in self.all_scopes():
            if token_id in scope.tasks:
                return scope.tasks[token_id]
        return None

    def open_scope(self, activity: Token, spec: Any, process_key: str) -> Scope:
        scope = Scope(spec, process_key=process_key, root_scope=self, activity=activity)
        self.scopes[activity.id] = scope
        return scope

    def advance(self) -> None:
        """Run everything that can run without a person, a clock or the outside world."""
        while self.agenda or self.emptied or self.signals or self._wake_waiting():
            if self.emptied:
                self._finish(self.emptied.pop())
            elif self.agenda:
                self._run(self.agenda.popleft())
            elif self.signals:
                self._broadcast(self.signals.popleft())
        compact(self.holders_everywhere())

    def holders_everywhere(self) -> Iterator[Knowledge]:
        """:meth:`Scope.holders` of the whole instance."""
        return (knowledge for scope in self.all_scopes() for knowledge in scope.holders())

    def _run(self, token: Token) -> None:
        if not token.has_state(TaskState.READY) or token.scope.tasks.get(token.id) is not token:
            return  # withdrawn while it stood on the agenda
        if self.spent_by is not None and self.budget.is_spent:
            token.internal_data["postponed"] = self.spent_by
            return
        try:
            self.budget.spend_elements()
            check_state(self.weight)
        except Trouble as trouble:
            token.element.stop(token, trouble, phase="run")
            return
        token.run()

    def go_on_after(self, incident_id: str) -> None:
        """An incident is over: what waited for it stands on the agenda again.

        When a budget is spent, one incident says so for all the tokens that could have gone on.
        """
        if self.spent_by == incident_id:
            self.spent_by = None
        for token in self.all_tokens():
            if token.internal_data.get("postponed") == incident_id:
                del token.internal_data["postponed"]
                self.agenda.append(token)

    def _finish(self, scope: Scope) -> None:
        if scope.completed or scope.is_alive:
            return
        if scope.activity is not None and self.scopes.get(scope.id) is not scope:
            return  # withdrawn
        scope.completed = True
        scope.clear()
        if scope.activity is not None:
            scope.activity.element.scope_finished(scope.activity, scope)

    def _broadcast(self, thrown: SignalThrown) -> None:
        """Every token of this instance that waits for the signal hears it."""
        for token in self.all_tokens():
            if token.internal_data.get("signal") == thrown.signal and token.scope.tasks.get(token.id) is token:
                token.element.happen(token, thrown.variables)

    def _wake_waiting(self) -> bool:
        """Has something that moved elsewhere decided what a token waits for: an inclusive join, a condition?"""
        return any(token.has_state(TaskState.WAITING) and token.element.wake(token) for token in self.all_tokens())

    def view(self, scope: Scope) -> dict[str, Value]:
        """What is known around ``scope``: of each variable the newest value any branch that shares its names holds."""
        domain = scope.domain()
        newest: dict[str, tuple[int, Value]] = {}
        for other in self.all_scopes():
            for knowledge in other.holders() if other.domain() is domain else ():
                for name, value in knowledge.values.items():
                    stamp = knowledge.head(name)
                    if name not in newest or stamp > newest[name][0]:
                        newest[name] = (stamp, value)
        return {name: value for name, (_, value) in newest.items()}

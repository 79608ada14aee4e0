"""Activities that hold a process: embedded subprocesses and call activities."""

from typing import Any

from SpiffWorkflow.util.task import TaskState

from engine.core.budget import check_depth
from engine.core.script import Formula
from engine.core.spiff.activities import Activity
from engine.core.spiff.scope import Scope
from engine.core.spiff.token import Token
from engine.core.spiff.variables import Knowledge, same
from engine.core.values import Value


class Container(Activity):
    """What both have in common: a scope of their own, opened when they begin, concluded when it has no tokens left.

    With ``outputs`` only what they name comes back; what is told inside besides is forgotten, and contradicts nobody.
    """

    outputs: tuple[tuple[str, Formula], ...] | None = None

    @property
    def narrowed(self) -> bool:
        """Whether not everything is shared with what is inside."""
        return self.outputs is not None

    def inner(self, token: Token) -> tuple[Any, str]:
        """The spec to run inside, and the process whose diagram shows it."""
        raise NotImplementedError

    def begin(self, token: Token) -> bool:
        check_depth(token.scope.depth + 1)
        knowledge = self.hand_over(token)
        spec, process_key = self.inner(token)
        scope = self.root(token).open_scope(token, spec, process_key)
        token._set_state(TaskState.STARTED)
        scope.start(knowledge, self.inner_local(token))
        return False

    def hand_over(self, token: Token) -> Knowledge:
        """What the process inside begins with."""
        if self.narrowed:
            token.internal_data["keeps_knowledge"] = True
        return token.knowledge.copy()

    def inner_local(self, token: Token) -> dict[str, Value]:
        return token.local

    def scope_finished(self, token: Token, scope: Scope) -> None:
        token.complete()

    def conclude(self, token: Token) -> None:
        scope = self.root(token).scopes.get(token.id)
        if scope is not None:
            assert scope.outcome is not None, "every token of a finished scope ended somewhere"
            self.take_back(token, scope.outcome)
            del self.root(token).scopes[token.id]

    def take_back(self, token: Token, outcome: Knowledge) -> None:
        """What the process inside found out is known outside.

        :raises Trouble: an output expression failed; nothing is taken back then.
        """
        if not self.narrowed:
            token.knowledge = outcome
            return
        for name, value in self.given_back(token, outcome).items():
            token.write(name, value)

    def given_back(self, token: Token, outcome: Knowledge) -> dict[str, Value]:
        """The outputs.

        :raises Trouble: one of them failed.
        """
        inside, now = {**outcome.values, **self.inner_local(token)}, self.root(token).now
        return {name: formula.value(inside, now) for name, formula in self.outputs or ()}

    def knowledge_now(self, token: Token) -> Knowledge:
        """What is inside and interrupted gives back nothing it was not asked for."""
        scope = self.root(token).scopes.get(token.id)
        if scope is None:
            return super().knowledge_now(token)
        return token.knowledge.copy() if self.narrowed else scope.knowledge_now() or token.knowledge.copy()

    def withdrawn(self, token: Token) -> None:
        scope = self.root(token).scopes.get(token.id)
        if scope is not None:
            scope.clear()
            del self.root(token).scopes[token.id]


class SubProcess(Container):
    """An embedded subprocess: shares its surroundings' variables."""

    def __init__(self, wf_spec: Any, bpmn_id: str, subworkflow_spec: str, **kwargs: Any) -> None:
        super().__init__(wf_spec, bpmn_id, **kwargs)
        self.spec = subworkflow_spec

    def inner(self, token: Token) -> tuple[Any, str]:
        scope = token.scope
        return self.root(token).model.definition(scope.process_key).specs[self.spec], scope.process_key


class Transaction(SubProcess):
    """A subprocess that can be cancelled as a whole, by a cancel end event inside it."""


class CallActivity(Container):
    """Another process, called. Its variables are the caller's unless ``inputs`` and ``outputs`` narrow them."""

    inputs: tuple[tuple[str, Formula], ...] | None = None

    def __init__(self, wf_spec: Any, bpmn_id: str, subworkflow_spec: str, **kwargs: Any) -> None:
        super().__init__(wf_spec, bpmn_id, **kwargs)
        self.called_process = subworkflow_spec

    def inner(self, token: Token) -> tuple[Any, str]:
        return self.root(token).model.definition(self.called_process).spec, self.called_process

    @property
    def narrowed(self) -> bool:
        return self.inputs is not None or self.outputs is not None

    def hand_over(self, token: Token) -> Knowledge:
        everything = super().hand_over(token)
        if self.inputs is None:
            return everything
        context, now = token.context(), self.root(token).now
        return Knowledge({name: formula.value(context, now) for name, formula in self.inputs})

    def inner_local(self, token: Token) -> dict[str, Value]:
        return token.local if self.inputs is None else {}

    def given_back(self, token: Token, outcome: Knowledge) -> dict[str, Value]:
        if self.outputs is not None:
            return super().given_back(token, outcome)
        return {
            name: value for name, value in outcome.values.items() if name not in token.data or not same(token.data[name], value)
        }

"""One activity again and again while a condition holds (standard loop).

Like a multi-instance activity's, the activity's own token waits as a *body* while one turn after the other runs; unlike
there, each turn knows what the one before found out. ``loopCounter`` counts from 1.
"""

from dataclasses import dataclass
from typing import Any

from SpiffWorkflow.util.task import TaskState

from engine.core.script import Condition
from engine.core.spiff.token import Token
from engine.core.spiff.variables import Knowledge
from engine.core.values import Value


@dataclass(frozen=True, slots=True)
class StandardLoop:
    """The characteristics, as the model states them. Without a condition the maximum alone ends the loop."""

    condition: Condition | None
    maximum: int | None
    test_before: bool

    def begin(self, token: Token) -> bool:
        """Start the first turn. True if there is none.

        :raises Trouble: the condition is neither true nor false.
        """
        token.internal_data["body"] = {"completed": 0}
        if self.test_before and not self._again(token.context(), 0, token):
            return True
        token._set_state(TaskState.STARTED)
        self._start_next(token)
        return False

    def _again(self, context: dict[str, Value], completed: int, token: Token) -> bool:
        if self.maximum is not None and completed >= self.maximum:
            return False
        if self.condition is None:
            return True
        return self.condition.holds({**context, "loopCounter": completed}, token.scope.root_scope.now)

    def _start_next(self, body: Token) -> None:
        turn = body.internal_data["body"]["completed"] + 1
        child = body._add_child(body.task_spec)
        child.flow_id = body.flow_id
        child.internal_data["loop"] = {"index": turn, "item": None}
        child.local = {**body.local, "loopCounter": turn}
        child.element._update(child)

    def collect(self, child: Token) -> bool:
        """A turn is done: take over what it knows.

        :raises Trouble: nothing is taken over then.
        """
        body = child.parent
        note: dict[str, Any] = body.internal_data["body"]
        again = self._again({**child.knowledge.values, **body.local}, note["completed"] + 1, child)
        body.knowledge = child.knowledge
        note.update(completed=note["completed"] + 1, again=again)
        return True

    def instance_done(self, child: Token) -> None:
        """The next turn, or the activity as a whole."""
        body: Token = child.parent
        child.remove()
        if body.internal_data["body"]["again"]:
            self._start_next(body)
        else:
            body._ready()

    def knowledge_now(self, body: Token) -> Knowledge:
        """What is known if the activity is interrupted now: the turn that is under way included.

        :raises Trouble: ``merge-conflict``.
        """
        for child in body.children:
            if "loop" in child.internal_data:
                known: Knowledge = child.element.knowledge_now(child)
                return known
        return body.knowledge.copy()

"""One activity, once for each item of a list (multi-instance).

The activity's own token is the *body*: it waits while its instances run and goes on when they are done. An instance knows
its item under ``elementVariable`` and its number (from 1) under ``loopCounter``; both are local to it. With an
``outputCollection`` only each instance's ``outputElement`` comes back, in the order of the items: the list begins empty and
grows as instances are done. Without one, what the instances changed is merged, that of withdrawn ones too, and two
instances changing the same variable differently are a conflict.
"""

from dataclasses import dataclass
from typing import Any

from SpiffWorkflow.util.task import TaskState

from engine.core.budget import check_collection
from engine.core.script import Condition, Formula
from engine.core.spiff.token import Token
from engine.core.spiff.variables import Knowledge
from engine.core.trouble import Trouble
from engine.core.values import Value


@dataclass(frozen=True, slots=True)
class MultiInstance:
    """The characteristics, as the model states them. Exactly one of ``cardinality`` and ``collection`` is given."""

    sequential: bool
    cardinality: Formula | None = None
    collection: Formula | None = None
    element_variable: str | None = None
    output_collection: str | None = None
    output_element: Formula | None = None
    completion_condition: Condition | None = None

    def begin(self, token: Token) -> bool:
        """Start the instances. True if there are none, so that the activity is done at once.

        :raises Trouble: the list is none, or too long.
        """
        items = self._items(token)
        check_collection(len(items))
        beginning = items[:1] if self.sequential else items
        token.element.check_room(token, len(beginning))
        token.scope.root_scope.budget.spend_elements(len(beginning))
        token.internal_data["body"] = {"items": items, "next": 0, "completed": 0, "results": {}, "done": False}
        self._write_output(token)
        if not items:
            return True
        token._set_state(TaskState.STARTED)
        for _ in beginning:
            self._start_next(token)
        return False

    def _items(self, token: Token) -> list[Value]:
        context, now = token.context(), token.scope.root_scope.now
        if self.cardinality is not None:
            count = self.cardinality.value(context, now)
            if isinstance(count, bool) or not isinstance(count, int) or count < 0:
                raise Trouble(
                    "cardinality-invalid",
                    f"Expected {self.cardinality.text!r} to be a whole number from 0, but it is {count!r}.",
                )
            check_collection(count)
            return list(range(1, count + 1))
        assert self.collection is not None
        items = self.collection.value(context, now)
        if not isinstance(items, list):
            raise Trouble("collection-invalid", f"Expected {self.collection.text!r} to be a list, but it is {items!r}.")
        return items

    def _start_next(self, token: Token) -> None:
        note = token.internal_data["body"]
        index = note["next"]
        note["next"] = index + 1
        item = note["items"][index]
        child = token._add_child(token.task_spec)
        child.flow_id = token.flow_id
        child.internal_data["loop"] = {"index": index + 1, "item": item}
        child.local = {**token.local, "loopCounter": index + 1}
        if self.element_variable is not None:
            child.local[self.element_variable] = item
        child.element._update(child)

    def collect(self, child: Token) -> bool:
        """An instance is done: take over its result.

        :raises Trouble: nothing is taken over then.
        """
        body = child.parent
        note = body.internal_data["body"]
        done = self._satisfied(child, note)
        if self.output_collection is not None:
            result: Value = None
            if self.output_element is not None:
                result = self.output_element.value(child.context(), child.scope.root_scope.now)
            note["results"][str(child.internal_data["loop"]["index"])] = result
            self._write_output(body)
        else:
            body.knowledge = self._merged(body, list(body.children) if done else [child])
        note["completed"] += 1
        note["done"] = done
        return True

    def _satisfied(self, child: Token, note: dict[str, Any]) -> bool:
        if self.completion_condition is None:
            return False
        completed = note["completed"] + 1
        counts = {
            "nrOfInstances": len(note["items"]),
            "nrOfCompletedInstances": completed,
            "nrOfActiveInstances": note["next"] - completed,
        }
        return self.completion_condition.holds({**child.context(), **counts}, child.scope.root_scope.now)

    def instance_done(self, child: Token) -> None:
        """Go on after :meth:`collect`: the next instance, or the activity as a whole."""
        body: Token = child.parent
        note = body.internal_data["body"]
        child.remove()
        if note["done"] or note["completed"] == len(note["items"]):
            for other in list(body.children):
                if "loop" in other.internal_data:
                    other.cancel()
            body._ready()
        elif self.sequential:
            self._start_next(body)

    def _write_output(self, body: Token) -> None:
        if self.output_collection is not None:
            body.write(self.output_collection, self._results(body))

    def _results(self, body: Token) -> list[Value]:
        results = body.internal_data["body"]["results"]
        return [results[index] for index in sorted(results, key=int)]

    def knowledge_now(self, body: Token) -> Knowledge:
        """What is known if the activity is interrupted now: the results that are in are not lost.

        :raises Trouble: ``merge-conflict``.
        """
        return body.knowledge.copy() if self.output_collection is not None else self._merged(body, body.children)

    @staticmethod
    def _merged(body: Token, children: list[Token]) -> Knowledge:
        """What the body knows and what these instances know, finished or not.

        :raises Trouble: ``merge-conflict``.
        """
        merged = body.knowledge.copy()
        for child in children:
            if "loop" in child.internal_data:
                merged.merge(child.element.knowledge_now(child))
        return merged

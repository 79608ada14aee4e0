"""An instance as bytes, without its model.

The stock serializer stores the whole specification with every instance, mixes user data into tagged dictionaries, and breaks
when a database re-orders keys. A snapshot holds tokens only; variables are plain JSON of their own; and the order of
everything is kept, because order is behaviour (which token is older, which key of a context comes first).

The same state always gives the same bytes: replay compares them.

A large value is written down once, however many tokens know it, and so is what several tokens know alike. Both are loaded as
one object: values are never changed in place.
"""

from collections.abc import Mapping
from dataclasses import asdict
from typing import Any

import orjson

from engine.core.instance import Performance, ProcessInstance
from engine.core.lifecycle import InstanceStatus
from engine.core.model import ProcessModel
from engine.core.spiff.scope import RootScope, Scope
from engine.core.spiff.token import Token
from engine.core.spiff.variables import Knowledge
from engine.core.values import Value

FORMAT = 2
"""Raised when the shape changes; :func:`load` reads every format there ever was in a release."""

SHARED_BYTES = 64
"""From this size on a value is written down once and referred to."""


def dump(instance: ProcessInstance) -> bytes:
    """The state of an instance, JSON."""
    root, known = instance.root, Known()
    told = {"deadlines": root.deadlines} if root.deadlines else {}
    return orjson.dumps(
        {
            "format": FORMAT,
            "id": instance.id,
            "process": instance.model.root.key,
            "business_key": instance.business_key,
            "status": instance.status.value,
            "version": instance.version,
            "counter": root.counter,
            "bindings": instance.bindings,
            "performances": [asdict(done) for done in instance.performances],
            "incidents": root.incidents,
            **told,
            "scopes": [_dump_scope(scope, known) for scope in root.all_scopes()],
            "knowledge": known.table,
            "values": known.values.table,
        }
    )


class Values:
    """The large values of one snapshot. A small one stands where it is known, in a list of its own; a large one is a number."""

    def __init__(self) -> None:
        self.table: list[orjson.Fragment] = []
        self._numbers: dict[bytes, int] = {}
        self._seen: dict[int, list[Any] | int] = {}

    def referred(self, variables: Mapping[str, Value]) -> dict[str, list[Any] | int]:
        """Variables as they are written down."""
        return {name: self._reference(value) for name, value in variables.items()}

    def _reference(self, value: Value) -> list[Any] | int:
        if not isinstance(value, str | list | dict) or (isinstance(value, str) and len(value) < SHARED_BYTES // 4):
            return [value]
        reference = self._seen.get(id(value))
        if reference is None:
            reference = self._seen[id(value)] = self._written(orjson.dumps(value))
        return reference

    def _written(self, encoded: bytes) -> list[Any] | int:
        if len(encoded) < SHARED_BYTES:
            return [orjson.Fragment(encoded)]
        if encoded not in self._numbers:
            self._numbers[encoded] = len(self.table)
            self.table.append(orjson.Fragment(encoded))
        return self._numbers[encoded]


class Known:
    """What the tokens of one snapshot know, each different knowledge once, by number."""

    def __init__(self) -> None:
        self.values = Values()
        self.table: list[orjson.Fragment] = []
        self._numbers: dict[bytes, int] = {}
        self._seen: dict[tuple[int, int, int], int] = {}

    def number(self, knowledge: Knowledge) -> int:
        """The place of this knowledge in the table."""
        parts = (id(knowledge.values), id(knowledge.lineage), id(knowledge.agreed))
        number = self._seen.get(parts)
        if number is None:
            number = self._seen[parts] = self._written(orjson.dumps(self._stored(knowledge)))
        return number

    def _stored(self, knowledge: Knowledge) -> dict[str, Any]:
        stored: dict[str, Any] = {"values": self.values.referred(knowledge.values), "lineage": knowledge.lineage}
        return {**stored, "agreed": knowledge.agreed} if knowledge.agreed else stored

    def _written(self, encoded: bytes) -> int:
        if encoded not in self._numbers:
            self._numbers[encoded] = len(self.table)
            self.table.append(orjson.Fragment(encoded))
        return self._numbers[encoded]


def _dump_scope(scope: Scope, known: Known) -> dict[str, Any]:
    return {
        "activity": scope.id,
        "process": scope.process_key,
        "spec": scope.spec.name,
        "completed": scope.completed,
        "outcome": known.number(scope.outcome) if scope.outcome is not None else None,
        "tokens": [_dump_token(token, known) for token in scope.tokens()],
        "children": {token.id: token._children for token in scope.tasks.values() if token._children},
    }


def _dump_token(token: Token, known: Known) -> dict[str, Any]:
    return {
        "id": token.id,
        "element": token.task_spec.name,
        "state": token.state,
        "flow": token.flow_id,
        "triggered": token.triggered,
        "local": known.values.referred(token.local),
        "notes": token.internal_data,
        "knows": known.number(token.knowledge),
    }


def load(model: ProcessModel, data: bytes) -> ProcessInstance:
    """The instance a snapshot was taken of. ``model`` must be the one it ran on."""
    stored = orjson.loads(data)
    if stored["format"] != FORMAT:
        raise ValueError(
            f"Expected a snapshot of format {FORMAT}, but case {stored['id']} was stored in format {stored['format']}."
        )
    root = RootScope(model, stored["id"], stored["counter"])
    root.business_key = stored["business_key"]
    root.incidents = stored["incidents"]
    root.deadlines = stored.get("deadlines", {})
    values = stored["values"]
    known = [Knowledge(_referred(item["values"], values), item["lineage"], item.get("agreed")) for item in stored["knowledge"]]
    for entry in stored["scopes"]:
        _load_scope(root, entry, known, values)
    root.emptied.clear()
    return ProcessInstance(
        model=model,
        id=stored["id"],
        business_key=stored["business_key"],
        status=InstanceStatus(stored["status"]),
        version=stored["version"],
        bindings=stored["bindings"],
        performances=[Performance(**done) for done in stored["performances"]],
        root_scope=root,
    )


def _load_scope(root: RootScope, entry: dict[str, Any], known: list[Knowledge], values: list[Value]) -> None:
    scope: Scope = root
    if entry["activity"]:
        activity = root.find(entry["activity"])
        assert activity is not None, "an activity is stored before the scope inside it"
        spec = root.model.definition(entry["process"]).specs[entry["spec"]]
        scope = root.open_scope(activity, spec, entry["process"])
    scope.completed = entry["completed"]
    scope.outcome = known[entry["outcome"]].copy() if entry["outcome"] is not None else None
    for stored in entry["tokens"]:
        _load_token(scope, stored, known, values)
    for parent_id, children in entry["children"].items():
        parent = scope.tasks[parent_id]
        parent._children = children
        for child in children:
            scope.tasks[child]._parent = parent_id


def _load_token(scope: Scope, stored: dict[str, Any], known: list[Knowledge], values: list[Value]) -> None:
    token = Token(scope, scope.spec.task_specs[stored["element"]], None, stored["state"], id=stored["id"])
    token.flow_id = stored["flow"]
    token.triggered = stored["triggered"]
    token.local = _referred(stored["local"], values)
    token.internal_data = stored["notes"]
    token.knowledge = known[stored["knows"]].copy()


def _referred(references: dict[str, list[Value] | int], values: list[Value]) -> dict[str, Value]:
    """What :meth:`Values.referred` wrote down."""
    return {name: values[found] if isinstance(found, int) else found[0] for name, found in references.items()}

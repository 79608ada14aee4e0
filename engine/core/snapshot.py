"""An instance as bytes, without its model.

The stock serializer stores the whole specification with every instance, mixes user data into tagged dictionaries, and breaks
when a database re-orders keys. A snapshot holds tokens only; variables are plain JSON of their own; and the order of
everything is kept, because order is behaviour (which token is older, which key of a context comes first).

The same state always gives the same bytes: replay compares them.
"""

from typing import Any

import orjson

from engine.core.instance import Performance, ProcessInstance
from engine.core.lifecycle import InstanceStatus
from engine.core.model import ProcessModel
from engine.core.spiff.scope import RootScope, Scope
from engine.core.spiff.token import Token
from engine.core.stored_knowledge import KnowledgeReader, KnowledgeWriter

FORMAT = 2
"""Raised when the shape changes; :func:`load` reads every format there ever was in a release."""


def dump(instance: ProcessInstance) -> bytes:
    """The state of an instance, JSON."""
    root, known = instance.root, KnowledgeWriter()
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
            "weight": root.weight,
            "bindings": instance.bindings,
            "performances": instance.performances,
            "incidents": root.incidents,
            **told,
            "scopes": [_dump_scope(scope, known) for scope in root.all_scopes()],
            "knowledge": known.knowledge.entries,
            "values": known.values.entries,
        }
    )


def _dump_scope(scope: Scope, known: KnowledgeWriter) -> dict[str, Any]:
    return {
        "activity": scope.id,
        "process": scope.process_key,
        "spec": scope.spec.name,
        "completed": scope.completed,
        "outcome": known.number(scope.outcome) if scope.outcome is not None else None,
        "tokens": [_dump_token(token, known) for token in scope.tokens()],
        "children": {token.id: token._children for token in scope.tasks.values() if token._children},
    }


def _dump_token(token: Token, known: KnowledgeWriter) -> dict[str, Any]:
    local, large = known.variables(token.local)
    return {
        "id": token.id,
        "element": token.task_spec.name,
        "state": token.state,
        "flow": token.flow_id,
        "triggered": token.triggered,
        "local": [local, large] if large else [local],
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
    root.weight = stored.get("weight", 0)
    known, tokens = KnowledgeReader(stored["knowledge"], stored["values"]), dict[str, Token]()
    for entry in stored["scopes"]:
        _load_scope(root, entry, known, tokens)
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


def _load_scope(root: RootScope, entry: dict[str, Any], known: KnowledgeReader, tokens: dict[str, Token]) -> None:
    scope: Scope = root
    if entry["activity"]:
        activity = tokens[entry["activity"]]  # an activity is stored before the scope inside it
        spec = root.model.definition(entry["process"]).specs[entry["spec"]]
        scope = root.open_scope(activity, spec, entry["process"])
    scope.completed = entry["completed"]
    scope.outcome = known[entry["outcome"]] if entry["outcome"] is not None else None
    for stored in entry["tokens"]:
        tokens[stored["id"]] = _load_token(scope, stored, known)
    for parent_id, children in entry["children"].items():
        parent = scope.tasks[parent_id]
        parent._children = children
        for child in children:
            scope.tasks[child]._parent = parent_id


def _load_token(scope: Scope, stored: dict[str, Any], known: KnowledgeReader) -> Token:
    token = Token(scope, scope.spec.task_specs[stored["element"]], None, stored["state"], id=stored["id"])
    token.flow_id = stored["flow"]
    token.triggered = stored["triggered"]
    token.local = known.variables(*stored["local"])
    token.internal_data = stored["notes"]
    token.knowledge = known[stored["knows"]]
    return token

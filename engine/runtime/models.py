"""Compiled definitions, shared by the whole process: a model is read once, not once a case.

Definitions never change once deployed, so nothing here is ever stale.
"""

import threading
from collections import OrderedDict
from collections.abc import Callable, Mapping
from functools import cache
from typing import Any, Generic, TypeVar

from sqlalchemy import Connection, Select, Table, bindparam, func, select

import forms
from decisions import DecisionModel, compile_decisions
from engine.core.commands import Command, MigrateProcessInstance
from engine.core.model import ProcessDefinition, ProcessModel, compile_definition, link
from engine.core.rejection import Rejection
from engine.runtime.tables import decision_definition, deployment, form_definition, process_definition

Key = TypeVar("Key")
Compiled = TypeVar("Compiled")

PROCESS = "process:"
FORM = "form:"
DECISION = "decision:"
NOT_FOUND = {
    "process_definition": "definition-not-found",
    "form_definition": "form-not-found",
    "decision_definition": "decision-not-found",
}
MAX_DEFINITIONS = 500
MAX_MODELS = 200
_COUNT_DEPLOYMENTS = select(func.count()).select_from(deployment)
"""What is the latest changes with a deployment and with nothing else; none is ever taken away."""


class Models:
    """Definitions and forms by identifier, linked models by bindings."""

    def __init__(self) -> None:
        self._definitions: Kept[str, ProcessDefinition] = Kept(MAX_DEFINITIONS)
        self._forms: Kept[str, forms.Form] = Kept(MAX_DEFINITIONS)
        self._decisions: Kept[str, DecisionModel] = Kept(MAX_DEFINITIONS)
        self._models: Kept[tuple[str, ...], ProcessModel] = Kept(MAX_MODELS)
        self._latest: Kept[tuple[str, int], dict[str, str]] = Kept(MAX_MODELS)

    def compile(self, source: bytes) -> ProcessDefinition:
        """:raises engine.core.findings.ModelError: the model is refused."""
        return compile_definition(source)

    def definition(self, connection: Connection, definition_id: str) -> ProcessDefinition:
        """:raises Rejection: ``definition-not-found``."""
        return self._definitions.get(
            definition_id, lambda: self.compile(_source(connection, process_definition, definition_id))
        )

    def form(self, connection: Connection, form_id: str) -> forms.Form:
        """:raises Rejection: ``form-not-found``."""
        return self._forms.get(form_id, lambda: forms.compile_form(_source(connection, form_definition, form_id)))

    def known_form(self, form_id: str) -> forms.Form | None:
        """A form that is kept here; None if it has to be read."""
        return self._forms.peek(form_id)

    def decision(self, connection: Connection, decision_id: str) -> DecisionModel:
        """:raises Rejection: ``decision-not-found``."""
        return self._decisions.get(
            decision_id, lambda: compile_decisions(_source(connection, decision_definition, decision_id))
        )

    def model(self, connection: Connection, process_key: str, bindings: Mapping[str, str]) -> ProcessModel:
        """The process, all it calls and what they decide by, in the versions the bindings pin."""
        processes, decisions = _bound(bindings, PROCESS), _bound(bindings, DECISION)

        def build() -> ProcessModel:
            return link(
                process_key,
                {key: self.definition(connection, value) for key, value in processes.items()},
                {key: self.decision(connection, value) for key, value in decisions.items()},
            )

        return self._models.get((process_key, *processes.values(), *decisions.values()), build)

    def target(self, connection: Connection, command: Command) -> ProcessModel | None:
        """The model a migration leads to; other commands lead to none.

        :raises Rejection: ``definition-not-found``: the bindings name a version there is not.
        """
        if not isinstance(command, MigrateProcessInstance):
            return None
        return self.model(connection, command.process_key, command.bindings)

    def resolve(self, connection: Connection, process_key: str) -> dict[str, str]:
        """The latest versions of a process, of every process it comes to call and of their forms.

        :raises Rejection: ``definition-not-found`` or ``form-not-found``.
        """
        deployed = connection.execute(_COUNT_DEPLOYMENTS).scalar_one()
        return dict(self._latest.get((process_key, deployed), lambda: self._resolve(connection, process_key)))

    def _resolve(self, connection: Connection, process_key: str) -> dict[str, str]:
        processes, latest_forms = latest(connection, process_definition), latest(connection, form_definition)
        latest_decisions = latest(connection, decision_definition)
        bindings: dict[str, str] = {}
        open_keys = [process_key]
        while open_keys:
            key = open_keys.pop()
            if PROCESS + key in bindings:
                continue
            bindings[PROCESS + key] = _latest_of(processes, key, "definition-not-found")
            definition = self.definition(connection, bindings[PROCESS + key])
            open_keys += definition.called_processes
            for form_key in definition.form_keys:
                bindings[FORM + form_key] = _latest_of(latest_forms, form_key, "form-not-found")
            for decision_key in definition.decision_keys:
                bindings[DECISION + decision_key] = _latest_of(latest_decisions, decision_key, "decision-not-found")
        return dict(sorted(bindings.items()))


class Kept(Generic[Key, Compiled]):
    """The most recently used few of something that can be made again. Safe for threads."""

    def __init__(self, size: int) -> None:
        self._size = size
        self._kept: OrderedDict[Key, Compiled] = OrderedDict()
        self._lock = threading.Lock()

    def peek(self, key: Key) -> Compiled | None:
        with self._lock:
            return self._kept.get(key)

    def get(self, key: Key, make: Callable[[], Compiled]) -> Compiled:
        with self._lock:
            if key in self._kept:
                self._kept.move_to_end(key)
                return self._kept[key]
        made = make()
        with self._lock:
            self._kept[key] = made
            if len(self._kept) > self._size:
                self._kept.popitem(last=False)
        return made


def latest(connection: Connection, table: Table) -> dict[str, str]:
    """Key to the identifier of its highest version."""
    return {row.key: row.id for row in connection.execute(_select_latest(table))}


@cache
def _select_latest(table: Table) -> Select[Any]:
    newest = select(table.c.key, func.max(table.c.version).label("version")).group_by(table.c.key).subquery()
    return select(table.c.key, table.c.id).join(newest, (newest.c.key == table.c.key) & (newest.c.version == table.c.version))


def _bound(bindings: Mapping[str, str], kind: str) -> dict[str, str]:
    return {key.removeprefix(kind): value for key, value in sorted(bindings.items()) if key.startswith(kind)}


def _latest_of(found: Mapping[str, str], key: str, code: str) -> str:
    if key not in found:
        raise Rejection(code, key=key)
    return found[key]


def _source(connection: Connection, table: Table, identifier: str) -> bytes:
    row: Any = connection.execute(select(table.c.source).where(table.c.id == bindparam("id")), {"id": identifier}).one_or_none()
    if row is None:
        raise Rejection(NOT_FOUND[table.name], key=identifier)
    source: bytes = row.source
    return source

"""The part of the deployment check that looks at whole models: what is deployed together with what is there already.

A process is looked at with the processes it calls, from every process that nobody calls, for it is there that a case begins.
So a new version of a called process is refused when one of its callers could not come to an end any more, or misses a
variable it had.
"""

from collections.abc import Callable, Collection, Iterable, Mapping, Sequence
from dataclasses import replace
from typing import Any

from sqlalchemy import Connection, select

from engine.core.findings import Severity
from engine.core.model import ProcessDefinition, ProcessModel, with_called
from engine.core.names import Lookup, NameFinding, unknown_names
from engine.core.soundness import SoundnessFinding, examine
from engine.core.spiff.containers import CallActivity
from engine.runtime.deployment_check import Compiled, DeploymentFinding, error, model_finding
from engine.runtime.models import Models, latest
from engine.runtime.tables import decision_definition, form_definition, process_definition

Calls = Mapping[str, frozenset[str]]
"""Which processes a process calls, by key."""


class WholeModelCheck:
    """Examines one deployment. What was found is kept as long as what is deployed already stays the same."""

    def __init__(self, models: Models, compiled: Sequence[Compiled]) -> None:
        self._models = models
        self._compiled = {item.key: item for item in compiled if item.definition is not None}
        self._others = [item for item in compiled if item.definition is None]
        self._known: dict[frozenset[str], list[DeploymentFinding]] = {}

    def findings(self, connection: Connection) -> list[DeploymentFinding]:
        """What is wrong with the processes that change, and with those that come to call one that does.

        Call it only when no reference is missing.
        """
        stored = _stored(connection)
        basis = frozenset(row.id for row in stored.values())
        if basis not in self._known:
            self._known[basis] = self._examine(connection, stored)
        return self._known[basis]

    def _examine(self, connection: Connection, stored: Mapping[str, Any]) -> list[DeploymentFinding]:
        changed = {key: item for key, item in self._compiled.items() if not _is_stored(item, stored.get(key))}
        definitions = Definitions(
            {key: item.definition for key, item in changed.items() if item.definition is not None},
            {key: row.id for key, row in stored.items()},
            lambda identifier: self._models.definition(connection, identifier),
        )
        calls = {key: frozenset(row.uses.get("processes", ())) for key, row in stored.items()}
        calls |= {key: definition.called_processes for key, definition in definitions.changed.items()}
        resources = {key: item.resource for key, item in self._compiled.items()}
        return whole_model_findings(definitions, calls, resources, self._lookup(connection))

    def _lookup(self, connection: Connection) -> Lookup:
        """Of this deployment or of what is stored."""
        there = lookup(self._others)
        stored_forms, stored_decisions = latest(connection, form_definition), latest(connection, decision_definition)

        def form_fields(key: str) -> Collection[str]:
            return there.form_fields(key) or self._models.form(connection, stored_forms[key]).fields

        def decision_inputs(key: str) -> Collection[str]:
            stored = key not in {item.key for item in self._others if item.kind == "decision"}
            model = self._models.decision(connection, stored_decisions[key]) if stored else None
            return model.decisions[key].inputs if model is not None else there.decision_inputs(key)

        return Lookup(form_fields, decision_inputs)


def lookup(items: Sequence[Compiled]) -> Lookup:
    """What forms and decisions that were just read have to say of names; nothing of those that are not among them."""
    fields = {item.key: item.form.fields for item in items if item.form is not None}
    inputs = {item.key: item.decision_model.decisions[item.key].inputs for item in items if item.decision_model is not None}
    return Lookup(lambda key: fields.get(key, ()), lambda key: inputs.get(key, ()))


class Definitions(Mapping[str, ProcessDefinition]):
    """Those that change, and those that are stored: read only when they are asked for."""

    def __init__(
        self,
        changed: Mapping[str, ProcessDefinition],
        stored: Mapping[str, str] | None = None,
        read: Callable[[str], ProcessDefinition] | None = None,
    ) -> None:
        self.changed = changed
        self._stored = stored or {}
        self._read = read

    def __getitem__(self, key: str) -> ProcessDefinition:
        if key in self.changed:
            return self.changed[key]
        if self._read is None:
            raise KeyError(key)
        return self._read(self._stored[key])

    def __iter__(self) -> Any:
        return iter({**self._stored, **self.changed})

    def __len__(self) -> int:
        return len({**self._stored, **self.changed})


def whole_model_findings(
    definitions: Definitions, calls: Calls, resources: Mapping[str, str], names: Lookup
) -> list[DeploymentFinding]:
    """Look at every process a case can begin with that changes or comes to call one that does.

    :param resources: the file of a process. A finding in a process that is not among them is blamed on the file that
        brought it about.
    """
    found: dict[tuple[str, str, str, str], DeploymentFinding] = {}
    changed = frozenset(definitions.changed)
    if not_callable := _not_callable(definitions, changed, calls, resources):
        return not_callable
    roots = _roots(changed, calls)
    for root in [*roots, *_also_begun_by_themselves(definitions, changed, calls, roots)]:
        processes = with_called(root, definitions)
        cause = next(key for key in [root, *processes] if key in changed)
        findings: list[SoundnessFinding | NameFinding] = [*(unknown_names(processes, names) if root in roots else ())]
        findings += examine(ProcessModel(definitions[root], processes)).findings
        for finding in findings:
            resource = resources.get(finding.process_key, resources[cause])
            found.setdefault((finding.process_key, finding.element_id, finding.code, finding.en), _finding(resource, finding))
    return list(found.values())


def _roots(changed: frozenset[str], calls: Calls) -> list[str]:
    """The processes nobody else calls among those that reach a changed one; and of a ring of callers, one."""
    reach = {key: _reached(key, calls) for key in calls}
    affected = [key for key in sorted(calls) if reach[key] & changed]
    called = {other for key in affected for other in reach[key] if key not in reach[other]}
    roots: list[str] = []
    for key in affected:
        if key not in called and not any(key in reach[root] for root in roots):
            roots.append(key)
    return roots


def _not_callable(
    definitions: Definitions, changed: frozenset[str], calls: Calls, resources: Mapping[str, str]
) -> list[DeploymentFinding]:
    """Calls of processes that only begin by themselves: of a changed process, or to one."""
    return [
        _blamed(definitions, caller, element, resources)
        for caller in sorted(calls)
        if caller in changed or calls[caller] & changed
        for element in definitions[caller].elements()
        if isinstance(element, CallActivity) and not definitions[element.called_process].can_be_called
    ]


def _blamed(definitions: Definitions, caller: str, element: CallActivity, resources: Mapping[str, str]) -> DeploymentFinding:
    finding = error(
        resources[caller] if caller in definitions.changed else resources[element.called_process],
        str(element.bpmn_id),
        "process-not-callable",
        f"流程“{element.called_process}”没有普通的开始事件，不能被调用。",
        f"Expected called process {element.called_process!r} to have a none start event, but it only begins by itself.",
        element.title,
    )
    return replace(finding, process_key=caller)


def _also_begun_by_themselves(
    definitions: Definitions, changed: frozenset[str], calls: Calls, roots: Sequence[str]
) -> list[str]:
    """Processes that are called, and begin by an event besides."""
    affected = [key for key in sorted(calls) if key not in roots and _reached(key, calls) & changed]
    return [key for key in affected if any(event.definition is not None for event in definitions[key].spec.start.outputs)]


def _reached(key: str, calls: Calls) -> set[str]:
    seen: set[str] = set()
    frontier = [key]
    while frontier:
        inner = frontier.pop()
        if inner not in seen:
            seen.add(inner)
            frontier += calls.get(inner, ())
    return seen


def _stored(connection: Connection) -> dict[str, Any]:
    """The latest version of every process, without its source."""
    table = process_definition
    wanted = select(table.c.key, table.c.id, table.c.content_hash, table.c.uses)
    rows: Iterable[Any] = connection.execute(wanted.where(table.c.id.in_(list(latest(connection, table).values()))))
    return {row.key: row for row in rows}


def _is_stored(item: Compiled, row: Any) -> bool:
    return row is not None and row.content_hash == item.content_hash


def _finding(resource: str, finding: SoundnessFinding | NameFinding) -> DeploymentFinding:
    told = replace(model_finding(resource, finding), process_key=finding.process_key)
    if not isinstance(finding, SoundnessFinding):
        return told
    return replace(
        told,
        trace=finding.trace,
        flows=finding.flows,
        waiting=finding.waiting,
        needs_reason=finding.severity is Severity.WARNING,
    )

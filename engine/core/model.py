"""Process definitions: what a deployed model becomes, and the set of them one instance runs on.

A definition is compiled once and shared by every instance and thread: nothing in it changes afterwards. An instance runs on a
:class:`ProcessModel`, its own process and every process it may come to call, each pinned to the version in force when the
case began.
"""

from collections.abc import Mapping
from dataclasses import dataclass, field
from typing import Any

from decisions import DecisionModel
from engine.core.check import check
from engine.core.check.document import Document, read
from engine.core.findings import Finding, ModelError, Severity
from engine.core.separation import Separation, separations
from engine.core.spiff import activities, containers, events
from engine.core.spiff.parser import parse
from engine.core.starts import none_start, wrong_timers

__all__ = [
    "Finding",
    "ModelError",
    "ProcessDefinition",
    "ProcessModel",
    "Severity",
    "compile_definition",
    "link",
    "with_called",
]


@dataclass(frozen=True, slots=True, eq=False)
class ProcessDefinition:
    """A compiled process. ``specs`` are its own spec and those of its embedded subprocesses, by element id."""

    key: str
    name: str
    version_tag: str | None
    specs: Mapping[str, Any]
    findings: tuple[Finding, ...] = ()
    start_form_key: str | None = None
    called_processes: frozenset[str] = field(default_factory=frozenset)
    form_keys: frozenset[str] = field(default_factory=frozenset)
    decision_keys: frozenset[str] = field(default_factory=frozenset)
    operators: frozenset[str] = field(default_factory=frozenset)
    candidate_group_literals: frozenset[str] = field(default_factory=frozenset)
    message_names: frozenset[str] = field(default_factory=frozenset)
    declared_variables: frozenset[str] | None = None
    """What comes from outside, if the model says so."""

    @property
    def spec(self) -> Any:
        return self.specs[self.key]

    @property
    def can_be_called(self) -> bool:
        """Whether somebody, or a call activity, can start it."""
        return none_start(self.spec) is not None

    def elements(self) -> list[Any]:
        """Every element of the diagram, subprocesses' included."""
        return [spec for process in self.specs.values() for spec in process.task_specs.values() if spec.bpmn_id]


@dataclass(frozen=True, slots=True, eq=False)
class ProcessModel:
    """What one instance runs on."""

    root: ProcessDefinition
    processes: Mapping[str, ProcessDefinition]
    decisions: Mapping[str, DecisionModel] = field(default_factory=dict)
    separations: Mapping[tuple[str, str], tuple[Separation, ...]] = field(default_factory=dict)

    def separated_from(self, process_key: str, element_id: str) -> tuple[Separation, ...]:
        """The tasks that nobody may do who does this one."""
        return self.separations.get((process_key, element_id), ())

    def definition(self, key: str) -> ProcessDefinition:
        return self.processes[key]


def compile_definition(source: bytes) -> ProcessDefinition:
    """Check and compile a ``.bpmn`` file.

    :raises ModelError: with every finding, if one of them is an error. Warnings alone are kept on the definition.
    """
    document = read(source)
    findings = check(document)
    _refuse_errors(findings)
    specs, wrong_expressions = parse(document)
    findings += wrong_expressions
    _refuse_errors(findings)
    findings += wrong_timers(specs[document.process.get("id", "")])
    _refuse_errors(findings)
    return _describe(document, specs, tuple(findings))


def _refuse_errors(findings: list[Finding]) -> None:
    if any(finding.severity is Severity.ERROR for finding in findings):
        raise ModelError(findings)


def _describe(document: Document, specs: Mapping[str, Any], findings: tuple[Finding, ...]) -> ProcessDefinition:
    process = document.process
    elements = [spec for inner in specs.values() for spec in inner.task_specs.values() if spec.bpmn_id]
    starts = [spec for spec in specs[process.get("id", "")].task_specs.values() if isinstance(spec, events.StartEvent)]
    people = [spec for spec in elements if isinstance(spec, activities.UserTask)]
    form_keys = {spec.form_key for spec in [*starts, *people] if spec.form_key}
    groups = {
        name.strip()
        for spec in people
        if spec.candidate_groups is not None and spec.candidate_groups.expression is None
        for name in str(spec.candidate_groups.literal).split(",")
    }
    return ProcessDefinition(
        key=process.get("id", ""),
        name=process.get("name") or str(process.get("id")),
        version_tag=Document.properties(process).get("versionTag"),
        specs=specs,
        findings=findings,
        start_form_key=next((start.form_key for start in starts if start.definition is None), None),
        called_processes=frozenset(s.called_process for s in elements if isinstance(s, containers.CallActivity)),
        form_keys=frozenset(form_keys),
        decision_keys=frozenset(s.decision_key for s in elements if isinstance(s, activities.BusinessRuleTask)),
        operators=frozenset(spec.operator for spec in elements if isinstance(spec, activities.ServiceTask)),
        candidate_group_literals=frozenset(groups),
        declared_variables=_declared(Document.properties(process).get("variables")),
        message_names=frozenset(message.get("name", "") for message in document.root.iter() if _is_message(message)),
    )


def _declared(text: str | None) -> frozenset[str] | None:
    return None if text is None else frozenset(name.strip() for name in text.split(",") if name.strip())


def _is_message(node: Any) -> bool:
    return isinstance(node.tag, str) and node.tag.endswith("}message")


def link(
    root_key: str,
    definitions: Mapping[str, ProcessDefinition],
    decisions: Mapping[str, DecisionModel] | None = None,
) -> ProcessModel:
    """Put together what an instance of ``root_key`` needs.

    :raises LookupError: a process that is called or a decision that is asked for is not among them.
    """
    needed = with_called(root_key, definitions)
    known = dict(decisions or {})
    for key in sorted({key for definition in needed.values() for key in definition.decision_keys} - known.keys()):
        raise LookupError(f"expected decision {key!r}, but there is none")
    named = [
        (key, element.bpmn_id, name)
        for key, definition in needed.items()
        for element in definition.elements()
        for name in getattr(element, "separate_from", ())
    ]
    return ProcessModel(needed[root_key], needed, known, separations(named))


def with_called(root_key: str, definitions: Mapping[str, ProcessDefinition]) -> dict[str, ProcessDefinition]:
    """A process and every process it may come to call.

    :raises LookupError: one of them is not among ``definitions``, or begins only by itself and is called all the same.
    """
    needed: dict[str, ProcessDefinition] = {}
    waiting = [root_key]
    while waiting:
        key = waiting.pop()
        if key not in definitions:
            raise LookupError(f"expected a definition of process {key!r}, but there is none")
        if needed and not definitions[key].can_be_called:
            raise LookupError(f"expected process {key!r} to have a none start event, for it is called, but it has none")
        if key in needed:
            continue
        needed[key] = definitions[key]
        waiting += sorted(definitions[key].called_processes)
    return needed

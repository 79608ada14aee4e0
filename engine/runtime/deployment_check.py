"""Reading files that are to be deployed, and following what they refer to."""

import hashlib
from collections.abc import Collection, Iterator, Mapping, Sequence
from dataclasses import dataclass, field
from datetime import datetime
from typing import Any, Protocol

import decisions
import forms
from engine.core.model import Finding, ModelError, ProcessDefinition, Severity
from engine.core.spiff.activities import ServiceTask
from engine.core.spiff.definitions import TimerDefinition
from engine.core.starts import StartSchedule, start_messages, start_timers
from engine.core.trouble import Trouble
from engine.runtime.models import Models
from engine.runtime.operators import OperatorRegistry


@dataclass(frozen=True, slots=True)
class DeploymentFinding:
    """A finding with the file it is in. ``element_id`` is the path inside the file for a form.

    The rest is known of the control flow only: whose element it is, the ids of the elements completed and of the flows taken
    on the shortest way there, and the elements with tokens that can never move. ``needs_reason``: the deployer may override
    it, and must say why; ``overridden_because`` is that reason.
    """

    resource: str
    element_id: str
    element_name: str
    severity: str
    code: str
    zh: str
    en: str
    suggestion_zh: str = ""
    suggestion_en: str = ""
    process_key: str = ""
    trace: tuple[str, ...] = ()
    flows: tuple[str, ...] = ()
    waiting: tuple[str, ...] = ()
    needs_reason: bool = False
    overridden_because: str = ""

    @property
    def is_error(self) -> bool:
        return self.severity == Severity.ERROR.value


@dataclass(frozen=True, slots=True)
class Compiled:
    """A file that was read without an error: a process, a form or a decision."""

    kind: str
    key: str
    name: str
    resource: str
    content: bytes
    definition: ProcessDefinition | None = None
    form: forms.Form | None = None
    decision_model: decisions.DecisionModel | None = None
    details: dict[str, Any] = field(default_factory=dict)

    @property
    def content_hash(self) -> str:
        return hashlib.sha256(self.content).hexdigest()


class File(Protocol):
    """What is read of a file."""

    @property
    def name(self) -> str: ...
    @property
    def content(self) -> bytes: ...


def compile_files(files: Sequence[File], models: Models) -> tuple[list[Compiled], list[DeploymentFinding]]:
    """Read every file by itself; files with errors are only in the findings."""
    compiled: list[Compiled] = []
    findings: list[DeploymentFinding] = []
    for file in files:
        items, found = _compile(file, models)
        compiled += items
        findings += found
    return compiled, findings + list(_doubles(compiled))


Read = tuple[list[Compiled], list[DeploymentFinding]]


def _compile(file: File, models: Models) -> Read:
    if file.name.endswith(".bpmn"):
        return _compile_process(file, models)
    if file.name.endswith(".form"):
        return _compile_form(file)
    if file.name.endswith(".dmn"):
        return _compile_decisions(file)
    return [], [
        error(
            file.name,
            "",
            "file-kind-unknown",
            "只能部署.bpmn、.dmn和.form文件。",
            "Expected a .bpmn, .dmn or .form file, but this is none of them.",
        )
    ]


def _compile_process(file: File, models: Models) -> Read:
    try:
        definition = models.compile(file.content)
    except ModelError as refused:
        return [], [model_finding(file.name, finding) for finding in refused.findings]
    details = {
        "version_tag": definition.version_tag,
        "uses": {
            "processes": sorted(definition.called_processes),
            "forms": sorted(definition.form_keys),
            "decisions": sorted(definition.decision_keys),
            "operators": sorted(definition.operators),
            "groups": sorted(definition.candidate_group_literals),
        },
    }
    compiled = Compiled("process", definition.key, definition.name, file.name, file.content, definition, details=details)
    return [compiled], [model_finding(file.name, finding) for finding in definition.findings]


def _compile_form(file: File) -> Read:
    try:
        form = forms.compile_form(file.content)
    except forms.FormDefinitionError as refused:
        findings = [error(file.name, found.path, found.code, found.message_zh, found.message_en) for found in refused.findings]
        return [], findings
    return [Compiled("form", form.key, form.title or form.key, file.name, file.content, form=form)], []


def _compile_decisions(file: File) -> Read:
    """A file may hold several decisions; each has versions of its own."""
    try:
        model = decisions.compile_decisions(file.content)
    except decisions.DecisionModelError as refused:
        return [], [model_finding(file.name, finding) for finding in refused.findings]
    compiled = [
        Compiled("decision", key, decision.name, file.name, file.content, decision_model=model)
        for key, decision in model.decisions.items()
    ]
    return compiled, [model_finding(file.name, finding) for finding in model.findings]


def model_finding(resource: str, finding: Finding | decisions.Finding) -> DeploymentFinding:
    """A finding of the core with the file it is in."""
    return DeploymentFinding(
        resource=resource,
        element_id=finding.element_id,
        element_name=finding.element_name,
        severity=finding.severity.value,
        code=finding.code,
        zh=finding.zh,
        en=finding.en,
        suggestion_zh=finding.suggestion_zh,
        suggestion_en=finding.suggestion_en,
    )


SUGGESTIONS = {
    "file-kind-unknown": ("改文件名的后缀，或不要上传它。", "Give the file the right ending, or leave it out."),
    "key-twice": ("为其中一个换标识。", "Give one of them another key."),
    "process-not-found": (
        "一并部署被调用的流程，或改正calledElement。",
        "Deploy the called process too, or correct calledElement.",
    ),
    "form-not-found": ("一并部署表单，或改正formKey。", "Deploy the form too, or correct formKey."),
    "operator-not-found": ("选择已有的服务操作（见docs/dialect.md）。", "Choose an operator there is (docs/dialect.md)."),
    "decision-not-found": ("一并部署决策，或改正calledDecisionId。", "Deploy the decision too, or correct calledDecisionId."),
    "start-message-taken": (
        "换一个消息名，或从另一个流程中删除这个开始事件。",
        "Choose another name, or remove the start event from the other process.",
    ),
    "process-not-callable": ("在被调用的流程中画一个普通的开始事件。", "Draw a none start event in the called process."),
    "start-timer-invalid": ("写日期、时长或R3/PT1H这样的循环。", "Write a date, a duration, or a cycle such as R3/PT1H."),
    "parameter-unknown": ("改正参数名，或删除它。", "Correct the name of the parameter, or remove it."),
}
"""What can be done, by code."""
IN_A_FORM = (
    "用表单设计器打开，改正此处（见docs/forms.md）。",
    "Open the form with the form designer and correct this place (docs/forms.md).",
)


def error(resource: str, element_id: str, code: str, zh: str, en: str, element_name: str = "") -> DeploymentFinding:
    """A finding that refuses the deployment."""
    suggestion = SUGGESTIONS.get(code, IN_A_FORM)
    return DeploymentFinding(resource, element_id, element_name, Severity.ERROR.value, code, zh, en, *suggestion)


def _doubles(compiled: Sequence[Compiled]) -> Iterator[DeploymentFinding]:
    seen: dict[tuple[str, str], Compiled] = {}
    for item in compiled:
        first = seen.setdefault((item.kind, item.key), item)
        if first is not item:
            other = first.resource
            yield error(
                item.resource,
                item.key,
                "key-twice",
                f"标识“{item.key}”在文件{other}中已经使用。",
                f"Expected one file for {item.key!r}, but {other} defines it too.",
            )


def reference_findings(
    compiled: Sequence[Compiled], known: Mapping[str, Collection[str]], operators: OperatorRegistry
) -> list[DeploymentFinding]:
    """References that lead nowhere: neither into this deployment nor to what is deployed already."""
    have = {kind: {*keys, *(item.key for item in compiled if item.kind == kind)} for kind, keys in known.items()}
    findings: list[DeploymentFinding] = []
    for item in compiled:
        if item.definition is not None:
            findings += _missing(item, "process", "流程", item.definition.called_processes, have["process"])
            findings += _missing(item, "form", "表单", item.definition.form_keys, have["form"])
            findings += _missing(item, "operator", "服务操作", item.definition.operators, operators)
            findings += _missing(item, "decision", "决策", item.definition.decision_keys, have["decision"])
            findings += _unknown_parameters(item, operators)
    return findings


def start_findings(
    compiled: Sequence[Compiled], messages: Mapping[str, str], now: datetime | None = None
) -> list[DeploymentFinding]:
    """What is in the way of processes that begin by themselves.

    :param messages: names of messages that start what is deployed already, with the process each starts.
    :param now: when the schedules of start timers begin; without it they are not looked at.
    """
    definitions = [(item, item.definition) for item in compiled if item.definition is not None]
    taken = {name: key for name, key in messages.items() if key not in {definition.key for _, definition in definitions}}
    found: list[DeploymentFinding] = []
    for item, definition in definitions:
        for name, element_id in start_messages(definition.spec).items():
            if (other := taken.setdefault(name, definition.key)) != definition.key:
                found.append(_taken(item, element_id, name, other))
        for element_id, timer in start_timers(definition.spec).items():
            found += _schedule_findings(item, element_id, timer, now) if now is not None else ()
    return found


def _taken(item: Compiled, element_id: str, message: str, other: str) -> DeploymentFinding:
    return error(
        item.resource,
        element_id,
        "start-message-taken",
        f"消息“{message}”已经启动流程“{other}”，一个消息只能启动一个流程。",
        f"Expected message {message!r} to start one process, but it starts {other!r} already.",
        _title(item, element_id),
    )


def _schedule_findings(item: Compiled, element_id: str, timer: TimerDefinition, now: datetime) -> Iterator[DeploymentFinding]:
    try:
        StartSchedule.of(timer, now)
    except Trouble as trouble:
        zh = f"定时开始事件的时间无法识别：{timer.formula.text}"
        yield error(item.resource, element_id, "start-timer-invalid", zh, trouble.message, _title(item, element_id))


def _title(item: Compiled, element_id: str) -> str:
    assert item.definition is not None
    return str(item.definition.spec.task_specs[element_id].title)


def _missing(
    item: Compiled, kind: str, chinese: str, wanted: Collection[str], present: Collection[str] | OperatorRegistry
) -> list[DeploymentFinding]:
    return [
        error(
            item.resource,
            element_id,
            f"{kind}-not-found",
            f"没有名为“{key}”的{chinese}。",
            f"Expected {kind} {key!r} to be deployed, but there is none.",
            element_name,
        )
        for key in sorted(wanted)
        if key not in present
        for element_id, element_name in _elements_naming(item, key)
    ]


def _unknown_parameters(item: Compiled, operators: OperatorRegistry) -> Iterator[DeploymentFinding]:
    """A misspelt parameter would be ignored by the operator, and the one it needs be missing."""
    assert item.definition is not None
    for element in item.definition.elements():
        operator = operators.get(element.operator) if isinstance(element, ServiceTask) else None
        if operator is None or operator.parameters is None:
            continue
        for name in sorted(set(element.parameters).difference(operator.parameters)):
            yield error(
                item.resource,
                str(element.bpmn_id),
                "parameter-unknown",
                f"服务操作“{element.operator}”没有参数“{name}”。",
                f"Expected a parameter of operator {element.operator!r}, but {name!r} is none.",
                element.title,
            )


def _elements_naming(item: Compiled, key: str) -> list[tuple[str, str]]:
    """Ids and names of the elements to blame for a reference, or of the process itself."""
    assert item.definition is not None
    named = [
        (str(element.bpmn_id), element.title)
        for element in item.definition.elements()
        if key in (getattr(element, name, None) for name in ("called_process", "form_key", "operator", "decision_key"))
    ]
    return named or [(item.key, item.name)]

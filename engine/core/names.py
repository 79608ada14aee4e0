"""Which variables a model reads, and which it could ever have: a misspelt name is found before a case comes to it.

A name can come from a form, a script, a result, an item of a list, a called process, or from outside: the API that starts a
case, a message, an operator that gives several variables. What comes from outside only its designer knows, and says so with
the property ``variables`` of the process. Where everything is said a name nobody gives is an error, elsewhere a warning.

Order is not looked at: a name given anywhere is known everywhere in the process. (Soundness is about order.)
"""

from collections.abc import Callable, Collection, Iterator, Mapping
from dataclasses import dataclass, fields, is_dataclass
from difflib import get_close_matches
from typing import Any, NamedTuple

from engine.core.findings import Finding, Severity
from engine.core.model import ProcessDefinition
from engine.core.script import Formula, Script
from engine.core.spiff.activities import BusinessRuleTask, ScriptTask, ServiceTask, UserTask
from engine.core.spiff.containers import CallActivity, Container
from engine.core.spiff.definitions import MessageDefinition, SignalDefinition
from engine.core.spiff.element import Element

ITERATION = frozenset({"loopCounter", "nrOfInstances", "nrOfCompletedInstances", "nrOfActiveInstances"})
STRUCTURE = frozenset({"incoming", "boundary_events", "inputs", "outputs"})
"""Attributes of an element that hold other elements, or are looked at by themselves."""

Names = frozenset[str]


class Lookup(NamedTuple):
    """What lies outside of the process definitions, by key; None where it is not known."""

    form_fields: Callable[[str], Collection[str]]
    decision_inputs: Callable[[str], Collection[str]]


@dataclass(frozen=True, slots=True)
class NameFinding(Finding):
    """A finding with the process whose diagram shows the element."""

    process_key: str = ""


@dataclass(slots=True)
class Known:
    """The names there may be in a process. ``is_open``: there may be others, which nobody has declared."""

    names: Names
    is_open: bool


def unknown_names(processes: Mapping[str, ProcessDefinition], lookup: Lookup) -> Iterator[NameFinding]:
    """Names that are read and never given, in processes that are linked (a process and all it calls)."""
    known = _known(processes, lookup)
    for key, definition in processes.items():
        for element in definition.elements():
            for text, name in sorted(set(_read(element, lookup))):
                if name not in known[key].names:
                    yield _finding(key, element, name, text, known[key])
            if isinstance(element, Container):
                inner = known[element.called_process if isinstance(element, CallActivity) else key]
                for text, name in _read_by(element.outputs):
                    if name not in inner.names:
                        yield _finding(key, element, name, text, inner)


def _known(processes: Mapping[str, ProcessDefinition], lookup: Lookup) -> dict[str, Known]:
    known = {key: _own(definition, lookup) for key, definition in processes.items()}
    calls = [(key, call) for key, definition in processes.items() for call in _calls(definition)]
    called = {call.called_process for _, call in calls}
    for key, definition in processes.items():
        from_outside = definition.can_be_called and definition.start_form_key is None
        declares_all = definition.declared_variables is not None or not from_outside
        known[key].is_open |= not declares_all and key not in called
    while any([_hand_over(known, processes, key, call) for key, call in calls]):
        pass
    return known


def _calls(definition: ProcessDefinition) -> list[CallActivity]:
    return [element for element in definition.elements() if isinstance(element, CallActivity)]


def _hand_over(
    known: Mapping[str, Known], processes: Mapping[str, ProcessDefinition], caller_key: str, call: CallActivity
) -> bool:
    """What one call makes known inside and outside. Says whether that was news."""
    caller, inner = known[caller_key], known[call.called_process]
    before = caller.names, caller.is_open, inner.names, inner.is_open
    if call.inputs is not None:
        inner.names |= {name for name, _ in call.inputs}
    elif processes[call.called_process].declared_variables is None:
        inner.names |= caller.names
        inner.is_open |= caller.is_open
    if call.outputs is None:
        caller.names |= inner.names
        caller.is_open |= inner.is_open and processes[caller_key].declared_variables is None
    return before != (caller.names, caller.is_open, inner.names, inner.is_open)


def _own(definition: ProcessDefinition, lookup: Lookup) -> Known:
    """What the process itself gives."""
    names: set[str] = {*ITERATION, *(definition.declared_variables or ())}
    if definition.start_form_key is not None:
        names.update(lookup.form_fields(definition.start_form_key))
    is_open = False
    for element in definition.elements():
        given = _given(element, lookup)
        names.update(given or ())
        is_open |= given is None
    return Known(frozenset(names), is_open and definition.declared_variables is None)


def _given(element: Element, lookup: Lookup) -> set[str] | None:
    """The variables an element writes; None if only its designer can know."""
    loop = element.properties
    names = {loop[word] for word in ("elementVariable", "outputCollection", "resultVariable") if word in loop}
    if isinstance(element, ScriptTask):
        names.update(name for name, _ in element.script.assignments)
    elif isinstance(element, CallActivity):
        names.update(name for name, _ in element.outputs or ())
    elif isinstance(element, UserTask) and element.form_key and element.result_variable is None:
        names.update(lookup.form_fields(element.form_key))
    elif isinstance(element, ServiceTask | BusinessRuleTask):
        if element.result_variable is None:
            return None
        names.add(element.result_variable)
    elif isinstance(getattr(element, "definition", None), MessageDefinition | SignalDefinition):
        return names if "resultVariable" in loop else None
    return names


def _read(element: Element, lookup: Lookup) -> Iterator[tuple[str, str]]:
    """Expressions of an element, each with a name it reads."""
    for attribute, value in vars(element).items():
        if attribute == "outgoing":
            yield from _read_by([flow.condition for flow in value])
        elif attribute not in STRUCTURE:
            yield from _read_by(value)
    if isinstance(element, CallActivity):
        yield from _read_by(element.inputs)
    if isinstance(element, BusinessRuleTask):
        yield from ((element.decision_key, name) for name in lookup.decision_inputs(element.decision_key))


def _read_by(value: Any) -> Iterator[tuple[str, str]]:
    if isinstance(value, Formula):
        if value.expression is not None:
            yield from ((value.text, name) for name in value.expression.required)
    elif isinstance(value, Script):
        yield from (found for _, formula in value.assignments for found in _read_by(formula))
    elif isinstance(value, Mapping):
        yield from (found for inner in value.values() for found in _read_by(inner))
    elif isinstance(value, list | tuple):
        yield from (found for inner in value for found in _read_by(inner))
    elif is_dataclass(value) and not isinstance(value, type):
        yield from (found for one in fields(value) for found in _read_by(getattr(value, one.name)))


def _finding(process_key: str, element: Element, name: str, text: str, known: Known) -> NameFinding:
    alike = get_close_matches(name, sorted(known.names), n=2)
    return NameFinding(
        element_id=element.bpmn_id,
        element_name=element.title,
        severity=Severity.WARNING if known.is_open else Severity.ERROR,
        code="name-unknown",
        zh=f"“{text}”使用了变量“{name}”，但没有表单、脚本或结果给出它。",
        en=f"Expected {name!r} in {text!r} to be given by a form, a script or a result, but nothing gives it.",
        suggestion_zh=f"是否应为{'或'.join(alike)}？" if alike else "若由外部传入，请写入流程的variables属性。",
        suggestion_en=(
            f"Perhaps {' or '.join(alike)}?"
            if alike
            else "If it comes from outside, name it in the property 'variables' of the process."
        ),
        process_key=process_key,
    )

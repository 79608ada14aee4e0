"""What each BPMN element becomes, and how the words of the dialect are read into it.

One table from tag to spec, one from tag to the small functions that configure it. Each function gets the spec, its XML node
and the stock parser (for messages and errors), and may raise :class:`feel.FeelError`, which becomes a finding.
"""

import re
from collections.abc import Callable
from typing import Any

from lxml import etree
from SpiffWorkflow.bpmn.parser.util import full_tag

import feel
from engine.core.check.document import BPMN
from engine.core.script import Condition, Formula, Script
from engine.core.spiff import activities, containers, events, gateways
from engine.core.spiff.definitions import (
    ErrorDefinition,
    MessageDefinition,
    TerminateDefinition,
    Thrown,
    TimerDefinition,
)
from engine.core.spiff.element import Element
from engine.core.spiff.multi_instance import MultiInstance
from engine.core.spiff.schema import DIALECT
from engine.core.spiff.timing import TimerKind
from engine.core.values import Value

SPECS: dict[str, type[Element]] = {
    full_tag(name): spec
    for name, spec in {
        "startEvent": events.StartEvent,
        "endEvent": events.EndEvent,
        "intermediateCatchEvent": events.CatchEvent,
        "intermediateThrowEvent": events.ThrowEvent,
        "boundaryEvent": events.BoundaryEvent,
        "task": activities.NoneTask,
        "userTask": activities.UserTask,
        "manualTask": activities.UserTask,
        "scriptTask": activities.ScriptTask,
        "serviceTask": activities.ServiceTask,
        "sendTask": events.SendTask,
        "receiveTask": events.ReceiveTask,
        "subProcess": containers.SubProcess,
        "callActivity": containers.CallActivity,
        "exclusiveGateway": gateways.ExclusiveGateway,
        "parallelGateway": gateways.ParallelGateway,
        "inclusiveGateway": gateways.InclusiveGateway,
        "eventBasedGateway": gateways.EventBasedGateway,
    }.items()
}

Configure = Callable[[Any, etree._Element, Any], None]


def _optional(element: Element, name: str) -> Formula | None:
    text = element.properties.get(name)
    return Formula.of(text) if text else None


def _form(element: Any, node: etree._Element, parser: Any) -> None:
    element.form_key = element.properties.get("formKey")


def _people(element: activities.UserTask, node: etree._Element, parser: Any) -> None:
    element.assignee = _optional(element, "assignee")
    element.candidate_groups = _optional(element, "candidateGroups")
    element.due = _optional(element, "dueDate")
    element.limit = element.properties.get("limit")
    element.separate_from = _names(element.properties.get("separateFrom", ""))
    element.result_variable = element.properties.get("resultVariable")


def _names(text: str) -> tuple[str, ...]:
    return tuple(part.strip() for part in text.split(",") if part.strip())


def _script(element: activities.ScriptTask, node: etree._Element, parser: Any) -> None:
    element.script = Script.of(node.findtext(f"{{{BPMN}}}script") or "")


def _operator(element: activities.ServiceTask, node: etree._Element, parser: Any) -> None:
    operator = node.find(f".//{{{DIALECT}}}serviceTaskOperator")
    assert operator is not None
    element.operator = operator.get("id", "")
    element.result_variable = operator.get("resultVariable") or None
    element.parameters = {
        item.get("id", ""): _parameter(item.get("value", ""), item.get("type", "string"))
        for item in operator.iter(f"{{{DIALECT}}}parameter")
    }


def _parameter(text: str, kind: str) -> Formula:
    """A literal of a type, or FEEL after ``=``."""
    if text.strip().startswith("=") or kind in ("string", "str"):
        return Formula.of(text)
    readers: dict[str, Callable[[str], Value]] = {
        "number": lambda value: float(value) if "." in value else int(value),
        "boolean": lambda value: {"true": True, "false": False}[value],
    }
    try:
        return Formula(None, readers.get(kind, str)(text.strip()))
    except (ValueError, KeyError) as error:
        raise feel.FeelError(f"expected a {kind}, found {text!r}") from error


def _mapping(text: str | None) -> tuple[tuple[str, Formula], ...] | None:
    """``a; b=FEEL; c=d.e``: what a call activity hands over or takes back."""
    if text is None:
        return None
    pairs = []
    for part in re.split(r"[;\n]", text):
        if part.strip():
            name, _, expression = part.partition("=")
            if not name.strip().isidentifier():
                raise feel.FeelError(f"expected 'name' or 'name=expression', found {part.strip()!r}")
            pairs.append((name.strip(), Formula.feel(expression or name)))
    return tuple(pairs)


def _call(element: containers.CallActivity, node: etree._Element, parser: Any) -> None:
    element.inputs = _mapping(element.properties.get("inputs"))
    element.outputs = _mapping(element.properties.get("outputs"))


def _loop(element: activities.Activity, node: etree._Element, parser: Any) -> None:
    loop = node.find(f"{{{BPMN}}}multiInstanceLoopCharacteristics")
    if loop is None:
        return
    cardinality = loop.findtext(f"{{{BPMN}}}loopCardinality")
    condition = loop.findtext(f"{{{BPMN}}}completionCondition")
    element.multi_instance = MultiInstance(
        sequential=loop.get("isSequential") == "true",
        cardinality=Formula.feel(cardinality) if cardinality else None,
        collection=_optional(element, "collection"),
        element_variable=element.properties.get("elementVariable"),
        output_collection=element.properties.get("outputCollection"),
        output_element=_optional(element, "outputElement"),
        completion_condition=Condition.of(condition) if condition else None,
    )


def _message(element: Any, node: etree._Element, parser: Any) -> None:
    element.definition = _message_definition(element, node.get("messageRef"), parser)


def _message_definition(element: Element, reference: str | None, parser: Any) -> MessageDefinition:
    name = parser.messages.get(reference)
    if not name:
        raise feel.FeelError(f"expected a message with a name, found reference {reference!r}")
    return MessageDefinition(name, _optional(element, "correlationKey"), _optional(element, "payload"))


def _event(element: Any, node: etree._Element, parser: Any) -> None:
    for child in node:
        if isinstance(child.tag, str) and child.tag.endswith("EventDefinition"):
            element.definition = _definition(element, child, parser)
    if node.tag == full_tag("boundaryEvent"):
        element.interrupting = node.get("cancelActivity", "true") == "true"


def _definition(element: Element, node: etree._Element, parser: Any) -> Thrown | TimerDefinition:
    kind = etree.QName(node).localname
    if kind == "timerEventDefinition":
        return _timer(node)
    if kind == "messageEventDefinition":
        return _message_definition(element, node.get("messageRef"), parser)
    if kind == "errorEventDefinition":
        reference = node.get("errorRef")
        if reference is None:
            return ErrorDefinition(None)
        if reference not in parser.errors or not parser.errors[reference]["error_code"]:
            raise feel.FeelError(f"expected an error with an errorCode, found reference {reference!r}")
        return ErrorDefinition(parser.errors[reference]["error_code"])
    return TerminateDefinition()


def _timer(node: etree._Element) -> TimerDefinition:
    kinds = {"timeDate": TimerKind.DATE, "timeDuration": TimerKind.DURATION, "timeCycle": TimerKind.CYCLE}
    for child in node:
        kind = kinds.get(etree.QName(child).localname)
        if kind is not None and (child.text or "").strip():
            return TimerDefinition(kind, Formula.of(child.text or ""))
    raise feel.FeelError("expected a timeDate, timeDuration or timeCycle")


CONFIGURE: dict[str, tuple[Configure, ...]] = {
    full_tag(name): functions
    for name, functions in {
        "startEvent": (_form,),
        "endEvent": (_event,),
        "intermediateCatchEvent": (_event,),
        "intermediateThrowEvent": (_event,),
        "boundaryEvent": (_event,),
        "task": (_loop,),
        "userTask": (_form, _people, _loop),
        "manualTask": (_people, _loop),
        "scriptTask": (_script, _loop),
        "serviceTask": (_operator, _loop),
        "sendTask": (_message, _loop),
        "receiveTask": (_message, _loop),
        "subProcess": (_loop,),
        "callActivity": (_call, _loop),
    }.items()
}

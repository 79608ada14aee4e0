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
from engine.core.spiff import activities, containers, events, gateways, reactions
from engine.core.spiff.definitions import (
    CancelDefinition,
    ConditionDefinition,
    ErrorDefinition,
    EscalationDefinition,
    MessageDefinition,
    SignalDefinition,
    TerminateDefinition,
    Thrown,
    TimerDefinition,
    Waiting,
)
from engine.core.spiff.element import Element
from engine.core.spiff.multi_instance import MultiInstance
from engine.core.spiff.schema import DIALECT
from engine.core.spiff.standard_loop import StandardLoop
from engine.core.spiff.timing import TimerKind
from engine.core.values import Value

SPECS: dict[str, type[Element]] = {
    full_tag(name): spec
    for name, spec in {
        "startEvent": events.StartEvent,
        "endEvent": events.EndEvent,
        "intermediateCatchEvent": events.CatchEvent,
        "intermediateThrowEvent": events.ThrowEvent,
        "boundaryEvent": reactions.BoundaryEvent,
        "task": activities.NoneTask,
        "userTask": activities.UserTask,
        "manualTask": activities.UserTask,
        "scriptTask": activities.ScriptTask,
        "serviceTask": activities.ServiceTask,
        "businessRuleTask": activities.BusinessRuleTask,
        "sendTask": events.SendTask,
        "receiveTask": events.ReceiveTask,
        "subProcess": containers.SubProcess,
        "transaction": containers.Transaction,
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
    element.clock = _optional(element, "clock")
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


def _decision(element: activities.BusinessRuleTask, node: etree._Element, parser: Any) -> None:
    element.decision_key = element.properties.get("calledDecisionId", "")
    element.result_variable = element.properties.get("resultVariable")


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


def _container(element: containers.Container, node: etree._Element, parser: Any) -> None:
    element.outputs = _mapping(element.properties.get("outputs"))


def _call(element: containers.CallActivity, node: etree._Element, parser: Any) -> None:
    element.inputs = _mapping(element.properties.get("inputs"))
    _container(element, node, parser)


def _loop(element: activities.Activity, node: etree._Element, parser: Any) -> None:
    standard = node.find(f"{{{BPMN}}}standardLoopCharacteristics")
    if standard is not None:
        element.multi_instance = _standard_loop(standard)
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


def _standard_loop(node: etree._Element) -> StandardLoop:
    condition = node.findtext(f"{{{BPMN}}}loopCondition")
    maximum = node.get("loopMaximum")
    return StandardLoop(
        condition=Condition.of(condition) if condition else None,
        maximum=int(maximum) if maximum is not None else None,
        test_before=node.get("testBefore") == "true",
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
        kind = etree.QName(child).localname if isinstance(child.tag, str) else ""
        if kind.endswith("EventDefinition"):
            reader = DEFINITIONS.get(kind)
            element.definition = reader(element, child, parser) if reader is not None else None
    if node.tag == full_tag("boundaryEvent"):
        element.interrupting = node.get("cancelActivity", "true") == "true"
    if node.tag == full_tag("startEvent"):
        element.interrupting = node.get("isInterrupting", "true") == "true"


def _message_event(element: Element, node: etree._Element, parser: Any) -> MessageDefinition:
    return _message_definition(element, node.get("messageRef"), parser)


def _signal(element: Element, node: etree._Element, parser: Any) -> SignalDefinition:
    name = parser.signals.get(node.get("signalRef"))
    if not name:
        raise feel.FeelError(f"expected a signal with a name, found reference {node.get('signalRef')!r}")
    return SignalDefinition(name, _optional(element, "payload"))


def _error(element: Element, node: etree._Element, parser: Any) -> ErrorDefinition:
    return ErrorDefinition(_code(node.get("errorRef"), parser.errors, "error_code", "an error with an errorCode"))


def _escalation(element: Element, node: etree._Element, parser: Any) -> EscalationDefinition:
    code = _code(node.get("escalationRef"), parser.escalations, "escalation_code", "an escalation with an escalationCode")
    return EscalationDefinition(code)


def _code(reference: str | None, known: dict[str, dict[str, str | None]], key: str, expected: str) -> str | None:
    if reference is None:
        return None
    code = known.get(reference, {}).get(key)
    if not code:
        raise feel.FeelError(f"expected {expected}, found reference {reference!r}")
    return code


def _condition(element: Element, node: etree._Element, parser: Any) -> ConditionDefinition:
    return ConditionDefinition(Condition.of(node.findtext(f"{{{BPMN}}}condition") or ""))


def _timer(element: Element, node: etree._Element, parser: Any) -> TimerDefinition:
    kinds = {"timeDate": TimerKind.DATE, "timeDuration": TimerKind.DURATION, "timeCycle": TimerKind.CYCLE}
    for child in node:
        kind = kinds.get(etree.QName(child).localname)
        if kind is not None and (child.text or "").strip():
            binding = _optional(element, "clock")
            if binding is not None and kind is not TimerKind.DATE:
                raise feel.FeelError("expected a timeDate where a timer is bound to a clock")
            return TimerDefinition(kind, Formula.of(child.text or ""), binding)
    raise feel.FeelError("expected a timeDate, timeDuration or timeCycle")


Definition = Waiting | Thrown
DEFINITIONS: dict[str, Callable[[Element, etree._Element, Any], Definition]] = {
    "timerEventDefinition": _timer,
    "messageEventDefinition": _message_event,
    "signalEventDefinition": _signal,
    "conditionalEventDefinition": _condition,
    "errorEventDefinition": _error,
    "escalationEventDefinition": _escalation,
    "cancelEventDefinition": lambda element, node, parser: CancelDefinition(),
    "terminateEventDefinition": lambda element, node, parser: TerminateDefinition(),
}
"""A link has none: the parser draws its arrow."""

CONFIGURE: dict[str, tuple[Configure, ...]] = {
    full_tag(name): functions
    for name, functions in {
        "startEvent": (_form, _event),
        "endEvent": (_event,),
        "intermediateCatchEvent": (_event,),
        "intermediateThrowEvent": (_event,),
        "boundaryEvent": (_event,),
        "task": (_loop,),
        "userTask": (_form, _people, _loop),
        "manualTask": (_people, _loop),
        "scriptTask": (_script, _loop),
        "serviceTask": (_operator, _loop),
        "businessRuleTask": (_decision, _loop),
        "sendTask": (_message, _loop),
        "receiveTask": (_message, _loop),
        "subProcess": (_container, _loop),
        "transaction": (_container, _loop),
        "callActivity": (_call, _loop),
    }.items()
}

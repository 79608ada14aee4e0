"""Is it a process the engine runs as BPMN 2.0 says? Whatever it would drop or run differently is refused here."""

from collections.abc import Iterator

from lxml import etree

from engine.core.check.document import (
    ACTIVITIES,
    BPMN,
    EMBEDDED,
    EVENTS,
    FLOW_NODES,
    XSI,
    Document,
    finding,
    is_event_subprocess,
    tag,
)
from engine.core.findings import Finding
from engine.core.spiff.schema import DIALECT

SUPPORTED = FLOW_NODES | {
    "sequenceFlow",
    "laneSet",
    "documentation",
    "extensionElements",
    "textAnnotation",
    "association",
    "group",
    "dataObject",
    "dataObjectReference",
    "dataStoreReference",
}
"""Children of a process or subprocess. The last three are drawing only; data associations are refused."""

INNER = {
    "activity": frozenset(
        {
            "documentation",
            "extensionElements",
            "incoming",
            "outgoing",
            "multiInstanceLoopCharacteristics",
            "standardLoopCharacteristics",
            "script",
        }
    ),
    "gateway": frozenset({"documentation", "extensionElements", "incoming", "outgoing"}),
    "loop": frozenset({"loopCardinality", "loopCondition", "completionCondition", "extensionElements"}),
}

_WAITING = frozenset(
    {
        "timerEventDefinition",
        "messageEventDefinition",
        "signalEventDefinition",
        "conditionalEventDefinition",
    }
)
_CAUGHT = frozenset({"errorEventDefinition", "escalationEventDefinition"})
_OUTWARDS = frozenset({"messageEventDefinition", "signalEventDefinition"})

EVENT_DEFINITIONS: dict[str, frozenset[str]] = {
    "startEvent": frozenset(),
    "endEvent": _OUTWARDS | _CAUGHT | {"terminateEventDefinition", "cancelEventDefinition"},
    "intermediateCatchEvent": _WAITING | {"linkEventDefinition"},
    "intermediateThrowEvent": _OUTWARDS | {"escalationEventDefinition", "linkEventDefinition"},
    "boundaryEvent": _WAITING | _CAUGHT | {"cancelEventDefinition"},
}
START_OF_EVENT_SUBPROCESS = _WAITING | _CAUGHT
START_OF_PROCESS = _OUTWARDS | {"timerEventDefinition"}
"""Nobody watches a condition over the variables of a case that does not exist."""


def definitions_of(node: etree._Element) -> list[str]:
    """The event definitions of an event."""
    return [tag(child) for child in node if tag(child).endswith("EventDefinition")]


MEANINGFUL_ATTRIBUTES = {
    "isForCompensation": "false",
    "instantiate": "false",
    "startQuantity": "1",
    "completionQuantity": "1",
    "parallelMultiple": "false",
    "eventGatewayType": "Exclusive",
}
"""Attributes whose other values change the meaning, with the one value the engine runs."""

COLOURS = ("http://www.omg.org/spec/BPMN/non-normative/color/1.0", "http://bpmn.io/schema/bpmn/biocolor/1.0")


def one_executable_process(document: Document) -> Iterator[Finding]:
    """A file deploys one process: what a version number belongs to must be one thing."""
    executable = [process for process in document.processes if process.get("isExecutable") == "true"]
    if len(executable) != 1 or len(document.processes) != 1:
        yield finding(
            document.processes[0] if document.processes else None,
            "one-process",
            f"每个文件应只有一个可执行流程，现有{len(document.processes)}个流程，其中{len(executable)}个可执行。",
            f"Expected one executable process in a file, but there are {len(document.processes)}, "
            f"{len(executable)} of them executable.",
            "将其他流程移到单独的文件，用调用活动连接。",
            "Move other processes to files of their own and call them.",
        )
    for process in document.processes:
        if not process.get("id"):
            yield finding(process, "id-missing", "流程缺少编号（id）。", "Expected the process to have an id.")


def only_supported_elements(document: Document) -> Iterator[Finding]:
    """Nothing in a process but what the engine runs."""
    for container in document.containers():
        allowed = SUPPORTED | (INNER["activity"] if tag(container) in EMBEDDED else frozenset())
        yield from (_unsupported(child, tag(child)) for child in container if tag(child) and tag(child) not in allowed)
    for node in document.nodes:
        if tag(node) not in EMBEDDED:
            yield from _inner_elements(node)
        yield from _loop_elements(node)


def _inner_elements(node: etree._Element) -> Iterator[Finding]:
    allowed = INNER["activity" if tag(node) in ACTIVITIES else "gateway"] | EVENT_DEFINITIONS.get(tag(node), frozenset())
    for child in node:
        name = tag(child)
        if name and name not in allowed and not name.endswith("EventDefinition"):
            yield _unsupported(child, name, node)


def _loop_elements(node: etree._Element) -> Iterator[Finding]:
    for kind in ("multiInstanceLoopCharacteristics", "standardLoopCharacteristics"):
        for child in (inner for loop in node.findall(f"{{{BPMN}}}{kind}") for inner in loop):
            if tag(child) and tag(child) not in INNER["loop"]:
                yield _unsupported(child, tag(child), node)


def _unsupported(child: etree._Element, name: str, node: etree._Element | None = None) -> Finding:
    return finding(
        child if child.get("id") or node is None else node,
        "unsupported-element",
        f"本系统不支持元素“{name}”，不会悄悄忽略它。",
        f"Expected only elements the engine runs, but {name!r} is not one of them.",
        "改用流程方言中的元素（见docs/dialect.md）。",
        "Use an element of the dialect (docs/dialect.md).",
    )


def only_supported_events(document: Document) -> Iterator[Finding]:
    """Each kind of event with the definitions the engine runs, one at most."""
    for node in document.nodes:
        if tag(node) not in EVENTS:
            continue
        definitions = definitions_of(node)
        starts_reaction = tag(node) == "startEvent" and is_event_subprocess(node.getparent())
        allowed = _allowed(node)
        wrong = [name for name in definitions if name not in allowed]
        if wrong or len(definitions) > 1:
            yield finding(
                node,
                "unsupported-event",
                f"{tag(node)}不支持事件定义{'、'.join(wrong or definitions)}。",
                f"Expected {tag(node)} to have a supported event definition, but it has {', '.join(wrong or definitions)}.",
            )
        if not definitions and (starts_reaction or tag(node) in {"intermediateCatchEvent", "boundaryEvent"}):
            yield finding(node, "event-undefined", "事件没有说明等待什么。", "Expected the event to say what it waits for.")


def _allowed(node: etree._Element) -> frozenset[str]:
    if tag(node) == "startEvent" and is_event_subprocess(node.getparent()):
        return START_OF_EVENT_SUBPROCESS
    if starts_process(node):
        return START_OF_PROCESS | {"conditionalEventDefinition"}  # which has a finding of its own
    return EVENT_DEFINITIONS[tag(node)]


def starts_process(node: etree._Element) -> bool:
    """Is it a start event at the top level?"""
    parent = node.getparent()
    return tag(node) == "startEvent" and parent is not None and tag(parent) == "process"


def conditions_do_not_start(document: Document) -> Iterator[Finding]:
    """A condition is about what a case knows, and there is no case yet."""
    for node in document.nodes:
        if starts_process(node) and "conditionalEventDefinition" in definitions_of(node):
            yield finding(
                node,
                "condition-start",
                "流程还没有开始，没有变量可供判断，条件不能启动流程。",
                "Expected a timer, message or signal to start the process; "
                "before it begins there are no variables that a condition could be about.",
            )


def interruption_makes_sense(document: Document) -> Iterator[Finding]:
    """An error interrupts; a cycle does not, or it would be none."""
    for node in document.nodes:
        definitions, interrupting = definitions_of(node), _interrupts(node)
        if definitions in (["errorEventDefinition"], ["cancelEventDefinition"]) and interrupting is False:
            yield finding(
                node, "error-not-interrupting", "错误和取消事件必须中断。", "Expected an error or cancel event to interrupt."
            )
        cycle = node.find(f"{{{BPMN}}}timerEventDefinition/{{{BPMN}}}timeCycle")
        if cycle is not None and interrupting is not False and not starts_process(node):
            yield finding(
                node,
                "cycle-not-allowed",
                "循环定时只能用于非中断事件。",
                "Expected a cycle only on an event that does not interrupt.",
            )


def _interrupts(node: etree._Element) -> bool | None:
    if tag(node) == "boundaryEvent":
        return node.get("cancelActivity", "true") == "true"
    if tag(node) == "startEvent" and is_event_subprocess(node.getparent()):
        return node.get("isInterrupting", "true") == "true"
    return None


def transactions_are_cancelled_from_inside(document: Document) -> Iterator[Finding]:
    """A cancel end event stands directly in a transaction, which has a cancel event at its edge, and nowhere else."""
    for node in document.nodes:
        if "cancelEventDefinition" not in definitions_of(node):
            continue
        host = node.getparent() if tag(node) == "endEvent" else document.by_id.get(node.get("attachedToRef", ""))
        if host is None or tag(host) != "transaction":
            yield finding(node, "cancel-outside", "取消事件只能用于事务。", "Expected a cancel event only with a transaction.")
        elif tag(node) == "endEvent" and not _cancels_at_edge(document, host):
            yield finding(
                host,
                "cancel-not-caught",
                "事务内有取消结束事件，但边界上没有取消事件。",
                "Expected a cancel event at the edge of the transaction that is cancelled inside.",
            )


def _cancels_at_edge(document: Document, host: etree._Element) -> bool:
    return any(
        node.get("attachedToRef") == host.get("id") and "cancelEventDefinition" in definitions_of(node)
        for node in document.nodes
        if tag(node) == "boundaryEvent"
    )


def only_supported_attributes(document: Document) -> Iterator[Finding]:
    """No attribute that would change the meaning, and none of another product's."""
    for node in document.nodes:
        for name, expected in MEANINGFUL_ATTRIBUTES.items():
            if node.get(name, expected) != expected:
                yield finding(
                    node,
                    "unsupported-attribute",
                    f"不支持{name}=“{node.get(name)}”。",
                    f"Expected {name} to be {expected!r}, but it is {node.get(name)!r}.",
                )
    for process in document.processes:
        for node in process.iter():
            yield from _foreign_attributes(node)


def _foreign_attributes(node: etree._Element) -> Iterator[Finding]:
    for name in node.attrib:
        namespace = etree.QName(name).namespace
        if namespace and namespace not in (BPMN, DIALECT, XSI, *COLOURS):
            yield finding(
                node,
                "foreign-attribute",
                f"属性{etree.QName(name).localname}属于其他产品（{namespace}），会被忽略。",
                f"Expected no attribute of another product, but {name!r} is one and would be ignored.",
                "用流程方言的属性表示同样的含义。",
                "Say the same in the dialect's words.",
            )


def starts_and_an_end(document: Document) -> Iterator[Finding]:
    """A process begins somewhere, in one place where nothing particular begins it; a subprocess begins in one place. Both
    end somewhere."""
    for container in document.containers():
        starts = [child for child in container if tag(child) == "startEvent"]
        ends = [child for child in container if tag(child) == "endEvent"]
        is_top = tag(container) == "process"
        plain = [node for node in starts if not definitions_of(node)]
        if not starts or (len(plain) > 1 if is_top else len(starts) > 1):
            count = len(plain) if is_top and starts else len(starts)
            yield finding(
                container,
                "one-start",
                f"应恰有一个普通的开始事件，现有{count}个。",
                f"Expected one none start event, but there are {count}.",
            )
        if not ends:
            yield finding(container, "no-end", "缺少结束事件。", "Expected an end event, but there is none.")


def starts_differ(document: Document) -> Iterator[Finding]:
    """A message or signal starts a process in one place: one of two would never be told."""
    names = {node.get("id"): node.get("name") for node in document.root if tag(node) in {"message", "signal"}}
    seen: set[tuple[str, str | None]] = set()
    for node in filter(starts_process, document.nodes):
        for definition in node:
            reference = definition.get("messageRef") or definition.get("signalRef")
            if not reference:
                continue
            key = tag(definition), names.get(reference)
            if key in seen:
                yield finding(
                    node,
                    "start-twice",
                    f"“{key[1]}”已经启动本流程的另一个开始事件。",
                    f"Expected {key[1]!r} to start the process in one place, but it is at two start events.",
                )
            seen.add(key)

"""Are the dialect's words used where they mean something? A misspelt property is refused, not ignored."""

from collections.abc import Iterator

from lxml import etree

from engine.core.check.document import ACTIVITIES, BPMN, Document, finding, tag
from engine.core.findings import Finding
from engine.core.spiff.schema import DIALECT

_LOOP = frozenset({"collection", "elementVariable", "outputCollection", "outputElement"})
_THROWS = frozenset({"correlationKey", "payload"})
_CATCHES = frozenset({"correlationKey", "resultVariable"})
_PEOPLE = frozenset({"assignee", "candidateGroups", "dueDate", "clock", "limit", "separateFrom", "resultVariable"})

PROPERTIES: dict[str, frozenset[str]] = {
    "process": frozenset({"versionTag", "variables"}),
    "startEvent": frozenset({"formKey", "clock"}) | _CATCHES,
    "userTask": _PEOPLE | {"formKey"} | _LOOP,
    "manualTask": _PEOPLE | _LOOP,
    "task": _LOOP,
    "scriptTask": _LOOP,
    "serviceTask": _LOOP,
    "businessRuleTask": _LOOP | {"calledDecisionId", "resultVariable"},
    "subProcess": _LOOP | {"outputs"},
    "transaction": _LOOP | {"outputs"},
    "callActivity": _LOOP | {"inputs", "outputs"},
    "sendTask": _THROWS | _LOOP,
    "receiveTask": _CATCHES | _LOOP,
    "intermediateCatchEvent": _CATCHES | {"clock"},
    "boundaryEvent": _CATCHES | {"clock"},
    "intermediateThrowEvent": _THROWS,
    "endEvent": _THROWS,
}
"""Element to the properties it may carry."""

EXTENSIONS: dict[str, frozenset[str]] = {"serviceTask": frozenset({"properties", "serviceTaskOperator"})}


def only_known_extensions(document: Document) -> Iterator[Finding]:
    """No extension element but the dialect's, each where it is read."""
    for process in document.processes:
        for extension in process.iter(f"{{{BPMN}}}extensionElements"):
            owner = extension.getparent()
            assert owner is not None
            allowed = EXTENSIONS.get(tag(owner), frozenset({"properties"}) if tag(owner) in PROPERTIES else frozenset())
            for child in extension:
                name = etree.QName(child).localname if isinstance(child.tag, str) else ""
                if name and (etree.QName(child).namespace != DIALECT or name not in allowed):
                    yield finding(
                        owner,
                        "unknown-extension",
                        f"扩展元素“{name}”在这里没有含义。",
                        f"Expected only the dialect's extensions, but {name!r} means nothing here.",
                    )


def only_known_properties(document: Document) -> Iterator[Finding]:
    """No property but those the engine reads there."""
    for owner in [*document.processes, *document.nodes]:
        known = PROPERTIES.get(tag(owner), frozenset())
        for name in document.properties(owner):
            if name not in known:
                yield finding(
                    owner,
                    "unknown-property",
                    f"“{name}”不是{tag(owner)}的属性。",
                    f"Expected a property of {tag(owner)}, but {name!r} is none.",
                    f"可用的属性：{'、'.join(sorted(known)) or '无'}。",
                    f"Known properties: {', '.join(sorted(known)) or 'none'}.",
                )


START_WORDS = {
    "messageEventDefinition": (frozenset({"resultVariable"}), _CATCHES),
    "signalEventDefinition": (frozenset({"resultVariable"}), frozenset({"resultVariable"})),
    "timerEventDefinition": (frozenset[str](), frozenset({"clock"})),
}
"""What a start event may say, by what it waits for: at the top level, and in an event subprocess."""


def start_events_use_their_words(document: Document) -> Iterator[Finding]:
    """Only the none start of a process has a form; a key or a clock is a case's, and before the start there is none."""
    for node in document.nodes:
        if tag(node) != "startEvent":
            continue
        kinds = [tag(child) for child in node if tag(child).endswith("EventDefinition")]
        parent = node.getparent()
        at_top = parent is not None and tag(parent) == "process"
        used: frozenset[str] = frozenset({"formKey"}) if at_top and not kinds else frozenset()
        for kind in kinds:
            used |= START_WORDS.get(kind, (frozenset(), frozenset()))[0 if at_top else 1]
        for name in sorted((document.properties(node).keys() & PROPERTIES["startEvent"]) - used):
            yield finding(
                node,
                "word-unused",
                f"“{name}”在这个开始事件上不起作用。",
                f"Expected no {name!r} at this start event, for it would mean nothing there.",
            )


def required_words(document: Document) -> Iterator[Finding]:
    """What an element cannot run without."""
    for node in document.nodes:
        missing = _missing(document, node)
        if missing is not None:
            zh, en = missing
            yield finding(node, "word-missing", f"缺少{zh}。", f"Expected {en}, but there is none.")
        yield from _loop(document, node)


def _missing(document: Document, node: etree._Element) -> tuple[str, str] | None:
    name, properties = tag(node), document.properties(node)
    if name in {"userTask", "manualTask"} and not properties.keys() & {"assignee", "candidateGroups"}:
        return "办理人（assignee或candidateGroups）", "an assignee or candidateGroups"
    if name == "serviceTask" and node.find(f".//{{{DIALECT}}}serviceTaskOperator[@id]") is None:
        return "服务算子（serviceTaskOperator）", "a serviceTaskOperator with an id"
    if name == "businessRuleTask" and not properties.get("calledDecisionId"):
        return "决策（calledDecisionId）", "a calledDecisionId"
    if name == "scriptTask" and not (node.findtext(f"{{{BPMN}}}script") or "").strip():
        return "脚本", "a script"
    if name == "callActivity" and not node.get("calledElement"):
        return "被调用的流程（calledElement）", "a calledElement"
    if name in {"sendTask", "receiveTask"} and not node.get("messageRef"):
        return "消息（messageRef）", "a messageRef"
    return next((found for definition in node if (found := _missing_reference(name, definition))), None)


def separated_tasks_exist(document: Document) -> Iterator[Finding]:
    """A misspelt name in ``separateFrom`` would let one person do both. (Of another process: when it is linked.)"""
    people = {node.get("id") for node in document.nodes if tag(node) in {"userTask", "manualTask"}}
    for node in document.nodes:
        for name in document.properties(node).get("separateFrom", "").split(","):
            if name.strip() and "/" not in name and name.strip() not in people:
                yield finding(
                    node,
                    "separation-unknown",
                    f"separateFrom中的“{name.strip()}”不是本流程的人工任务。",
                    f"Expected separateFrom to name a user task of this process, but {name.strip()!r} is none.",
                )


REFERENCES = {"messageEventDefinition": "messageRef", "signalEventDefinition": "signalRef"}


def _missing_reference(event: str, definition: etree._Element) -> tuple[str, str] | None:
    """Of an event definition."""
    kind = tag(definition)
    reference = "errorRef" if (event, kind) == ("endEvent", "errorEventDefinition") else REFERENCES.get(kind)
    if reference is not None and not definition.get(reference):
        return reference, reference
    if kind == "timerEventDefinition" and not len(definition):
        return "时间", "a time"
    return None


def _loop(document: Document, node: etree._Element) -> Iterator[Finding]:
    if tag(node) not in ACTIVITIES:
        return
    loop = node.find(f"{{{BPMN}}}multiInstanceLoopCharacteristics")
    yield from _standard_loop(node)
    properties = document.properties(node).keys()
    if loop is None:
        for name in sorted(properties & _LOOP):
            yield finding(
                node,
                "loop-missing",
                f"“{name}”只用于多实例活动。",
                f"Expected {name!r} only on a multi-instance activity.",
            )
        return
    sources = ("collection" in properties) + (loop.find(f"{{{BPMN}}}loopCardinality") is not None)
    if sources != 1:
        yield finding(
            node,
            "loop-source",
            "多实例活动应给出集合（collection）或次数（loopCardinality）之一。",
            "Expected a multi-instance activity to have either a collection or a loopCardinality.",
        )


def _standard_loop(node: etree._Element) -> Iterator[Finding]:
    loop = node.find(f"{{{BPMN}}}standardLoopCharacteristics")
    if loop is not None and loop.find(f"{{{BPMN}}}loopCondition") is None and not loop.get("loopMaximum"):
        yield finding(
            node,
            "loop-source",
            "循环活动应给出条件（loopCondition）或最多次数（loopMaximum）。",
            "Expected a loop to have a loopCondition or a loopMaximum.",
        )

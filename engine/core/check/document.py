"""A BPMN file, read without trusting it.

No entities, no document type, no network, bounded in size and depth (law f). What lxml refuses is a finding like any other.
"""

from collections import Counter
from collections.abc import Iterator
from functools import cached_property

from lxml import etree

from engine.core.check.suggestions import GENERAL, SUGGESTIONS
from engine.core.findings import Finding, ModelError, Severity
from engine.core.spiff.schema import DIALECT, schema

BPMN = "http://www.omg.org/spec/BPMN/20100524/MODEL"
BPMNDI = "http://www.omg.org/spec/BPMN/20100524/DI"
XSI = "http://www.w3.org/2001/XMLSchema-instance"

MAX_BYTES = 2_000_000
MAX_DEPTH = 60
MAX_NODES = 2_000
MAX_FLOWS = 5_000
MAX_ATTRIBUTES = 100
"""Of one XML element. The schema's validator keeps a note of every attribute it does not know."""

ACTIVITIES = frozenset(
    {
        "task",
        "userTask",
        "manualTask",
        "scriptTask",
        "serviceTask",
        "sendTask",
        "receiveTask",
        "businessRuleTask",
        "callActivity",
        "subProcess",
        "transaction",
    }
)
GATEWAYS = frozenset({"exclusiveGateway", "parallelGateway", "inclusiveGateway", "eventBasedGateway"})
EVENTS = frozenset({"startEvent", "endEvent", "intermediateCatchEvent", "intermediateThrowEvent", "boundaryEvent"})
FLOW_NODES = ACTIVITIES | GATEWAYS | EVENTS
EMBEDDED = frozenset({"subProcess", "transaction"})
CONTAINERS = EMBEDDED | {"process"}


def is_event_subprocess(node: etree._Element | None) -> bool:
    """A subprocess that nothing flows into: its start event says when it begins."""
    return node is not None and tag(node) == "subProcess" and node.get("triggeredByEvent") == "true"


def tag(node: etree._Element) -> str:
    """The local name of a BPMN element, ``{...}name`` of any other, empty for a comment."""
    name: object = node.tag  # a function for comments, whatever the stubs say
    return name.removeprefix(f"{{{BPMN}}}") if isinstance(name, str) else ""


def finding(
    node: etree._Element | None,
    code: str,
    zh: str,
    en: str,
    suggestion_zh: str = "",
    suggestion_en: str = "",
    severity: Severity = Severity.ERROR,
) -> Finding:
    """A finding about an element of the document. The suggestion of its code stands for one that is not given."""
    element_id = (node.get("id") or tag(node)) if node is not None else ""
    name = (node.get("name") or "") if node is not None else ""
    if not suggestion_en:
        suggestion_zh, suggestion_en = SUGGESTIONS.get(code, GENERAL)
    return Finding(element_id, name, severity, code, zh, en, suggestion_zh, suggestion_en)


class Document:
    """A parsed file with the look-ups the rules need."""

    def __init__(self, root: etree._Element) -> None:
        self.root = root

    @cached_property
    def processes(self) -> list[etree._Element]:
        return [node for node in self.root if tag(node) == "process"]

    @property
    def process(self) -> etree._Element:
        """The executable process. Only after :func:`structure.one_executable_process` found nothing."""
        return next(node for node in self.processes if node.get("isExecutable") == "true")

    @cached_property
    def nodes(self) -> list[etree._Element]:
        """All flow nodes of all processes, subprocesses' too, in document order."""
        return [node for process in self.processes for node in process.iter() if tag(node) in FLOW_NODES]

    @cached_property
    def flows(self) -> list[etree._Element]:
        return [node for process in self.processes for node in process.iter(f"{{{BPMN}}}sequenceFlow")]

    @cached_property
    def by_id(self) -> dict[str, etree._Element]:
        return {node.get("id", ""): node for node in [*self.nodes, *self.flows]}

    def containers(self) -> Iterator[etree._Element]:
        """Every process and subprocess."""
        return (node for process in self.processes for node in process.iter() if tag(node) in CONTAINERS)

    @cached_property
    def outgoing(self) -> dict[str, list[etree._Element]]:
        found: dict[str, list[etree._Element]] = {}
        for flow in self.flows:
            found.setdefault(flow.get("sourceRef", ""), []).append(flow)
        return found

    @cached_property
    def incoming(self) -> dict[str, list[etree._Element]]:
        found: dict[str, list[etree._Element]] = {}
        for flow in self.flows:
            found.setdefault(flow.get("targetRef", ""), []).append(flow)
        return found

    @staticmethod
    def properties(node: etree._Element) -> dict[str, str]:
        """The dialect's ``<spiffworkflow:properties>`` of an element."""
        path = f"{{{BPMN}}}extensionElements/{{{DIALECT}}}properties/{{{DIALECT}}}property"
        return {item.get("name", ""): item.get("value", "") for item in node.findall(path)}


def read(source: bytes) -> Document:
    """Parse a file.

    :raises ModelError: it is too large, not XML, declares a document type, or is not BPMN by the standard's schema.
    """
    if len(source) > MAX_BYTES:
        raise _refused("file-too-large", f"文件超过{MAX_BYTES}字节。", f"Expected at most {MAX_BYTES} bytes.")
    parser = etree.XMLParser(resolve_entities=False, no_network=True, load_dtd=False, huge_tree=False)
    try:
        root = etree.fromstring(source, parser)
    except (etree.XMLSyntaxError, ValueError) as error:
        raise _refused("not-xml", f"文件不是有效的XML：{error}", f"Expected well-formed XML, but {error}.") from error
    if getattr(root.getroottree().docinfo, "doctype", None):
        raise _refused("document-type", "不允许使用DOCTYPE声明。", "Expected no document type declaration.")
    _bound(root)
    _validate(root)
    return Document(root)


def _bound(root: etree._Element) -> None:
    tags = Counter(tag(node) for node in root.iter())
    if sum(tags[name] for name in FLOW_NODES) > MAX_NODES:
        raise _refused("too-many-elements", f"流程元素超过{MAX_NODES}个。", f"Expected at most {MAX_NODES} elements.")
    if tags["sequenceFlow"] > MAX_FLOWS:
        raise _refused("too-many-elements", f"连线超过{MAX_FLOWS}条。", f"Expected at most {MAX_FLOWS} sequence flows.")
    if any(len(node.attrib) > MAX_ATTRIBUTES for node in root.iter(etree.Element)):
        raise _refused("too-large", f"元素属性超过{MAX_ATTRIBUTES}个。", f"Expected at most {MAX_ATTRIBUTES} attributes.")
    depth, frontier = 0, [root]
    while frontier:
        depth += 1
        frontier = [child for node in frontier for child in node]
        if depth > MAX_DEPTH:
            raise _refused("too-deep", f"元素嵌套超过{MAX_DEPTH}层。", f"Expected at most {MAX_DEPTH} levels of nesting.")


def _validate(root: etree._Element) -> None:
    rules = schema()
    if not rules.validate(root):
        error = getattr(rules.error_log, "last_error", None)
        message = f"{error.message} (line {error.line})" if error is not None else "schema"
        raise _refused("not-bpmn", f"文件不符合BPMN 2.0规范：{message}", f"Expected BPMN 2.0 by its schema: {message}")


def _refused(code: str, zh: str, en: str) -> ModelError:
    return ModelError([finding(None, code, zh, en)])

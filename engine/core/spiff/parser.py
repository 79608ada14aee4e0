"""From a checked BPMN document to task specs.

SpiffWorkflow's parser walks the diagram recursively along its flows (a long process overflows the stack) and keeps no
sequence flows. This one reads the nodes of a process, then its flows; the stock parser indexes documents, lanes, messages
and errors for it. The document has passed the deployment check, so what is not understood here is a mistake of the check.
"""

from typing import Any

from lxml import etree
from SpiffWorkflow.bpmn.parser import BpmnParser
from SpiffWorkflow.bpmn.parser.ProcessParser import ProcessParser
from SpiffWorkflow.bpmn.parser.TaskParser import TaskParser
from SpiffWorkflow.bpmn.parser.util import full_tag

import feel
from engine.core.check.document import BPMN, Document, finding
from engine.core.findings import Finding
from engine.core.script import Condition
from engine.core.spiff.dialect import CONFIGURE, SPECS
from engine.core.spiff.element import Element, SequenceFlow
from engine.core.spiff.reactions import EventSubProcess

EMBEDDED = frozenset({full_tag("subProcess"), full_tag("transaction")})


class ElementParser(TaskParser):  # type: ignore[misc]
    """One node into one spec, and nothing of its surroundings."""

    def parse_node(self) -> Element:
        spec_class = EventSubProcess if self.node.get("triggeredByEvent") == "true" else self.spec_class
        arguments: dict[str, Any] = {"subworkflow_spec": self._inner()} if self._inner() else {}
        attributes = {key: self.bpmn_attributes[key] for key in ("lane", "bpmn_name", "documentation")}
        element: Element = spec_class(self.spec, self.bpmn_id, **attributes, **arguments)
        element.properties = Document.properties(self.node)
        for configure in CONFIGURE.get(self.node.tag, ()):
            try:
                configure(element, self.node, self.process_parser.parser)
            except feel.FeelError as error:
                self.process_parser.parser.findings.append(expression_finding(self.node, error))
        return element

    def _inner(self) -> str | None:
        if self.node.tag == full_tag("callActivity"):
            called: str | None = self.node.get("calledElement")
            return called
        if self.node.tag in EMBEDDED:
            inner: str = self.node.get("id")
            return inner
        return None


class DialectProcessParser(ProcessParser):  # type: ignore[misc]
    """A process or embedded subprocess: first its nodes, then its flows."""

    def add_tasks(self) -> None:
        nodes = [node for node in self.node if node.tag in SPECS]
        for node in nodes:
            self.parse_node(node)
            if node.tag in EMBEDDED:
                self.parser.create_parser(node, filename=self.filename, lane=self.lane)
        specs: dict[str, Any] = self.spec.task_specs
        for node in nodes:
            if node.tag == full_tag("boundaryEvent"):
                specs[node.get("attachedToRef", "")].boundary_events.append(specs[node.get("id")])
            elif node.tag == full_tag("startEvent"):
                self.spec.start.connect(specs[node.get("id")])
        self.spec.event_subprocesses = [
            self._reaction(specs[node.get("id", "")]) for node in nodes if node.get("triggeredByEvent") == "true"
        ]
        for flow in self.node.iterchildren(full_tag("sequenceFlow")):
            self._connect(flow, specs)
        self._connect_links(nodes, specs)

    def _reaction(self, element: EventSubProcess) -> EventSubProcess:
        """What an event subprocess waits for is said by its start event."""
        (start_event,) = self.parser.get_spec(element.spec).start.outputs
        element.definition, element.interrupting = start_event.definition, start_event.interrupting
        element.properties = {**start_event.properties, **element.properties}
        return element

    def _connect_links(self, nodes: list[etree._Element], specs: dict[str, Any]) -> None:
        """A link is an arrow that was too long to draw."""
        link = f"{full_tag('linkEventDefinition')}"
        named = [(node, definition.get("name", "")) for node in nodes for definition in node.iterchildren(link)]
        targets = {name: node for node, name in named if node.tag == full_tag("intermediateCatchEvent")}
        for node, name in named:
            if node.tag == full_tag("intermediateThrowEvent") and name in targets:
                source, target = specs[node.get("id", "")], specs[targets[name].get("id", "")]
                self._add_flow(SequenceFlow(f"link:{source.name}", source.name, target.name), source, target)

    def _connect(self, node: etree._Element, specs: dict[str, Any]) -> None:
        source, target = specs[node.get("sourceRef", "")], specs[node.get("targetRef", "")]
        is_default = self.get_node_by_id(source.bpmn_id).get("default") == node.get("id")
        flow = SequenceFlow(node.get("id", ""), source.name, target.name, self._condition(node), is_default)
        self._add_flow(flow, source, target)

    @staticmethod
    def _add_flow(flow: SequenceFlow, source: Any, target: Any) -> None:
        source.outgoing.append(flow)
        target.incoming.append(flow)
        source.connect(target)

    def _condition(self, node: etree._Element) -> Condition | None:
        text = (node.findtext(f"{{{BPMN}}}conditionExpression") or "").strip()
        if not text:
            return None
        try:
            return Condition.of(text)
        except feel.FeelError as error:
            self.parser.findings.append(expression_finding(node, error))
            return None


class DialectParser(BpmnParser):  # type: ignore[misc]
    """The dialect's specs for BPMN's elements."""

    PROCESS_PARSER_CLASS = DialectProcessParser
    PARSER_CLASSES = {name: (ElementParser, spec) for name, spec in SPECS.items()}  # noqa: RUF012 (stock attribute)

    def __init__(self) -> None:
        super().__init__()
        self.findings: list[Finding] = []


def parse(document: Document) -> tuple[dict[str, Any], list[Finding]]:
    """The specs of the process and of its embedded subprocesses, by id, and what is wrong with their expressions."""
    parser = DialectParser()
    parser.add_bpmn_xml(document.root)
    specs: dict[str, Any] = {}
    waiting = [document.process.get("id", "")]
    while waiting:
        key = waiting.pop()
        specs[key] = parser.get_spec(key)
        waiting += [name for name in parser.process_parsers if name not in specs and name not in waiting]
    return specs, parser.findings


def expression_finding(node: etree._Element, error: feel.FeelError) -> Finding:
    return finding(
        node,
        "expression-invalid",
        f"表达式无法解析：{error}",
        f"Expected a FEEL expression, but {error}.",
        "见docs/feel.md。",
        "See docs/feel.md.",
    )

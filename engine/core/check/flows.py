"""Do the arrows make sense?"""

from collections.abc import Iterator

from lxml import etree

from engine.core.check.document import ACTIVITIES, BPMN, GATEWAYS, Document, finding, is_event_subprocess, tag
from engine.core.findings import Finding

DECIDING = frozenset({"exclusiveGateway", "inclusiveGateway"})


def ends_exist(document: Document) -> Iterator[Finding]:
    """A flow joins two nodes of the same process or subprocess."""
    for flow in document.flows:
        ends = [document.by_id.get(flow.get(name, "")) for name in ("sourceRef", "targetRef")]
        if any(end is None or end.getparent() is not flow.getparent() for end in ends):
            yield finding(
                flow,
                "flow-dangling",
                "连线的两端应是同一流程中的元素。",
                "Expected the flow to join two elements of the same process.",
            )


def boundary_events_are_attached(document: Document) -> Iterator[Finding]:
    """A boundary event stands at an activity, and nothing flows into it."""
    for node in document.nodes:
        if tag(node) != "boundaryEvent":
            continue
        host = document.by_id.get(node.get("attachedToRef", ""))
        if host is None or is_event_subprocess(host) or tag(host) not in ACTIVITIES or host.getparent() is not node.getparent():
            yield finding(
                node,
                "boundary-detached",
                "边界事件应依附在同一流程的活动上。",
                "Expected the boundary event to be attached to an activity of its process.",
            )
        if document.incoming.get(node.get("id", "")):
            yield finding(node, "boundary-entered", "边界事件不能有入线。", "Expected no flow into a boundary event.")


def activities_have_one_way_out(document: Document) -> Iterator[Finding]:
    """No implicit split, no implicit end: a gateway or an end event says so where everybody can see it."""
    for node in document.nodes:
        count = len(document.outgoing.get(node.get("id", ""), ()))
        if tag(node) == "endEvent":
            if count:
                yield finding(node, "end-left", "结束事件不能有出线。", "Expected no flow out of an end event.")
        elif tag(node) in GATEWAYS:
            if not count:
                yield finding(node, "dead-end", "网关没有出线。", "Expected a flow out of the gateway.")
        elif count != (0 if _stands_alone(node) else 1):
            yield finding(
                node,
                "implicit-split" if count else "dead-end",
                f"应有一条出线，现有{count}条。",
                f"Expected one flow out, but there are {count}.",
                "用网关表示分支，用结束事件表示结束。",
                "Draw a gateway to split, an end event to end.",
            )
        if is_event_subprocess(node) and document.incoming.get(node.get("id", "")):
            yield finding(node, "start-entered", "事件子流程不能有入线。", "Expected no flow into an event subprocess.")
        if tag(node) == "startEvent" and document.incoming.get(node.get("id", "")):
            yield finding(node, "start-entered", "开始事件不能有入线。", "Expected no flow into a start event.")


def _stands_alone(node: etree._Element) -> bool:
    """Nothing flows out of an event subprocess or the near end of a link."""
    return is_event_subprocess(node) or (tag(node) == "intermediateThrowEvent" and _link(node) is not None)


def _link(node: etree._Element) -> str | None:
    definition = node.find(f"{{{BPMN}}}linkEventDefinition")
    return definition.get("name", "") if definition is not None else None


def links_are_joined(document: Document) -> Iterator[Finding]:
    """Each link leads somewhere, to one place, in the same process; nothing else comes out at its far end."""
    ends = [(node, _link(node)) for node in document.nodes if _link(node) is not None]
    for node, name in ends:
        catches = tag(node) == "intermediateCatchEvent"
        others = [
            other
            for other, other_name in ends
            if other_name == name and other.getparent() is node.getparent() and tag(other) != tag(node)
        ]
        same = sum(o == name and tag(n) == tag(node) and n.getparent() is node.getparent() for n, o in ends)
        entered = catches and document.incoming.get(node.get("id", ""))
        if not others or (catches and same > 1) or entered:
            yield finding(
                node,
                "link-broken",
                f"链接“{name}”应有出发点和唯一的到达点，到达点没有入线。",
                f"Expected link {name!r} to have a near end and exactly one far end that nothing flows into.",
            )


def gateways_decide(document: Document) -> Iterator[Finding]:
    """A gateway that chooses has a condition on every flow but the default one, and a default one."""
    for node in document.nodes:
        outgoing = document.outgoing.get(node.get("id", ""), [])
        if tag(node) not in DECIDING or len(outgoing) < 2:
            continue
        default = node.get("default")
        if default not in {flow.get("id") for flow in outgoing}:
            yield finding(
                node,
                "no-default",
                "网关缺少默认出线：条件都不成立时，办件会卡住。",
                "Expected the gateway to have a default flow, so that no case stops here.",
            )
        for flow in outgoing:
            if flow.get("id") != default and _condition(flow) is None:
                yield finding(flow, "no-condition", "非默认出线缺少条件。", "Expected a condition on the flow.")


def conditions_only_where_they_count(document: Document) -> Iterator[Finding]:
    """A condition the engine would not ask is refused: its designer believes that it decides."""
    for flow in document.flows:
        if _condition(flow) is None:
            continue
        source = document.by_id.get(flow.get("sourceRef", ""))
        if source is None:
            continue
        choosing = tag(source) in DECIDING and len(document.outgoing.get(source.get("id", ""), ())) > 1
        if not choosing or source.get("default") == flow.get("id"):
            yield finding(
                flow,
                "condition-unused",
                "此处的条件不起作用。",
                "Expected a condition only on a flow a gateway chooses, other than its default.",
            )


def _condition(flow: etree._Element) -> str | None:
    node = flow.find(f"{{{BPMN}}}conditionExpression")
    return (node.text or "").strip() or None if node is not None else None


def event_gateways_lead_to_events(document: Document) -> Iterator[Finding]:
    """Behind an event-based gateway stand events or receive tasks that nothing else leads to."""
    for node in document.nodes:
        if tag(node) != "eventBasedGateway":
            continue
        for flow in document.outgoing.get(node.get("id", ""), []):
            target = document.by_id.get(flow.get("targetRef", ""))
            alone = target is not None and len(document.incoming.get(target.get("id", ""), ())) == 1
            if target is None or tag(target) not in {"intermediateCatchEvent", "receiveTask"} or not alone:
                yield finding(
                    flow,
                    "event-gateway-target",
                    "事件网关之后只能是等待事件或接收任务，且只有这一条入线。",
                    "Expected an event-based gateway to lead to catching events or receive tasks of its own.",
                )


def event_gateways_lead_to_plain_events(document: Document) -> Iterator[Finding]:
    """A receive task that takes part in a choice has no boundary events (BPMN 2.0, 10.6.6), and is not repeated."""
    hosts = {node.get("attachedToRef") for node in document.nodes if tag(node) == "boundaryEvent"}
    for node in document.nodes:
        sources = [document.by_id.get(flow.get("sourceRef", "")) for flow in document.incoming.get(node.get("id", ""), ())]
        chosen = any(source is not None and tag(source) == "eventBasedGateway" for source in sources)
        repeated = any(tag(child).endswith("LoopCharacteristics") for child in node)
        if chosen and tag(node) == "receiveTask" and (repeated or node.get("id") in hosts):
            yield finding(
                node,
                "event-gateway-target",
                "事件网关之后的接收任务不能有边界事件，也不能重复执行。",
                "Expected a receive task behind an event-based gateway to have no boundary event and no loop.",
            )


def everything_is_reachable(document: Document) -> Iterator[Finding]:
    """No node that no token can ever come to."""
    reached = _reached(document)
    for node in document.nodes:
        if node.get("id") not in reached:
            yield finding(
                node,
                "unreachable",
                "从开始事件无法到达此元素。",
                "Expected the element to be reachable from the start event.",
            )


def _reached(document: Document) -> set[str]:
    boundaries: dict[str, list[str]] = {}
    for node in document.nodes:
        if tag(node) == "boundaryEvent":
            boundaries.setdefault(node.get("attachedToRef", ""), []).append(node.get("id", ""))
    frontier = [node.get("id", "") for node in document.nodes if tag(node) == "startEvent" or is_event_subprocess(node)]
    frontier += [node.get("id", "") for node in document.nodes if tag(node) == "intermediateCatchEvent" and _link(node)]
    reached: set[str] = set()
    while frontier:
        node_id = frontier.pop()
        if node_id not in reached:
            reached.add(node_id)
            frontier += [flow.get("targetRef", "") for flow in document.outgoing.get(node_id, ())]
            frontier += boundaries.get(node_id, [])
    return reached

"""The drawing as a token game: which activities may come next, read from the BPMN alone and without the engine.

It is the engine's second opinion, so it shares nothing with it. Conditions are left out: at a choice every way is open. The
search is exact: a :data:`Front` holds every marking that explains what was seen so far. Between two activities all gateways
move at once (inclusive joins last, because they look at everybody else's tokens), so only markings at rest are kept.
"""

from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from functools import cached_property
from itertools import chain, combinations
from pathlib import Path
from typing import TypeAlias

from lxml import etree

MODEL = Path(__file__).with_name("receipt.bpmn")
BPMN = "{http://www.omg.org/spec/BPMN/20100524/MODEL}"
PROPERTY = ".//{http://spiffworkflow.org/bpmn/schema/1.0/core}property"

Marking: TypeAlias = tuple[str, ...]
"""The flows that hold a token, sorted; a flow with two tokens is named twice."""
Front: TypeAlias = frozenset[Marking]


@dataclass(frozen=True, slots=True)
class Node:
    """An element and its flows. ``kind`` is its BPMN name: ``userTask``, ``inclusiveGateway`` ..."""

    id: str
    kind: str
    name: str
    incoming: tuple[str, ...]
    outgoing: tuple[str, ...]
    default: str | None
    candidate_group: str | None


class Net:
    """One process."""

    def __init__(self, nodes: Iterable[Node]) -> None:
        self.nodes = {node.id: node for node in nodes}
        self._target = {flow: node for node in self.nodes.values() for flow in node.incoming}
        self._rests: dict[Marking, Front] = {}

    @cached_property
    def tasks(self) -> dict[str, Node]:
        """The user tasks, by name."""
        return {node.name: node for node in self.nodes.values() if node.kind == "userTask"}

    def start(self) -> Front:
        """Where a new case stands."""
        starts = (node for node in self.nodes.values() if node.kind == "startEvent")
        return self._rest(tuple(sorted(flow for node in starts for flow in node.outgoing)))

    def after(self, front: Front, activity: str) -> Front:
        """Where the case may stand once the activity is done; empty if it can not be done there."""
        fired = (
            _moved(marking, (flow,), self._target[flow].outgoing)
            for marking in front
            for flow in set(marking)
            if self._target[flow].kind == "userTask" and self._target[flow].name == activity
        )
        return frozenset(chain.from_iterable(self._rest(marking) for marking in fired))

    def enabled(self, front: Front) -> frozenset[str]:
        """The activities that may come next."""
        targets = (self._target[flow] for marking in front for flow in marking)
        return frozenset(node.name for node in targets if node.kind == "userTask")

    @staticmethod
    def may_be_over(front: Front) -> bool:
        """Whether the process may have ended."""
        return () in front

    def _rest(self, marking: Marking) -> Front:
        """Every marking at rest that gateways and end events can make of this one."""
        known = self._rests.get(marking)
        if known is None:
            following = self._silent_step(marking)
            if following is None:
                known = frozenset([marking])
            else:
                known = frozenset(chain.from_iterable(self._rest(each) for each in following))
            self._rests[marking] = known
        return known

    def _silent_step(self, marking: Marking) -> list[Marking] | None:
        """The markings one node that is no task can make of this one; None if none can move."""
        waiting = []
        for node in {self._target[flow].id: self._target[flow] for flow in marking}.values():
            if _is_inclusive_join(node):
                waiting.append(node)
            elif (moves := _moves(node, marking)) is not None:
                return moves
        for node in waiting:
            if not self._may_still_come(node, marking):
                held = tuple(flow for flow in node.incoming if flow in marking)
                return [_moved(marking, held, node.outgoing)]
        return None

    def _may_still_come(self, join: Node, marking: Marking) -> bool:
        """BPMN 2.0, table 13.3: a token elsewhere can reach an empty flow of the join, and none of those that are filled."""
        filled = frozenset(flow for flow in join.incoming if flow in marking)
        empty = frozenset(join.incoming) - filled
        elsewhere = (self._reachable(flow, join.id) for flow in marking if flow not in join.incoming)
        return any(reached & empty and not reached & filled for reached in elsewhere)

    def _reachable(self, flow: str, without: str) -> frozenset[str]:
        found: set[str] = set()
        ahead = [flow]
        while ahead:
            here = ahead.pop()
            if here not in found:
                found.add(here)
                ahead += () if self._target[here].id == without else self._target[here].outgoing
        return frozenset(found)


def read_net(path: Path = MODEL) -> Net:
    """The process of a BPMN file."""
    process = etree.parse(path).find(f"{BPMN}process")
    assert process is not None
    flows = [
        (str(flow.get("id")), flow.get("sourceRef"), flow.get("targetRef")) for flow in process.iter(f"{BPMN}sequenceFlow")
    ]
    ends = {end for _, *both in flows for end in both}
    return Net(_node(element, flows) for element in process if element.get("id") in ends)


def _node(element: etree._Element, flows: list[tuple[str, str | None, str | None]]) -> Node:
    properties = {str(entry.get("name")): str(entry.get("value")) for entry in element.iterfind(PROPERTY)}
    own = str(element.get("id"))
    return Node(
        id=own,
        kind=etree.QName(element).localname,
        name=element.get("name") or own,
        incoming=tuple(flow for flow, _, target in flows if target == own),
        outgoing=tuple(flow for flow, source, _ in flows if source == own),
        default=element.get("default"),
        candidate_group=properties.get("candidateGroups"),
    )


def _is_inclusive_join(node: Node) -> bool:
    return node.kind == "inclusiveGateway" and len(node.incoming) > 1


def _moves(node: Node, marking: Marking) -> list[Marking] | None:
    """What the node alone can make of the marking; None if it waits (a task, a parallel join that is not full)."""
    if node.kind == "userTask":
        return None
    if node.kind == "parallelGateway":
        full = all(flow in marking for flow in node.incoming)
        return [_moved(marking, node.incoming, node.outgoing)] if full else None
    held = next(flow for flow in node.incoming if flow in marking)
    return [_moved(marking, (held,), chosen) for chosen in _choices(node)]


def _choices(node: Node) -> Iterator[tuple[str, ...]]:
    if node.kind == "exclusiveGateway":
        yield from ((flow,) for flow in node.outgoing)
    elif node.kind == "inclusiveGateway":
        conditional = [flow for flow in node.outgoing if flow != node.default]
        for count in range(1, len(conditional) + 1):
            yield from combinations(conditional, count)
        if node.default is not None:
            yield (node.default,)
    else:
        yield node.outgoing


def _moved(marking: Marking, taken: Iterable[str], put: Iterable[str]) -> Marking:
    tokens = list(marking)
    for flow in taken:
        tokens.remove(flow)
    return tuple(sorted([*tokens, *put]))

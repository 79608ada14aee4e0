"""The drawing of a .bpmn file as rectangles and lines, for tests of what a reader sees."""

from dataclasses import dataclass
from functools import cached_property
from itertools import pairwise
from pathlib import Path
from typing import Any

from lxml import etree

BPMN = "{http://www.omg.org/spec/BPMN/20100524/MODEL}"
BPMNDI = "{http://www.omg.org/spec/BPMN/20100524/DI}"
DC = "{http://www.omg.org/spec/DD/20100524/DC}"
DI = "{http://www.omg.org/spec/DD/20100524/DI}"

Point = tuple[float, float]


@dataclass(frozen=True)
class Box:
    x: float
    y: float
    width: float
    height: float

    def overlaps(self, other: "Box") -> bool:
        return (
            self.x < other.x + other.width
            and other.x < self.x + self.width
            and self.y < other.y + other.height
            and other.y < self.y + self.height
        )

    def contains(self, other: "Box") -> bool:
        return (
            self.x <= other.x
            and self.y <= other.y
            and other.x + other.width <= self.x + self.width
            and other.y + other.height <= self.y + self.height
        )

    def inner(self, margin: float) -> "Box":
        return Box(self.x + margin, self.y + margin, self.width - 2 * margin, self.height - 2 * margin)


@dataclass(frozen=True)
class Segment:
    """A horizontal or vertical piece of a flow."""

    start: Point
    end: Point

    @property
    def is_straight(self) -> bool:
        return self.start[0] == self.end[0] or self.start[1] == self.end[1]

    @property
    def box(self) -> Box:
        (x1, y1), (x2, y2) = self.start, self.end
        return Box(min(x1, x2), min(y1, y2), abs(x1 - x2), abs(y1 - y2))

    def crosses(self, other: "Segment") -> bool:
        """Do the two meet like an X? (Meeting at an end is a fork or a join of lines and no crossing.)"""
        flat, steep = (self, other) if self.box.height == 0 else (other, self)
        if flat.box.height or steep.box.width:
            return False
        return (
            flat.box.x < steep.box.x < flat.box.x + flat.box.width and steep.box.y < flat.box.y < steep.box.y + steep.box.height
        )


class Diagram:
    """One file."""

    def __init__(self, path: Path) -> None:
        self.root: Any = etree.parse(path).getroot()
        self.process = self.root.find(f"{BPMN}process")

    @cached_property
    def elements(self) -> dict[str, Any]:
        return {node.get("id"): node for node in self.process.iter(f"{BPMN}*") if node.get("id")}

    @cached_property
    def boxes(self) -> dict[str, Box]:
        """Shapes of nodes and lanes by element id."""
        return {shape.get("bpmnElement"): _box(shape) for shape in self.root.iter(f"{BPMNDI}BPMNShape")}

    @cached_property
    def labels(self) -> dict[str, Box]:
        """Labels that stand outside their element."""
        shapes = [*self.root.iter(f"{BPMNDI}BPMNShape"), *self.root.iter(f"{BPMNDI}BPMNEdge")]
        return {
            shape.get("bpmnElement"): _box(label) for shape in shapes if (label := shape.find(f"{BPMNDI}BPMNLabel")) is not None
        }

    @cached_property
    def lines(self) -> dict[str, list[Segment]]:
        """Flows by id."""
        return {
            edge.get("bpmnElement"): [Segment(*pair) for pair in pairwise(_points(edge))]
            for edge in self.root.iter(f"{BPMNDI}BPMNEdge")
        }

    @property
    def lanes(self) -> list[Any]:
        return list(self.process.iter(f"{BPMN}lane"))

    @property
    def flows(self) -> list[Any]:
        return list(self.process.iter(f"{BPMN}sequenceFlow"))

    def nodes(self) -> dict[str, Box]:
        """Shapes of flow nodes, without lanes and the pool."""
        others = {lane.get("id") for lane in self.lanes} | {node.get("id") for node in self.root.iter(f"{BPMN}participant")}
        return {key: box for key, box in self.boxes.items() if key not in others}

    def tag(self, key: str) -> str:
        return etree.QName(self.elements[key]).localname

    def parent(self, key: str) -> str:
        found: str = self.elements[key].getparent().get("id")
        return found


def _box(shape: Any) -> Box:
    bounds = shape.find(f"{DC}Bounds")
    return Box(*(float(bounds.get(name)) for name in ("x", "y", "width", "height")))


def _points(edge: Any) -> list[Point]:
    return [(float(point.get("x")), float(point.get("y"))) for point in edge.iter(f"{DI}waypoint")]

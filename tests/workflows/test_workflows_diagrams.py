"""The diagrams as somebody sees them on the wall: valid, named, in their lanes, left to right, nothing across anything else."""

import re
from itertools import combinations
from pathlib import Path

import pytest
import SpiffWorkflow.bpmn.parser.schema as bundled
from lxml import etree

from tests.workflows.diagrams import BPMN, Diagram
from tests.workflows.filing import MODELS, definitions

CHINESE = re.compile(r"[\u4e00-\u9fff]")
CHOOSING = ("exclusiveGateway", "inclusiveGateway")
DRAWN = pytest.mark.parametrize("diagram", [pytest.param(Diagram(path), id=path.stem) for path in MODELS])


@pytest.fixture(scope="module")
def schema() -> etree.XMLSchema:
    return etree.XMLSchema(etree.parse(Path(bundled.__path__[0]) / "BPMN20.xsd"))


@pytest.mark.parametrize("path", MODELS, ids=lambda path: path.stem)
def test_it_is_valid_bpmn(path: Path, schema: etree.XMLSchema) -> None:
    schema.assertValid(etree.parse(path))


@pytest.mark.parametrize("path", MODELS, ids=lambda path: path.stem)
def test_the_engine_takes_it_without_a_warning(path: Path) -> None:
    definition = definitions()[path.stem]
    assert definition.findings == ()
    assert definition.key == path.stem == path.parent.name


@DRAWN
def test_one_pool_with_lanes_and_chinese_names(diagram: Diagram) -> None:
    assert len(list(diagram.root.iter(f"{BPMN}participant"))) == 1
    named = [diagram.process, *diagram.lanes, *(diagram.elements[key] for key in diagram.nodes())]
    assert len(diagram.lanes) >= 2
    assert [node.get("id") for node in named if not CHINESE.search(node.get("name", ""))] == []
    assert diagram.process.findtext(f"{BPMN}documentation")


@DRAWN
def test_a_choice_says_what_is_chosen(diagram: Diagram) -> None:
    choices = [flow for flow in diagram.flows if diagram.tag(flow.get("sourceRef")) in CHOOSING]
    sources = [flow.get("sourceRef") for flow in choices]
    unnamed = [flow.get("id") for flow in choices if sources.count(flow.get("sourceRef")) > 1 and not flow.get("name")]
    assert unnamed == []


@DRAWN
def test_lines_are_straight_and_cross_no_other(diagram: Diagram) -> None:
    assert all(segment.is_straight for line in diagram.lines.values() for segment in line)
    crossings = [
        (one, other)
        for (one, line), (other, line2) in combinations(diagram.lines.items(), 2)
        if any(a.crosses(b) for a in line for b in line2)
    ]
    assert crossings == []


@DRAWN
def test_lines_run_through_no_element_and_no_label(diagram: Diagram) -> None:
    solid = {key: box for key, box in diagram.nodes().items() if diagram.tag(key) != "subProcess"}
    obstacles = [*solid.items(), *((f"label of {key}", box) for key, box in diagram.labels.items())]
    hit = [
        (flow, key)
        for flow, line in diagram.lines.items()
        for segment in line
        for key, box in obstacles
        if segment.box.overlaps(box.inner(1))
    ]
    assert hit == []


@DRAWN
def test_nothing_lies_on_anything_else(diagram: Diagram) -> None:
    """But a boundary event on its activity, and what is inside a subprocess. (A gateway leaves the corners of its box free.)"""
    solid = {
        key: box.inner(8) if diagram.tag(key).endswith("Gateway") else box
        for key, box in diagram.nodes().items()
        if diagram.tag(key) not in ("subProcess", "boundaryEvent")
    }
    solid |= {f"label of {key}": box for key, box in diagram.labels.items()}
    assert [(a, b) for (a, one), (b, other) in combinations(solid.items(), 2) if one.overlaps(other)] == []


@DRAWN
def test_everything_lies_in_its_lane_or_subprocess(diagram: Diagram) -> None:
    lane_of = {ref.text: lane.get("id") for lane in diagram.lanes for ref in lane.iter(f"{BPMN}flowNodeRef")}
    for key, box in diagram.nodes().items():
        inside = diagram.parent(key)
        home = lane_of[key] if inside == diagram.process.get("id") else inside
        assert diagram.boxes[home].contains(box), key
        if key in diagram.labels:
            assert diagram.boxes[lane_of.get(key, inside)].contains(diagram.labels[key]), key


@DRAWN
def test_neighbours_stand_in_line(diagram: Diagram) -> None:
    """Where a line goes straight on, both ends have the same middle: no steps of a few pixels."""
    for line in diagram.lines.values():
        lengths = [max(segment.box.width, segment.box.height) for segment in line]
        assert min(lengths) >= 15

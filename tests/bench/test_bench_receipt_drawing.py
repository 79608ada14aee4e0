"""The drawing of the receiving phase, held to what bpmn_models/ is held to: valid, in its lanes, nothing across anything."""

from itertools import combinations
from pathlib import Path

import pytest
import SpiffWorkflow.bpmn.parser.schema as bundled
from lxml import etree

from bench.receipt_log.net import MODEL
from engine.core.model import compile_definition
from tests.workflows.diagrams import BPMN, Box, Diagram

SHORTEST = 10
"""Of the pieces of a line."""


@pytest.fixture(scope="module")
def diagram() -> Diagram:
    return Diagram(MODEL)


def obstacles(diagram: Diagram) -> dict[str, Box]:
    """Elements and the labels beside them. (A gateway leaves the corners of its box free.)"""
    nodes = {key: box.inner(8) if "Gateway" in diagram.tag(key) else box for key, box in diagram.nodes().items()}
    return nodes | {f"label of {key}": box for key, box in diagram.labels.items()}


def test_it_is_valid_bpmn() -> None:
    schema = etree.XMLSchema(etree.parse(Path(bundled.__path__[0]) / "BPMN20.xsd"))
    schema.assertValid(etree.parse(MODEL))


def test_the_engine_takes_it_without_a_warning() -> None:
    definition = compile_definition(MODEL.read_bytes())
    assert definition.findings == ()
    assert definition.key == MODEL.stem


def test_a_choice_says_what_is_chosen(diagram: Diagram) -> None:
    choices = [flow for flow in diagram.flows if flow.find(f"{BPMN}conditionExpression") is not None]
    choices += [flow for flow in diagram.flows if diagram.elements[flow.get("sourceRef")].get("default") == flow.get("id")]
    assert [flow.get("id") for flow in choices if not flow.get("name")] == []


def test_lines_are_straight_and_cross_no_other(diagram: Diagram) -> None:
    assert all(segment.is_straight for line in diagram.lines.values() for segment in line)
    assert all(max(each.box.width, each.box.height) >= SHORTEST for line in diagram.lines.values() for each in line)
    crossings = [
        (one, other)
        for (one, line), (other, line2) in combinations(diagram.lines.items(), 2)
        if any(a.crosses(b) for a in line for b in line2)
    ]
    assert crossings == []


def test_lines_run_through_no_element_and_no_label(diagram: Diagram) -> None:
    hit = [
        (flow, key)
        for flow, line in diagram.lines.items()
        for segment in line
        for key, box in obstacles(diagram).items()
        if segment.box.overlaps(box.inner(1))
    ]
    assert [pair for pair in hit if not _is_end(diagram, *pair)] == []


def test_nothing_lies_on_anything_else(diagram: Diagram) -> None:
    pairs = combinations(obstacles(diagram).items(), 2)
    assert [(a, b) for (a, one), (b, other) in pairs if one.overlaps(other)] == []


def test_everything_lies_in_its_lane(diagram: Diagram) -> None:
    lane_of = {ref.text: lane.get("id") for lane in diagram.lanes for ref in lane.iter(f"{BPMN}flowNodeRef")}
    for key, box in diagram.nodes().items():
        assert diagram.boxes[lane_of[key]].contains(box), key


def _is_end(diagram: Diagram, flow: str, key: str) -> bool:
    """Whether the line begins or ends there."""
    return key in (diagram.elements[flow].get("sourceRef"), diagram.elements[flow].get("targetRef"))

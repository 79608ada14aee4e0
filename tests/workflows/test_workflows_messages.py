"""What a stranger may send cannot replace what a case knows."""

from pathlib import Path

import pytest

from engine.core.model import compile_definition
from engine.core.spiff.definitions import MessageDefinition

MODELS = sorted((Path(__file__).parents[2] / "bpmn_models").glob("*/*.bpmn"))


@pytest.mark.parametrize("path", MODELS, ids=lambda path: path.stem)
def test_whatever_waits_for_a_message_keeps_it_under_one_name(path: Path) -> None:
    for element in compile_definition(path.read_bytes()).elements():
        if isinstance(getattr(element, "definition", None), MessageDefinition):
            assert element.properties.get("resultVariable") or element.properties.get("payload"), element.bpmn_id

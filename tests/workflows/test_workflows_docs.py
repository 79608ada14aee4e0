"""The designers' page tells of every word there is, and says no other."""

import re
from pathlib import Path

from engine.core.check.dialect import PROPERTIES
from engine.core.check.document import ACTIVITIES, EVENTS
from engine.runtime.operators import OperatorRegistry
from tests.workflows.filing import MODELS, definitions
from workflows.operators import register

DOCS = Path(__file__).parents[2] / "docs"
PAGE = (DOCS / "dialect.md").read_text("utf-8")
GLOSSARY = (DOCS / "glossary.md").read_text("utf-8")
ROW = re.compile(r"^\| `([\w.]+)` \|", re.MULTILINE)


def registry() -> OperatorRegistry:
    found = OperatorRegistry()
    register(found)
    return found


def test_every_property_is_described() -> None:
    words = {word for words in PROPERTIES.values() for word in words}
    assert [word for word in sorted(words) if f"`{word}`" not in PAGE] == []


def test_every_operator_is_described_with_its_parameters() -> None:
    rows = {row.split("|")[1].strip(" `"): row.split("|")[2] for row in PAGE.splitlines() if row.startswith("| `")}
    for operator in registry():
        assert operator.parameters is not None
        assert set(re.findall(r"`(\w+)`", rows[operator.id])) == set(operator.parameters)


def test_no_word_is_described_that_does_not_exist() -> None:
    known = {word for words in PROPERTIES.values() for word in words} | {operator.id for operator in registry()}
    assert set(ROW.findall(PAGE)) <= known


def test_every_kind_of_element_is_in_the_table() -> None:
    kinds = {tag: re.sub(r"([A-Z])", r" \1", tag).lower() for tag in ACTIVITIES | EVENTS} | {"subProcess": "subprocess"}
    left_out = {"task", "businessRuleTask", "sendTask", "intermediateCatchEvent", "intermediateThrowEvent"}
    assert [name for tag, name in kinds.items() if tag not in left_out and name not in PAGE] == []


def test_the_messages_of_the_models_are_in_the_glossary() -> None:
    names = {name for path in MODELS for name in definitions()[path.stem].message_names}
    assert [name for name in sorted(names) if f"`{name}`" not in GLOSSARY] == []

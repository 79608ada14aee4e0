"""The cases of the DMN Technology Compatibility Kit, as far as they are about expressions."""

from functools import cache
from pathlib import Path

import pytest
from lxml import etree

import feel
from tests.feel.tck import HOME, NOW, Case, Model, cases, kind, passes, text_of, under

NEEDS_DECISIONS = {
    "level-2": {
        "decision table": [
            "0004-simpletable-U",
            "0005-simpletable-A",
            "0006-simpletable-P1",
            "0007-simpletable-P2",
            "0010-multi-output-U",
            "0108-first-hitpolicy",
            "0109-ruleOrder-hitpolicy",
            "0110-outputOrder-hitpolicy",
            "0111-first-hitpolicy-singleoutputcol",
            "0112-ruleOrder-hitpolicy-singleinoutcol",
            "0113-outputOrder-hitpolicy-singleinoutcol",
            "0114-min-collect-hitpolicy",
            "0115-sum-collect-hitpolicy",
            "0116-count-collect-hitpolicy",
            "0117-multi-any-hitpolicy",
            "0118-multi-priority-hitpolicy",
            "0119-multi-collect-hitpolicy",
        ],
    },
    "level-3": {
        "decision table": [
            "0004-lending",
            "0008-listGen",
            "0017-tableTests",
            "0035-test-structure-output",
            "0037-dt-on-bkm-implicit-params",
            "0039-dt-list-semantics",
            "0041-multiple-nestedcontext",
            "0086-import",
            "0088-no-decision-logic",
        ],
        "types of item definitions, decision services": ["0082-feel-coercion"],
    },
}
"""Folders that are about decisions rather than expressions, by level and reason. Their expressions are only compiled here."""

SINGLE_CASES = {
    "0021-singleton-list/001/decision2": "the type of the decision turns a list of one item into the item",
    "0021-singleton-list/001/decision4": "the type of the decision turns a list of one item into the item",
    "0092-feel-lambda/013/decision_013_1": "a decision service is called",
}
"""Cases in other folders that need decisions."""


@cache
def model_of(folder: Path) -> Model:
    """The one model of a folder."""
    (file,) = folder.glob("*.dmn")
    return Model(file)


def folders(level: str) -> list[Path]:
    """The folders of a level that are about expressions."""
    left_out = {name for names in NEEDS_DECISIONS[level].values() for name in names}
    return sorted(folder for folder in (HOME / level).iterdir() if folder.name not in left_out)


def expression_cases(level: str) -> list[Case]:
    """The cases of a level that are about expressions."""
    return [case for folder in folders(level) for case in cases(folder) if case.id not in SINGLE_CASES]


@pytest.mark.parametrize("level", ["level-2", "level-3"])
def test_what_is_left_out_has_a_table_or_is_named(level):
    with_tables = {
        folder.name for folder in (HOME / level).iterdir() if any(Model(file).has_tables for file in folder.glob("*.dmn"))
    }
    assert set(NEEDS_DECISIONS[level]["decision table"]) == with_tables


@pytest.mark.parametrize("case", expression_cases("level-2"), ids=lambda case: case.id)
def test_level_2(case):
    assert passes(model_of(HOME / "level-2" / case.id.partition("/")[0]), case)


@pytest.mark.parametrize("folder", folders("level-3"), ids=lambda folder: folder.name)
def test_level_3(folder):
    model = model_of(folder)
    asked = [case for case in cases(folder) if case.id not in SINGLE_CASES]
    assert asked
    assert [case.id for case in asked if not passes(model, case)] == []


def expressions_of_tables() -> list[tuple[str, str, set[str]]]:
    """All cells of all decision tables: what kind, the text, and the names the model has."""
    found = []
    for file in sorted(HOME.glob("*/*/*.dmn")):
        model = Model(file)
        for table in (node for node in model.root.iter() if kind(node) == "decisionTable"):
            for node in table.iter():
                if kind(node) in (
                    "inputEntry",
                    "outputEntry",
                    "inputExpression",
                    "inputValues",
                    "outputValues",
                    "defaultOutputEntry",
                ):
                    found.append((kind(node), text_of(node), model.names))
    return found


def test_every_cell_of_every_table_compiles():
    cells = expressions_of_tables()
    assert len(cells) > 500
    for place, text, names in cells:
        if place in ("inputEntry", "inputValues", "outputValues"):
            feel.compile_unary_tests(text, names=names)
        elif text.strip() != "-":
            feel.compile_expression(text, names=names)


def test_cells_of_a_table_match_as_its_cases_say():
    root = etree.parse(HOME / "level-2" / "0004-simpletable-U" / "0004-simpletable-U.dmn").getroot()
    rules = [[text_of(cell) for cell in under(rule, "inputEntry")] for rule in root.iter() if kind(rule) == "rule"]
    matching = [
        number
        for number, rule in enumerate(rules)
        if all(
            feel.compile_unary_tests(cell).matches(value, {}, now=NOW)
            for cell, value in zip(rule, (17, "Medium", True), strict=True)
        )
    ]
    assert matching == [1]

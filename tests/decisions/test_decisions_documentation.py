"""What docs/decisions.md says is so."""

import json
import re
from pathlib import Path

import pytest

from decisions.document import MAX_BYTES, MAX_DEPTH, MAX_ELEMENTS
from decisions.requirements import MAX_PARTS
from decisions.tables.reading import MAX_COLUMNS, MAX_RULES
from decisions.tables.table import HitPolicy
from tests.decisions.sketch import decide, one, table

ROOT = Path(__file__).parents[2]
PAGE = (ROOT / "docs" / "decisions.md").read_text("utf-8")
EXAMPLES = re.findall(r"^- `(\{.+?\})` → `(.+)`$", PAGE, re.MULTILINE)


def rows():
    """The lines of the example's table, cell by cell."""
    lines = PAGE.partition("| C |")[2].partition("\n\n")[0].splitlines()
    return [[cell.strip() for cell in line.strip("| ").split("|")] for line in lines if not line.startswith("|---")]


def joint_review():
    """The example as a model."""
    head, *rules = rows()
    inputs = dict(re.fullmatch(r"(\w+) \((\w+)\)", cell).groups() for cell in head[:-1])
    return one(table(inputs, [[cell.strip("`") for cell in rule[1:]] for rule in rules], policy="COLLECT"))


@pytest.mark.parametrize(("inputs", "value"), EXAMPLES)
def test_examples(inputs, value):
    assert decide(joint_review(), json.loads(inputs)) == json.loads(value)


def test_there_are_examples_and_nothing_is_wrong_with_the_table():
    assert len(EXAMPLES) == 3
    assert joint_review().tables[0].decided
    assert joint_review().findings == ()


def test_every_code_of_a_trouble_is_told():
    sources = "".join(file.read_text("utf-8") for file in (ROOT / "decisions").rglob("*.py"))
    codes = set(re.findall(r'Trouble\(\s*"([a-z-]+)"', sources)) | set(re.findall(r'_not_allowed\("([a-z-]+)"', sources))
    assert len(codes) >= 9
    assert {code for code in codes if f"`{code}`" not in PAGE} == set()


def test_every_hit_policy_is_told():
    assert {policy for policy in HitPolicy if f"| {policy}" not in PAGE} == set()


def test_limits_are_those_of_the_code():
    assert MAX_BYTES == 2_000_000
    for number in (MAX_ELEMENTS, MAX_DEPTH, MAX_PARTS, MAX_RULES, MAX_COLUMNS):
        assert f"{number:,}" in PAGE

"""What docs/feel.md says is so."""

import json
import re
from pathlib import Path

import pytest

import feel
from feel.builtins import BUILT_INS
from tests.feel.shared import run

PAGE = (Path(__file__).parents[2] / "docs" / "feel.md").read_text("utf-8")
CASE = json.loads(re.search(r"```json\n(.*?)```", PAGE, re.DOTALL)[1])
EXAMPLES = re.findall(r"^- `(.+?)` → `(.+)`$", PAGE, re.MULTILINE)


@pytest.mark.parametrize(("text", "value"), EXAMPLES)
def test_examples(text, value):
    assert feel.to_json(run(text, CASE)) == json.loads(value)


def test_there_are_examples():
    assert len(EXAMPLES) >= 20


def test_every_function_is_listed_and_every_listed_function_is_there():
    section = PAGE.partition("## Functions")[2].partition("## Limits")[0]
    listed = {name for line in section.splitlines() if line.startswith(("-", " ")) for name in re.findall(r"`([a-z ]+)`", line)}
    assert listed == set(BUILT_INS)


def test_limits_are_those_of_the_code():
    budget = feel.Budget()
    for number in (budget.steps, budget.items, budget.characters):
        assert f"{number:,}" in PAGE

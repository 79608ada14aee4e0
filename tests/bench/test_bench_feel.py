"""The benchmark of conditions measures what has the value it should have, and says what is missing."""

import json

from click.testing import CliRunner

from bench.__main__ import main
from bench.feel.conditions import CONDITIONS, ours


def test_every_condition_has_its_value_and_a_cost() -> None:
    for condition in CONDITIONS:
        value, compiling, evaluating = ours(condition, 1)
        assert value in (True, "window-health")
        assert compiling > 0
        assert evaluating > 0


def test_a_line_of_json_for_each_condition() -> None:
    done = CliRunner().invoke(main, ["feel", "--short", "--json"])
    assert done.exit_code == 0
    assert [json.loads(line)["condition"] for line in done.output.splitlines()] == list(CONDITIONS)

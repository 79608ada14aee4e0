"""The DMN Technology Compatibility Kit: all of level 2 and at least 95 % of level 3, and that a wrong result is seen as one."""

import json
from pathlib import Path

import pytest
from click.testing import CliRunner

from api.cli import lianban
from decisions.conformance import run
from tests.decisions.sketch import decision, definitions, given, literal

KIT = Path(__file__).parents[3] / "shared" / "data" / "dmn-tck"
needs_kit = pytest.mark.skipif(not KIT.is_dir(), reason=f"the DMN TCK is not at {KIT}")


def share(level):
    """How many results pass, and how many there are."""
    results = run(KIT / level)
    passed = sum(result.passed for result in results)
    return passed, passed + sum(result.failed for result in results)


@needs_kit
def test_all_of_level_2_passes():
    results = run(KIT / "level-2")
    assert [(result.folder, result.failures) for result in results if result.failures] == []
    assert len(results) == 28
    assert sum(result.passed for result in results) == 126


@needs_kit
def test_at_least_95_percent_of_level_3_pass():
    passed, all_ = share("level-3")
    assert all_ == 1874
    assert passed >= 0.95 * all_


@needs_kit
def test_the_page_tells_the_numbers():
    page = (Path(__file__).parents[2] / "docs" / "feel.md").read_text("utf-8")
    for level in ("level-2", "level-3"):
        passed, all_ = share(level)
        assert f"{passed:,} of {all_:,}" in page


CASES = """<testCases xmlns="http://www.omg.org/spec/DMN/20160719/testcase"
  xmlns:xsi="http://www.w3.org/2001/XMLSchema-instance" xmlns:xsd="http://www.w3.org/2001/XMLSchema">
  <modelName>doubled.dmn</modelName>
  {}
</testCases>"""
CASE = """<testCase id="{id}"><inputNode name="x"><value xsi:type="xsd:decimal">{x}</value></inputNode>
  <resultNode name="{name}"><expected><value xsi:type="xsd:decimal">{wanted}</value></expected></resultNode></testCase>"""


@pytest.fixture
def kit(tmp_path):
    """A kit of one folder with one right case and three wrong ones."""
    folder = tmp_path / "doubled"
    folder.mkdir()
    model = definitions(given("x", "number"), decision("doubled", literal("x * 2"), needs=["in_x"]))
    (folder / "doubled.dmn").write_bytes(model)
    doubled = [("right", 2, 4), ("wrong", 2, 5), ("digits", 1, "2.001")]
    listed = "".join(CASE.format(id=id_, x=x, name="doubled", wanted=wanted) for id_, x, wanted in doubled)
    listed += CASE.format(id="none", x=1, name="trebled", wanted=3)
    (folder / "doubled-test-01.xml").write_text(CASES.format(listed), "utf-8")
    return tmp_path


def test_a_wrong_result_fails_with_its_reason(kit):
    (result,) = run(kit)
    assert (result.folder, result.passed, result.failed) == ("doubled", 1, 3)
    assert result.failures[0].case == "wrong/doubled"
    assert result.failures[0].reason == "expected 5, got 4"
    assert "trebled" in result.failures[2].reason


def test_a_model_that_is_refused_fails_all_its_cases(kit):
    (kit / "doubled" / "doubled.dmn").write_text("<definitions/>")
    (result,) = run(kit)
    assert (result.passed, result.failed) == (0, 4)
    assert "refused" in result.failures[0].reason


def test_a_folder_without_cases_is_said(tmp_path):
    with pytest.raises(ValueError, match="test files"):
        run(tmp_path)


def test_the_command_tells_people(kit):
    answer = CliRunner().invoke(lianban, ["tck", str(kit)])
    assert answer.exit_code == 1
    assert "doubled\t1\t3" in answer.output
    assert "doubled wrong/doubled: expected 5, got 4" in answer.output
    assert answer.output.endswith("1 passed, 3 failed\n")


def test_the_command_tells_programs(kit):
    answer = json.loads(CliRunner().invoke(lianban, ["tck", str(kit), "--json"]).output)
    assert (answer["passed"], answer["failed"]) == (1, 3)
    assert answer["folders"][0]["failures"][0] == {"case": "wrong/doubled", "reason": "expected 5, got 4"}


@needs_kit
def test_the_command_is_content_with_level_2():
    assert CliRunner().invoke(lianban, ["tck", str(KIT / "level-2")]).exit_code == 0

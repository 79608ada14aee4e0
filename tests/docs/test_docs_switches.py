"""docs/switches.md has every switch of the rules, and promises nothing that no test shows."""

import re
from pathlib import Path

import pytest

PAGE = Path("docs/switches.md").read_text("utf-8")
LINES = [line for line in PAGE.splitlines() if line.startswith("| X-")]
TESTS = sorted(set(re.findall(r"`(tests/[\w/]+\.py)::(\w+)`", PAGE)))
PLACES = sorted(set(re.findall(r"`((?:workflows|bpmn_models)/[\w/.]+)`", PAGE)))


def test_every_switch_is_there_once() -> None:
    assert [line.split()[1] for line in LINES] == [f"X-{number:02}" for number in range(1, 20)]


def test_every_switch_has_a_test() -> None:
    assert all("`tests/" in line for line in LINES)


@pytest.mark.parametrize(("file", "name"), TESTS)
def test_every_test_the_page_names_exists(file: str, name: str) -> None:
    assert re.search(rf"def {name}\(", Path(file).read_text("utf-8"))


@pytest.mark.parametrize("place", PLACES)
def test_every_place_the_page_names_exists(place: str) -> None:
    assert Path(place).exists()

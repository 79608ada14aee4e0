"""docs/abuses.md promises nothing that no test shows."""

import re
from pathlib import Path

import pytest

PAGE = Path("docs/abuses.md").read_text("utf-8")
TESTS = sorted(set(re.findall(r"`(tests/[\w/]+\.py)::(\w+)`", PAGE)))


@pytest.mark.parametrize(("file", "name"), TESTS)
def test_every_test_the_page_names_exists(file: str, name: str) -> None:
    assert re.search(rf"def {name}\(", Path(file).read_text("utf-8"))


def test_every_line_of_the_page_has_a_test() -> None:
    lines = [line for line in PAGE.splitlines() if line.startswith("| ") and not line.startswith("| abuse")]
    assert all("`tests/" in line for line in lines)


def test_all_thirty_two_abuses_are_there() -> None:
    assert set(re.findall(r"A-\d\d", PAGE)) == {f"A-{number:02}" for number in range(1, 33)}

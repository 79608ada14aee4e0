"""docs/notice.md names nothing that is not there."""

import re
from pathlib import Path

import pytest

PAGE = Path("docs/notice.md").read_text("utf-8")
TESTS = sorted(set(re.findall(r"`(tests/[\w/]+\.py)::(\w+)`", PAGE)))
PLACES = sorted({place for place in re.findall(r"`([\w/]+/[\w./]+)`", PAGE) if "::" not in place and not place.startswith("/")})
ROWS = [line for line in PAGE.splitlines() if line.startswith("| ") and not line.startswith("| Sentence")]


@pytest.mark.parametrize(("file", "name"), TESTS)
def test_every_test_the_page_names_exists(file: str, name: str) -> None:
    assert re.search(rf"def {name}\(", Path(file).read_text("utf-8"))


@pytest.mark.parametrize("place", PLACES)
def test_every_place_the_page_names_exists(place: str) -> None:
    assert Path(place).exists()


def test_every_row_names_a_rule_a_place_and_a_test() -> None:
    assert len(ROWS) > 60
    assert all(re.search(r"R-\d\d", row) and "`tests/" in row for row in ROWS)

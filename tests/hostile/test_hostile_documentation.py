"""docs/security.md promises nothing that no test shows."""

import re
from pathlib import Path

import pytest

from tests.hostile.attempts import ATTEMPTS

PAGE = Path("docs/security.md").read_text()
TESTS = re.findall(r"`(tests/[\w/]+\.py)::(\w+)`", PAGE)
NAMED = re.findall(r"`attempt:([^`]+)`", PAGE)


@pytest.mark.parametrize(("file", "name"), sorted(set(TESTS)))
def test_every_test_the_page_names_exists(file: str, name: str) -> None:
    assert f"\ndef {name}(" in Path(file).read_text()


def test_every_attempt_the_page_names_is_made_and_contained() -> None:
    assert len(NAMED) > 60
    assert set(NAMED) - {"name"} <= ATTEMPTS.keys()


def test_whoever_may_mean_harm_has_a_part_of_the_page() -> None:
    for who in ("designer", "clerk", "applicant", "network peer"):
        assert f"## A hostile {who}\n" in PAGE


def test_a_line_without_a_test_promises_nothing() -> None:
    rows = [line for line in PAGE.splitlines() if line.startswith("| ") and not line.startswith("| can not")]
    assert all("`attempt:" in row or "`tests/" in row for row in rows)

"""A process that forks others, which may die."""

from collections.abc import Iterator

import pytest

from tests.forked import WarmProcess


@pytest.fixture(scope="module")
def warm() -> Iterator[WarmProcess]:
    with WarmProcess("tests.faults.story", "tests.faults.racers") as process:
        yield process

"""A process that forks one child for each attempt."""

from collections.abc import Iterator

import pytest

from tests.forked import WarmProcess
from tests.hostile.test_hostile_attempts import MODULES


@pytest.fixture(scope="session")
def warm() -> Iterator[WarmProcess]:
    with WarmProcess("api.application", *MODULES) as process:
        yield process

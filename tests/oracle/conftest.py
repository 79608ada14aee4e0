"""The oracle, started by the first test that asks it."""

from collections.abc import Iterator

import pytest

from tests.oracle.asking import Oracle


@pytest.fixture(scope="session")
def oracle() -> Iterator[Oracle]:
    """What feelin and form-js say."""
    process = Oracle()
    yield process
    process.close()

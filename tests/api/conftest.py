"""Halls for tests of the door."""

from collections.abc import Iterator

import pytest

from tests.api.doors import Hall
from tests.databases import SqliteDatabases


@pytest.fixture
def hall(database_url: str) -> Iterator[Hall]:
    """On both databases: for what reads or writes."""
    made = Hall(database_url)
    yield made
    made.close()


@pytest.fixture
def door(sqlite_databases: SqliteDatabases) -> Iterator[Hall]:
    """On SQLite alone: for what is decided before the database is asked."""
    made = Hall(sqlite_databases.migrated())
    yield made
    made.close()

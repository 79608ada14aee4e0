"""Databases for whoever asks: a test that takes ``database_url`` runs on SQLite and on PostgreSQL."""

from collections.abc import Iterator
from pathlib import Path

import pytest

from tests.databases import PostgresqlDatabases, Prepare, SqliteDatabases, temporary_folder

KINDS = ("sqlite", pytest.param("postgresql", marks=pytest.mark.slow))
"""`make quick` runs on SQLite; everything else on both."""


@pytest.fixture(scope="session")
def sqlite_databases(tmp_path_factory: pytest.TempPathFactory) -> SqliteDatabases:
    folder: Path = tmp_path_factory.mktemp("sqlite")
    return SqliteDatabases(folder)


@pytest.fixture(scope="session")
def postgresql_databases() -> Iterator[PostgresqlDatabases]:
    with temporary_folder() as folder:
        databases = PostgresqlDatabases(folder)
        yield databases
        databases.close()


@pytest.fixture(params=KINDS)
def database_kind(request: pytest.FixtureRequest) -> str:
    return str(request.param)


@pytest.fixture
def database_url(database_kind: str, request: pytest.FixtureRequest) -> Iterator[str]:
    """A migrated database that nobody else uses."""
    yield from _database(database_kind, request, migrated=True)


@pytest.fixture
def empty_database_url(database_kind: str, request: pytest.FixtureRequest) -> Iterator[str]:
    """A database without a table."""
    yield from _database(database_kind, request, migrated=False)


@pytest.fixture
def centre_url(database_kind: str, request: pytest.FixtureRequest) -> Iterator[str]:
    """A database with every model, decision and form of the centre and the sample organisation."""
    from tests.workflows.centre import prepare

    yield from _database(database_kind, request, prepare=prepare)


@pytest.fixture
def installed_url(database_kind: str, request: pytest.FixtureRequest) -> Iterator[str]:
    """A database as a first start leaves it, with the sample accounts."""
    from tests.api.installed import prepare

    yield from _database(database_kind, request, prepare=prepare)


@pytest.fixture
def postgresql_url(request: pytest.FixtureRequest) -> Iterator[str]:
    """A migrated database on PostgreSQL, for what only several processes can show."""
    yield from _database("postgresql", request, migrated=True)


def _database(
    kind: str, request: pytest.FixtureRequest, *, migrated: bool = True, prepare: Prepare | None = None
) -> Iterator[str]:
    databases: SqliteDatabases | PostgresqlDatabases = request.getfixturevalue(f"{kind}_databases")
    fresh = databases.migrated if migrated else databases.empty
    url = fresh() if prepare is None else databases.prepared(prepare)
    yield url
    if isinstance(databases, PostgresqlDatabases):
        databases.drop(url)

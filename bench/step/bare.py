"""The least a durable step can cost: two statements of the same bytes and a commit, by the bare driver, with the durability the
product asks for (SQLite: write-ahead log, synchronous=FULL; PostgreSQL: as it comes)."""

import sqlite3
from collections.abc import Iterator
from contextlib import closing, contextmanager
from typing import Protocol

import psycopg

TABLES = ("CREATE TABLE bare_state (id integer PRIMARY KEY, state {bytes})", "CREATE TABLE bare_history (payload {bytes})")


class BareCommit(Protocol):
    """Stores a state over the one before and appends to a history, durably."""

    def __call__(self, state: bytes, payload: bytes) -> None: ...


@contextmanager
def bare_commits(url: str) -> Iterator[BareCommit]:
    """In tables of its own beside the database at ``url``: for SQLite a file of its own, as there is one writer."""
    with _sqlite(url) if url.startswith("sqlite") else _postgresql(url) as commit:
        yield commit


@contextmanager
def _sqlite(url: str) -> Iterator[BareCommit]:
    with closing(sqlite3.connect(f"{url.removeprefix('sqlite:///')}.bare", isolation_level=None)) as connection:
        connection.execute("PRAGMA journal_mode=WAL")
        connection.execute("PRAGMA synchronous=FULL")
        for table in TABLES:
            connection.execute(table.format(bytes="blob"))
        connection.execute("INSERT INTO bare_state VALUES (1, x'')")

        def commit(state: bytes, payload: bytes) -> None:
            connection.execute("BEGIN IMMEDIATE")
            connection.execute("UPDATE bare_state SET state = ? WHERE id = 1", (state,))
            connection.execute("INSERT INTO bare_history VALUES (?)", (payload,))
            connection.execute("COMMIT")

        yield commit


@contextmanager
def _postgresql(url: str) -> Iterator[BareCommit]:
    with psycopg.connect(url) as connection:
        for table in TABLES:
            connection.execute(table.format(bytes="bytea"))
        connection.execute("INSERT INTO bare_state VALUES (1, '')")
        connection.commit()

        def commit(state: bytes, payload: bytes) -> None:
            connection.execute("UPDATE bare_state SET state = %s WHERE id = 1", (state,))
            connection.execute("INSERT INTO bare_history VALUES (%s)", (payload,))
            connection.commit()

        yield commit

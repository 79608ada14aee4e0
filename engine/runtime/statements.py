"""The few statements every step sends, compiled once and given to the driver as they are.

SQLAlchemy's way from a table to the driver costs more than the statements themselves when a step walks it a dozen times. So
these are compiled from the same tables when they are first used, one text for each shape, and from then on only the values
change. Errors come as SQLAlchemy tells them.

Where the database is another process, a statement costs its way there and back, so :func:`send` makes one statement of many.
(psycopg's pipeline mode would save the other ways too, but on one machine it costs more than they do; docs/performance.md.)
"""

import itertools
import re
import threading
from collections.abc import Callable, Iterator, Mapping, Sequence
from contextlib import contextmanager
from dataclasses import dataclass
from functools import cache
from typing import Any

import psycopg
from sqlalchemy import Connection, Delete, Dialect, Insert, Update, bindparam, insert, literal_column, select
from sqlalchemy.dialects.postgresql.psycopg import PGDialect_psycopg
from sqlalchemy.dialects.sqlite.pysqlite import SQLiteDialect_pysqlite
from sqlalchemy.exc import DBAPIError
from sqlalchemy.sql import ClauseElement, ColumnElement

Values = Mapping[str, Any]
Processor = Callable[[Any], Any]

MAX_JOINED = 16
"""Rows written by one joined statement; the planner and the number of parameters have their bounds."""
MAX_SHAPES = 1000
"""Joined texts kept ready; a text is made again when it has been forgotten."""

_dialects: dict[str, Dialect] = {
    "sqlite": SQLiteDialect_pysqlite(),
    "postgresql": PGDialect_psycopg(paramstyle="numeric_dollar"),  # type: ignore[no-untyped-call]
}


@dataclass(frozen=True, slots=True)
class Compiled:
    """A statement in the driver's own words, its parameters by position."""

    text: str
    names: tuple[str, ...]
    processors: tuple[Processor | None, ...]

    def parameters(self, values: Values) -> list[Any]:
        """The values as the driver takes them, in the order of the text."""
        return [
            values[name] if processor is None else processor(values[name])
            for name, processor in zip(self.names, self.processors, strict=True)
        ]


@dataclass(frozen=True, slots=True)
class Statement:
    """An INSERT, UPDATE, DELETE or SELECT; ``columns`` are those that an INSERT or UPDATE sets."""

    clause: ClauseElement
    columns: tuple[str, ...] | None = None

    def __hash__(self) -> int:
        return hash((id(self.clause), self.columns))

    def __eq__(self, other: object) -> bool:
        return isinstance(other, Statement) and self.clause is other.clause and self.columns == other.columns


@dataclass(frozen=True, slots=True)
class Write:
    """A statement and the rows it is to be executed for."""

    statement: Statement
    rows: Sequence[Values]


@cache
def compiled(statement: Statement, dialect_name: str, *, conditional: bool = False) -> Compiled:
    """The statement for the one driver we use for that kind of database.

    ``conditional``: it is a part of a :func:`swap`, and does nothing when that moved no row.
    """
    dialect = _dialects[dialect_name]
    columns = None if statement.columns is None else list(statement.columns)
    clause = _conditional(statement) if conditional else statement.clause
    made: Any = clause.compile(dialect=dialect, column_keys=None if isinstance(clause, Insert) and conditional else columns)
    types = (made.binds[name].type.dialect_impl(dialect) for name in made.positiontup)
    return Compiled(made.string, tuple(made.positiontup), tuple(kind.bind_processor(dialect) for kind in types))


_moved: ColumnElement[bool] = literal_column("EXISTS (SELECT 1 FROM moved)")


def _conditional(statement: Statement) -> ClauseElement:
    clause = statement.clause
    if isinstance(clause, Insert):
        assert statement.columns is not None, "an INSERT says what it sets"
        values = [bindparam(name, type_=clause.table.c[name].type) for name in statement.columns]
        return insert(clause.table).inline().from_select(statement.columns, select(*values).where(_moved))
    assert isinstance(clause, Update | Delete)
    return clause.where(_moved)


@contextmanager
def told(connection: Connection) -> Iterator[Any]:
    """The driver's connection under ``connection``; its errors come as SQLAlchemy's."""
    driver = connection.connection.driver_connection
    try:
        yield driver
    except connection.dialect.loaded_dbapi.Error as error:
        gone = connection.dialect.is_disconnect(error, connection.connection, None)
        if gone:
            connection.invalidate(error)
        raise DBAPIError.instance(
            None,
            None,
            error,
            connection.dialect.loaded_dbapi.Error,
            connection_invalidated=gone,
            dialect=connection.dialect,
        ) from error


def first(connection: Connection, statement: Statement, values: Values) -> tuple[Any, ...] | None:
    """The first row, as the driver gives it."""
    ready = compiled(statement, connection.dialect.name)
    with told(connection) as driver:
        cursor = _cursor(driver)
        cursor.execute(ready.text, ready.parameters(values))
        row: tuple[Any, ...] | None = cursor.fetchone()
        cursor.close()
    return row


def send(connection: Connection, writes: Sequence[Write]) -> None:
    """Execute all of them, in one statement where that is possible. No two of them may concern the same row."""
    dialect_name = connection.dialect.name
    ready = [(compiled(write.statement, dialect_name), write.rows) for write in writes]
    with told(connection) as driver:
        cursor = _cursor(driver)
        if dialect_name == "postgresql" and joinable(writes) and sum(len(rows) for _, rows in ready) > 1:
            cursor.execute(*_joined(ready))
        else:
            for statement, rows in ready:
                _execute(cursor, statement, rows)
        cursor.close()


def joinable(writes: Sequence[Write]) -> bool:
    """Whether these are few enough for one statement."""
    return sum(len(write.rows) for write in writes) <= MAX_JOINED


def swap(connection: Connection, move: Write, writes: Sequence[Write]) -> bool:
    """On PostgreSQL: execute ``move``, the UPDATE of one row, and all the others if that row was there; say whether it was.

    It is one statement, so a connection in autocommit stores all of it or nothing, in one way there and back.
    """
    first_part = compiled(move.statement, "postgresql")
    ready = [(compiled(write.statement, "postgresql", conditional=True), write.rows) for write in writes]
    texts, parameters = [f"{first_part.text} RETURNING 1"], first_part.parameters(move.rows[0])
    for statement, rows in ready:
        for row in rows:
            texts.append(statement.text)
            parameters += statement.parameters(row)
    with told(connection) as driver:
        cursor = _cursor(driver)
        cursor.execute(_text((*texts, "SELECT 1 FROM moved")), parameters)
        there = cursor.fetchone() is not None
        cursor.close()
    return there


def _cursor(driver: Any) -> Any:
    """A cursor that takes the text as it is: psycopg's usual one would translate its placeholders every time."""
    return psycopg.RawCursor(driver) if isinstance(driver, psycopg.Connection) else driver.cursor()


def _execute(cursor: Any, statement: Compiled, rows: Sequence[Values]) -> None:
    if len(rows) == 1:
        cursor.execute(statement.text, statement.parameters(rows[0]))
    else:
        cursor.executemany(statement.text, [statement.parameters(row) for row in rows])


def _joined(ready: Sequence[tuple[Compiled, Sequence[Values]]]) -> tuple[str, list[Any]]:
    """One statement whose parts PostgreSQL executes together, and checks together at its end."""
    texts: list[str] = []
    parameters: list[Any] = []
    for statement, rows in ready:
        for row in rows:
            texts.append(statement.text)
            parameters += statement.parameters(row)
    return _text(tuple(texts)), parameters


PLACE = re.compile(r"\$\d+")
_texts: dict[tuple[str, ...], str] = {}
_texts_lock = threading.Lock()


def _text(parts: tuple[str, ...]) -> str:
    found = _texts.get(parts)
    if found is None:
        *before, last = parts
        names = ("moved" if part.endswith("RETURNING 1") else f"part_{number}" for number, part in enumerate(before))
        named = ", ".join(f"{name} AS ({part})" for name, part in zip(names, before, strict=True))
        placed = itertools.count(1)
        found = PLACE.sub(lambda match: f"${next(placed)}", f"WITH {named} {last}")
        with _texts_lock:
            if len(_texts) >= MAX_SHAPES:
                _texts.clear()
            _texts[parts] = found
    return found

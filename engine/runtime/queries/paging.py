"""Pages by keyset: a cursor says after which row to go on, so a page costs the same wherever it is, and rows that come or
go in between neither repeat nor hide others.
"""

import base64
import binascii
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import UTC, datetime
from typing import Any, Generic, TypeVar

import orjson
from sqlalchemy import ColumnElement, Connection, Integer, Select, func, literal, literal_column, tuple_

from engine.core.rejection import Rejection
from engine.core.values import storable
from engine.runtime import clock
from engine.runtime.columns import AnyRow, Moment

Item = TypeVar("Item")

DEFAULT_LIMIT = 50
MAX_LIMIT = 200
NEVER = datetime(9999, 12, 31, tzinfo=UTC)
"""Stands for "no date" where one sorts by dates: last."""


@dataclass(frozen=True, slots=True)
class Page(Generic[Item]):
    """Some of the items, and the cursor for the next; None at the end."""

    items: list[Item]
    next_cursor: str | None


@dataclass(frozen=True, slots=True)
class Order:
    """A total order: the last key must be unique."""

    name: str
    keys: tuple[ColumnElement[Any], ...]
    descending: bool = False

    def directed(self) -> list[ColumnElement[Any]]:
        """What to sort by."""
        return [key.desc() if self.descending else key.asc() for key in self.keys]


def orders(first: dict[str, ColumnElement[Any]], identity: ColumnElement[Any]) -> dict[str, Order]:
    """An ascending and (with ``-`` before its name) a descending order for each key."""
    found: dict[str, Order] = {}
    for name, key in first.items():
        found[name] = Order(name, (key, identity))
        found[f"-{name}"] = Order(f"-{name}", (key, identity), descending=True)
    return found


def or_never(column: ColumnElement[Any]) -> ColumnElement[Any]:
    """A date column with something to compare where it is empty."""
    return func.coalesce(column, literal(NEVER, Moment), type_=Moment)


def chosen(available: dict[str, Order], name: str) -> Order:
    """:raises Rejection: ``sort-unknown``."""
    if name not in available:
        raise Rejection("sort-unknown", field="sort", sort=name, known=", ".join(available))
    return available[name]


def page_size(limit: int) -> int:
    """How many items a page has when so many are asked for."""
    return max(1, min(limit, MAX_LIMIT))


def at_most(rows: int) -> ColumnElement[int]:
    """A limit that stands in the statement itself: of one that comes as a parameter PostgreSQL expects a tenth of the table,
    and prepares for that."""
    return literal_column(str(int(rows)), Integer)


def page(
    connection: Connection, statement: Select[Any], order: Order, *, cursor: str | None, limit: int
) -> tuple[Sequence[AnyRow], str | None]:
    """The rows after the cursor and the cursor for the next.

    :raises Rejection: ``cursor-invalid``.
    """
    return read_page(connection, page_statement(statement, order, cursor=cursor, limit=limit), order, limit=limit)


def page_statement(statement: Select[Any], order: Order, *, cursor: str | None, limit: int) -> Select[Any]:
    """What asks for the page, and for one row more.

    :raises Rejection: ``cursor-invalid``.
    """
    statement = statement.order_by(*order.directed()).limit(at_most(page_size(limit) + 1))
    statement = statement.add_columns(*(key.label(f"page_key_{n}") for n, key in enumerate(order.keys)))
    return statement if cursor is None else statement.where(after(order, cursor))


def read_page(
    connection: Connection, statement: Select[Any], order: Order, *, limit: int, values: Mapping[str, object] | None = None
) -> tuple[Sequence[AnyRow], str | None]:
    """The rows of a page's statement, with values for its parameters, and the cursor for the next page."""
    size = page_size(limit)
    rows = connection.execute(statement, values or {}).all()
    return rows[:size], _encode(order, rows[size - 1]) if len(rows) > size else None


def after(order: Order, cursor: str) -> ColumnElement[bool]:
    """Whether a row comes after the cursor in this order.

    :raises Rejection: ``cursor-invalid``.
    """
    values = _decode(order, cursor)
    here = tuple_(*order.keys)
    there = tuple_(*(literal(value, key.type) for value, key in zip(values, order.keys, strict=True)))
    return here < there if order.descending else here > there


def _encode(order: Order, row: AnyRow) -> str:
    values = [row._mapping[f"page_key_{number}"] for number in range(len(order.keys))]
    plain = [clock.to_text(value) if isinstance(value, datetime) else value for value in values]
    return base64.urlsafe_b64encode(orjson.dumps([order.name, *plain])).decode().rstrip("=")


def _decode(order: Order, cursor: str) -> list[Any]:
    try:
        name, *values = orjson.loads(base64.urlsafe_b64decode(cursor + "=" * (-len(cursor) % 4)))
        if name != order.name or len(values) != len(order.keys):
            raise ValueError(name)
        return [_value(key, value) for key, value in zip(order.keys, values, strict=True)]
    except (ValueError, TypeError, binascii.Error) as error:
        raise Rejection("cursor-invalid", field="cursor") from error


def _value(key: ColumnElement[Any], value: Any) -> Any:
    if isinstance(key.type, Moment):
        return clock.from_text(value)
    expected = key.type.python_type
    if not isinstance(value, expected) or (isinstance(value, str) and not storable(value)):
        raise ValueError(value)
    return value

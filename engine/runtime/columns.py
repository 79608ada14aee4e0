"""Column types that behave alike on SQLite and PostgreSQL."""

from datetime import UTC, datetime
from typing import Any, TypeAlias

import orjson
from sqlalchemy import DateTime, Dialect, Row, Text
from sqlalchemy.ext.compiler import compiles
from sqlalchemy.sql.functions import FunctionElement
from sqlalchemy.types import TypeDecorator


class Moment(TypeDecorator[datetime]):
    """A point in time, UTC to the microsecond: ``timestamptz`` on PostgreSQL, sortable text on SQLite."""

    impl = DateTime(timezone=True)
    cache_ok = True

    def process_bind_param(self, value: datetime | None, dialect: Dialect) -> datetime | None:
        if value is None:
            return None
        moment = value.astimezone(UTC)
        return moment.replace(tzinfo=None) if dialect.name == "sqlite" else moment

    def process_result_value(self, value: datetime | None, dialect: Dialect) -> datetime | None:
        if value is None:
            return None
        return value.replace(tzinfo=UTC) if value.tzinfo is None else value.astimezone(UTC)


class MomentOf(FunctionElement[datetime]):
    """The :class:`Moment` that a text of :func:`engine.runtime.clock.to_text` says."""

    name = "moment_of"
    type = Moment()
    inherit_cache = True


@compiles(MomentOf)
def _cast(element: MomentOf, compiler: Any, **options: Any) -> str:
    return f"CAST({compiler.process(element.clauses, **options)} AS TIMESTAMP WITH TIME ZONE)"


@compiles(MomentOf, "sqlite")
def _as_stored(element: MomentOf, compiler: Any, **options: Any) -> str:
    return f"replace(substr({compiler.process(element.clauses, **options)}, 1, 26), 'T', ' ')"


class JsonListOf(FunctionElement[str]):
    """The values of a column as one text, a JSON list in no order; on PostgreSQL null where there are none."""

    name = "json_list_of"
    type = Text()
    inherit_cache = True


@compiles(JsonListOf, "postgresql")
def _json_agg(element: JsonListOf, compiler: Any, **options: Any) -> str:
    return f"CAST(json_agg({compiler.process(element.clauses, **options)}) AS TEXT)"


@compiles(JsonListOf, "sqlite")
def _json_group_array(element: JsonListOf, compiler: Any, **options: Any) -> str:
    return f"json_group_array({compiler.process(element.clauses, **options)})"


class JsonText(TypeDecorator[Any]):
    """JSON kept as the text we wrote. Never ``jsonb``, which reorders keys and rewrites numbers."""

    impl = Text
    cache_ok = True

    def process_bind_param(self, value: Any, dialect: Dialect) -> str | None:
        return None if value is None else orjson.dumps(value).decode()

    def process_result_value(self, value: str | None, dialect: Dialect) -> Any:
        return None if value is None else orjson.loads(value)


AnyRow: TypeAlias = Row[*tuple[Any, ...]]
"""A row whose columns the type checker is not told."""

"""Lists: how they are asked for and how a page of one looks."""

import functools

from marshmallow import fields

from api.schemas.fields import Choice, Input, Output, Text, Whole, titled
from engine.runtime.queries.paging import DEFAULT_LIMIT, MAX_LIMIT


class TableQuery(Input):
    """What a table understands that is never long."""

    format = Choice(("csv", "json", "xlsx"), load_default=None, metadata=titled("导出整个列表", "Export the whole list"))


class PageQuery(Input):
    """What every list understands."""

    cursor = Text(limit=1000, load_default=None, metadata=titled("翻页标记", "Cursor from the page before"))
    limit = Whole(1, MAX_LIMIT, load_default=DEFAULT_LIMIT, metadata=titled("每页条数", "Entries a page"))
    format = Choice(
        ("csv", "json", "xlsx"),
        load_default=None,
        metadata=titled("导出整个列表", "Export the whole list (CSV also by Accept: text/csv)"),
    )


@functools.cache
def page_of(item: type[Output]) -> type[Output]:
    """The schema of a page of such items."""
    name = item.__name__.removesuffix("Schema")
    members = {
        "items": fields.List(fields.Nested(item)),
        "next_cursor": fields.String(allow_none=True, metadata=titled("下一页标记", "For the next page, null at the end")),
    }
    schema = type(f"{name}PageSchema", (Output,), members)
    assert issubclass(schema, Output)
    return schema

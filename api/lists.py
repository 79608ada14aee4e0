"""Lists as people read them: a page of JSON, or the whole list as a CSV, XLSX or JSON file.

A CSV file is made for a spreadsheet: heads in the reader's language, times of Asia/Shanghai, a byte-order mark so that Chinese
is shown as such, and an apostrophe before whatever a spreadsheet would take for a formula. An XLSX file has text as text.
"""

import csv
import io
import json
from collections.abc import Callable, Iterator, Mapping, Sequence
from datetime import date, datetime
from functools import cache
from typing import Any, TypeAlias

import orjson
import xlsxwriter
from flask import Response, request, stream_with_context, url_for

from api.door import door
from api.language import language
from api.schemas.fields import Output
from engine.core.moments import HALL
from engine.runtime.queries.paging import MAX_LIMIT, Page

Fetch: TypeAlias = Callable[[str | None, int], Page[Any]]
"""A page of the list, by cursor and limit."""

SPREADSHEET = "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet"
FORMULA = ("=", "+", "-", "@", "\t", "\r")


def answer_list(name: str, schema: type[Output], query: Mapping[str, Any], fetch: Fetch) -> Response:
    """The page asked for, or the whole list as a file called ``name``."""
    wanted = query["format"] or _by_accept()
    if wanted is None:
        return _page(schema, query, fetch)
    items = _all(fetch, door().settings.max_export_rows, query["cursor"])
    if wanted == "csv":
        return _file(f"{name}.csv", "text/csv; charset=utf-8", _csv(schema, items, language()))
    if wanted == "xlsx":
        return _file(f"{name}.xlsx", SPREADSHEET, iter([workbook(schema, items, language())]))
    return _file(f"{name}.json", "application/json", _json(schema, items))


def answer_table(name: str, schema: type[Output], wanted: str | None, rows: Sequence[Any]) -> Response:
    """A table that is never long, such as a report: JSON, or a file called ``name``."""
    whole = {"format": wanted, "cursor": None, "limit": MAX_LIMIT}
    return answer_list(name, schema, whole, lambda cursor, limit: Page(list(rows), None))


def exported(query: Mapping[str, Any]) -> bool:
    """Whether the answer is a file that leaves the program."""
    return (query["format"] or _by_accept()) is not None


def _by_accept() -> str | None:
    best = request.accept_mimetypes.best_match(("application/json", "text/csv"), default="application/json")
    return "csv" if best == "text/csv" else None


def _page(schema: type[Output], query: Mapping[str, Any], fetch: Fetch) -> Response:
    page = fetch(query["cursor"], query["limit"])
    body = {"items": _one(schema).dump(page.items, many=True), "next_cursor": page.next_cursor}
    response = Response(orjson.dumps(body), mimetype="application/json")
    if page.next_cursor is not None:
        response.headers["Link"] = f'<{_next_page(page.next_cursor)}>; rel="next"'
    return response


@cache
def _one(schema: type[Output]) -> Output:
    """Made once: to make a schema costs more than to write a row by it."""
    return schema()


def _next_page(cursor: str) -> str:
    assert request.endpoint is not None
    arguments: dict[str, Any] = {**request.args.to_dict(), "cursor": cursor}
    return url_for(request.endpoint, **(request.view_args or {}), **arguments)


def _all(fetch: Fetch, limit: int, cursor: str | None) -> Iterator[Any]:
    while limit > 0:
        page = fetch(cursor, min(limit, MAX_LIMIT))
        yield from page.items
        limit -= len(page.items)
        cursor = page.next_cursor
        if cursor is None:
            return


def _file(name: str, kind: str, chunks: Iterator[bytes]) -> Response:
    first = next(chunks)  # so that a refusal is an answer of its own, and not a file that breaks off
    response = Response(stream_with_context(_rest(first, chunks)), content_type=kind)
    response.headers["Content-Disposition"] = f'attachment; filename="{name}"'
    return response


def _rest(first: bytes, chunks: Iterator[bytes]) -> Iterator[bytes]:
    yield first
    yield from chunks


def _json(schema: type[Output], items: Iterator[Any]) -> Iterator[bytes]:
    dump = schema().dump
    separator = b"["
    for item in items:
        yield separator + orjson.dumps(dump(item))
        separator = b",\n"
    yield b"[]" if separator == b"[" else b"]"


def _csv(schema: type[Output], items: Iterator[Any], spoken: str) -> Iterator[bytes]:
    fields = schema().fields
    item = next(items, None)
    yield "\ufeff".encode() + _line([field.metadata.get(f"x-{spoken}", name) for name, field in fields.items()])
    while item is not None:
        yield _line([_cell(_value(item, field.attribute or name), spoken) for name, field in fields.items()])
        item = next(items, None)


def workbook(schema: type[Output], items: Iterator[Any], spoken: str) -> bytes:
    """The list as one sheet. Numbers are numbers, everything else is text: a spreadsheet finds no formula in it."""
    fields, buffer = schema().fields, io.BytesIO()
    with xlsxwriter.Workbook(buffer, {"in_memory": True}) as book:
        sheet, head = book.add_worksheet(), book.add_format({"bold": True})
        for column, (name, field) in enumerate(fields.items()):
            sheet.write_string(0, column, field.metadata.get(f"x-{spoken}", name), head)
        for row, item in enumerate(items, 1):
            for column, (name, field) in enumerate(fields.items()):
                _write(sheet, row, column, _value(item, field.attribute or name), spoken)
        sheet.freeze_panes(1, 0)
        sheet.autofit()
    return buffer.getvalue()


def _write(sheet: Any, row: int, column: int, value: Any, spoken: str) -> None:
    if isinstance(value, int | float) and not isinstance(value, bool):
        sheet.write_number(row, column, value)
    else:
        sheet.write_string(row, column, _cell(value, spoken).removeprefix("'"))


def _value(item: Any, name: str) -> Any:
    return item.get(name) if isinstance(item, Mapping) else getattr(item, name)


def _line(cells: list[str]) -> bytes:
    buffer = io.StringIO()
    csv.writer(buffer).writerow(cells)
    return buffer.getvalue().encode()


def _cell(value: Any, spoken: str) -> str:
    if value is None:
        return ""
    if isinstance(value, bool):
        return ("是" if value else "否") if spoken == "zh" else ("yes" if value else "no")
    if isinstance(value, datetime):
        return value.astimezone(HALL).strftime("%Y-%m-%d %H:%M:%S")
    if isinstance(value, date | int | float):
        return str(value)
    text = _text(value)
    return f"'{text}" if text.startswith(FORMULA) else text


def _text(value: Any) -> str:
    if isinstance(value, str):
        return value
    if isinstance(value, list | tuple):
        names = [entry.get("name") if isinstance(entry, Mapping) else entry for entry in value]
        if all(isinstance(name, str) for name in names):
            return "; ".join(str(name) for name in names)
    return json.dumps(value, ensure_ascii=False)

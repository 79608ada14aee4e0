"""Item guides (办事指南): the list with its search, one item with everything the law wants published, its form to print."""

from typing import Any

import orjson
from flask import Response, request

from api.door import runtime
from api.public.blank_form import Section, sections
from api.public.blueprint import public, show
from api.public.catalogue import charged_today, departments, is_free, lines, published, windows
from api.public.words import say
from api.resources.collection import fees_on
from workflows.catalogue.item import Item, Kind
from workflows.catalogue.item_register import LETTERS, ItemFilter, ItemLine
from workflows.catalogue.limit import limit_on
from workflows.clock import hall_day

ON_A_PAGE = 12


@public.get("/items")
def list_items() -> Response:
    """The list: by text, window, department and kind."""
    asked = {name: request.args.get(name, "").strip()[:LETTERS] for name in ("text", "window", "department", "kind")}
    everything, charged = lines(), charged_today()
    found = [line for line in lines(_filter(asked)) if asked["window"] in ("", line.window_group)]
    pages = max(1, -(-len(found) // ON_A_PAGE))
    page = min(max(request.args.get("page", 1, type=int), 1), pages)
    return show(
        "items.html",
        asked=asked,
        found=found[(page - 1) * ON_A_PAGE : page * ON_A_PAGE],
        count=len(found),
        page=page,
        pages=pages,
        window_choices=[(one.key, one.name) for one in windows(everything)],
        department_choices=[(one.key, one.name) for one in departments(everything)],
        is_free=lambda line: is_free(line, charged),
        kind_choices=[(kind.value, say(f"kind.{kind.value}")) for kind in Kind],
    )


@public.get("/items/<string:code>")
def item(code: str) -> Response:
    """One item."""
    found, today = published(code), hall_day(runtime().clock())
    charged = {fee.code for fee in found.fees}
    return show(
        "item.html",
        item=found,
        limit=limit_on(found.limits, today),
        fees=[fee for fee in fees_on(today) if fee["code"] in charged],
        has_form=_source(found) is not None,
    )


@public.get("/items/<string:code>/form")
def form(code: str) -> Response:
    """Its application form, blank, to print and fill in by hand."""
    found = published(code)
    source = _source(found)
    parts: list[Section] = [] if source is None else sections(orjson.loads(source))
    return show("form.html", item=found, sections=parts)


def _filter(asked: dict[str, str]) -> ItemFilter:
    return ItemFilter(department=asked["department"] or None, kind=asked["kind"] or None, text=asked["text"] or None)


def _source(found: Item | ItemLine) -> Any:
    """The deployed form; None where the item has none yet."""
    queries = runtime().queries
    latest = queries.definitions("form", key=found.form, latest_only=True, limit=1).items
    return queries.source(latest[0].id, "form") if latest else None

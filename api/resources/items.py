"""The catalogue of items: open to everybody as far as it is in force; drafted by designers, published by others."""

from collections.abc import Mapping
from typing import Any

from flask import Response

from api.blueprint import Blueprint
from api.door import actor, runtime
from api.language import language
from api.lists import answer_list
from api.schemas.items import (
    AuthorisationSchema,
    DifferenceQuery,
    ItemDifferenceSchema,
    ItemDraftSchema,
    ItemEventSchema,
    ItemFindingSchema,
    ItemLineSchema,
    ItemMoveSchema,
    ItemQuery,
    ItemSubmissionSchema,
    ItemVersionSchema,
    PublicItemQuery,
    PublicItemSchema,
    WholeItemVersionSchema,
)
from api.schemas.paging import page_of
from workflows.catalogue.difference import Difference
from workflows.catalogue.item_register import Authorisation, ItemFilter, ItemRegister
from workflows.catalogue.version import Event, ItemVersion, State

items = Blueprint("items", "/api", "事项 · Items")


@items.get("/public/items")
@items.takes(PublicItemQuery, "query")
@items.answers(200, page_of(ItemLineSchema))
def list_public(query: Mapping[str, Any]) -> Response:
    """办事指南 · The items in force"""
    return _list(query, public=True)


@items.get("/public/items/<string:code>")
@items.answers(200, PublicItemSchema)
def read_public(code: str) -> dict[str, Any]:
    """事项公开内容 · Everything published of an item in force"""
    found = _register().published(code, runtime().clock())
    return {"code": found.code, "version": found.version, "content": found.content}


@items.get("/public/authorisation")
@items.answers(200, AuthorisationSchema)
def authorisation() -> Authorisation:
    """授权到位率 · Of what windows could decide, what they do"""
    return _register().authorisation(runtime().clock())


@items.get("/items")
@items.takes(ItemQuery, "query")
@items.answers(200, page_of(ItemLineSchema))
def list_items(query: Mapping[str, Any]) -> Response:
    """事项目录 · All items, drafts too"""
    return _list(query, public=False)


@items.post("/items")
@items.takes(ItemDraftSchema)
@items.answers(201, WholeItemVersionSchema)
def draft(wanted: Mapping[str, Any]) -> tuple[ItemVersion, int]:
    """起草 · Draft a new item or a change; nothing is in force by it"""
    return _register().draft(wanted["content"], actor(), reason=wanted["reason"], based_on=wanted["based_on"]), 201


@items.get("/items/<string:code>")
@items.answers(200, WholeItemVersionSchema)
def read(code: str) -> ItemVersion:
    """事项最新版本 · The latest version of an item"""
    return _register().version(code)


@items.get("/items/<string:code>/versions")
@items.answers(200, ItemVersionSchema(many=True))
def list_versions(code: str) -> list[ItemVersion]:
    """事项版本 · All versions, newest first"""
    return _register().versions(code)


@items.get("/items/<string:code>/events")
@items.answers(200, ItemEventSchema(many=True))
def list_events(code: str) -> list[Event]:
    """事项沿革 · What happened to the versions, oldest first"""
    return _register().events(code)


@items.get("/items/<string:code>/differences")
@items.takes(DifferenceQuery, "query")
@items.answers(200, ItemDifferenceSchema(many=True))
def list_differences(query: Mapping[str, Any], code: str) -> list[Difference]:
    """版本比较 · What differs between two versions"""
    return _register().differences(code, query["before"], query["after"])


@items.get("/items/<string:code>/versions/<int:version>")
@items.answers(200, WholeItemVersionSchema)
def read_version(code: str, version: int) -> ItemVersion:
    """事项某一版本 · One version"""
    return _register().version(code, version)


@items.get("/items/<string:code>/versions/<int:version>/findings")
@items.answers(200, ItemFindingSchema(many=True))
def list_findings(code: str, version: int) -> list[dict[str, str]]:
    """公布前检查 · Everything that keeps a version from being published today"""
    found = _register().findings(code, version, runtime().clock())
    spoken = language()
    return [{"code": one.code, "field": one.field, "sentence": one.rejection().sentence(spoken)} for one in found]


@items.post("/items/<string:code>/versions/<int:version>/submission")
@items.takes(ItemSubmissionSchema)
@items.answers(200, ItemVersionSchema)
def submit(wanted: Mapping[str, Any], code: str, version: int) -> ItemVersion:
    """提交法制审查 · Submit a draft to the legal check; refused by the first rule it breaks"""
    return _register().move(code, version, State.LEGAL_CHECK, actor(), reason=wanted["reason"])


@items.post("/items/<string:code>/versions/<int:version>/state")
@items.takes(ItemMoveSchema)
@items.answers(200, ItemVersionSchema)
def move(wanted: Mapping[str, Any], code: str, version: int) -> ItemVersion:
    """审查、公布、暂停、取消 · Check, publish, suspend or end a version; never one's own draft"""
    said = {name: wanted[name] for name in ("from_on", "reason", "document")}
    return _register().move(code, version, State(wanted["state"]), actor(), **said)


def _register() -> ItemRegister:
    return ItemRegister(runtime().registers)


def _list(query: Mapping[str, Any], *, public: bool) -> Response:
    wanted = ItemFilter(query["department"], query["kind"], query.get("state"), query["text"])
    now = runtime().clock()

    def fetch(cursor: str | None, limit: int) -> Any:
        return _register().page(wanted, now, cursor, limit, public=public)

    return answer_list("items", ItemLineSchema, query, fetch)

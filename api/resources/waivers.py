"""Waivers and refunds: their registers. They are made by their processes alone, so nothing here changes any."""

from collections.abc import Mapping
from typing import Any

from flask import Response

from api.blueprint import Blueprint
from api.data_scope import sees_everything
from api.door import actor, login, runtime
from api.lists import answer_list
from api.schemas.paging import PageQuery, page_of
from api.schemas.waivers import (
    ArrearSchema,
    PublicWaiverSchema,
    RefundFileSchema,
    RefundQuery,
    RefundSchema,
    WaiverFileSchema,
    WaiverQuery,
    WaiverSchema,
    WaiverStatisticSchema,
    WaiverYearQuery,
)
from engine.runtime.queries.paging import Page
from workflows.refunds.refund_register import Refund, RefundRegister
from workflows.waivers.waiver_register import Waiver, WaiverRegister

waivers = Blueprint("waivers", "/api", "减免缓、退付 · Waivers and refunds")

MONEY = frozenset({"finance-office", "finance-head", "fund-service", "committee", "leader-county", "county-executive"})
"""Groups that look after all of the county's money. Everybody else sees what he had a part in."""


@waivers.get("/waivers")
@waivers.takes(WaiverQuery, "query")
@waivers.answers(200, page_of(WaiverSchema))
def list_waivers(query: Mapping[str, Any]) -> Response:
    """减免缓登记 · Applications to reduce, waive or put off, refused ones too"""

    def fetch(cursor: str | None, limit: int) -> Page[Any]:
        return _waivers().page(query["state"], query["payer"], cursor, limit, speaker=_speaker())

    return answer_list("waivers", WaiverSchema, query, fetch)


@waivers.get("/waivers/<string:number>")
@waivers.answers(200, WaiverFileSchema)
def read_waiver(number: str) -> Waiver:
    """减免缓全过程 · One application with all that was said about it"""
    return _waivers().read(number, speaker=_speaker())


@waivers.get("/waiver-statistics")
@waivers.takes(WaiverYearQuery, "query")
@waivers.answers(200, WaiverStatisticSchema(many=True))
def statistics(query: Mapping[str, Any]) -> list[Any]:
    """减免缓统计 · How much was waived or put off in a year, by who decided"""
    return _waivers().statistics(query["year"])


@waivers.get("/waiver-arrears")
@waivers.answers(200, ArrearSchema(many=True))
def arrears() -> list[Any]:
    """欠缴名单 · Whose deferral ended unpaid and who still owes"""
    return _waivers().arrears()


@waivers.get("/public/waivers")
@waivers.takes(PageQuery, "query")
@waivers.answers(200, page_of(PublicWaiverSchema))
def list_public(query: Mapping[str, Any]) -> Response:
    """减免缓公示 · What was decided, without payers and cases"""
    return answer_list("waivers", PublicWaiverSchema, query, _waivers().public_page)


@waivers.get("/refunds")
@waivers.takes(RefundQuery, "query")
@waivers.answers(200, page_of(RefundSchema))
def list_refunds(query: Mapping[str, Any]) -> Response:
    """退付登记 · Applications for refunds, refused ones too"""

    def fetch(cursor: str | None, limit: int) -> Page[Any]:
        return _refunds().page(query["state"], cursor, limit, speaker=_speaker())

    return answer_list("refunds", RefundSchema, query, fetch)


@waivers.get("/refunds/<string:number>")
@waivers.answers(200, RefundFileSchema)
def read_refund(number: str) -> Refund:
    """退付全过程 · One refund with all that was done about it"""
    return _refunds().read(number, speaker=_speaker())


def _speaker() -> str | None:
    by = actor()
    return None if sees_everything(login()) or MONEY & set(by.groups) else by.id


def _waivers() -> WaiverRegister:
    return WaiverRegister(runtime().registers)


def _refunds() -> RefundRegister:
    return RefundRegister(runtime().registers)

"""Reports over all windows, as JSON, CSV and XLSX."""

from collections.abc import Mapping
from typing import Any

from flask import Response

from api.blueprint import Blueprint
from api.door import runtime
from api.lists import answer_table
from api.schemas.paging import page_of
from api.schemas.reports import FeeRowSchema, ItemRowSchema, LightRowSchema, PeriodQuery, TimeRowSchema, WindowRowSchema
from workflows.reports.case_line import Period
from workflows.reports.reports import Reports

reports = Blueprint("reports", "/api/reports", "统计 · Reports")


@reports.get("/windows")
@reports.takes(PeriodQuery, "query")
@reports.answers(200, page_of(WindowRowSchema))
def windows(query: Mapping[str, Any]) -> Response:
    """窗口办件统计 · What came in at each window, and what became of it"""
    return answer_table("windows", WindowRowSchema, query["format"], _reports().windows(_period(query)))


@reports.get("/items")
@reports.takes(PeriodQuery, "query")
@reports.answers(200, page_of(ItemRowSchema))
def items(query: Mapping[str, Any]) -> Response:
    """事项办理统计 · What each item promises, and what it took (R-06)"""
    return answer_table("items", ItemRowSchema, query["format"], _reports().items(_period(query)))


@reports.get("/lights")
@reports.takes(PeriodQuery, "query")
@reports.answers(200, page_of(LightRowSchema))
def lights(query: Mapping[str, Any]) -> Response:
    """亮灯统计 · Open cases by light"""
    return answer_table("lights", LightRowSchema, query["format"], _reports().lights(_period(query)))


@reports.get("/times")
@reports.takes(PeriodQuery, "query")
@reports.answers(200, page_of(TimeRowSchema))
def times(query: Mapping[str, Any]) -> Response:
    """用时统计 · How much of their promise cases used"""
    return answer_table("times", TimeRowSchema, query["format"], _reports().times(_period(query)))


@reports.get("/fees")
@reports.takes(PeriodQuery, "query")
@reports.answers(200, page_of(FeeRowSchema))
def fees(query: Mapping[str, Any]) -> Response:
    """收费去向统计 · Fees by department, fee and fund nature, in fen (R-06)"""
    return answer_table("fees", FeeRowSchema, query["format"], _reports().fees(_period(query)))


def _reports() -> Reports:
    return Reports(runtime().registers, runtime().clock())


def _period(query: Mapping[str, Any]) -> Period:
    return Period(query["from_on"], query["until_on"])

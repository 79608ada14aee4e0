"""Follow-up visits after joint cases, and what was found (R-74)."""

from collections.abc import Mapping
from typing import Any

from flask import Response

from api.blueprint import Blueprint
from api.door import runtime
from api.lists import answer_list
from api.schemas.paging import page_of
from api.schemas.visits import FollowUpQuery, FollowUpReadingSchema, FollowUpSchema
from engine.runtime.queries.paging import Page
from workflows.visits.visit_register import VisitRegister

visits = Blueprint("visits", "/api", "联办件回访 · Follow-up visits")


@visits.get("/visits")
@visits.takes(FollowUpQuery, "query")
@visits.answers(200, page_of(FollowUpSchema))
def list_visits(query: Mapping[str, Any]) -> Response:
    """联办件回访 · Follow-up visits by number"""

    def fetch(cursor: str | None, limit: int) -> Page[Any]:
        return VisitRegister(runtime().registers).page(query["status"], cursor, limit)

    return answer_list("visits", FollowUpSchema, query, fetch)


@visits.get("/visits/<string:number>")
@visits.answers(200, FollowUpReadingSchema)
def read(number: str) -> dict[str, Any]:
    """回访记录和反映的问题 · A visit with what was said and the problems found"""
    row, problems, events = VisitRegister(runtime().registers).read(number)
    return {**row._asdict(), "problems": problems, "events": events}

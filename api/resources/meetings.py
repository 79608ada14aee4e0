"""Joint meetings with discipline, supervision and finance, and what was decided in them (P20, R-70)."""

from collections.abc import Mapping
from typing import Any

from flask import Response

from api.blueprint import Blueprint
from api.door import runtime
from api.lists import answer_list
from api.schemas.meetings import MeetingQuery, MeetingReadingSchema, MeetingSchema
from api.schemas.paging import page_of
from engine.runtime.queries.paging import Page
from workflows.meetings.meeting_register import MeetingRegister

meetings = Blueprint("meetings", "/api", "联席会议 · Joint meetings")


@meetings.get("/meetings")
@meetings.takes(MeetingQuery, "query")
@meetings.answers(200, page_of(MeetingSchema))
def list_meetings(query: Mapping[str, Any]) -> Response:
    """联席会议 · Joint meetings by number"""

    def fetch(cursor: str | None, limit: int) -> Page[Any]:
        return MeetingRegister(runtime().registers).page(cursor, limit)

    return answer_list("meetings", MeetingSchema, query, fetch)


@meetings.get("/meetings/<string:number>")
@meetings.answers(200, MeetingReadingSchema)
def read(number: str) -> dict[str, Any]:
    """联席会议的议题、纪要和议定事项 · A joint meeting with its agenda, minutes and decisions"""
    row, decisions, events = MeetingRegister(runtime().registers).read(number)
    return {**row._asdict(), "decisions": decisions, "events": events}

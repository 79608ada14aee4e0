"""Attendance, leave with its substitute, the duty roster and the monthly score."""

from collections.abc import Mapping
from datetime import date
from typing import Any

from flask import Response

from api.blueprint import Blueprint
from api.door import actor, login, runtime
from api.lists import answer_list
from api.permissions import SEES_EVERYTHING
from api.schemas.attendance import (
    CreatedSchema,
    DutySchema,
    LeaveDecisionSchema,
    LeaveSchema,
    NewDutySchema,
    NewLeaveSchema,
    NewPointsSchema,
    ScoreQuery,
    ScoreSchema,
    SignatureSchema,
    SwipeSchema,
)
from api.schemas.paging import PageQuery, page_of
from engine.core.rejection import Rejection, declare
from workflows.clock import hall_day
from workflows.organisation import OrganisationRegister, tables
from workflows.organisation.absence import Leave
from workflows.organisation.assessment import Points, Score
from workflows.organisation.attendance_book import AttendanceBook

declare({"score-of-somebody-else": ("只能查看本人的考核。", "Expected one's own score; others' are for those who supervise.")})

attendance = Blueprint("attendance", "/api", "考勤 · Attendance")


@attendance.post("/attendance/swipes")
@attendance.answers(201, SwipeSchema)
def swipe() -> tuple[dict[str, int], int]:
    """签到 · One's own next swipe of today"""
    return {"swipe": _book().swipe(actor())}, 201


@attendance.post("/attendance/signatures")
@attendance.takes(SignatureSchema)
@attendance.also_answers(204, "Signed for")
def sign_for(wanted: Mapping[str, Any]) -> tuple[str, int]:
    """补签 · The committee signs for a swipe that is missing"""
    _book().sign_for(wanted["account_id"], wanted["day"], wanted["swipe"], wanted["reason"], actor())
    return "", 204


@attendance.get("/leave")
@attendance.takes(PageQuery, "query")
@attendance.answers(200, page_of(LeaveSchema))
def list_leave(query: Mapping[str, Any]) -> Response:
    """请假记录 · Requests for leave"""
    return answer_list("leave", LeaveSchema, query, lambda cursor, limit: _register().page(tables.leave, cursor, limit))


@attendance.post("/leave")
@attendance.takes(NewLeaveSchema)
@attendance.answers(201, CreatedSchema)
def ask_leave(wanted: Mapping[str, Any]) -> tuple[dict[str, int], int]:
    """请假 · Ask for leave, and name who stands in"""
    return {"id": _book().ask_leave(Leave(id=0, account_id=actor().id, **wanted), actor())}, 201


@attendance.post("/leave/<int:leave>/decision")
@attendance.takes(LeaveDecisionSchema)
@attendance.also_answers(204, "Decided")
def decide_leave(wanted: Mapping[str, Any], leave: int) -> tuple[str, int]:
    """审批请假 · Approve somebody else's request, or do not"""
    _book().decide_leave(leave, actor(), approved=wanted["approved"])
    return "", 204


@attendance.get("/duty")
@attendance.takes(PageQuery, "query")
@attendance.answers(200, page_of(DutySchema))
def list_duty(query: Mapping[str, Any]) -> Response:
    """值班表 · The duty roster"""
    return answer_list("duty", DutySchema, query, lambda cursor, limit: _register().page(tables.duty, cursor, limit))


@attendance.put("/duty/<string:day>")
@attendance.takes(NewDutySchema)
@attendance.also_answers(204, "Set")
def set_duty(wanted: Mapping[str, Any], day: str) -> tuple[str, int]:
    """排班 · Set who is on duty on a day"""
    try:
        on = date.fromisoformat(day)
    except ValueError:
        raise Rejection("date-not-readable", field="day", value=day[:40]) from None
    _book().set_duty(on, wanted["leader"], wanted["floor_manager"], actor())
    return "", 204


@attendance.get("/scores")
@attendance.takes(ScoreQuery, "query")
@attendance.answers(200, ScoreSchema)
def read_score(query: Mapping[str, Any]) -> Score:
    """月度考核 · A month's score with its formula; one's own, or anybody's for those who see everything"""
    if query["account_id"] != login().account.id and not login().roles & SEES_EVERYTHING:
        raise Rejection("score-of-somebody-else")
    return _book().score(query["account_id"], query["month"], hall_day(runtime().clock()))


@attendance.post("/scores/points")
@attendance.takes(NewPointsSchema)
@attendance.answers(201, CreatedSchema)
def enter_points(wanted: Mapping[str, Any]) -> tuple[dict[str, int], int]:
    """计分 · Enter a line of a score with its source; by hand it counts once somebody else confirmed it"""
    points = Points(wanted["rule"], wanted["points"], wanted["source"])
    return {"id": _book().enter_points(wanted["account_id"], wanted["month"], points, actor())}, 201


@attendance.post("/scores/points/<int:entry>/confirmation")
@attendance.also_answers(204, "Confirmed")
def confirm_points(entry: int) -> tuple[str, int]:
    """核准计分 · Confirm a line somebody else entered"""
    _book().confirm_points(entry, actor())
    return "", 204


def _book() -> AttendanceBook:
    return AttendanceBook(runtime().registers)


def _register() -> OrganisationRegister:
    return OrganisationRegister(runtime().registers)

"""What the hall's managers keep beside the cases: authority, entry into the hall, visits, allowances, presence."""

from collections.abc import Mapping, Sequence
from datetime import date
from typing import Any

from flask import Response

from api.blueprint import Blueprint
from api.door import actor, runtime
from api.lists import answer_list
from api.schemas.attendance import CreatedSchema
from api.schemas.hall_registers import (
    AllowanceLineSchema,
    AllowanceListSchema,
    AllowanceMonthSchema,
    AuthorityRateSchema,
    AuthorityRowSchema,
    EntryEventSchema,
    EntryStandingSchema,
    EntryStepSchema,
    NewVisitSchema,
    PresenceFindingSchema,
    PresenceQuery,
    VisitResultSchema,
    VisitSchema,
)
from api.schemas.organisation import LetterSchema
from api.schemas.paging import PageQuery, page_of
from engine.core.rejection import Rejection
from engine.runtime.queries.paging import Page
from workflows.clock import hall_day
from workflows.organisation import OrganisationRegister, tables
from workflows.organisation.allowance_lists import AllowanceLists
from workflows.organisation.authority_book import AuthorityBook
from workflows.organisation.authority_rate import AuthorityRate
from workflows.organisation.entry import EntryEvent, Standing, Step
from workflows.organisation.entry_book import EntryBook
from workflows.organisation.hall_visits import HallVisit, HallVisits
from workflows.organisation.presence import Finding, Presence

hall_registers = Blueprint("hall_registers", "/api", "大厅管理 · Running the hall")


@hall_registers.get("/public/authority-rate")
@hall_registers.answers(200, AuthorityRateSchema)
def authority_rate() -> AuthorityRate:
    """授权到位率 · Of the items in the hall, how many the window may bring to a result, and which it only receives"""
    return AuthorityBook(runtime().registers).rate(_today())


@hall_registers.get("/authority")
@hall_registers.takes(PageQuery, "query")
@hall_registers.answers(200, page_of(AuthorityRowSchema))
def list_authority(query: Mapping[str, Any]) -> Response:
    """权限 · What each letter in force gives for each item, made from the letters"""
    found = AuthorityBook(runtime().registers).rows(_today())
    return answer_list("authority", AuthorityRowSchema, query, lambda cursor, limit: _cut(found, cursor, limit))


@hall_registers.get("/authorisation-letters/ending")
@hall_registers.answers(200, LetterSchema(many=True))
def letters_ending() -> Sequence[Any]:
    """将到期的授权书 · Letters in force that end within thirty days"""
    return AuthorityBook(runtime().registers).ending(_today())


@hall_registers.get("/departments/<string:department>/entry")
@hall_registers.answers(200, EntryStandingSchema)
def read_standing(department: str) -> Standing:
    """进驻条件 · What a department has in the hall, and what is missing"""
    return EntryBook(runtime().registers).standing(department, _today())


@hall_registers.post("/departments/<string:department>/entry")
@hall_registers.also_answers(204, "Entered")
def enter_hall(department: str) -> tuple[str, int]:
    """进驻 · The department is in the hall from today on"""
    EntryBook(runtime().registers).enter(department, actor())
    return "", 204


@hall_registers.get("/departments/<string:department>/entry-file")
@hall_registers.answers(200, EntryEventSchema(many=True))
def read_entry_file(department: str) -> Sequence[Any]:
    """拒不进驻的案卷 · The file of a department that does not enter"""
    return EntryBook(runtime().registers).events(department)


@hall_registers.post("/departments/<string:department>/entry-file")
@hall_registers.takes(EntryStepSchema)
@hall_registers.also_answers(204, "Kept")
def take_entry_step(wanted: Mapping[str, Any], department: str) -> tuple[str, int]:
    """办理一步 · Notice, reason, its examination, referral; what discipline decides is only recorded"""
    EntryBook(runtime().registers).take_step(department, EntryEvent(**{**wanted, "step": Step(wanted["step"])}), actor())
    return "", 204


@hall_registers.get("/hall-visits")
@hall_registers.takes(PageQuery, "query")
@hall_registers.answers(200, page_of(VisitSchema))
def list_visits(query: Mapping[str, Any]) -> Response:
    """领导走访窗口记录 · Leaders' visits to the windows"""
    register = OrganisationRegister(runtime().registers)
    page = register.page
    return answer_list("hall-visits", VisitSchema, query, lambda cursor, limit: page(tables.hall_visit, cursor, limit))


@hall_registers.get("/hall-visits/overdue")
@hall_registers.answers(200, VisitSchema(many=True))
def overdue_visits() -> Sequence[Any]:
    """逾期未解决的问题 · Problems that should have been solved"""
    return HallVisits(runtime().registers).overdue(_today())


@hall_registers.post("/hall-visits")
@hall_registers.takes(NewVisitSchema)
@hall_registers.answers(201, CreatedSchema)
def enter_visit(wanted: Mapping[str, Any]) -> tuple[dict[str, int], int]:
    """登记走访 · Write a visit down"""
    return {"id": HallVisits(runtime().registers).enter(HallVisit(**wanted), actor())}, 201


@hall_registers.post("/hall-visits/<int:visit>/result")
@hall_registers.takes(VisitResultSchema)
@hall_registers.also_answers(204, "Closed")
def close_visit(wanted: Mapping[str, Any], visit: int) -> tuple[str, int]:
    """登记结果 · What came of a visit"""
    HallVisits(runtime().registers).close(visit, wanted["result"], actor())
    return "", 204


@hall_registers.get("/allowances")
@hall_registers.takes(PageQuery, "query")
@hall_registers.answers(200, page_of(AllowanceListSchema))
def list_allowances(query: Mapping[str, Any]) -> Response:
    """补贴名单 · Lists of allowances by month"""
    page = OrganisationRegister(runtime().registers).page
    lists = tables.allowance_list
    return answer_list("allowances", AllowanceListSchema, query, lambda cursor, limit: page(lists, cursor, limit))


@hall_registers.post("/allowances")
@hall_registers.takes(AllowanceMonthSchema)
@hall_registers.also_answers(204, "Computed")
def compute_allowances(wanted: Mapping[str, Any]) -> tuple[str, int]:
    """核算补贴 · Compute a month's allowances from attendance and score"""
    AllowanceLists(runtime().registers).compute(wanted["month"], actor())
    return "", 204


@hall_registers.get("/allowances/<string:month>")
@hall_registers.takes(PageQuery, "query")
@hall_registers.answers(200, page_of(AllowanceLineSchema))
def read_allowances(query: Mapping[str, Any], month: str) -> Response:
    """补贴明细 · Who gets what for a month, and why"""
    found = AllowanceLists(runtime().registers).lines(month)
    name = f"allowances-{month}"
    return answer_list(name, AllowanceLineSchema, query, lambda cursor, limit: _cut(found, cursor, limit))


@hall_registers.post("/allowances/<string:month>/approval")
@hall_registers.also_answers(204, "Approved")
def approve_allowances(month: str) -> tuple[str, int]:
    """审批补贴 · Approve a list for the committee or for the finance department"""
    AllowanceLists(runtime().registers).approve(month, actor())
    return "", 204


@hall_registers.get("/attendance/findings")
@hall_registers.takes(PresenceQuery, "query")
@hall_registers.answers(200, PresenceFindingSchema(many=True))
def presence_findings(query: Mapping[str, Any]) -> list[Finding]:
    """账户使用异常 · Logins on leave, without a swipe, or from two places at once"""
    return Presence(runtime().registers).findings(query["day"])


def _today() -> date:
    return hall_day(runtime().clock())


def _cut(found: Sequence[Any], cursor: str | None, limit: int) -> Page[Any]:
    """A page of a list that is made at once; the cursor is how many were told.

    :raises Rejection: ``cursor-invalid``.
    """
    if cursor is not None and not (cursor.isascii() and cursor.isdigit() and len(cursor) < 10):
        raise Rejection("cursor-invalid", field="cursor")
    begin = int(cursor or 0)
    end = begin + limit
    return Page(list(found[begin:end]), str(end) if end < len(found) else None)

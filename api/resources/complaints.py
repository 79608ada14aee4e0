"""Complaints: anybody files and asks, handlers work, and whoever looks says why (R-62, R-63, A-29)."""

from collections.abc import Mapping
from typing import Any

from flask import Response, request

from api.authentication import authenticate
from api.blueprint import Blueprint
from api.data_scope import is_only_applicant, sees_everything
from api.door import actor, login, runtime
from api.lists import answer_list
from api.schemas.complaints import (
    ComplainantSchema,
    ComplaintQuery,
    ComplaintReadingSchema,
    ComplaintReasonSchema,
    ComplaintReceiptSchema,
    ComplaintSchema,
    ComplaintStatusSchema,
    DeskFilingSchema,
    FilingSchema,
    PassCodeSchema,
)
from api.schemas.paging import page_of
from engine.core.actor import Actor
from engine.runtime.queries.paging import Page
from workflows.complaints.beginning import begin
from workflows.complaints.complaint_register import ComplaintRegister, Filing, Receipt

complaints = Blueprint("complaints", "/api", "投诉 · Complaints")

ANYBODY = Actor("public")
"""Who files without a login."""


@complaints.post("/public/complaints")
@complaints.takes(FilingSchema)
@complaints.answers(201, ComplaintReceiptSchema)
def file_public(wanted: Mapping[str, Any]) -> tuple[Receipt, int]:
    """网上、自助终端投诉 · File a complaint; who gives a name and is logged in is told in the inbox how it goes"""
    asker = None if wanted["anonymous"] else authenticate(runtime(), request)
    account = asker.account.id if asker is not None and is_only_applicant(asker) else None
    return filed(Filing(**wanted, account=account), ANYBODY, public=True), 201


@complaints.post("/public/complaints/<string:number>/status")
@complaints.takes(PassCodeSchema)
@complaints.answers(200, ComplaintStatusSchema)
def status(wanted: Mapping[str, Any], number: str) -> Any:
    """查询投诉 · How a complaint stands, by number and pass code"""
    return _register().status(number, wanted["pass_code"])


@complaints.post("/complaints")
@complaints.takes(DeskFilingSchema)
@complaints.answers(201, ComplaintReceiptSchema)
def file_at_desk(wanted: Mapping[str, Any]) -> tuple[Receipt, int]:
    """登记投诉 · Enter a complaint that came in person, by phone, by letter or by the box"""
    return filed(Filing(**wanted), actor(), public=False), 201


@complaints.get("/complaints")
@complaints.takes(ComplaintQuery, "query")
@complaints.answers(200, page_of(ComplaintSchema))
def list_complaints(query: Mapping[str, Any]) -> Response:
    """投诉 · One's own; supervisors and auditors see all"""
    handler = None if sees_everything(login()) else actor().id
    overdue_at = runtime().clock() if query["overdue"] else None

    def fetch(cursor: str | None, limit: int) -> Page[Any]:
        return _register().page(handler, query["status"], overdue_at, cursor, limit)

    return answer_list("complaints", ComplaintSchema, query, fetch)


@complaints.post("/complaints/<string:number>/reading")
@complaints.takes(ComplaintReasonSchema)
@complaints.answers(200, ComplaintReadingSchema)
def read(wanted: Mapping[str, Any], number: str) -> dict[str, Any]:
    """查看投诉 · A complaint with its log; that one looked, and why, is in it"""
    found = _register().read(number, wanted["reason"], actor(), everything=sees_everything(login()))
    return {**found.row._asdict(), "events": found.events}


@complaints.post("/complaints/<string:number>/complainant")
@complaints.takes(ComplaintReasonSchema)
@complaints.answers(200, ComplainantSchema)
def identity(wanted: Mapping[str, Any], number: str) -> Any:
    """投诉人 · Who complained: for the supervision, with a reason, and recorded"""
    return _register().identity(number, wanted["reason"], actor())


def _register() -> ComplaintRegister:
    return ComplaintRegister(runtime().registers)


def filed(filing: Filing, by: Actor, *, public: bool) -> Receipt:
    """File it: the number first, then the process; one that did not begin is begun by the server within the hour."""
    receipt = _register().file(filing, by, public=public)
    begin(runtime(), receipt.number, by)
    return receipt

"""Fees and payment notices: the catalogue, what a case owes, what agent banks bring, and what waits in suspense."""

from collections.abc import Mapping
from dataclasses import asdict
from datetime import date
from typing import Any

from flask import Response

from api.blueprint import Blueprint
from api.data_scope import sees_everything
from api.door import actor, login, runtime
from api.lists import answer_list, answer_table
from api.schemas.collection import (
    AssessInput,
    AssessmentSchema,
    AttemptSchema,
    BroughtSchema,
    ChargedFeeSchema,
    FeeQuery,
    MatchedSchema,
    PaymentNoticeFileSchema,
    PaymentNoticeQuery,
    PaymentNoticeSchema,
    PublicFeeListSchema,
    ReturnFileInput,
    SendBackInput,
    SuspenseQuery,
    SuspenseSchema,
    TicketKindInput,
)
from api.schemas.paging import page_of
from engine.core.rejection import Rejection
from engine.runtime.queries.paging import Page
from workflows.clock import hall_day
from workflows.collection.collection_register import CollectionRegister
from workflows.collection.out_of_turn import begin_out_of_turn
from workflows.collection.telling import tell_settled
from workflows.fees.fee import Fee

collection = Blueprint("collection", "/api", "收费 · Fees and payment notices")

MONEY = frozenset({"fund-service", "finance-office", "finance-head", "committee"})
"""Groups that see the notices of all windows."""


@collection.get("/fees")
@collection.takes(FeeQuery, "query")
@collection.answers(200, page_of(ChargedFeeSchema))
def list_fees(query: Mapping[str, Any]) -> Response:
    """收费目录 · Fees in force on a day, with their papers"""
    return answer_table("fees", ChargedFeeSchema, query["format"], fees_on(query["day"]))


@collection.get("/public/fees")
@collection.takes(FeeQuery, "query")
@collection.answers(200, page_of(PublicFeeListSchema))
def list_public_fees(query: Mapping[str, Any]) -> Response:
    """收费公示 · Fees in force on a day: what is not here is not charged"""
    return answer_table("fees", PublicFeeListSchema, query["format"], fees_on(query["day"]))


@collection.post("/fees/assessments")
@collection.takes(AssessInput)
@collection.answers(200, AssessmentSchema)
def assess(wanted: Mapping[str, Any]) -> dict[str, Any]:
    """核定 · What a case owes by a fee; nobody enters a quantity or an amount"""
    found = _register().assess(wanted["case_number"], wanted["fee"], actor())
    return {"fee": found.fee.code, "quantity": found.quantity, "amount_fen": found.amount_fen}


@collection.get("/fees/attempts")
@collection.answers(200, AttemptSchema(many=True))
def list_attempts() -> list[Any]:
    """违规收费企图 · What was to be charged and may not be (E-13, E-15)"""
    return _register().attempts()


@collection.get("/payment-notices")
@collection.takes(PaymentNoticeQuery, "query")
@collection.answers(200, page_of(PaymentNoticeSchema))
def list_notices(query: Mapping[str, Any]) -> Response:
    """缴款通知书 · Payment notices; ``arrears``: expired and unpaid; ``late``: paid after that"""

    def fetch(cursor: str | None, limit: int) -> Page[Any]:
        return _register().page(_groups(), query["state"], cursor, limit)

    return answer_list("payment-notices", PaymentNoticeSchema, query, fetch)


@collection.get("/payment-notices/<string:code>")
@collection.answers(200, PaymentNoticeFileSchema)
def read_notice(code: str) -> dict[str, Any]:
    """一份缴款通知书 · One notice with its lines and what is owed of it"""
    notice, lines, owed = _register().read(code)
    groups = _groups()
    if groups is not None and notice.window_group not in groups:
        raise Rejection("payment-notice-not-found", field="code", number=code[:40])
    paid_from = _register().paid_from(notice.receipt)
    return {**notice._mapping, "lines": lines, "owed_fen": owed, "paid_from": paid_from}


@collection.post("/payment-notices/returns")
@collection.takes(ReturnFileInput)
@collection.answers(200, BroughtSchema)
def bring_in(wanted: Mapping[str, Any]) -> dict[str, Any]:
    """代收回单文件 · Enter what an agent bank brings (docs/agent-bank.md)"""
    found = _register().bring_in(wanted["content"].encode(), wanted["ticket_kind"], actor())
    tell_settled(runtime(), [*found.posted, *found.matched], actor())
    begin_out_of_turn(runtime())
    return asdict(found)


@collection.get("/payment-notices/suspense")
@collection.takes(SuspenseQuery, "query")
@collection.answers(200, page_of(SuspenseSchema))
def list_suspense(query: Mapping[str, Any]) -> Response:
    """待查款项 · Money whose payer or purpose is not known, oldest first"""
    found = _register().findings(runtime().clock()) if query["overdue"] else _register().suspense()
    return answer_table("suspense", SuspenseSchema, query["format"], found)


@collection.post("/payment-notices/suspense/match")
@collection.takes(TicketKindInput)
@collection.answers(200, MatchedSchema)
def match_suspense(wanted: Mapping[str, Any]) -> dict[str, Any]:
    """待查款项再核对 · Look again for what is known by now"""
    found = _register().match(wanted["ticket_kind"], actor())
    tell_settled(runtime(), found, actor())
    return {"posted": found}


@collection.post("/payment-notices/suspense/return")
@collection.takes(SendBackInput)
@collection.also_answers(204, "Sent back")
def send_back(wanted: Mapping[str, Any]) -> tuple[str, int]:
    """待查款项退回 · Money that nobody owes goes back to who paid it"""
    _register().send_back(wanted["bank"], wanted["reference"], wanted["reason"], actor())
    return "", 204


def _register() -> CollectionRegister:
    return CollectionRegister(runtime().registers)


def _groups() -> tuple[str, ...] | None:
    """Of which windows somebody sees the notices; None: of all of them."""
    groups = actor().groups
    return None if sees_everything(login()) or MONEY & set(groups) else tuple(groups)


def fees_on(day: date | None) -> list[dict[str, Any]]:
    """Fees in force on a day, today unless said."""
    return [_shown(fee) for fee in _register().fees(day or hall_day(runtime().clock()))]


def _shown(fee: Fee) -> dict[str, Any]:
    same = ("code", "version", "name", "department", "fund_nature", "quantity_field", "linked")
    papers = {"permit": fee.permit, "verification": fee.verification}
    return {
        **{name: getattr(fee, name) for name in same},
        **{name: None if paper is None else paper.number for name, paper in papers.items()},
        "document": fee.document.number,
        "standard": {name: value for name, value in asdict(fee.standard).items() if value},
        "items": list(fee.items),
    }

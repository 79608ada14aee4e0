"""Referrals to discipline: restricted to supervision and discipline, with a reason, on record (P21, R-71, R-73, A-29)."""

from collections.abc import Mapping
from typing import Any

from flask import Response

from api.blueprint import Blueprint
from api.door import actor, runtime
from api.lists import answer_list
from api.schemas.paging import page_of
from api.schemas.referrals import (
    OffHallFindingsSchema,
    ReferralNumberSchema,
    ReferralProposalSchema,
    ReferralQuery,
    ReferralReadingSchema,
    ReferralReasonSchema,
    ReferralRulesSchema,
    ReferralSchema,
    SightingReceiptSchema,
    SightingSchema,
)
from engine.runtime.queries.paging import Page
from workflows.referrals.off_hall import OffHall, Sighting
from workflows.referrals.referral import citations, sanctions
from workflows.referrals.referral_register import Proposal, ReferralRegister

referrals = Blueprint("referrals", "/api", "移送 · Referrals")
PROCESS = "referral"


@referrals.get("/referrals/rules")
@referrals.answers(200, ReferralRulesSchema)
def list_rules() -> dict[str, Any]:
    """引用规定、处分种类 · What may be cited, and what may come of it"""
    return {"citations": citations(), "sanctions": list(sanctions().values())}


@referrals.post("/referrals")
@referrals.takes(ReferralProposalSchema)
@referrals.answers(201, ReferralNumberSchema)
def propose(wanted: Mapping[str, Any]) -> tuple[dict[str, str], int]:
    """提出移送 · Propose a referral, out of a complaint, card, rating, sighting or inspection"""
    number = _register().propose(Proposal(**{**wanted, "rules": tuple(wanted["rules"])}), actor())
    runtime().start(
        process_key=PROCESS,
        actor=actor(),
        command_id=f"referral:{number}",
        business_key=number,
        variables={"referral_number": number},
    )
    return {"number": number}, 201


@referrals.get("/referrals")
@referrals.takes(ReferralQuery, "query")
@referrals.answers(200, page_of(ReferralSchema))
def list_referrals(query: Mapping[str, Any]) -> Response:
    """移送件 · Numbers and states; that somebody looked is on record"""

    def fetch(cursor: str | None, limit: int) -> Page[Any]:
        return _register().page(actor(), cursor, limit)

    return answer_list("referrals", ReferralSchema, query, fetch)


@referrals.post("/referrals/<string:number>/reading")
@referrals.takes(ReferralReasonSchema)
@referrals.answers(200, ReferralReadingSchema)
def read(wanted: Mapping[str, Any], number: str) -> dict[str, Any]:
    """调阅移送件 · A referral with its log; that one looked, and why, is in it"""
    row, events = _register().read(number, wanted["reason"], actor())
    return {**row._asdict(), "events": events}


@referrals.post("/off-hall/sightings")
@referrals.takes(SightingSchema)
@referrals.answers(201, SightingReceiptSchema)
def enter_sighting(wanted: Mapping[str, Any]) -> tuple[dict[str, int], int]:
    """登记厅外线索 · A licence, seal or receipt seen outside that the hall's registers do not know"""
    return {"id": OffHall(runtime().registers).enter(Sighting(**wanted), actor())}, 201


@referrals.get("/off-hall/findings")
@referrals.answers(200, OffHallFindingsSchema)
def list_off_hall_findings() -> dict[str, Any]:
    """厅外线索 · What was seen outside, seals and receipts without a case"""
    return {"findings": OffHall(runtime().registers).findings(actor())}


def _register() -> ReferralRegister:
    return ReferralRegister(runtime().registers)

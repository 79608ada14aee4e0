"""Agents (代办): towns, mandates, hand-over slips, matters and scores."""

from collections.abc import Mapping
from typing import Any

from flask import Response

from api.blueprint import Blueprint
from api.data_scope import sees_everything
from api.door import actor, login, runtime
from api.lists import answer_list
from api.schemas.agencies import (
    AgencyCheckQuery,
    AgencyCheckSchema,
    AgentScoreQuery,
    AgentScoreSchema,
    FastShareSchema,
    MandateNumberSchema,
    MandateSchema,
    MatterQuery,
    MatterSchema,
    MoneySchema,
    MonthQuery,
    NewMandateSchema,
    PaperSchema,
    PassOnSchema,
    RevocationSchema,
    SlipSchema,
    TownSchema,
)
from api.schemas.paging import PageQuery, page_of
from engine.core.rejection import Rejection
from workflows.agency.agencies import Agencies, NewMandate
from workflows.agency.overview import AgencyOverview, FastShare
from workflows.agency.papers import Check
from workflows.agency.score import AgentScore
from workflows.agency.town import Town, towns
from workflows.clock import hall_day

agencies = Blueprint("agencies", "/api", "代办 · Agents")


@agencies.get("/agencies/towns")
@agencies.answers(200, TownSchema(many=True))
def list_towns() -> list[Town]:
    """街镇乡代理室 · The towns' offices"""
    return list(towns().values())


@agencies.post("/agencies/checks")
@agencies.takes(AgencyCheckQuery)
@agencies.answers(200, AgencyCheckSchema)
def check(wanted: Mapping[str, Any]) -> Check:
    """出门前核对 · What an item asks for and is not there; writes nothing"""
    return _agencies().check(wanted["item"], wanted["papers"], runtime().clock())


@agencies.get("/agencies/mandates")
@agencies.takes(PageQuery, "query")
@agencies.answers(200, page_of(MandateSchema))
def list_mandates(query: Mapping[str, Any]) -> Response:
    """委托书 · Mandates; an agent's own"""
    whose = _whose()
    return answer_list("mandates", MandateSchema, query, lambda cursor, limit: _overview().mandates(whose, cursor, limit))


@agencies.get("/agencies/mandates/<string:number>")
@agencies.answers(200, MandateSchema)
def read_mandate(number: str) -> Any:
    """一份委托书 · One mandate"""
    return _overview().mandate(number, _whose())


@agencies.post("/agencies/mandates")
@agencies.takes(NewMandateSchema)
@agencies.answers(201, MandateNumberSchema)
def enter_mandate(wanted: Mapping[str, Any]) -> tuple[dict[str, str], int]:
    """登记委托书 · Enter a mandate the principal signed"""
    given = NewMandate(**{**wanted, "items": frozenset(wanted["items"])})
    return {"number": _agencies().enter_mandate(given, actor()).number}, 201


@agencies.post("/agencies/mandates/<string:number>/revocation")
@agencies.takes(RevocationSchema)
@agencies.also_answers(204, "Revoked")
def revoke_mandate(wanted: Mapping[str, Any], number: str) -> tuple[str, int]:
    """撤销委托书 · From today on the mandate gives nothing"""
    _agencies().revoke_mandate(number, wanted["reason"], actor())
    return "", 204


@agencies.post("/agencies/mandates/<string:number>/pass-on")
@agencies.takes(PassOnSchema)
@agencies.also_answers(204, "Never")
def pass_on(wanted: Mapping[str, Any], number: str) -> tuple[str, int]:
    """转委托 · Always refused, and recorded (APPL Art. 24)"""
    _agencies().pass_on(number, wanted["to_account"], actor())
    return "", 204


@agencies.post("/agencies/mandates/<string:number>/money")
@agencies.takes(MoneySchema)
@agencies.also_answers(204, "Never")
def take_money(wanted: Mapping[str, Any], number: str) -> tuple[str, int]:
    """代收款项 · Always refused, and recorded (R-07, R-38, R-46)"""
    _agencies().take_money(number, wanted["amount_fen"], actor())
    return "", 204


@agencies.get("/agencies/hand-overs")
@agencies.takes(PageQuery, "query")
@agencies.answers(200, page_of(SlipSchema))
def list_hand_overs(query: Mapping[str, Any]) -> Response:
    """交接单 · Hand-over slips; an agent's own"""
    whose = _whose()
    return answer_list("hand-overs", SlipSchema, query, lambda cursor, limit: _overview().hand_overs(whose, cursor, limit))


@agencies.get("/agencies/hand-overs/<string:number>/papers")
@agencies.takes(PageQuery, "query")
@agencies.answers(200, page_of(PaperSchema))
def list_papers(query: Mapping[str, Any], number: str) -> Response:
    """交接的材料 · What went from whom to whom on a slip"""
    whose = _whose()
    return answer_list("papers", PaperSchema, query, lambda cursor, limit: _overview().papers(number, whose, cursor, limit))


@agencies.get("/agencies/matters")
@agencies.takes(MatterQuery, "query")
@agencies.answers(200, page_of(MatterSchema))
def list_matters(query: Mapping[str, Any]) -> Response:
    """代办事项 · Matters and where they stand; an agent's own"""
    whose, is_open = _whose(), None if query["open"] is None else query["open"] == "yes"
    return answer_list(
        "matters",
        MatterSchema,
        query,
        lambda cursor, limit: _overview().matters(whose, cursor, limit, is_open=is_open),
    )


@agencies.get("/agencies/scores")
@agencies.takes(AgentScoreQuery, "query")
@agencies.answers(200, AgentScoreSchema)
def read_score(query: Mapping[str, Any]) -> AgentScore:
    """代办考核 · An agent's month with its formula; one's own, or anybody's for those who see everything"""
    if _whose() not in (None, query["agent"]):
        raise Rejection("score-of-somebody-else")
    return _overview().score(query["agent"], query["month"], hall_day(runtime().clock()))


@agencies.get("/agencies/fast-shares")
@agencies.takes(MonthQuery, "query")
@agencies.answers(200, FastShareSchema(many=True))
def list_fast_shares(query: Mapping[str, Any]) -> list[FastShare]:
    """快件比例 · Each agent's share of fast cases of a month beside the others' (A-28)"""
    return _overview().fast_shares(query["month"])


def _whose() -> str | None:
    """Whose rows the asker may see; None: everybody's."""
    return None if sees_everything(login()) else login().account.id


def _agencies() -> Agencies:
    return Agencies(runtime().registers)


def _overview() -> AgencyOverview:
    return AgencyOverview(runtime().registers)

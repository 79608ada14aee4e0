"""Cards and press letters: supervision sees all, a group its own. They begin and go on as processes do."""

from collections.abc import Mapping
from typing import Any

from flask import Response

from api.blueprint import Blueprint
from api.data_scope import sees_everything
from api.door import actor, login, runtime
from api.lists import answer_list
from api.schemas.paging import PageQuery, page_of
from api.schemas.supervision import (
    CardEventSchema,
    CardQuery,
    CardSchema,
    PressLetterSchema,
    RoundSchema,
    SupervisionFindingSchema,
    SupervisionRuleSchema,
)
from workflows.journal import Event
from workflows.supervision.card import Rule, rules
from workflows.supervision.detection import Finding
from workflows.supervision.scan import SupervisionScan
from workflows.supervision.supervision_register import SupervisionRegister

supervision = Blueprint("supervision", "/api/supervision", "督查 · Supervision")


@supervision.get("/rules")
@supervision.answers(200, SupervisionRuleSchema(many=True))
def list_rules() -> list[Rule]:
    """监察规则 · What supervision looks for, and in which colour"""
    return list(rules().values())


@supervision.get("/cards")
@supervision.takes(CardQuery, "query")
@supervision.answers(200, page_of(CardSchema))
def list_cards(query: Mapping[str, Any]) -> Response:
    """监察牌 · Newest first; a group's own, or all for those who see everything"""
    groups = None if sees_everything(login()) else actor().groups
    page = _register().cards
    return answer_list("cards", CardSchema, query, lambda cursor, limit: page(groups, query["state"], cursor, limit))


@supervision.get("/cards/<string:number>/events")
@supervision.answers(200, CardEventSchema(many=True))
def list_card_events(number: str) -> list[Event]:
    """办理过程 · What happened to a card"""
    return _register().events(number, None if sees_everything(login()) else actor().groups)


@supervision.get("/press-letters")
@supervision.takes(PageQuery, "query")
@supervision.answers(200, page_of(PressLetterSchema))
def list_press_letters(query: Mapping[str, Any]) -> Response:
    """督办函 · Newest first; a group's own, or all for those who see everything"""
    groups = None if sees_everything(login()) else actor().groups
    page = _register().letters
    return answer_list("press-letters", PressLetterSchema, query, lambda cursor, limit: page(groups, cursor, limit))


@supervision.get("/findings")
@supervision.answers(200, SupervisionFindingSchema(many=True))
def list_findings() -> list[Finding]:
    """监察发现 · What the rules find at this moment, whether a card was issued for it or not"""
    return _scan().findings(runtime().clock())


@supervision.post("/round")
@supervision.answers(200, RoundSchema)
def round_now() -> dict[str, int]:
    """立即巡查 · Issue a card for everything that has none yet; the server does so every hour by itself"""
    return {"cards": _scan().run()}


def _scan() -> SupervisionScan:
    return SupervisionScan(runtime())


def _register() -> SupervisionRegister:
    return SupervisionRegister(runtime().registers)

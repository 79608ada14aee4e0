"""The monthly ranking over HTTP: sources to see, appeals, two to freeze, and the published list (rules.md 5.5)."""

from collections.abc import Mapping
from typing import Any

from flask import Response

from api.blueprint import Blueprint
from api.data_scope import sees_everything
from api.door import actor, login, runtime
from api.lists import answer_table
from api.schemas.rankings import (
    RankingAppealDecisionSchema,
    RankingAppealSchema,
    RankingComputedSchema,
    RankingFrozenSchema,
    RankingMonthSchema,
    RankingPointInputSchema,
    RankingPointsSchema,
    RankingQuery,
    StandingSchema,
    StandingsSchema,
)
from workflows.ranking.formula import Point
from workflows.ranking.ranking_register import RankingRegister

rankings = Blueprint("rankings", "/api", "月度排名 · Ranking")


@rankings.get("/public/ranking")
@rankings.takes(RankingQuery, "query")
@rankings.answers(200, StandingsSchema)
def published(query: Mapping[str, Any]) -> Response:
    """排名公开 · The ranking of a month that is frozen"""
    return _listed(query, frozen=True)


@rankings.get("/ranking")
@rankings.takes(RankingQuery, "query")
@rankings.answers(200, StandingsSchema)
def standing(query: Mapping[str, Any]) -> Response:
    """月度排名 · As it stands now"""
    return _listed(query, frozen=False)


@rankings.get("/ranking/points")
@rankings.takes(RankingMonthSchema, "query")
@rankings.answers(200, RankingPointsSchema)
def list_points(query: Mapping[str, Any]) -> dict[str, Any]:
    """计分和来源 · Of one's own window, from the next day on; supervisors and auditors see all"""
    groups = None if sees_everything(login()) else actor().groups
    return {"items": _register().points(query["month"], groups, runtime().clock())}


@rankings.post("/ranking/compute")
@rankings.takes(RankingMonthSchema)
@rankings.answers(200, RankingComputedSchema)
def compute(wanted: Mapping[str, Any]) -> dict[str, int]:
    """计分 · Enter what the registers say of the month; each source once"""
    return {"added": _register().compute(wanted["month"], actor())}


@rankings.post("/ranking/points")
@rankings.takes(RankingPointInputSchema)
@rankings.answers(204)
def enter_point(wanted: Mapping[str, Any]) -> tuple[str, int]:
    """人工计分 · A point by hand; it counts when somebody else confirms it"""
    point = Point(wanted["window"], "by-hand", wanted["points"], wanted["source"])
    _register().enter(wanted["month"], point, actor())
    return "", 204


@rankings.post("/ranking/points/<int:key>/confirm")
@rankings.answers(204)
def confirm_point(key: int) -> tuple[str, int]:
    """确认计分 · By somebody else than who entered it"""
    _register().confirm(key, actor())
    return "", 204


@rankings.post("/ranking/points/<int:key>/appeal")
@rankings.takes(RankingAppealSchema)
@rankings.answers(204)
def appeal(wanted: Mapping[str, Any], key: int) -> tuple[str, int]:
    """申诉计分 · A point of one's own window"""
    _register().appeal(key, wanted["grounds"], actor())
    return "", 204


@rankings.post("/ranking/points/<int:key>/decide-appeal")
@rankings.takes(RankingAppealDecisionSchema)
@rankings.answers(204)
def decide_appeal(wanted: Mapping[str, Any], key: int) -> tuple[str, int]:
    """裁决申诉 · By somebody who neither entered nor confirmed the point"""
    _register().decide(key, wanted["upheld"], wanted["reason"], actor())
    return "", 204


@rankings.post("/ranking/freeze")
@rankings.takes(RankingMonthSchema)
@rankings.answers(200, RankingFrozenSchema)
def freeze(wanted: Mapping[str, Any]) -> dict[str, bool]:
    """封存 · The first of two persons proposes, the second freezes"""
    return {"frozen": _register().freeze(wanted["month"], actor())}


def _register() -> RankingRegister:
    return RankingRegister(runtime().registers)


def _listed(query: Mapping[str, Any], *, frozen: bool) -> Response:
    found = _register().ranking(query["month"], frozen=frozen)
    rows = found.windows if query["list"] == "windows" else found.departments
    return answer_table("ranking", StandingSchema, query["format"], rows)

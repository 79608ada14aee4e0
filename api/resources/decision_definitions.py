"""Deployed decisions: DMN files with their tables."""

from collections.abc import Mapping
from typing import Any

from flask import Response, request

from api.blueprint import Blueprint
from api.door import runtime
from api.lists import answer_list
from api.resources.process_definitions import IMMUTABLE
from api.schemas.definitions import DefinitionQuery, DefinitionSchema
from api.schemas.paging import page_of

decision_definitions = Blueprint("decision-definitions", "/api/decision-definitions", "决策定义 · Deployed decisions")


@decision_definitions.get("")
@decision_definitions.takes(DefinitionQuery, "query")
@decision_definitions.answers(200, page_of(DefinitionSchema))
def list_decisions(query: Mapping[str, Any]) -> Response:
    """决策列表 · List decisions"""
    find, key, latest = runtime().queries.definitions, query["key"], query["latest"]
    return answer_list(
        "decision-definitions",
        DefinitionSchema,
        query,
        lambda cursor, limit: find("decision", key=key, latest_only=latest, cursor=cursor, limit=limit),
    )


@decision_definitions.get("/<string:definition_id>/xml")
@decision_definitions.also_answers(
    200, "The file as it was deployed", content_type="application/xml", schema={"type": "string"}
)
def xml(definition_id: str) -> Response:
    """决策文件 · The DMN file, to the byte"""
    queries = runtime().queries
    response = Response(queries.source(definition_id, "decision"), mimetype="application/xml")
    response.headers["Cache-Control"] = IMMUTABLE
    response.set_etag(queries.definition(definition_id, "decision").content_hash)
    response.make_conditional(request)
    return response

"""The library of rules: its documents, and which models and decisions rest on them."""

from collections.abc import Mapping
from typing import Any

from flask import Response

from api.blueprint import Blueprint
from api.door import actor, runtime
from api.lists import answer_list
from api.schemas.hall_registers import CitationSchema, RepealSchema, RuleDocumentSchema, RuleEventSchema
from api.schemas.paging import PageQuery, page_of
from workflows.clock import hall_day
from workflows.organisation import OrganisationRegister, tables
from workflows.organisation.rule_document import RuleEvent
from workflows.organisation.rule_library import RuleLibrary

rule_documents = Blueprint("rule_documents", "/api/rule-documents", "规章制度 · Rules of the centre")


@rule_documents.get("")
@rule_documents.takes(PageQuery, "query")
@rule_documents.answers(200, page_of(RuleDocumentSchema))
def list_rules(query: Mapping[str, Any]) -> Response:
    """规章制度 · Rule documents, drafts too"""
    page = OrganisationRegister(runtime().registers).page
    rules = tables.rule_document
    return answer_list("rule-documents", RuleDocumentSchema, query, lambda cursor, limit: page(rules, cursor, limit))


@rule_documents.get("/uncited")
@rule_documents.answers(200)
def uncited() -> list[str]:
    """没有规则依据的流程、决策 · Deployed processes and decisions that rest on no document in force"""
    return _library().uncited(hall_day(runtime().clock()))


@rule_documents.get("/<string:number>/events")
@rule_documents.answers(200, RuleEventSchema(many=True))
def list_rule_events(number: str) -> list[RuleEvent]:
    """制定过程 · What became of a document"""
    return _library().events(number)


@rule_documents.post("/<string:number>/repeal")
@rule_documents.takes(RepealSchema)
@rule_documents.also_answers(204, "Repealed")
def repeal(wanted: Mapping[str, Any], number: str) -> tuple[str, int]:
    """废止 · A document counts no more from a day on"""
    _library().repeal(number, wanted["from_on"], actor())
    return "", 204


@rule_documents.post("/<string:number>/citations")
@rule_documents.takes(CitationSchema)
@rule_documents.also_answers(204, "Kept")
def cite(wanted: Mapping[str, Any], number: str) -> tuple[str, int]:
    """引用 · A process or decision rests on a document in force"""
    _library().cite(wanted["key"], number, actor())
    return "", 204


def _library() -> RuleLibrary:
    return RuleLibrary(runtime().registers)

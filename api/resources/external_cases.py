"""Cases of systems run from above (R-17): by the committee's permit, with both times, in no figure of speed (A-03)."""

from collections.abc import Mapping
from typing import Any

from flask import Response

from api.blueprint import Blueprint
from api.door import actor, runtime
from api.lists import answer_list
from api.schemas.external_cases import ExternalCaseSchema, NewPermitSchema, TakenOverSchema, TakeOverSchema
from api.schemas.paging import PageQuery, page_of
from workflows.external_cases.external_cases import ExternalCases, Reported

external_cases = Blueprint("external_cases", "/api/external-cases", "外部办件 · Cases of other systems")


@external_cases.get("")
@external_cases.takes(PageQuery, "query")
@external_cases.answers(200, page_of(ExternalCaseSchema))
def list_external_cases(query: Mapping[str, Any]) -> Response:
    """外部办件 · What other systems reported: when it happened, and when it was entered"""
    return answer_list("external-cases", ExternalCaseSchema, query, lambda cursor, limit: _cases().page(cursor, limit))


@external_cases.post("")
@external_cases.takes(TakeOverSchema)
@external_cases.answers(200, TakenOverSchema)
def take_over(wanted: Mapping[str, Any]) -> dict[str, int]:
    """导入 · Take over what a system reports; what is there already stays as it was"""
    cases = [Reported(**case) for case in wanted["cases"]]
    return {"new": _cases().take_over(wanted["system"], wanted["department"], cases, actor())}


@external_cases.post("/permits")
@external_cases.takes(NewPermitSchema)
@external_cases.also_answers(204, "Entered")
def permit(wanted: Mapping[str, Any]) -> tuple[str, int]:
    """许可补录 · The committee lets a system report a department's cases for some time"""
    days = (wanted["from_on"], wanted["until_on"])
    _cases().permit(wanted["document"], wanted["system"], wanted["department"], days, actor())
    return "", 204


def _cases() -> ExternalCases:
    return ExternalCases(runtime().registers)

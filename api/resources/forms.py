"""Deployed forms, as the browser renders them."""

from collections.abc import Mapping
from dataclasses import asdict
from typing import Any

import orjson
from flask import Response

from api.blueprint import Blueprint
from api.door import runtime
from api.lists import answer_list
from api.resources.process_definitions import IMMUTABLE
from api.schemas.definitions import DefinitionQuery, DefinitionSchema, FormSchema
from api.schemas.paging import page_of

forms = Blueprint("forms", "/api/forms", "表单 · Deployed forms")


@forms.get("")
@forms.takes(DefinitionQuery, "query")
@forms.answers(200, page_of(DefinitionSchema))
def list_forms(query: Mapping[str, Any]) -> Response:
    """表单列表 · List forms"""
    queries = runtime().queries
    return answer_list(
        "forms",
        DefinitionSchema,
        query,
        lambda cursor, limit: queries.definitions(
            "form", key=query["key"], latest_only=query["latest"], cursor=cursor, limit=limit
        ),
    )


@forms.get("/<string:form_id>")
@forms.answers(200, FormSchema)
def read(form_id: str) -> tuple[dict[str, Any], int, dict[str, str]]:
    """表单版本 · One version of a form, with its form-js definition"""
    queries = runtime().queries
    form = queries.definition(form_id, "form")
    body = {**asdict(form), "definition": orjson.loads(queries.source(form_id, "form"))}
    return body, 200, {"Cache-Control": IMMUTABLE}

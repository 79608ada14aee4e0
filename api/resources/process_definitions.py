"""Deployed processes: what can be started, and the drawings."""

from collections.abc import Mapping, Sequence
from dataclasses import asdict
from typing import Any

from flask import Response, request

from api.blueprint import Blueprint
from api.door import runtime
from api.lists import answer_list, answer_table
from api.schemas.definitions import (
    DefinitionQuery,
    DefinitionSchema,
    ElementLoadSchema,
    ProcessDefinitionSchema,
    RunningVersionSchema,
)
from api.schemas.paging import TableQuery, page_of
from engine.runtime.queries import RunningVersion

process_definitions = Blueprint("process-definitions", "/api/process-definitions", "流程定义 · Deployed processes")

IMMUTABLE = "private, max-age=31536000, immutable"
"""A version never changes."""


@process_definitions.get("")
@process_definitions.takes(DefinitionQuery, "query")
@process_definitions.answers(200, page_of(DefinitionSchema))
def list_definitions(query: Mapping[str, Any]) -> Response:
    """流程列表 · List processes"""
    queries = runtime().queries
    return answer_list(
        "process-definitions",
        DefinitionSchema,
        query,
        lambda cursor, limit: queries.definitions(
            "process", key=query["key"], latest_only=query["latest"], cursor=cursor, limit=limit
        ),
    )


@process_definitions.get("/<string:definition_id>")
@process_definitions.answers(200, ProcessDefinitionSchema)
def read(definition_id: str) -> dict[str, Any]:
    """流程版本 · One version of a process: the form that starts it, what starts it by itself"""
    queries = runtime().queries
    definition = asdict(queries.definition(definition_id))
    return {**definition, **_start(definition_id), "starts": queries.starts(definition_id)}


@process_definitions.get("/<string:definition_id>/xml")
@process_definitions.also_answers(200, "The file as it was deployed", content_type="application/xml", schema={"type": "string"})
def xml(definition_id: str) -> Response:
    """流程图文件 · The BPMN file, to the byte"""
    source = runtime().queries.source(definition_id)
    response = Response(source, mimetype="application/xml")
    response.headers["Cache-Control"] = IMMUTABLE
    response.set_etag(runtime().queries.definition(definition_id).content_hash)
    response.make_conditional(request)
    return response


@process_definitions.get("/<string:definition_id>/running-versions")
@process_definitions.answers(200, RunningVersionSchema(many=True))
def running_versions(definition_id: str) -> Sequence[RunningVersion]:
    """在办件所用的版本 · How many cases are under way on each version of the process"""
    queries = runtime().queries
    return queries.running_versions(queries.definition(definition_id).key)


@process_definitions.get("/<string:definition_id>/element-loads")
@process_definitions.takes(TableQuery, "query")
@process_definitions.answers(200, page_of(ElementLoadSchema))
def element_loads(query: Mapping[str, Any], definition_id: str) -> Response:
    """热力图 · What waits at each element, in cases of all versions of the process, and how long it usually takes"""
    queries = runtime().queries
    loads = queries.element_loads(queries.definition(definition_id).key)
    return answer_table("element-loads", ElementLoadSchema, query["format"], loads)


def _start(definition_id: str) -> dict[str, Any]:
    """Whether somebody can start it, and the newest version of the form for that."""
    here = runtime()
    with here.database.read() as connection:
        compiled = here.models.definition(connection, definition_id)
    key = compiled.start_form_key
    forms = here.queries.definitions("form", key=key).items if key is not None else []
    return {"startable": compiled.can_be_called, "start_form_id": forms[0].id if forms else None}

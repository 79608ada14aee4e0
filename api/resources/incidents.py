"""Incidents: where a case is stuck, and freeing it."""

from collections.abc import Mapping
from dataclasses import asdict
from typing import Any

from flask import Response

from api.blueprint import Blueprint
from api.door import actor, runtime
from api.lists import answer_list
from api.schemas.command import CommandHeadersSchema, Given
from api.schemas.paging import page_of
from api.schemas.trouble import IncidentQuery, IncidentSchema, ResolutionSchema

incidents = Blueprint("incidents", "/api/incidents", "异常 · Incidents")


@incidents.get("")
@incidents.takes(IncidentQuery, "query")
@incidents.answers(200, page_of(IncidentSchema))
def list_incidents(query: Mapping[str, Any]) -> Response:
    """异常列表 · List incidents, newest first"""
    queries = runtime().queries
    state = None if query["state"] == "all" else query["state"]
    return answer_list(
        "incidents",
        IncidentSchema,
        query,
        lambda cursor, limit: queries.incidents(state=state, instance_id=query["instance_id"], cursor=cursor, limit=limit),
    )


@incidents.get("/<string:incident_id>")
@incidents.answers(200, IncidentSchema)
def read(incident_id: str) -> Any:
    """异常 · One incident"""
    return runtime().queries.incident(incident_id)


@incidents.post("/<string:incident_id>/resolve")
@incidents.takes(CommandHeadersSchema, "headers")
@incidents.takes(ResolutionSchema)
@incidents.answers(200, IncidentSchema)
def resolve(given: Given, wanted: Mapping[str, str], incident_id: str) -> Any:
    """处理异常 · Try again where it stopped, after its cause was mended

    An incident of the engine itself is only acknowledged. Answers the incident; the case may raise a new one at once.
    """
    receipt = runtime().repairs.retry(incident_id, reason=wanted["reason"], actor=actor(), **asdict(given))
    headers = {} if receipt is None else {"ETag": f'"{receipt.version}"'}
    return runtime().queries.incident(incident_id), 200, headers

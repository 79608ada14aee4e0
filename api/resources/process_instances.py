"""Cases: starting, finding, following, ending them."""

from collections.abc import Mapping
from dataclasses import asdict
from typing import Any

from flask import Response

from api.blueprint import Blueprint
from api.data_scope import may_read_variables, process_instance_filter, visible_process_instance
from api.door import actor, login, runtime
from api.language import language
from api.lists import answer_list
from api.schemas.command import CommandHeadersSchema, Given, ReceiptSchema, receipt_answer
from api.schemas.paging import page_of
from api.schemas.process_instances import (
    DiagramStateQuery,
    DiagramStateSchema,
    HistoryEntrySchema,
    HistoryQuery,
    ProcessInstanceDetailSchema,
    ProcessInstanceQuery,
    ProcessInstanceSchema,
    ReasonSchema,
    StartSchema,
)
from engine.core.rejection import Rejection
from engine.runtime.queries import HistoryEntry, Page, ProcessInstanceFilter

process_instances = Blueprint("process-instances", "/api/process-instances", "办件 · Cases (process instances)")

FILTERS = ("process_key", "status", "business_key", "started_by", "started_from", "started_before", "text", "with_incident")


@process_instances.post("")
@process_instances.takes(CommandHeadersSchema, "headers")
@process_instances.takes(StartSchema)
@process_instances.answers(201, ReceiptSchema)
def start(given: Given, wanted: Mapping[str, Any]) -> Any:
    """发起办件 · Start a case

    Of the latest version of a process; if it has a start form, that form decides which variables get in.
    """
    receipt = runtime().start(
        process_key=wanted["process_key"],
        business_key=wanted["business_key"],
        variables=wanted["variables"],
        actor=actor(),
        command_id=given.command_id,
    )
    body, status, headers = receipt_answer(receipt, 201)
    return body, status, {**headers, "Location": f"/api/process-instances/{receipt.instance_id}"}


@process_instances.get("")
@process_instances.takes(ProcessInstanceQuery, "query")
@process_instances.answers(200, page_of(ProcessInstanceSchema))
def list_instances(query: Mapping[str, Any]) -> Response:
    """办件列表 · List cases

    Supervisors and auditors list all; everybody else the cases they take part in, an applicant those they started.
    """
    queries = runtime().queries
    wanted = process_instance_filter(login(), ProcessInstanceFilter(**{name: query[name] for name in FILTERS}))
    return answer_list(
        "process-instances",
        ProcessInstanceSchema,
        query,
        lambda cursor, limit: queries.process_instances(wanted, sort=query["sort"], cursor=cursor, limit=limit),
    )


@process_instances.get("/<string:instance_id>")
@process_instances.answers(200, ProcessInstanceDetailSchema)
def read(instance_id: str) -> tuple[dict[str, Any], int, dict[str, str]]:
    """办件 · One case as it stands"""
    found = visible_process_instance(runtime(), login(), instance_id)
    variables = found.variables if may_read_variables(login()) else None
    return {**asdict(found.instance), "variables": variables}, 200, {"ETag": f'"{found.instance.version}"'}


@process_instances.get("/<string:instance_id>/history")
@process_instances.takes(HistoryQuery, "query")
@process_instances.answers(200, page_of(HistoryEntrySchema))
def history(query: Mapping[str, Any], instance_id: str) -> Response:
    """办件历史 · What happened, step by step, refused attempts included"""
    visible_process_instance(runtime(), login(), instance_id)
    queries, spoken = runtime().queries, language()

    def fetch(cursor: str | None, limit: int) -> Page[Any]:
        page = queries.history(instance_id, after=_sequence(cursor), limit=limit)
        return Page([_entry(entry, spoken) for entry in page.items], page.next_cursor)

    return answer_list(f"history-{instance_id}", HistoryEntrySchema, query, fetch)


@process_instances.get("/<string:instance_id>/diagram-state")
@process_instances.takes(DiagramStateQuery, "query")
@process_instances.answers(200, DiagramStateSchema)
def diagram_state(query: Mapping[str, Any], instance_id: str) -> dict[str, Any]:
    """图上状态 · Where the case stands on its diagram, or on a called process's"""
    found = visible_process_instance(runtime(), login(), instance_id).instance
    key = query["process_key"] or found.process_key
    return {
        "instance_id": instance_id,
        "process_key": key,
        "elements": runtime().queries.diagram_state(instance_id, key),
    }


@process_instances.post("/<string:instance_id>/cancellation")
@process_instances.takes(CommandHeadersSchema, "headers")
@process_instances.takes(ReasonSchema)
@process_instances.answers(200, ReceiptSchema)
def cancel(given: Given, wanted: Mapping[str, Any], instance_id: str) -> Any:
    """终止办件 · End a case before its time"""
    return receipt_answer(runtime().repairs.cancel(instance_id, reason=wanted["reason"], actor=actor(), **asdict(given)))


def _sequence(cursor: str | None) -> int:
    if cursor is None:
        return 0
    if not cursor.isascii() or not cursor.isdecimal() or len(cursor) > 9:
        raise Rejection("cursor-invalid", field="cursor")
    return int(cursor)


def _entry(entry: HistoryEntry, spoken: str) -> dict[str, Any]:
    return {**asdict(entry), "sentence": entry.sentence_zh if spoken == "zh" else entry.sentence_en}

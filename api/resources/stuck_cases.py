"""Stuck cases: what a supervisor looks at first."""

from collections.abc import Mapping
from dataclasses import asdict
from typing import Any

from flask import Response

from api.blueprint import Blueprint
from api.cases_of_tasks import names_of
from api.door import runtime
from api.language import choose
from api.lists import answer_list
from api.schemas.paging import page_of
from api.schemas.stuck_cases import StuckCaseQuery, StuckCaseSchema
from engine.runtime.queries import Page, StuckCase, StuckReason
from engine.runtime.queries.stuck_reasons import REPAIR_NAMES, Repair

stuck_cases = Blueprint("stuck-cases", "/api/stuck-cases", "卡住的办件 · Stuck cases")

OF_CASE = "/api/process-instances/{instance_id}/"
ADDRESSES = {
    Repair.RESUME: OF_CASE + "resumption",
    Repair.SET_VARIABLES: OF_CASE + "variables",
    Repair.MOVE: OF_CASE + "token-moves",
    Repair.MIGRATE: OF_CASE + "migration",
    Repair.CANCEL: OF_CASE + "cancellation",
    Repair.RETRY: "/api/incidents/{subject}/resolve",
    Repair.ACKNOWLEDGE: "/api/incidents/{subject}/resolve",
    Repair.REASSIGN: "/api/user-tasks/{subject}/assign",
    Repair.SEND_MESSAGE: "/api/messages",
}
"""Where a repair is posted. What is not here is done by an administrator, on the machine."""


@stuck_cases.get("")
@stuck_cases.takes(StuckCaseQuery, "query")
@stuck_cases.answers(200, page_of(StuckCaseSchema))
def list_stuck(query: Mapping[str, Any]) -> Response:
    """卡住的办件列表 · List cases that do not go on, longest stuck first

    Open incidents, tokens that can never move, tasks nobody enabled may take, overdue timers and jobs, messages that found
    nobody: each with a sentence that says why, and what can be done.
    """
    queries = runtime().queries
    reason = None if query["reason"] is None else StuckReason(query["reason"])

    def fetch(cursor: str | None, limit: int) -> Page[Any]:
        page = queries.stuck_cases(
            reason=reason,
            process_key=query["process_key"],
            instance_id=query["instance_id"],
            cursor=cursor,
            limit=limit,
        )
        names = names_of(found.instance_id for found in page.items)
        return Page([{**_entry(found), **names[found.instance_id]} for found in page.items], page.next_cursor)

    return answer_list("stuck-cases", StuckCaseSchema, query, fetch)


def _entry(found: StuckCase) -> dict[str, Any]:
    repairs = [_repair(repair, found) for repair in found.repairs]
    return {**asdict(found), "sentence": choose(found.zh, found.en), "repairs": repairs}


def _repair(repair: Repair, found: StuckCase) -> dict[str, str | None]:
    address = ADDRESSES.get(repair)
    return {
        "code": repair.value,
        "name": choose(*REPAIR_NAMES[repair]),
        "address": address and address.format(instance_id=found.instance_id, subject=found.subject),
    }

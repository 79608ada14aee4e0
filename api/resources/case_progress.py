"""The public answer to "how far is my case": by the number and the pass code on the receipt, with the clock in words."""

from collections.abc import Mapping
from datetime import date
from typing import Any

from api.blueprint import Blueprint
from api.door import runtime
from api.language import choose
from api.schemas.case_progress import CaseProgressQuerySchema, CaseProgressSchema
from workflows.calendar.entry import working_days
from workflows.case_file import CaseFiles, Progress
from workflows.case_file.applicant import masked_name
from workflows.case_file.status import find
from workflows.clock.storage import of_case
from workflows.clock.view import view
from workflows.supervision.orders import is_overdue

case_progress = Blueprint("case_progress", "/api/public", "公开查询 · Public inquiry")

SHOWN = frozenset({"C0", "C1", "C4"})
"""The applicant's limits: the notice, the decision, delivery. What people owe each other inside the hall is not shown."""


@case_progress.post("/case-progress")
@case_progress.takes(CaseProgressQuerySchema)
@case_progress.answers(200, CaseProgressSchema)
def progress(wanted: Mapping[str, Any]) -> dict[str, Any]:
    """办件进度 · Where a case stands, and why its clock stands still if it does"""
    return shown(CaseFiles(runtime().registers).progress(wanted["number"], wanted["pass_code"]))


def shown(found: Progress) -> dict[str, Any]:
    """A case as its applicant sees it, in the language of the request."""
    return {**_case(found), "steps": _steps(found), "clocks": _clocks(found)}


def _case(found: Progress) -> dict[str, Any]:
    case = found.case
    same = ("number", "item_name", "department", "status", "received_at")
    status = find(case.status)
    return {
        **{name: getattr(case, name) for name in same},
        "applicant": masked_name(case.applicant_name),
        "status_name": choose(status.name, status.name_en),
    }


def _steps(found: Progress) -> list[dict[str, Any]]:
    entered = [event for event in found.events if event.event in ("received", "status")]
    names = [find(event.status) for event in entered]
    return [
        {"at": event.at, "status": event.status, "name": choose(status.name, status.name_en)}
        for event, status in zip(entered, names, strict=True)
    ]


def _clocks(found: Progress) -> list[dict[str, Any]]:
    with runtime().registers.read() as session:
        calendar, now = working_days(session), runtime().clock()
        over = is_overdue(session, found.case.instance_id, now)
        counted = [clock for clock in of_case(session, found.case.instance_id) if clock.name in SHOWN]
        views = [view(clock, now, calendar, order_over=over) for clock in counted]
    return [
        {
            "clock": shown["clock"],
            "status": shown["status"],
            "title": shown["title"],
            "text": choose(str(shown["zh"]), str(shown["en"])),
            "colour": shown["colour"],
            "promised_on": _day(shown["promised"]),
            "statutory_on": _day(shown["statutory"]),
        }
        for shown in views
    ]


def _day(limit: Any) -> date | None:
    return None if limit is None or limit["date"] is None else date.fromisoformat(limit["date"])

"""The screen in the hall: whose turn it is, and the day in figures. No script: the browser asks again by itself."""

from collections.abc import Sequence
from dataclasses import dataclass
from typing import Any

from flask import Response

from api.door import runtime
from api.public.blueprint import public, show
from engine.runtime.queries.paging import MAX_LIMIT
from workflows.case_file.applicant import masked_name
from workflows.case_file.case_files import CaseFileFilter, CaseFiles
from workflows.case_file.status import find
from workflows.clock import hall_day
from workflows.organisation.organisation_register import OrganisationRegister
from workflows.organisation.tables import service_window
from workflows.queue.queue import Queue
from workflows.reports.case_line import Period
from workflows.reports.reports import Reports

SECONDS = 15
"""Between two looks."""
SHOWN = 12
RECENT = 6
FIGURES = ("received", "accepted", "decided", "delivered")


@dataclass(frozen=True, slots=True)
class Turn:
    """A window's queue. ``called``: the last number called, None before the first."""

    window: str
    called: int | None
    waiting: int


@public.get("/screen")
def screen() -> Response:
    """Queue tickets called, today's figures, cases that moved lately with names masked."""
    now = runtime().clock()
    rows = Reports(runtime().registers, now).windows(Period(hall_day(now), hall_day(now)))
    answer = show(
        "screen.html",
        now=now,
        turns=_turns(),
        figures={name: sum(getattr(row, name) for row in rows) for name in FIGURES},
        recent=_recent(),
    )
    answer.headers["Refresh"] = str(SECONDS)
    return answer


def _turns() -> list[Turn]:
    names = {
        row.group_name: row.name for row in OrganisationRegister(runtime().registers).page(service_window, None, 1000).items
    }
    by_window: dict[str, list[Any]] = {}
    for ticket in _tickets():
        by_window.setdefault(ticket.window, []).append(ticket)
    turns = sorted(by_window.items(), key=lambda one: max(str(ticket.called_at or "") for ticket in one[1]), reverse=True)
    return [_turn(names.get(window, window), tickets) for window, tickets in turns[:SHOWN]]


def _tickets() -> list[Any]:
    queue, day = Queue(runtime().registers), hall_day(runtime().clock())
    found: list[Any] = []
    cursor: str | None = None
    while True:
        page = queue.page(day, cursor, MAX_LIMIT)
        found += page.items
        cursor = page.next_cursor
        if cursor is None:
            return found


def _turn(name: str, tickets: Sequence[Any]) -> Turn:
    called = [ticket.number for ticket in tickets if ticket.called_at is not None]
    return Turn(name, max(called, default=None), len(tickets) - len(called))


def _recent() -> list[dict[str, Any]]:
    found = CaseFiles(runtime().registers).page(CaseFileFilter(), None, RECENT).items
    return [
        {
            "number": one.number[-6:],
            "item": one.item_name,
            "applicant": masked_name(one.applicant_name),
            "status": find(one.status),
        }
        for one in found
    ]

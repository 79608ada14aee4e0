"""How far is my case: by number and pass code, with the clock in words, what happened, and what to do next."""

from collections.abc import Mapping
from datetime import date
from typing import Any

from flask import Response, request

from api.door import runtime
from api.language import choose
from api.problems import status_of
from api.public.blueprint import public, show
from api.public.reading import Trouble, read, trouble_of, written
from api.resources.case_progress import shown
from api.schemas.case_progress import CaseProgressQuerySchema
from engine.core.rejection import Rejection
from workflows.case_file import CaseFiles, Progress
from workflows.case_file.status import find
from workflows.collection import notices

STOPPED = "stopped"
RESULTS = frozenset({"granted", "tolerantly-granted", "refused", "not-needed", "not-accepted", "returned"})
"""Statuses with a paper for the applicant that says how it ended."""


@public.get("/cases")
def ask_case() -> Response:
    """The question. A number may come with the address; a pass code never does."""
    return _question({"number": request.args.get("number", "")[:50]}, None, 200)


@public.post("/cases")
def case() -> Response:
    """The answer. The code travels in the body, so that no log of addresses keeps it."""
    values = written(CaseProgressQuerySchema)
    try:
        wanted = read(CaseProgressQuerySchema, values)
        found = CaseFiles(runtime().registers).progress(wanted["number"], wanted["pass_code"])
    except Rejection as refused:
        return _question(values, trouble_of(refused), status_of(refused.code))
    told: dict[str, Any] = {"missing": _missing(found), "results": _results(found), "notice": _notice(found)}
    return show("case.html", repeat=values, case=_ordered(shown(found)), **told)


def _question(values: Mapping[str, str], trouble: Trouble | None, status: int) -> Response:
    return show("cases.html", status, values=values, trouble=trouble)


def _ordered(case: dict[str, Any]) -> dict[str, Any]:
    """What still counts comes before what is done."""
    clocks = [{**clock, "done": clock["status"] == STOPPED} for clock in case["clocks"]]
    return {**case, "clocks": sorted(clocks, key=lambda clock: bool(clock["done"]))}


def _missing(found: Progress) -> list[dict[str, str]]:
    """The papers the notice of correction asks for and the window does not have yet."""
    if found.case.status != "correcting":
        return []
    notice = next(one for one in reversed(found.events) if one.status == "correcting")
    wanted = [one for one in notice.detail["missing"] if not one.get("received")]
    return [{name: str(one.get(name) or "") for name in ("material", "requirement")} for one in wanted]


def _results(found: Progress) -> list[dict[str, Any]]:
    """Papers that say how the case ended, by their numbers."""
    told = [one for one in found.events if one.status in RESULTS and one.event == "status"]
    names = [(find(one.status).name, find(one.status).name_en) for one in told]
    return [
        {"name": choose(*name), "at": one.at, "document": str(one.detail.get("document") or "")}
        for one, name in zip(told, names, strict=True)
    ]


def _notice(found: Progress) -> dict[str, Any] | None:
    """What is to be paid, and by when; None where nothing is owed."""
    with runtime().registers.read() as session:
        notice = notices.of_case(session, found.case.number)
        if notice is None:
            return None
        owed = notices.owed_of(session, notice)
    until: date = notice.valid_until
    return {"code": notice.code, "owed_fen": owed, "until": until} if owed else None

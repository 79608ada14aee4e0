"""What officers write into the forms of the made-up year."""

from collections.abc import Mapping
from copy import deepcopy
from datetime import date, timedelta
from functools import cache
from pathlib import Path
from typing import Any

import yaml

from workflows.calendar import WorkingDays
from workflows.demonstration.plan import Fate

TABLE = Path(__file__).with_name("answers.yaml")
SEALS = Path(__file__).parent.parent / "sample" / "organisation.yaml"
HEARING_NOTICE = timedelta(days=14)
"""Longer than the seven days of Art. 48."""


@cache
def answers() -> dict[str, Any]:
    found: dict[str, Any] = yaml.safe_load(TABLE.read_text("utf-8"))
    return found


@cache
def seals() -> Mapping[str, str]:
    """The number of the seal by who keeps it."""
    found = yaml.safe_load(SEALS.read_text("utf-8"))["seals"]
    return {row["keeper"]: row["number"] for row in found}


def working_day_from(day: date, calendar: WorkingDays) -> date:
    """This day, or the next on which the hall is open."""
    while not calendar.is_working_day(day):
        day += timedelta(days=1)
    return day


def answer(element: str, fate: Fate, today: date, calendar: WorkingDays) -> dict[str, Any] | None:
    """What goes into the form of a task of a case; None: nothing is known for it, and it stays open."""
    if element == "examine" and fate is Fate.NOT_ACCEPTED:
        return deepcopy(dict(answers()["not_accepted"]))
    if element == "draft" and fate is Fate.REFUSED:
        return deepcopy(dict(answers()["refused"]))
    usual = answers()["usual"].get(element)
    days = {
        "today": today,
        "in_a_day": working_day_from(today + timedelta(days=1), calendar),
        "in_two_weeks": working_day_from(today + HEARING_NOTICE, calendar),
    }
    return None if usual is None else {name: _said(value, days) for name, value in usual.items()}


def immediate_decision(process: str, fate: Fate, given: Mapping[str, Any]) -> dict[str, Any]:
    """The decision on the spot. ``given``: what was applied for."""
    checks = {answers()["checks"].get(process, "records_checked"): True}
    if fate is Fate.REFUSED:
        return {**answers()["decide_immediate_refused"], **checks}
    names = given.get("details", {}).get("names", [])
    approved = {"approved_name": names[0]["name"]} if names and process == "individual_name_approval" else {}
    return {**answers()["decide_immediate"], **checks, **approved}


def meeting(proposed: list[dict[str, Any]]) -> dict[str, Any]:
    """Everybody came to the joint meeting and agreed to the list of tasks."""
    return {
        "attendance": [{"department": task["department"], "present": True} for task in proposed],
        "opinions": [{"department": task["department"], "statement": "原则同意。"} for task in proposed],
        "proposed": [{"days": task["days"]} for task in proposed],
    }


def _said(value: Any, days: Mapping[str, date]) -> Any:
    return days[value].isoformat() if isinstance(value, str) and value in days else deepcopy(value)

"""What is handed in: the sample application of each process, with another applicant and today's dates each time."""

import re
from collections.abc import Callable
from copy import deepcopy
from datetime import date, timedelta
from functools import cache
from pathlib import Path
from typing import Any

import yaml

from workflows.demonstration.people import People

TABLE = Path(__file__).with_name("applications.yaml")
WRITTEN_FOR = date(2026, 3, 2)
"""The day the dates of the table were written for; they keep their distance to the day of filing."""
ISO_DAY = re.compile(r"\d{4}-\d{2}-\d{2}")
NAMED: dict[str, Callable[[People], str]] = {
    "individual_name_approval": People.trade_name,
    "company_name_approval": People.company_name,
}
"""Processes in which names are applied for, and what they are like."""


@cache
def applications() -> dict[str, dict[str, Any]]:
    """By process; ``applicant`` is the kind of applicant."""
    found: dict[str, dict[str, Any]] = yaml.safe_load(TABLE.read_text("utf-8"))
    return found


def filing(process: str, today: date, people: People) -> dict[str, Any]:
    """What the start form of a process is filled in with."""
    given = _moved(deepcopy(applications()[process]), today - WRITTEN_FOR)
    kind = given["applicant"]
    applicant = people.individual(today) if kind == "individual" else people.organisation()
    if process in NAMED:
        given["details"]["names"] = [{"name": NAMED[process](people)} for _ in given["details"]["names"]]
    return {**given, "applicant": applicant}


def _moved(value: Any, by: timedelta) -> Any:
    if isinstance(value, dict):
        return {name: _moved(entry, by) for name, entry in value.items()}
    if isinstance(value, list):
        return [_moved(entry, by) for entry in value]
    if isinstance(value, str) and ISO_DAY.fullmatch(value):
        return (date.fromisoformat(value) + by).isoformat()
    return value

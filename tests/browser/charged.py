"""A case that has to pay: driven over HTTP to the notice by whoever each task is for, with what officers usually write."""

import itertools
import time
import urllib.error
from datetime import UTC, datetime
from typing import Any

from api.installation import open_runtime
from engine.runtime.settings import Settings
from tests.browser.staff import Client
from tests.workflows import papers
from workflows.calendar import WorkingDays
from workflows.clock import hall_day
from workflows.demonstration.answers import answer, seals
from workflows.demonstration.counter import Counter
from workflows.demonstration.plan import Fate
from workflows.sample import sample_accounts

PROCESS, CASHIER = "construction_planning_permit", "fund-cashier-1"
WITHIN = 60.0
"""Seconds in which the server's own work leads on."""


def stock_tickets(database: str) -> None:
    """The cashier has tickets to use."""
    runtime = open_runtime(Settings(database_url=database))
    numbers = itertools.count()
    try:
        Counter(runtime, lambda: f"stock-{next(numbers)}", lambda moment: None).stock()
    finally:
        runtime.stop()


def notice_of_a_case(address: str) -> tuple[str, str]:
    """Files an application and drives it until it has to pay: its number and the code of its notice. The day must be open."""
    applicant, supervisor = Client(address, "applicant"), Client(address, "supervisor")
    body = {"process_key": PROCESS, "variables": papers.application(PROCESS)}
    task = applicant.post("/api/process-instances", body)["user_tasks"][0]["task_id"]
    number = str(supervisor.get(f"/api/user-tasks/{task}")["case_number"])
    deadline = time.monotonic() + WITHIN
    while time.monotonic() < deadline:
        found = supervisor.get(f"/api/user-tasks?scope=all&text={number}")["items"]
        waiting = [one for one in found if one["element_id"] not in ("receive", "deliver")]
        if any(one["element_id"] == "receive" for one in found):
            cashier = Client(address, CASHIER)
            [notice] = [one for one in cashier.get("/api/payment-notices")["items"] if one["case_number"] == number]
            return number, str(notice["code"])
        for one in waiting:
            _complete(address, one)
    raise AssertionError(f"the case came to no notice: {found}")


def _complete(address: str, task: dict[str, Any]) -> None:
    """By the first of its group whom the rules let."""
    today = hall_day(datetime.now(UTC))
    data = answer(task["element_id"], Fate.USUAL, today, WorkingDays()) or {"confirmed": True}
    for account in sample_accounts():
        if not set(account.groups) & set(task["candidate_groups"]):
            continue
        group = account.id.rpartition("-")[0]
        sealed = (
            {"seal_number": seals().get(account.id) or seals().get(f"{group}-1", "")} if task["element_id"] == "issue" else {}
        )
        try:
            Client(address, account.id).post(f"/api/user-tasks/{task['id']}/complete", {"variables": {**data, **sealed}})
        except urllib.error.HTTPError:
            continue
        return

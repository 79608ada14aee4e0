"""Every item over HTTP, by the people whose work it is: from the applicant's filing to the receipt of delivery."""

from collections.abc import Iterator
from datetime import timedelta
from typing import Any

import pytest

from tests.api.installed import Hall
from tests.workflows import papers
from tests.workflows.money import CASHIER, KIND, open_counter
from workflows.catalogue.loading import load_directory
from workflows.sample import sample_accounts

ITEMS = {item.process: item for item in load_directory().values()}
OTHERS = {"separation-of-duties", "seal-not-kept", "authority-scope", "joint-predecessor-open"}
"""A colleague of the same group may do it, or it is another's turn."""
WAIT = {"hold_hearing": timedelta(days=14), "hold_meeting": timedelta(days=1), "record_publicity": timedelta(days=8)}
"""It takes place on the day it was announced for, or when the time is over."""


@pytest.fixture
def hall(installed_url: str) -> Iterator[Hall]:
    made = Hall(installed_url)
    yield made
    made.runtime.stop()


def answers(hall: Hall, item: str, task: dict[str, Any]) -> dict[str, Any]:
    """What goes into the form of a task, with today's dates."""
    window, today = ITEMS[item].window_group, hall.today()
    given: dict[str, Any] = {
        "examine": papers.ACCEPT,
        "decide": papers.on_the_spot(item, window) if ITEMS[item].kind.value == "immediate" else {},
        "arrange": papers.ARRANGEMENT | {"visit_on": today},
        "record": papers.RECORD | {"visited_on": today},
        "countersign": papers.COUNTERSIGNED,
        "request": papers.REQUEST,
        "answer": papers.AGREED,
        "tell_right": papers.HEARING_RIGHT,
        "arrange_hearing": papers.HEARING_ARRANGEMENT | {"held_on": hall.today(14)},
        "hold_hearing": papers.HEARING_RECORD | {"held_on": today},
        "draft": papers.GRANT,
        "sign": papers.SIGNED,
        "issue": papers.ISSUED | {"seal_number": papers.seal(window)},
        "deliver": papers.DELIVERED | {"delivered_on": today},
        "examine_by_town": papers.TOWN_REVIEW | {"visited_on": today},
        "post_notice": papers.POSTED,
        "record_publicity": papers.NO_OBJECTION,
        "examine_project": {"opinion": "材料齐全，同意联审。"},
        "announce": {"held_on": hall.today(1), "place": "中心会议室", "papers_sent": True},
        "hold_meeting": {"held_on": today},
        "pre_review": {"materials_seen": True, "remarks": "已审阅"},
        "conclude_review": {"conclusion": "agreed", "statement": "经审查，同意。", "superior_document": "市政府〔2026〕1号"},
        "conclude": {"proposal": "granted", "summary": "各部门一致同意。"},
        "preliminary_opinion": papers.SUPPORTED,
        "send_up": papers.SENT_UP | {"sent_on": today},
        "register_decision": papers.SUPERIOR_GRANTED | {"decided_on": today},
    }
    return dict(given[task["element_id"]])


def meeting(proposed: list[dict[str, Any]]) -> dict[str, Any]:
    """Everybody came and agreed to the list."""
    return {
        "attendance": [{"department": task["department"], "present": True} for task in proposed],
        "opinions": [{"department": task["department"], "statement": "原则同意。"} for task in proposed],
        "proposed": [{"days": task["days"]} for task in proposed],
    }


def complete(hall: Hall, item: str, account: str, task: dict[str, Any], case_number: str) -> bool:
    """Claim and complete; false, and given back, if the rules want somebody else for it."""
    person, given = hall.person(account), answers(hall, item, task)
    if task["element_id"] == "draft":
        issued = hall.person("supervisor").get(f"/api/documents?case_number={case_number}").json
        given["hearing_record"] = next((paper["number"] for paper in issued if paper["kind"] == "hearing_minutes"), "")
    if task["element_id"] == "hold_meeting":
        given |= meeting(person.get(f"/api/user-tasks/{task['id']}").json["variables"]["proposed"])
    claimed = person.post(f"/api/user-tasks/{task['id']}/claim")
    if claimed.status_code != 200:
        assert claimed.json["code"] in OTHERS, claimed.text
        return False
    answer = person.post(f"/api/user-tasks/{task['id']}/complete", {"variables": given})
    if answer.status_code == 200:
        return True
    assert answer.json["code"] in OTHERS, answer.text
    assert person.post(f"/api/user-tasks/{task['id']}/release").status_code == 200
    return False


def work(hall: Hall, item: str, case: str, case_number: str) -> bool:
    """Somebody of its group does the oldest open task of the case; false if there is none."""
    open_tasks = hall.person("supervisor").get(f"/api/user-tasks?scope=all&instance_id={case}").json["items"]
    if not open_tasks:
        return False
    hall.now += WAIT.get(open_tasks[0]["element_id"], timedelta())
    done = (complete(hall, item, account, task, case_number) for task in open_tasks for account in able(task))
    assert any(done), [task["element_id"] for task in open_tasks]
    return True


def able(task: dict[str, Any]) -> list[str]:
    return [account.id for account in sample_accounts() if set(account.groups) & set(task["candidate_groups"])]


def pay(hall: Hall, item: str) -> bool:
    """What the item is charged is paid at the one counter; false where nobody waits for money."""
    hall.runtime.run_due()
    if not waiting(hall, "confirm_basis"):
        return False
    open_counter(hall.runtime.registers)
    do(hall, "confirm_basis", f"{ITEMS[item].window_group}-1", confirmed=True)
    hall.runtime.run_due()
    do(hall, "receive", CASHIER, channel="cash", kind=KIND, number=1)
    hall.runtime.run_due()
    return True


def waiting(hall: Hall, element: str) -> list[str]:
    found = hall.person("supervisor").get(f"/api/user-tasks?scope=all&element_id={element}").json["items"]
    return [task["id"] for task in found]


def do(hall: Hall, element: str, by: str, **given: Any) -> None:
    [task] = waiting(hall, element)
    answer = hall.person(by).post(f"/api/user-tasks/{task}/complete", {"variables": given})
    assert answer.status_code == 200, answer.text


def wait_for_superior(hall: Hall, item: str, case_number: str) -> bool:
    """A superior organ's answer to a case that was reported up."""
    if ITEMS[item].kind.value != "reported":
        return False
    window = hall.person(f"{ITEMS[item].window_group}-1")
    message = {"message": "superior-decided", "correlation_key": case_number, "variables": {}}
    return bool(window.post("/api/messages", message).status_code == 200)


@pytest.mark.parametrize("item", sorted(ITEMS))
def test_an_item_from_filing_to_delivery(hall: Hall, item: str) -> None:
    started = hall.person("applicant").post(
        "/api/process-instances", {"process_key": item, "variables": papers.application(item)}
    )
    assert started.status_code == 201, started.text
    case, supervisor = started.json["instance_id"], hall.person("supervisor")
    case_number = supervisor.get(f"/api/process-instances/{case}").json["variables"]["receipt"]["number"]
    while work(hall, item, case, case_number) or wait_for_superior(hall, item, case_number) or pay(hall, item):
        pass
    detail = supervisor.get(f"/api/process-instances/{case}").json
    assert detail["status"] == "completed"
    kinds = {paper["kind"] for paper in supervisor.get(f"/api/documents?case_number={case_number}").json}
    decided = "report_up_letter" if ITEMS[item].kind.value == "reported" else "licence_decision"
    assert {"filing_receipt", "acceptance_notice", decided} <= kinds
    assert hall.runtime.replay.check(case).agrees

"""Follow-up visits over HTTP: after each delivered joint case, by somebody without part in it, to the end (R-74)."""

from collections.abc import Iterator
from datetime import datetime, timedelta
from typing import Any

import pytest
from sqlalchemy import select, update
from sqlalchemy.orm import Session

from tests.api.doors import DESIGNER, assert_problem
from tests.api.installed import Hall
from tests.api.test_api_complaints import refusals
from tests.api.test_api_meetings import do
from tests.workflows import papers
from tests.workflows.filing import actor
from workflows.case_file.tables import case_event, case_file
from workflows.visits.beginning import begin_visits

ITEM, VISITOR, SOLVER = "joint_review_construction", "committee", "window-planning-1"
SAID = {"way": "phone", "reached": "yes", "satisfaction": "2", "said": "办得快，建议材料再少一些。"}


@pytest.fixture
def hall(installed_url: str) -> Iterator[Hall]:
    made = Hall(installed_url)
    yield made
    made.runtime.stop()


def delivered(hall: Hall, acted: str | None = None) -> str:
    """A joint case that was filed as people file it; that it was delivered is written down here."""
    hall.runtime.start(process_key=ITEM, variables=papers.application(ITEM), actor=actor("applicant"), command_id="joint")

    def deliver(session: Session, now: datetime) -> str:
        number = session.execute(update(case_file).values(delivered_at=now).returning(case_file.c.number)).scalar_one()
        if acted is not None:
            row = {"number": number, "sequence": 99, "at": now, "event": "flag", "status": "delivered", "detail": {}}
            session.execute(case_event.insert().values(**row, actor_id=acted))
        return str(number)

    return hall.runtime.registers.change("Deliver", DESIGNER, deliver)


def visit(hall: Hall) -> dict[str, Any]:
    number = hall.person("supervisor").get("/api/visits").json["items"][0]["number"]
    found: dict[str, Any] = hall.person("supervisor").get(f"/api/visits/{number}").json
    return found


def problem(hall: Hall, **changes: Any) -> dict[str, Any]:
    return {"matter": "验收通知书一直没有送到。", "responsible": "window-planning", "due_on": hall.today(3), **changes}


def test_who_invested_is_asked_and_what_he_says_is_solved(hall: Hall) -> None:
    case = delivered(hall)
    assert begin_visits(hall.runtime) == 1
    assert begin_visits(hall.runtime) == 0, "a case has one visit"
    said = {**SAID, "visited_on": hall.today(), "problems": [problem(hall)]}
    assert do(hall, "visit_applicant", VISITOR, **said).status_code == 200
    assert visit(hall)["status"] == "visited"
    assert do(hall, "solve", SOLVER, answer="当日已送达，附回执。").status_code == 200
    found = visit(hall)
    assert (found["case_number"], found["status"], found["satisfaction"]) == (case, "closed", 2)
    assert [event["event"] for event in found["events"]] == ["opened", "visited", "solved", "closed"]


def test_a_case_that_is_not_delivered_or_not_joint_is_not_asked_after(hall: Hall) -> None:
    hall.runtime.start(process_key=ITEM, variables=papers.application(ITEM), actor=actor("applicant"), command_id="joint")
    assert begin_visits(hall.runtime) == 0
    with hall.runtime.registers.read() as session:
        number = session.execute(select(case_file.c.number)).scalar_one()
    start = {"process_key": "follow_up_visit", "variables": {"case_number": number}}
    assert_problem(hall.person(VISITOR).post("/api/process-instances", start), 409, "follow-up-not-joint")
    assert "follow-up-not-joint" in refusals(hall, VISITOR)


def test_who_had_part_in_the_case_does_not_ask(hall: Hall) -> None:
    delivered(hall, acted=VISITOR)
    begin_visits(hall.runtime)
    refused = do(hall, "visit_applicant", VISITOR, **SAID, visited_on=hall.today(), problems=[])
    assert_problem(refused, 403, "follow-up-by-participant")
    assert "follow-up-by-participant" in refusals(hall, VISITOR)


@pytest.mark.parametrize(
    ("code", "changes"),
    [
        ("follow-up-day", {"visited_on": "2026-03-09"}),
        (
            "follow-up-problem-day",
            {"problems": [{"matter": "未送达。", "responsible": "window-planning", "due_on": "2026-02-01"}]},
        ),
        ("follow-up-group-unknown", {"problems": [{"matter": "未送达。", "responsible": "window-x", "due_on": "2026-03-09"}]}),
    ],
)
def test_a_record_that_says_too_little_is_refused_and_recorded(hall: Hall, code: str, changes: dict[str, Any]) -> None:
    delivered(hall)
    begin_visits(hall.runtime)
    said = {**SAID, "visited_on": hall.today(), "problems": [], **changes}
    assert_problem(do(hall, "visit_applicant", VISITOR, **said), 422, code)
    assert code in refusals(hall, VISITOR)


def test_a_visit_nobody_made_in_time_is_on_record_and_is_still_made(hall: Hall) -> None:
    delivered(hall)
    begin_visits(hall.runtime)
    hall.now += timedelta(days=20)
    hall.runtime.run_due(hall.now)
    assert visit(hall)["overdue_at"] is not None
    not_reached = {"way": "phone", "reached": "no", "said": "三次电话无人接听。", "problems": []}
    assert do(hall, "visit_applicant", VISITOR, **not_reached, visited_on=hall.today()).status_code == 200
    assert (visit(hall)["status"], visit(hall)["satisfaction"]) == ("closed", None)


def test_visits_are_listed_and_exported_for_supervision_alone(hall: Hall) -> None:
    delivered(hall)
    begin_visits(hall.runtime)
    assert "HF2026" in hall.person("auditor").get("/api/visits?format=csv&status=open").text
    assert hall.person("auditor").get("/api/visits?status=closed").json["items"] == []
    assert_problem(hall.person("auditor").get("/api/visits/HF1"), 404, "follow-up-not-found")
    assert hall.person(SOLVER).get("/api/visits").status_code == 403

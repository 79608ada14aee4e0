"""Joint meetings over HTTP: in every quarter, held by four bodies, decided with a day, followed to the end (P20, R-70)."""

from collections.abc import Iterator
from datetime import UTC, date, datetime, timedelta
from typing import Any

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from tests.api.doors import assert_problem
from tests.api.installed import Hall
from tests.api.test_api_complaints import refusals
from workflows.meetings.meeting import BODIES, quarter_of
from workflows.meetings.quarter import convene_in_quarter

POINT = {"kind": "added", "number": "1", "matter": "窗口空岗"}
LATE = {"matter": "整改。", "responsible": "window-commerce", "due_on": "2026-04-01"}
BEGIN = {"process_key": "liaison_meeting"}
CONVENER, SIGNER, RESPONSIBLE = "committee", "supervisor", "window-commerce-1"


@pytest.fixture
def hall(installed_url: str) -> Iterator[Hall]:
    made = Hall(installed_url)
    yield made
    made.runtime.stop()


def do(hall: Hall, element: str, account: str, **given: Any) -> Any:
    items = hall.person("supervisor").get("/api/user-tasks?scope=all&limit=100").json["items"]
    place = next(item["id"] for item in items if item["element_id"] == element)
    return hall.person(account).post(f"/api/user-tasks/{place}/complete", {"variables": given})


def meeting(hall: Hall) -> dict[str, Any]:
    number = hall.person(CONVENER).get("/api/meetings").json["items"][-1]["number"]
    found: dict[str, Any] = hall.person(CONVENER).get(f"/api/meetings/{number}").json
    return found


def announce(hall: Hall, *added: str) -> dict[str, Any]:
    points = [{"matter": matter} for matter in added]
    assert do(hall, "announce", CONVENER, held_on=hall.today(), place="中心会议室", added=points).status_code == 200
    return meeting(hall)


def minutes(hall: Hall, **changes: Any) -> dict[str, Any]:
    agenda = [{**point, "conclusion": "由督查科跟踪。"} for point in meeting(hall)["agenda"]]
    attendance = [{"body": body, "name": name, "present": True} for body, name in BODIES.items()]
    due = {"matter": "窗口空岗须当日报告。", "responsible": "window-commerce", "due_on": hall.today(7)}
    said = {"held": "yes", "held_on": hall.today(), "attendance": attendance, "agenda": agenda, "decisions": [due]}
    return {**said, "minutes": "会议听取了窗口空岗情况，议定如下事项。", **changes}


def signed(hall: Hall) -> None:
    assert convene_in_quarter(hall.runtime)
    announce(hall, "窗口空岗")
    assert do(hall, "hold", CONVENER, **minutes(hall)).status_code == 200
    assert do(hall, "sign", SIGNER, agreed="yes").status_code == 200


@settings(max_examples=30)
@given(st.dates(date(2000, 1, 1), date(2090, 1, 1)))
def test_a_quarter_has_three_months(day: date) -> None:
    first = date(day.year, 3 * ((day.month - 1) // 3) + 1, 1)
    assert quarter_of(first) == quarter_of(day)
    assert quarter_of(first - timedelta(days=1)) != quarter_of(day)


def test_a_quarter_without_a_meeting_gets_one_and_only_one(hall: Hall) -> None:
    assert convene_in_quarter(hall.runtime)
    assert not convene_in_quarter(hall.runtime)
    hall.now = datetime(2026, 4, 1, 1, 0, tzinfo=UTC)
    assert convene_in_quarter(hall.runtime)
    quarters = [row["quarter"] for row in hall.person(CONVENER).get("/api/meetings").json["items"]]
    assert quarters == ["2026-Q1", "2026-Q2"]


def test_what_somebody_convened_counts_for_the_quarter(hall: Hall) -> None:
    assert_problem(hall.person(RESPONSIBLE).post("/api/process-instances", BEGIN), 403, "meeting-not-yours")
    assert "meeting-not-yours" in refusals(hall, RESPONSIBLE)
    assert hall.person(CONVENER).post("/api/process-instances", BEGIN).status_code == 201
    assert not convene_in_quarter(hall.runtime)


def test_a_decision_is_reported_checked_and_the_meeting_ends(hall: Hall) -> None:
    signed(hall)
    assert_problem(do(hall, "report", "window-land-1", report="已整改。"), 403, "user-task-not-candidate")
    assert do(hall, "report", RESPONSIBLE, report="已整改，附值班表。").status_code == 200
    assert do(hall, "check", SIGNER, agreed="no", reason="值班表不全。").status_code == 200
    assert do(hall, "report", RESPONSIBLE, report="已补全值班表。").status_code == 200
    assert do(hall, "check", SIGNER, agreed="yes").status_code == 200
    found = meeting(hall)
    assert (found["status"], found["decisions"][0]["status"]) == ("closed", "done")
    assert [event["event"] for event in found["events"]] == [
        *("convened", "announced", "recorded", "signed", "reported", "sent-back", "reported", "done", "closed")
    ]


def test_what_is_not_done_by_its_day_is_marked_and_on_the_next_agenda(hall: Hall) -> None:
    signed(hall)
    first = meeting(hall)["number"]
    hall.now += timedelta(days=40)
    hall.runtime.run_due(hall.now)
    assert meeting(hall)["decisions"][0]["overdue_at"] is not None
    assert convene_in_quarter(hall.runtime)
    assert [(point["kind"], point["number"]) for point in meeting(hall)["agenda"]] == [("decision", f"{first}/1")]


def test_a_meeting_without_one_of_the_bodies_is_put_off(hall: Hall) -> None:
    convene_in_quarter(hall.runtime)
    announce(hall)
    absent = [{"body": body, "name": name, "present": body != "finance"} for body, name in BODIES.items()]
    assert_problem(do(hall, "hold", CONVENER, **minutes(hall, attendance=absent)), 422, "meeting-body-absent")
    assert "meeting-body-absent" in refusals(hall, CONVENER)
    put_off = {"held": "put-off", "attendance": absent, "agenda": []}
    assert do(hall, "hold", CONVENER, **put_off).status_code == 200
    assert announce(hall)["status"] == "announced"


@pytest.mark.parametrize(
    ("code", "status", "changes"),
    [
        ("meeting-point-open", 422, {"agenda": [POINT | {"conclusion": " "}]}),
        ("meeting-decision-day", 422, {"decisions": [LATE | {"due_on": "2026-02-01"}]}),
        ("meeting-group-unknown", 422, {"decisions": [LATE | {"responsible": "window-x"}]}),
        ("meeting-day", 422, {"held_on": "2026-03-09"}),
    ],
)
def test_minutes_that_leave_something_open_are_refused_and_recorded(
    hall: Hall, code: str, status: int, changes: dict[str, Any]
) -> None:
    convene_in_quarter(hall.runtime)
    announce(hall, "窗口空岗")
    assert_problem(do(hall, "hold", CONVENER, **minutes(hall, **changes)), status, code)
    assert code in refusals(hall, CONVENER)


def test_nobody_signs_his_own_minutes_and_signed_ones_stand(hall: Hall) -> None:
    convene_in_quarter(hall.runtime)
    announce(hall, "窗口空岗")
    do(hall, "hold", CONVENER, **minutes(hall))
    assert do(hall, "sign", CONVENER, agreed="yes").status_code == 403
    assert do(hall, "sign", "discipline-officer-1", agreed="no", reason="漏记一项。").status_code == 200
    assert do(hall, "hold", CONVENER, **minutes(hall, minutes="会议议定两项事项，补记。")).status_code == 200
    assert do(hall, "sign", "discipline-officer-1", agreed="yes").status_code == 200
    assert (meeting(hall)["minutes"], meeting(hall)["signed_by"]) == ("会议议定两项事项，补记。", "discipline-officer-1")


def test_meetings_are_read_by_the_hall_and_exported(hall: Hall) -> None:
    convene_in_quarter(hall.runtime)
    assert hall.person("auditor").get("/api/meetings?format=csv").text.count("LX2026") == 1
    assert_problem(hall.person("auditor").get("/api/meetings/LX1"), 404, "meeting-not-found")
    assert hall.person("applicant").get("/api/meetings").status_code == 403

"""Lists: pages, filters, and files for a spreadsheet."""

import csv
import io
from datetime import timedelta
from typing import Any

import orjson

from tests.api.doors import Hall, assert_problem


def test_pages_follow_each_other_without_gap_or_repeat(hall: Hall) -> None:
    clerk = hall.person("clerk")
    started = []
    for number in range(7):
        hall.now += timedelta(minutes=1)
        started.append(hall.start(clerk, business_key=f"B-{number}")["instance_id"])
    seen, path = [], "/api/process-instances?limit=3&sort=started"
    while path:
        answer = clerk.get(path)
        page: Any = answer.json
        seen += [item["id"] for item in page["items"]]
        link = answer.headers.get("Link", "")
        assert bool(link) == (page["next_cursor"] is not None)
        path = link.removeprefix("<").removesuffix('>; rel="next"')
    assert seen == started


def test_a_list_is_filtered_searched_sorted_and_counted(hall: Hall) -> None:
    clerk = hall.person("clerk")
    for number in range(3):
        hall.now += timedelta(minutes=1)
        hall.start(clerk, business_key=f"B-{number}")
    found: Any = clerk.get("/api/user-tasks?text=b-1").json
    assert [item["business_key"] for item in found["items"]] == ["B-1"]
    newest: Any = clerk.get("/api/user-tasks?sort=-created&limit=1").json
    assert newest["items"][0]["business_key"] == "B-2"
    counts = clerk.get("/api/user-tasks/counts?group=window").json
    assert counts == {"total": 3, "by_light": {"none": 3}, "by_group": {"window": 3}}
    moment = "2026-03-02T09:02:00+08:00"
    early: Any = clerk.get("/api/process-instances", query_string={"started_before": moment}).json
    assert [item["business_key"] for item in early["items"]] == ["B-0"]
    assert clerk.get(f"/api/process-instances?started_before={moment}").json == early
    assert clerk.get("/api/process-instances?status=completed").json["items"] == []
    assert len(clerk.get("/api/user-tasks?state=all").json["items"]) == 3
    assert_problem(clerk.get("/api/user-tasks?sort=title"), 422, "input-invalid")


def test_a_cursor_of_another_order_is_refused(hall: Hall) -> None:
    clerk = hall.person("clerk")
    for number in range(2):
        hall.start(clerk, business_key=f"B-{number}")
    cursor = clerk.get("/api/user-tasks?limit=1").json["next_cursor"]
    assert_problem(clerk.get(f"/api/user-tasks?sort=-created&cursor={cursor}"), 400, "cursor-invalid")


def test_the_whole_list_comes_as_a_file_a_spreadsheet_shows_right(hall: Hall) -> None:
    clerk = hall.person("clerk")
    for number in range(5):
        hall.start(clerk, business_key='=HYPERLINK("x")' if number == 0 else f"编号,{number}")
    answer = clerk.get("/api/user-tasks?format=csv&limit=2")
    assert answer.mimetype == "text/csv"
    assert "user-tasks.csv" in answer.headers["Content-Disposition"]
    assert answer.data.startswith("\ufeff".encode())
    rows = list(csv.DictReader(io.StringIO(answer.data.decode("utf-8-sig"))))
    assert len(rows) == 5
    assert {row["业务编号"] for row in rows} == {'\'=HYPERLINK("x")', *(f"编号,{number}" for number in range(1, 5))}
    assert {row["产生时间"] for row in rows} == {"2026-03-02 09:00:00"}
    assert {row["候选组"] for row in rows} == {"window"}
    by_accept = clerk.get("/api/user-tasks", headers={"Accept": "text/csv", "Accept-Language": "en"})
    assert by_accept.data.decode("utf-8-sig").splitlines()[0].startswith("Id,Task,Case number,Item,Applicant,Business key")


def test_the_whole_list_comes_as_json_too(hall: Hall) -> None:
    clerk = hall.person("clerk")
    assert orjson.loads(clerk.get("/api/user-tasks?format=json").data) == []
    for _ in range(3):
        hall.start(clerk)
    answer = clerk.get("/api/user-tasks?format=json&limit=1")
    assert "attachment" in answer.headers["Content-Disposition"]
    assert orjson.loads(answer.data) == clerk.get("/api/user-tasks").json["items"]


def test_an_export_ends_at_its_limit(hall: Hall) -> None:
    small = Hall(hall.runtime.settings.database_url, max_export_rows=2)
    clerk = small.person("clerk")
    for _ in range(3):
        small.start(clerk)
    assert len(orjson.loads(clerk.get("/api/user-tasks?format=json").data)) == 2
    small.close()


def test_every_list_can_be_exported(hall: Hall) -> None:
    case = hall.start(process_key="broken", variables={})["instance_id"]
    hall.start()
    lists = {
        "supervisor": [
            "user-tasks?scope=all&",
            "process-instances?",
            f"process-instances/{case}/history?",
            "incidents?",
            "jobs?",
        ],
        "auditor": ["audit-log?", "deployments?"],
        "designer": ["process-definitions?", "forms?"],
    }
    for account, paths in lists.items():
        person = hall.person(account)
        for path in paths:
            pages: Any = person.get(f"/api/{path}limit=200").json
            exported = list(csv.reader(io.StringIO(person.get(f"/api/{path}format=csv").data.decode("utf-8-sig"))))
            assert len(exported) == len(pages["items"]) + 1, path
            assert orjson.loads(person.get(f"/api/{path}format=json").data) == pages["items"], path

"""Attachments over HTTP: handed in before the form, named by its data, read by whoever may see the case and by nobody else."""

from collections.abc import Iterator
from typing import Any

import pytest

from engine.runtime.deployments import ResourceFile
from tests.api.doors import assert_problem
from tests.api.installed import Hall
from tests.workflows import papers

PNG = b"\x89PNG\r\n\x1a\n" + b"\0" * 20
PROCESS = "outdoor_advertising_registration"


@pytest.fixture
def hall(installed_url: str) -> Iterator[Hall]:
    made = Hall(installed_url)
    yield made
    made.runtime.stop()


def hand_in(hall: Hall, who: str, *files: tuple[str, bytes]) -> Any:
    return hall.person(who).upload("/api/attachments", *(ResourceFile(name, content) for name, content in files))


def recorded(hall: Hall, code: str) -> bool:
    entries = hall.person("auditor").get("/api/audit-log?outcome=refused").json["items"]
    return any(entry["code"] == code for entry in entries)


def test_a_file_comes_back_as_it_was_and_is_never_shown_as_a_page(hall: Hall) -> None:
    (kept,) = hand_in(hall, "applicant", ("图纸/效果图.png", PNG)).json["items"]
    assert (kept["name"], kept["media_type"], kept["size"]) == ("效果图.png", "image/png", len(PNG))
    answer = hall.person("applicant").get(f"/api/attachments/{kept['id']}")
    assert (answer.data, answer.mimetype) == (PNG, "application/octet-stream")
    assert answer.headers["Content-Disposition"].startswith("attachment")
    assert answer.headers["X-Content-Type-Options"] == "nosniff"


def test_who_works_on_the_case_reads_what_its_data_names(hall: Hall) -> None:
    (kept,) = hand_in(hall, "applicant", ("效果图.png", PNG)).json["items"]
    (other,) = hand_in(hall, "applicant", ("别的.png", PNG)).json["items"]
    given = papers.application(PROCESS)
    given["details"] |= {"sketches": [kept["id"]]}
    begun = hall.person("applicant").post("/api/process-instances", {"process_key": PROCESS, "variables": given})
    assert begun.status_code == 201, begun.text
    case = f"/api/process-instances/{begun.json['instance_id']}/attachments"
    assert [found["name"] for found in hall.person("supervisor").get(case).json] == ["效果图.png"]
    assert hall.person("supervisor").get(f"{case}/{kept['id']}").data == PNG
    assert_problem(hall.person("supervisor").get(f"{case}/{other['id']}"), 404, "attachment-not-found")
    assert_problem(hall.person("window-health-1").get(case), 404, "instance-not-found")


def test_nobody_reads_what_another_handed_in(hall: Hall) -> None:
    (kept,) = hand_in(hall, "applicant", ("效果图.png", PNG)).json["items"]
    assert_problem(hall.person("window-health-1").get(f"/api/attachments/{kept['id']}"), 404, "attachment-not-found")
    assert_problem(hall.person("applicant").get("/api/attachments/" + "0" * 32), 404, "attachment-not-found")


@pytest.mark.parametrize(
    ("name", "content", "code"),
    [
        ("run.exe", b"MZ", "attachment-kind-refused"),
        ("page.html", b"<script>", "attachment-kind-refused"),
        ("plan.pdf", b"MZ\x90\0", "attachment-content-differs"),
        ("plan.pdf", b"", "attachment-empty"),
        ("", PNG, "attachment-kind-refused"),
    ],
)
def test_what_is_no_paper_is_refused(hall: Hall, name: str, content: bytes, code: str) -> None:
    answer = hand_in(hall, "applicant", (name, content))
    assert_problem(answer, 422, code)
    assert recorded(hall, code)

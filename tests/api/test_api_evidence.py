"""R-08: the evidence of a case in one file, with its proof, and who took it on record."""

import hashlib
import io
import json
import zipfile
from collections.abc import Iterator
from typing import Any

import pytest

from tests.api.doors import assert_problem
from tests.api.installed import Hall
from tests.workflows import papers
from workflows.evidence.package import bearing_case_numbers

ITEM = "outdoor_advertising_registration"
WHY = {"reason": "市纪委函〔2026〕3号调阅"}


@pytest.fixture
def hall(installed_url: str) -> Iterator[Hall]:
    made = Hall(installed_url)
    yield made
    made.runtime.stop()


@pytest.fixture
def number(hall: Hall) -> str:
    body = {"process_key": ITEM, "variables": papers.APPLICATIONS[ITEM]}
    assert hall.person("applicant").post("/api/process-instances", body).status_code == 201
    return str(hall.person("supervisor").get("/api/case-files").json["items"][0]["number"])


def taken(hall: Hall, number: str) -> dict[str, Any]:
    answer = hall.person("auditor").post(f"/api/case-files/{number}/evidence-package", WHY)
    assert answer.status_code == 200, answer.text
    with zipfile.ZipFile(io.BytesIO(answer.data)) as package:
        contents = {name: package.read(name) for name in package.namelist()}
    index = json.loads(contents["index.json"])
    assert {name: hashlib.sha256(contents[name]).hexdigest() for name in index["sha256"]} == index["sha256"]
    assert (index["case"], index["taken_by"], index["reason"]) == (number, "auditor", WHY["reason"])
    return {name.removesuffix(".json"): json.loads(content) for name, content in contents.items()}


def test_everything_there_is_of_the_case_and_its_proof(hall: Hall, number: str) -> None:
    found = taken(hall, number)
    assert {table.name for table in bearing_case_numbers()} <= set(found)
    assert [row["number"] for row in found["case_file"]] == [number]
    assert [row["kind"] for row in found["issued_document"]] == ["filing_receipt"]
    assert found["history"][0]["command"] == "StartProcessInstance"
    assert found["proof"]["replay_agrees"] is True
    assert "pass_code" not in found["case_file"][0]
    assert "complaint" not in found


def test_that_it_was_taken_is_on_record_and_nobody_of_a_window_takes_it(hall: Hall, number: str) -> None:
    taken(hall, number)
    place = f"/api/case-files/{number}/evidence-package"
    assert_problem(hall.person("window-commerce-1").post(place, WHY), 403, "permission-denied")
    assert_problem(hall.person("auditor").post(place, {"reason": " "}), 422, "evidence-reason-missing")
    assert_problem(hall.person("auditor").post(place.replace(number, "1" * 24), WHY), 404, "case-not-found")
    entries = hall.person("auditor").get("/api/audit-log?limit=200").json["items"]
    kept = [(entry["actor_id"], entry["outcome"]) for entry in entries if entry["action"] == "ExportEvidence"]
    assert sorted(kept) == [("auditor", "accepted"), ("auditor", "refused"), ("auditor", "refused")]

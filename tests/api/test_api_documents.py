"""Documents at the door: printed by those who see the case, verified by anybody who holds the paper."""

from datetime import timedelta
from typing import Any

import pytest

from engine.runtime.deployments import ResourceFile
from tests.api.doors import DESIGNER, Hall, assert_problem
from tests.core.sketch import bpmn
from tests.workflows.test_documents import ISSUING, REFUSAL, sample
from workflows.documents import register
from workflows.documents.kind import kinds


@pytest.fixture
def issued(hall: Hall) -> dict[str, Any]:
    """A refusal, and a public licence of the same case."""
    register(hall.runtime.operators)
    hall.runtime.deployments.deploy([ResourceFile("p.bpmn", bpmn(ISSUING.replace("groups=g", "groups=window")))], DESIGNER)
    clerk = hall.person("clerk")
    licence = {**sample(kinds()["licence_decision"]), "item": "户外广告登记"}
    made = {}
    for kind, data in (("refusal_decision", REFUSAL), ("licence_decision", licence)):
        hall.now += timedelta(minutes=1)
        variables = {"kind": kind, "number": "C-1", "data": data}
        case = hall.start(clerk, process_key="p", variables=variables)
        made[kind] = clerk.get(f"/api/process-instances/{case['instance_id']}").json["variables"]["document"]
    return made


def test_those_who_see_the_case_list_and_print_its_documents(hall: Hall, issued: dict[str, Any]) -> None:
    clerk = hall.person("clerk")
    listed = clerk.get("/api/documents?case_number=C-1").json
    assert [entry["title"] for entry in listed] == ["不予行政许可决定书", "准予行政许可决定书"]
    printed = clerk.get(f"/api/documents/{listed[0]['verification_code']}/pdf")
    assert (printed.status_code, printed.mimetype, printed.data[:5]) == (200, "application/pdf", b"%PDF-")
    stranger = hall.person("stranger")
    assert stranger.get("/api/documents?case_number=C-1").json == []
    assert_problem(stranger.get(f"/api/documents/{listed[0]['verification_code']}/pdf"), 404, "instance-not-found")
    assert_problem(clerk.get("/api/documents/AAAA-BBBB-CCCC/pdf"), 404, "verification-failed")


def test_anybody_verifies_a_paper_and_reads_only_what_is_public(hall: Hall, issued: dict[str, Any]) -> None:
    anybody = hall.anonymous()
    refusal = anybody.get(f"/api/public/documents/{issued['refusal_decision']['verification_code']}").json
    assert (refusal["title"], refusal["is_intact"], refusal["paragraphs"]) == ("不予行政许可决定书", True, [])
    assert REFUSAL["applicant"] not in str(refusal)
    licence = anybody.get(f"/api/public/documents/{issued['licence_decision']['verification_code']}").json
    assert "户外广告登记" in licence["paragraphs"][0]
    assert_problem(anybody.get("/api/public/documents/1"), 404, "verification-failed")


def test_the_page_behind_the_qr_code_works_without_script_in_both_languages(hall: Hall, issued: dict[str, Any]) -> None:
    anybody, code = hall.anonymous(), issued["refusal_decision"]["verification_code"]
    page = anybody.get(f"/verify?code={code.lower()}")
    assert page.status_code == 200
    assert issued["refusal_decision"]["number"] in page.text
    assert "<script" not in page.text
    assert "Check a document" in anybody.get("/verify", headers={"Accept-Language": "en"}).text
    wrong = anybody.get("/verify?code=<b>x</b>")
    assert wrong.status_code == 404
    assert "<b>x" not in wrong.text

"""The inbox at the door: one's own notices, and nobody else's."""

from datetime import timedelta

from engine.runtime.deployments import ResourceFile
from tests.api.doors import DESIGNER, Hall, assert_problem
from tests.core.sketch import bpmn
from workflows.notices import register

POSTING = """
    start s
    service post operator=notices.post into=posted param_to="=to" param_kind=granted param_case="=number" param_data="=data"
    end e
    s -> post -> e
"""


def test_an_applicant_reads_what_was_told_to_them_newest_first(hall: Hall) -> None:
    register(hall.runtime.operators)
    hall.runtime.deployments.deploy([ResourceFile("p.bpmn", bpmn(POSTING))], DESIGNER)
    for number in ("C-1", "C-2", "C-3"):
        hall.now += timedelta(minutes=1)
        variables = {"to": {"account": "applicant"}, "number": number, "data": {"item": "取水许可"}}
        hall.start(process_key="p", variables=variables)
    applicant, neighbour = hall.person("applicant"), hall.person("neighbour")
    page = applicant.get("/api/notices?limit=2").json
    assert [entry["case_number"] for entry in page["items"]] == ["C-3", "C-2"]
    rest = applicant.get(f"/api/notices?limit=2&cursor={page['next_cursor']}").json
    assert ([entry["case_number"] for entry in rest["items"]], rest["next_cursor"]) == (["C-1"], None)
    assert neighbour.get("/api/notices").json["items"] == []

    notice = rest["items"][0]
    assert (notice["title"], notice["read_at"]) == ("准予许可", None)
    assert_problem(neighbour.post(f"/api/notices/{notice['id']}/read"), 404, "notice-not-found")
    assert applicant.post(f"/api/notices/{notice['id']}/read").status_code == 204
    first = applicant.get("/api/notices").json["items"][2]["read_at"]
    hall.now += timedelta(hours=1)
    applicant.post(f"/api/notices/{notice['id']}/read")
    assert applicant.get("/api/notices").json["items"][2]["read_at"] == first


def test_the_code_for_rating_is_the_applicant_s_alone(hall: Hall) -> None:
    """A-21: neither who filed for him at the counter reads it, nor is it in a file that leaves the program."""
    register(hall.runtime.operators)
    delivered = POSTING.replace("param_kind=granted", "param_kind=delivered")
    hall.runtime.deployments.deploy([ResourceFile("p.bpmn", bpmn(delivered))], DESIGNER)
    data = {"item": "取水许可", "rating_code": "48151623"}
    for account in ("applicant", "clerk"):
        hall.start(process_key="p", variables={"to": {"account": account}, "number": "C-1", "data": data})
    assert "48151623" in hall.person("applicant").get("/api/notices").text
    shown = hall.person("clerk").get("/api/notices").json["items"][0]["text"]
    assert "48151623" not in shown
    assert "取水许可" in shown
    for wanted in ("csv", "json"):
        assert "48151623" not in hall.person("applicant").get(f"/api/notices?format={wanted}").text
    assert "48151623" not in hall.person("applicant").get("/api/notices", headers={"Accept": "text/csv"}).text

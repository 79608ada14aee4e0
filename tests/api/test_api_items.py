"""The catalogue at the door: the public reads what is in force, designers draft, somebody else publishes."""

from typing import Any

import pytest

from engine.core.actor import Actor
from tests.api.doors import DESIGNER, Hall, assert_problem
from tests.workflows.some_models import files_of
from workflows.catalogue.item_register import ItemRegister
from workflows.catalogue.loading import load_directory, shipped_contents
from workflows.operators import register

SHORTER = {"promised_days": 5, "steps": [{"name": "受理、审查、决定", "post": "承办人", "days": 5}]}
LETTER = "县府法审〔2026〕1号"


@pytest.fixture
def catalogue(hall: Hall) -> Hall:
    register(hall.runtime.operators)
    hall.runtime.deployments.deploy(files_of("outdoor_advertising_registration"), DESIGNER)
    ItemRegister(hall.runtime.registers).install(Actor("installation"))
    return hall


def drafted(hall: Hall, **changes: Any) -> int:
    latest = hall.person("designer").get("/api/items/GS-002").json
    body = {"content": {**latest["content"], **changes}, "reason": "缩短承诺期限", "based_on": latest["version"]}
    answer = hall.person("designer").post("/api/items", body)
    assert answer.status_code == 201, answer.text
    number: int = answer.json["version"]
    return number


def test_everybody_reads_what_is_in_force_and_nothing_else(catalogue: Hall) -> None:
    anybody = catalogue.anonymous()
    first = anybody.get("/api/public/items?limit=1").json
    assert len(first["items"]) == 1
    assert first["next_cursor"] is not None
    codes = [line["code"] for line in anybody.get("/api/public/items?limit=200").json["items"]]
    assert set(load_directory()) <= set(codes)
    drafted(catalogue, **SHORTER)
    shown = anybody.get("/api/public/items/GS-002").json
    assert (shown["version"], shown["content"]["promised_days"]) == (1, 7)
    assert_problem(anybody.get("/api/public/items/XX-999"), 404, "item-not-in-catalogue")
    assert_problem(anybody.get("/api/items/GS-002"), 401, "not-authenticated")
    assert_problem(catalogue.person("applicant").get("/api/items"), 403, "permission-denied")


def test_the_list_is_filtered_and_goes_into_a_spreadsheet(catalogue: Hall) -> None:
    asked = catalogue.person("clerk").get("/api/items?department=县国土局&kind=reported&text=采矿")
    assert [line["code"] for line in asked.json["items"]] == ["GT-001"]
    drafted(catalogue, **SHORTER)
    new = shipped_contents()["GS-002"] | {"code": "GS-900", "name": "=cmd"}
    assert catalogue.person("designer").post("/api/items", {"content": new, "reason": "新增"}).status_code == 201
    drafts = catalogue.person("clerk").get("/api/items?state=draft&text=GS-900").json["items"]
    assert [(line["code"], line["state"]) for line in drafts] == [("GS-900", "draft")]
    table = catalogue.person("clerk").get("/api/items?format=csv", headers={"Accept-Language": "zh"}).text
    assert table.startswith("\ufeff事项编码,名称")
    assert ",'=cmd," in table
    assert "户外广告登记" in table


def test_a_change_is_drafted_submitted_checked_and_published(catalogue: Hall) -> None:
    designer, administrator = catalogue.person("designer"), catalogue.person("administrator")
    number = drafted(catalogue, **SHORTER)
    at = f"/api/items/GS-002/versions/{number}"
    assert designer.get(f"{at}/findings").json == []
    differing = designer.get(f"/api/items/GS-002/differences?before=1&after={number}").json
    assert differing[0] == {"field": "promised_days", "before": 7, "after": 5}
    assert designer.post(f"{at}/submission", {}).json["state"] == "legal-check"
    assert_problem(designer.post(f"{at}/state", {"state": "queued", "document": LETTER}), 403, "permission-denied")
    assert administrator.post(f"{at}/state", {"state": "queued", "document": LETTER}).json["state"] == "queued"
    published = administrator.post(f"{at}/state", {"state": "in-force", "from_on": "2026-03-02"})
    assert (published.json["state"], published.json["from_on"]) == ("in-force", "2026-03-02")
    assert catalogue.anonymous().get("/api/public/items/GS-002").json["version"] == number
    assert [entry["version"] for entry in designer.get("/api/items/GS-002/versions").json] == [number, 1]
    happened = [(entry["state"], entry["actor_id"]) for entry in designer.get("/api/items/GS-002/events").json]
    assert happened[-3:] == [("legal-check", "designer"), ("queued", "administrator"), ("in-force", "administrator")]


def test_what_windows_could_decide_and_do_not_is_public_with_its_reason(catalogue: Hall) -> None:
    shown = catalogue.anonymous().get("/api/public/authorisation").json
    kept = {one["code"]: one["reason"] for one in shown["kept_back"]}
    assert shown["direct"] == shown["immediate"] + len(kept)
    assert "GS-004" in kept
    assert all(kept.values())


def test_what_breaks_a_rule_is_named_before_and_refused_when_submitted(catalogue: Hall) -> None:
    designer = catalogue.person("designer")
    number = drafted(catalogue, promised_days=21, quantity="")
    at = f"/api/items/GS-002/versions/{number}"
    found = designer.get(f"{at}/findings", headers={"Accept-Language": "zh"}).json
    assert [one["code"] for one in found] == ["item-publication-incomplete", "item-promise-too-long"]
    assert found[1]["sentence"] == "承诺期限21个工作日超过法定期限20个工作日。"
    assert_problem(designer.post(f"{at}/submission", {}), 422, "item-publication-incomplete")
    [entry] = catalogue.person("auditor").get("/api/audit-log?outcome=refused").json["items"]
    assert (entry["action"], entry["subject"], entry["code"]) == ("MoveItem", "GS-002", "item-publication-incomplete")


def test_bodies_that_mean_harm_are_refused(catalogue: Hall) -> None:
    designer = catalogue.person("designer")
    good = shipped_contents()["GS-002"]
    for content in ({**good, "colour": "red"}, {**good, "promised_days": "many"}, {}, {**good, "materials": [1]}):
        assert_problem(designer.post("/api/items", {"content": content, "reason": "x"}), 422, "item-content-invalid")
    assert_problem(designer.post("/api/items", {"content": [], "reason": "x"}), 422, "input-invalid")
    assert_problem(designer.post("/api/items", {"content": good, "reason": "x"}), 409, "item-exists")
    long = {**good, "conditions": ["很长" * 200] * 60, "code": "GS-901"}
    assert designer.post("/api/items", {"content": long, "reason": "x"}).status_code == 201
    assert_problem(designer.get("/api/items/GS-002/versions/77"), 404, "item-version-not-found")
    assert_problem(designer.get("/api/items/GS-002/differences?before=0&after=1"), 422, "input-invalid")

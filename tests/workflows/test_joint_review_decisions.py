"""The decisions of a joint review (D2 to D4, D7, D8, D10 to D12), row by row, with what lies just beside each threshold."""

from datetime import UTC, datetime
from functools import cache
from pathlib import Path
from typing import Any

import pytest

from decisions import DecisionModel, compile_decisions

FOLDER = Path(__file__).parents[2] / "bpmn_models" / "joint_review"
NOW = datetime(2026, 3, 2, 1, 0, tzinfo=UTC)
MILLION = 100_000_000
"""A million yuan in fen."""


@cache
def model(name: str) -> DecisionModel:
    return compile_decisions((FOLDER / f"{name}.dmn").read_bytes())


def decide(name: str, **inputs: Any) -> Any:
    return model(name).evaluate(name, inputs, now=NOW).value


PROJECT = {
    "investment_promotion": False,
    "key_construction": False,
    "investment_fen": 0,
    "foreign_invested": False,
    "public_facility": False,
    "departments": 1,
}


@pytest.mark.parametrize(
    ("changes", "route"),
    [
        ({"investment_promotion": True}, "joint-review"),
        ({"key_construction": True, "investment_fen": 10 * MILLION}, "joint-review"),
        ({"key_construction": True, "investment_fen": 10 * MILLION - 1}, "single"),
        ({"investment_fen": 20 * MILLION}, "single"),
        ({"foreign_invested": True}, "joint-review"),
        ({"public_facility": True, "departments": 2}, "joint-review"),
        ({"public_facility": True}, "single"),
        ({"departments": 2}, "ordinary-joint"),
        ({}, "single"),
    ],
)
def test_which_projects_are_reviewed_jointly(changes: dict[str, Any], route: str) -> None:
    assert decide("joint_review_eligibility", **PROJECT | changes) == route


@pytest.mark.parametrize(
    ("kind", "lead", "path"),
    [
        ("investment-promotion", "县招商局", "A"),
        ("construction", "县计经委", "B"),
        ("real-estate", "县计经委", "B"),
        ("technical-renovation", "县计经委", "B"),
        ("public-facility", "县建委", "C"),
        ("foreign-invested", "县贸易局", "D"),
        ("bakery", None, None),
    ],
)
def test_who_leads(kind: str, lead: str | None, path: str | None) -> None:
    found = decide("joint_review_lead", project_kind=kind)
    assert (found["lead"], found["path"]) == (lead, path)


SPECIAL = {
    "foreign_restricted": False,
    "resettlement": False,
    "sensitive_report": False,
    "unresolved": False,
    "investment_fen": 100 * MILLION - 1,
}


@pytest.mark.parametrize("special", ["foreign_restricted", "resettlement", "sensitive_report", "unresolved"])
def test_a_county_leader_chairs_special_matters(special: str) -> None:
    assert decide("joint_review_chair", **SPECIAL | {special: True})["chair"] == "county-leader"
    assert decide("joint_review_chair", **SPECIAL | {"investment_fen": 100 * MILLION})["chair"] == "county-leader"
    assert decide("joint_review_chair", **SPECIAL) == {"chair": "committee", "chair_group": "committee"}


@pytest.mark.parametrize(
    ("changes", "assessment"),
    [
        ({"industry_catalogue": "prohibited", "sensitive_area": True}, "refuse"),
        ({"industry": "chemicals"}, "report"),
        ({"industry": "dyeing"}, "report"),
        ({"sensitive_area": True}, "report"),
        ({"emissions": True}, "form"),
        ({}, "registration"),
    ],
)
def test_which_environmental_paper(changes: dict[str, Any], assessment: str) -> None:
    given = {"industry_catalogue": "allowed", "industry": "furniture", "sensitive_area": False, "emissions": False}
    assert decide("environmental_assessment_class", **given | changes) == assessment


NOTHING = {
    "forest_land_m2": 0,
    "slope_or_spoil": False,
    "cultural_protection": False,
    "water_m3": 0,
    "hazardous": False,
    "crowded": False,
    "imported_equipment": False,
}


@pytest.mark.parametrize(
    ("changes", "permits"),
    [
        ({}, []),
        ({"forest_land_m2": 1}, ["占用林地审核"]),
        ({"slope_or_spoil": True}, ["水土保持方案"]),
        ({"cultural_protection": True}, ["文物保护意见"]),
        ({"water_m3": 1}, ["取水许可"]),
        ({"hazardous": True}, ["安全预评价", "爆炸、危险物品意见"]),
        ({"crowded": True}, ["消防设计审核"]),
        ({"imported_equipment": True}, ["进口设备审核"]),
        ({"forest_land_m2": 9, "crowded": True}, ["占用林地审核", "消防设计审核"]),
    ],
)
def test_what_a_project_sets_off(changes: dict[str, Any], permits: list[str]) -> None:
    assert [found["permit"] for found in decide("joint_review_triggers", **NOTHING | changes)] == permits


BUILDING = {
    "project_kind": "construction",
    "government_funded": False,
    "new_land": True,
    "new_building": True,
    "below_limit": False,
}


@pytest.mark.parametrize(
    ("changes", "variant", "skipped"),
    [
        ({"project_kind": "real-estate"}, "real-estate", []),
        (
            {"project_kind": "technical-renovation", "new_land": False, "new_building": False},
            "renovation-on-site",
            ["B2", "B3", "B6", "B7", "B10"],
        ),
        ({"project_kind": "technical-renovation", "new_land": False}, "renovation-with-building", ["B2", "B3", "B6", "B7"]),
        ({"below_limit": True}, "small-works", ["B18"]),
        ({"government_funded": True}, "government-construction", []),
        ({}, "construction", []),
    ],
)
def test_which_steps_a_building_project_takes(changes: dict[str, Any], variant: str, skipped: list[str]) -> None:
    found = decide("construction_variant", **BUILDING | changes)
    assert (found["variant"], found["skipped"]) == (variant, skipped)


@pytest.mark.parametrize(
    ("emergency", "works", "age", "procedure"),
    [
        (True, "new", 0, "emergency"),
        (False, "new", 4.9, "government"),
        (False, "extended", 4.9, "government"),
        (False, "new", 5, "normal"),
        (False, "overhaul", 2.9, "government"),
        (False, "overhaul", 3, "normal"),
        (False, "none", 0, "normal"),
    ],
)
def test_who_lets_a_road_be_dug_up(works: str, age: float, procedure: str, *, emergency: bool) -> None:
    assert decide("road_moratorium", emergency=emergency, works=works, age_years=age) == procedure


@pytest.mark.parametrize(
    ("since_2020", "catalogue", "investment", "route"),
    [
        (False, "prohibited", 1, "refuse"),
        (False, "restricted", 1, "superior"),
        (False, "allowed", 5, "county"),
        (False, "encouraged", 6, "city"),
        (False, "allowed", 50, "city"),
        (False, "allowed", 51, "ministry"),
        (True, "prohibited", 1, "refuse"),
        (True, "allowed", 500, "registration"),
    ],
)
def test_who_approves_a_foreign_investment(catalogue: str, investment: int, route: str, *, since_2020: bool) -> None:
    limits = {"county_limit_fen": 5 * MILLION, "city_limit_fen": 50 * MILLION}
    given = {"since_2020": since_2020, "catalogue": catalogue, "investment_fen": investment * MILLION}
    assert decide("foreign_investment_route", **given, **limits) == route

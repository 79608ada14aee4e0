"""Digging up a road: a young one only with the county's approval; a burst pipe first, and the papers within a day."""

from collections.abc import Iterator
from datetime import timedelta
from typing import Any

import pytest

from engine.core.rejection import Rejection
from forms import FormErrors
from tests.workflows import papers
from tests.workflows.centre import Centre

ROAD = "road_excavation_permit"


@pytest.fixture
def centre(centre_url: str) -> Iterator[Centre]:
    made = Centre(centre_url)
    yield made
    made.close()


def excavation(**details: Any) -> dict[str, Any]:
    given = papers.application(ROAD)
    return given | {"details": given["details"] | details}


@pytest.mark.parametrize(
    ("works", "age", "signer"),
    [
        ("new", 4.9, "leader-county"),
        ("new", 5, "leader-construction"),
        ("overhaul", 2.9, "leader-county"),
        ("overhaul", 3, "leader-construction"),
        ("none", 0, "leader-construction"),
    ],
)
def test_a_young_road_is_dug_up_only_with_the_county_s_approval(centre: Centre, works: str, age: float, signer: str) -> None:
    case = centre.file(ROAD, **excavation(works=works, road_age_years=age))
    while "sign" not in centre.open():
        centre.step(case)
    assert centre.opened("sign", case).candidate_groups == (signer,)
    centre.drive(case)
    assert centre.status(case) == "completed"


def notice(centre: Centre, **changed: Any) -> dict[str, Any]:
    said = {
        "unit": "县自来水公司",
        "telephone": "023-43722222",
        "road": "样例大道",
        "section": "K0+120",
        "began_at": (centre.now - timedelta(hours=1)).isoformat(),
        "cause": "供水主管爆裂，路面塌陷。",
    }
    return {"notice": said | changed}


def repair(centre: Centre) -> str:
    case = centre.file("emergency_road_repair", **notice(centre))
    centre.fill("acknowledge_window", case=case, measures="已到现场。")
    centre.fill("acknowledge_police", case=case, measures="已疏导交通。")
    return case


def test_a_burst_pipe_is_dug_for_first_and_the_permit_filed_within_a_day(centre: Centre) -> None:
    case = repair(centre)
    permit = centre.file(ROAD, **excavation(emergency=True))
    centre.fill("register_permit", case=case, case_number=centre.receipt(permit))
    assert centre.status(case) == "completed"
    centre.check(case)


def test_a_day_later_without_it_supervision_presses(centre: Centre) -> None:
    case = repair(centre)
    centre.wait(hours=22, minutes=59)
    assert "press" not in centre.open()
    centre.wait(minutes=1)
    assert "press" in [task.element_id for task in centre.tasks() if task.instance_id == case]


def test_another_case_is_not_the_permit(centre: Centre) -> None:
    case = repair(centre)
    other = centre.file("outdoor_advertising_registration", **papers.application("outdoor_advertising_registration"))
    with pytest.raises(Rejection) as refused:
        centre.fill("register_permit", "window-construction-1", case, case_number=centre.receipt(other))
    assert refused.value.code == "case-of-other-item"
    assert centre.refusals(case) == [("window-construction-1", "case-of-other-item")]


def test_yesterday_s_hole_is_no_emergency(centre: Centre) -> None:
    with pytest.raises(FormErrors):
        centre.file("emergency_road_repair", **notice(centre, began_at=(centre.now - timedelta(hours=25)).isoformat()))

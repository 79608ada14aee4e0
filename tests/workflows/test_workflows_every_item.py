"""Every item of the catalogue from filing to delivery: granted, refused, sent back for what is missing, withdrawn."""

from collections.abc import Iterator
from datetime import timedelta
from typing import Any

import pytest

from engine.core import commands
from forms import FormErrors
from tests.workflows import papers
from tests.workflows.filing import Filing, actor
from tests.workflows.money import settle
from workflows.catalogue.loading import load_directory
from workflows.sample import sample_accounts

ITEMS = {item.process: item for item in load_directory().values()}
TESTED_BY_THEMSELVES = {"individual_name_approval", "outdoor_advertising_registration", "mining_licence"}
LATER = sorted((ITEMS.keys() & papers.APPLICATIONS.keys()) - TESTED_BY_THEMSELVES)
IMMEDIATE = [key for key in LATER if ITEMS[key].kind.value == "immediate"]
PROMISED = [key for key in LATER if ITEMS[key].kind.value == "promised"]


def window(item: str) -> str:
    return f"{ITEMS[item].window_group}-1"


def people(group: str) -> list[str]:
    return [account.id for account in sample_accounts() if group in account.groups]


def departments(filing: Filing) -> Iterator[tuple[str, str]]:
    for consulted in filing.variables["item"]["consulted"]:
        yield people(consulted["group"])[0], consulted["group"]


def examine(filing: Filing, item: str) -> None:
    """Whatever the item asks for between acceptance and decision."""
    first, second, *_ = people(ITEMS[item].department_group)
    today = filing.now.date().isoformat()
    if "examine_by_town" in filing.open:
        filing.fill("examine_by_town", "town-longgang-officer", **papers.TOWN_REVIEW)
    if "arrange" in filing.open:
        filing.fill("arrange", first, **papers.ARRANGEMENT | {"visit_on": today})
        filing.fill("record", first, **papers.RECORD | {"visited_on": today})
        filing.fill("countersign", second, **papers.COUNTERSIGNED)
    if "request" in filing.open:
        filing.fill("request", first, **papers.REQUEST)
        for account, group in departments(filing):
            filing.fill("answer", account, group, **papers.AGREED)
    if "tell_right" in filing.open:
        filing.fill("tell_right", first, **papers.HEARING_RIGHT)
        held_on = (filing.now + timedelta(days=14)).date().isoformat()
        filing.fill("arrange_hearing", first, **papers.HEARING_ARRANGEMENT | {"held_on": held_on})
        filing.wait(days=14)
        filing.fill("hold_hearing", "hearing-chair", **papers.HEARING_RECORD | {"held_on": held_on})


def decide(filing: Filing, item: str, draft: dict[str, Any]) -> None:
    first, *_ = people(ITEMS[item].department_group)
    filing.fill("draft", first, **draft | {"hearing_record": filing.minutes()})
    if "sign" in filing.open:
        (leader,) = people(ITEMS[item].leader_group)
        filing.fill("sign", leader, **papers.SIGNED)
    filing.fill("issue", window(item), **papers.ISSUED | {"seal_number": papers.seal(ITEMS[item].window_group)})
    if "post_notice" in filing.open:
        filing.fill("post_notice", "town-longgang-officer", **papers.POSTED)
        filing.wait(days=8)
        filing.fill("record_publicity", "town-longgang-officer", **papers.NO_OBJECTION)
    if "deliver" not in filing.open:
        settle(filing)
    filing.fill("deliver", window(item), **papers.DELIVERED | {"delivered_on": filing.now.date().isoformat()})


def test_there_is_a_model_a_form_and_papers_for_each() -> None:
    assert len(LATER) >= 16
    assert ITEMS.keys() <= papers.APPLICATIONS.keys()


@pytest.mark.parametrize("granted", [True, False])
@pytest.mark.parametrize("item", IMMEDIATE)
def test_an_immediate_item_ends_the_same_day(item: str, *, granted: bool) -> None:
    filing = Filing(item)
    filing.fill("examine", window(item), **papers.ACCEPT)
    filing.fill("decide", window(item), **papers.on_the_spot(item, ITEMS[item].window_group, granted=granted))
    assert filing.ended_at() == ["end_granted" if granted else "end_refused"]
    assert (filing.status, filing.case().status, filing.timers) == ("completed", "delivered", {})
    decision, licence = (
        "licence_decision" if granted else "refusal_decision",
        ["licence"][: granted and ITEMS[item].gives_licence],
    )
    assert filing.documents()[2:] == [decision, *licence]
    assert filing.replay()


@pytest.mark.parametrize("granted", [True, False])
@pytest.mark.parametrize("item", PROMISED)
def test_a_promised_item_from_filing_to_delivery(item: str, *, granted: bool) -> None:
    filing = Filing(item)
    filing.fill("examine", window(item), **papers.ACCEPT)
    examine(filing, item)
    decide(filing, item, papers.GRANT if granted else papers.REFUSE)
    assert filing.ended_at() == ["end_granted" if granted else "end_refused"]
    assert (filing.status, filing.case().status, filing.timers) == ("completed", "delivered", {})
    assert filing.case().overdue_days == 0
    assert filing.replay()


@pytest.mark.parametrize("item", LATER)
def test_what_is_missing_is_told_once_and_then_accepted(item: str) -> None:
    filing = Filing(item)
    filing.fill("examine", window(item), **papers.INCOMPLETE)
    missing = [{"received": True} for _ in papers.INCOMPLETE["missing"]]
    filing.fill("receive_supplement", window(item), supplement_outcome="delivered", missing=missing)
    assert filing.case().status in ("accepted", "examining")


@pytest.mark.parametrize("item", PROMISED)
def test_the_applicant_withdraws_before_the_decision(item: str) -> None:
    filing = Filing(item)
    filing.fill("examine", window(item), **papers.ACCEPT)
    filing.message("application-withdrawn", **papers.WITHDRAWN)
    assert (filing.ended_at(), filing.case().status) == (["end_withdrawn"], "withdrawn")


def test_an_entertainment_venue_is_not_decided_without_its_hearing() -> None:
    filing = Filing("entertainment_venue_permit")
    filing.fill("examine", window("entertainment_venue_permit"), **papers.ACCEPT)
    first, second = people("department-culture")
    filing.fill("arrange", first, **papers.ARRANGEMENT)
    filing.fill("record", first, **papers.RECORD)
    filing.fill("countersign", second, **papers.COUNTERSIGNED)
    assert filing.open == ["tell_right"]
    filing.fill("tell_right", first, **papers.HEARING_RIGHT)
    assert filing.open == ["arrange_hearing"], "nobody has to ask for it"
    assert filing.clock("C1").paused


@pytest.mark.parametrize(
    ("item", "changes", "field"),
    [
        ("food_hygiene_licence", {"health_certificates": 5}, "details.health_certificates"),
        ("company_name_approval", {"shareholders": [{"name": "股东甲", "percent": 99}]}, "details.shareholders"),
        ("company_name_approval", {"names": [{"name": "样例"}]}, "details.names[0].name"),
        ("felling_permit", {"intensity_percent": 41}, "details.intensity_percent"),
        ("discharge_permit", {"approved_total_t": 3}, "details.pollutants"),
        ("entertainment_venue_permit", {"school_distance_m": 199}, "details.school_distance_m"),
        ("internet_venue_permit", {"school_distance_m": 199.9}, "details.school_distance_m"),
        ("internet_venue_permit", {"residential": "yes"}, "details.residential"),
        ("internet_venue_permit", {"stage": "final"}, "details.previous_decision"),
        ("further_child_approval", {"kind": "disabled_child", "reason": "appraised"}, "details.appraisal_number"),
        ("further_child_approval", {"reason": "appraised"}, "details.reason"),
        ("further_child_approval", {"spouse_resident_id": "11010519491231002X"}, "details.spouse_resident_id"),
        ("tax_registration_change", {"changed_on": "2026-01-30"}, "details.changed_on"),
        ("building_permit", {"ends_on": "2026-04-30"}, "details.ends_on"),
        ("birth_service_certificate", {"spouse_resident_id": "110105194912310021"}, "details.spouse_resident_id"),
        ("water_abstraction_permit", {"appraisal_number": ""}, "details.appraisal_number"),
    ],
)
def test_what_an_application_must_say(item: str, changes: dict[str, Any], field: str) -> None:
    given = papers.application(item)
    with pytest.raises(FormErrors) as refused:
        Filing(item, details=given["details"] | changes)
    assert {error.field for error in refused.value.errors} == {field}


def test_nobody_completes_a_task_of_another_department() -> None:
    filing = Filing("felling_permit")
    task = filing.task("examine").task_id
    with pytest.raises(Exception, match="candidate"):
        filing.do(commands.CompleteUserTask, actor("window-health-1"), task_id=task, variables=papers.ACCEPT)

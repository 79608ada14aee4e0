"""What keeps an item from being published: every rule by its code, and laws that hold of every item there could be."""

from copy import deepcopy
from datetime import date
from pathlib import Path
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from workflows.catalogue.difference import differences
from workflows.catalogue.direct_approval import ItemClass, Route, route
from workflows.catalogue.limit import Limit, Source, Unit, limit_on
from workflows.catalogue.loading import ITEMS, PLANNED, read_content, shipped_contents
from workflows.catalogue.refusals import OF_CONTENT
from workflows.catalogue.schema import item_of
from workflows.catalogue.validation import Surroundings, findings
from workflows.catalogue.version import NEXT, State
from workflows.fees.fee import fee_book

DAY = date(2026, 3, 2)
GOOD = read_content(ITEMS / "GS-002.yaml")
LAW = {
    "days": 20,
    "unit": "working-days",
    "source": "licensing-law",
    "basis": "《行政许可法》第四十二条",
    "from_on": "2004-07-01",
}


def spoilt(path: str, value: Any, content: dict[str, Any] = GOOD) -> dict[str, Any]:
    """The content with one value changed; ``materials.0.basis``."""
    copy = deepcopy(content)
    *outer, last = path.split(".")
    inside: Any = copy
    for name in outer:
        inside = inside[int(name) if name.isdigit() else name]
    inside[int(last) if last.isdigit() else last] = value
    return copy


def codes(content: dict[str, Any], **around: Any) -> list[str]:
    surroundings = Surroundings(**{"day": DAY, **around})
    return [finding.code for finding in findings(item_of(content), surroundings)]


@pytest.mark.parametrize("folder", [ITEMS, PLANNED], ids=["in force", "planned"])
def test_what_comes_with_the_program_may_be_published(folder: Any) -> None:
    assert [code for content in shipped_contents(folder).values() for code in codes(content)] == []


REFUSED = [
    ("legal_basis", [], "item-publication-incomplete"),
    ("conditions", [], "item-publication-incomplete"),
    ("quantity", "", "item-publication-incomplete"),
    ("procedure", [], "item-publication-incomplete"),
    ("materials", [], "item-publication-incomplete"),
    ("steps", [], "item-publication-incomplete"),
    ("contact", "", "item-publication-incomplete"),
    ("appeal_channels", [], "item-publication-incomplete"),
    ("publication.sample_text", " ", "item-publication-incomplete"),
    ("result", None, "item-publication-incomplete"),
    ("form_version", "", "item-publication-incomplete"),
    ("limits", [], "item-limit-missing"),
    ("limits", [{**LAW, "to_on": "2020-01-01"}], "item-limit-missing"),
    ("limits", [{**LAW, "from_on": "2004-06-30"}], "item-limit-vintage"),
    ("limits", [LAW, {**LAW, "source": "other-law", "to_on": "2004-01-01"}], "item-limit-vintage"),
    ("limits", [{**LAW, "days": 21}], "item-limit-beyond-law"),
    ("limits", [{**LAW, "source": "local", "days": 21}], "item-local-limit-looser"),
    ("limits", [LAW, {**LAW, "source": "local", "days": 21}], "item-local-limit-looser"),
    (
        "limits",
        [{**LAW, "source": "other-law", "days": 9}, {**LAW, "source": "local", "days": 10}],
        "item-local-limit-looser",
    ),
    ("promised_days", 21, "item-promise-too-long"),
    ("promised_days", 6, "item-steps-too-long"),
    ("notice_days", 6, "item-notice-limit-looser"),
    ("delivery_days", 11, "item-delivery-limit-looser"),
    ("materials.0.basis", None, "item-material-unrelated"),
    ("materials.0.basis", "《别的规定》", "item-material-unrelated"),
    ("materials.0.need", "conditional", "item-material-condition"),
    ("materials.2.copies", 0, "item-material-form-unsaid"),
    ("materials.0.name", "营业执照", "item-material-twice"),
    ("materials.0.elements", [], "item-material-unmapped"),
    ("materials", [{**GOOD["materials"][0], "elements": []}], "item-free-text-only"),
    ("fees", [{"code": "F-1", "charged_for": "item"}], "item-free-with-fee"),
    ("free", False, "item-fee-statement-missing"),
    ("needs_site_visit", False, "item-direct-not-immediate"),
    ("item_class", "filing", "item-direct-not-immediate"),
    ("needs_upper_level", True, "item-kind-not-by-route"),
    ("kind", "reported", "item-kind-not-by-route"),
    ("kind", "immediate", "item-immediate-promise"),
    ("kind", "immediate", "item-immediate-with-visit"),
    ("result.validity_months", None, "item-renewal-without-end"),
    ("result.renewal.apply_days_before", 31, "item-renewal-too-early"),
    ("consulted.0.group", "department-commerce", "item-consulted-wrong"),
    ("consulted.0.group", "department-traffic-police", "item-consulted-wrong"),
]


@pytest.mark.parametrize(("path", "value", "code"), REFUSED)
def test_what_is_wrong_has_a_code(path: str, value: Any, code: str) -> None:
    assert code in codes(spoilt(path, value))


def test_a_fee_is_for_the_item_and_for_nothing_else() -> None:
    charged = {**GOOD, "free": False, "fees": [{"code": "F-1", "charged_for": "form"}]}
    assert codes(charged) == ["item-fee-not-for-item"]
    assert codes({**charged, "fees": [{"code": "F-1", "charged_for": "item"}]}) == []


def test_every_fee_that_an_item_names_is_in_the_fee_catalogue() -> None:
    known = {fee.code for fee in fee_book().fees}
    for folder in (ITEMS, PLANNED):
        named = [fee["code"] for content in shipped_contents(folder).values() for fee in content["fees"]]
        assert set(named) <= known
    charged = {**GOOD, "free": False, "fees": [{"code": "F-1", "charged_for": "item"}]}
    assert codes(charged, fees=known) == ["item-fee-unknown"]


def test_issuing_first_needs_a_leader_and_no_law_against_it() -> None:
    assert codes({**GOOD, "issue_first": True}) == []
    assert codes({**GOOD, "issue_first": True, "head_must_approve": True}) == ["item-issue-first-not-allowed"]
    assert codes({**GOOD, "issue_first": True, "leader_signature": False}) == ["item-issue-first-without-leader"]


def test_what_the_hall_issued_is_not_asked_for_again_since_the_state_council_said_so() -> None:
    asked = spoilt("materials.3.name", "个体工商户营业执照")
    results = {"个体工商户营业执照": "GS-003"}
    assert codes(asked, results=results) == ["item-material-held"]
    assert codes(asked, results=results, day=date(2019, 4, 25)) == []


def test_the_form_asks_for_what_has_to_do_with_the_item() -> None:
    known = {element for material in GOOD["materials"] for element in material["elements"]}
    form = known | {"applicant.telephone", "materials", "declaration"}
    assert codes(GOOD, form_fields=form) == []
    assert codes(GOOD, form_fields=form | {"details.religion"}) == ["item-field-unrelated"]
    assert codes(GOOD, form_fields=form - {"details.media"}) == ["item-field-unknown"]
    excused = {**GOOD, "other_fields": [{"field": "details.remark", "because": "便于联系"}]}
    assert codes(excused, form_fields=form | {"details.remark"}) == []


def test_an_item_without_a_model_stays_a_draft() -> None:
    assert codes(GOOD, processes={"mining_licence"}) == ["item-model-not-deployed"]


def test_a_window_that_may_decide_but_does_not_must_say_why() -> None:
    kept = {**GOOD, "needs_site_visit": False}
    assert codes(kept) == ["item-direct-not-immediate"]
    assert codes({**kept, "route_reason": "发证设备在县局"}) == []


def test_every_code_is_met_by_a_test() -> None:
    here = Path(__file__).read_text("utf-8")
    assert [code for code in OF_CONTENT if code not in here] == []


@given(st.integers(1, 60), st.integers(1, 60), st.sampled_from(Unit))
def test_a_published_item_promises_no_more_than_any_law_gives(law: int, county: int, unit: Unit) -> None:
    limits = [{**LAW, "source": "other-law", "days": law, "unit": unit.value}, {**LAW, "source": "local", "days": county}]
    content = {**GOOD, "limits": limits}
    if not codes(content):
        item = item_of(content)
        steps = sum(step.days for step in item.steps)
        assert steps <= item.promised_days <= item.statutory_on(DAY) <= county <= law


@given(st.lists(st.tuples(st.integers(1, 60), st.dates(), st.dates()), max_size=6), st.dates())
def test_the_limit_of_a_day_is_the_strictest_that_holds(rows: list[tuple[int, date, date]], day: date) -> None:
    limits = tuple(Limit(days, Unit.WORKING_DAYS, Source.OTHER_LAW, "b", first, last) for days, first, last in rows)
    holding = [days for days, first, last in rows if first <= day <= last]
    found = limit_on(limits, day)
    assert (None if found is None else found.days) == (min(holding) if holding else None)
    assert all(one.overlaps(other) == other.overlaps(one) for one in limits for other in limits)


@given(st.sampled_from(ItemClass), st.booleans(), st.booleans(), st.booleans(), st.booleans())
def test_direct_approval_is_what_the_notice_says(kind: ItemClass, joint: bool, visit: bool, check: bool, above: bool) -> None:
    found = route(kind, several_departments=joint, needs_site_visit=visit, needs_investigation=check, needs_upper_level=above)
    simple = kind in (ItemClass.GENERAL_APPROVAL, ItemClass.FILING)
    assert (found is Route.DIRECT) == (not joint and (simple or not (visit or check or above)))
    assert (found is Route.JOINT) == joint


JSON = st.recursive(st.none() | st.integers(0, 3), lambda inner: st.dictionaries(st.sampled_from("abc"), inner, max_size=3))


@given(st.dictionaries(st.sampled_from("abc"), JSON, max_size=3), st.dictionaries(st.sampled_from("abc"), JSON, max_size=3))
def test_there_is_no_difference_only_between_the_same(one: dict[str, Any], other: dict[str, Any]) -> None:
    assert differences(one, one) == []
    swapped = [(found.field, found.after, found.before) for found in differences(other, one)]
    assert sorted(map(repr, swapped)) == sorted(repr((f.field, f.before, f.after)) for f in differences(one, other))


def test_a_moved_row_is_no_difference_and_a_changed_one_is_named() -> None:
    moved = {**GOOD, "materials": GOOD["materials"][::-1]}
    assert differences(GOOD, moved) == []
    [found] = differences(GOOD, spoilt("materials.1.copies", 2))
    assert (found.field, found.before, found.after) == ("materials.[营业执照].copies", 1, 2)


def test_nothing_comes_after_the_end_and_every_state_can_reach_it() -> None:
    assert NEXT[State.ENDED] == ()
    reached = {State.DRAFT}
    for _ in State:
        reached |= {after for state in reached for after in NEXT[state]}
    assert reached == set(State)


@given(st.lists(st.integers(0, 2), max_size=12))
def test_nothing_is_in_force_that_was_not_checked_and_queued_since_it_was_last_a_draft(choices: list[int]) -> None:
    path = [State.DRAFT]
    for choice in choices:
        if NEXT[path[-1]]:
            path.append(NEXT[path[-1]][choice % len(NEXT[path[-1]])])
    for place, state in enumerate(path):
        if state is State.IN_FORCE:
            begun = max(index for index, one in enumerate(path[:place]) if one is State.DRAFT)
            assert path[begun + 1 : begun + 4] == [State.LEGAL_CHECK, State.QUEUED, State.IN_FORCE]


def test_the_page_for_item_managers_names_every_code_and_every_item() -> None:
    page = (Path(__file__).parents[2] / "docs" / "items.md").read_text("utf-8")
    assert [code for code in OF_CONTENT if f"`{code}`" not in page] == []
    for content in [*shipped_contents(ITEMS).values(), *shipped_contents(PLANNED).values()]:
        assert f"| {content['code']} | {content['name']} | `{content['process']}` |\n" in page

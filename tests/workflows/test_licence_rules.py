"""What the register of licences holds by itself: last days, grounds, bans."""

from datetime import date, timedelta

import pytest
from hypothesis import given
from hypothesis import strategies as st

from engine.core.rejection import Rejection
from workflows.calendar.working_days import WorkingDays
from workflows.catalogue.limit import Unit
from workflows.catalogue.result import Renewal
from workflows.licences.ban import FALSE_MATERIALS, FRAUD, Ban, last_day_of_ban, require_no_ban
from workflows.licences.ending import WAYS, endings, require_ending
from workflows.licences.licence import Holder, Licence, State, last_day, require_held_by, require_valid
from workflows.licences.renewing import latest_application, require_in_time

CALENDAR = WorkingDays()
DAYS = st.dates(date(2002, 1, 1), date(2090, 12, 31))
HOLDER = Holder("individual", "样例申请人", "11010519491231002X")


def licence(**changed: object) -> Licence:
    given: dict[str, object] = {
        "number": "县工商局证〔2026〕1号",
        "item_code": "GS-002",
        "item_name": "户外广告登记",
        "result_document": "户外广告登记证",
        "department": "县工商局",
        "department_group": "department-commerce",
        "leader_group": "leader-commerce",
        "window_group": "window-commerce",
        "holder": HOLDER,
        "case_number": "C-1",
        "issued_on": date(2025, 10, 15),
        "valid_until": date(2026, 10, 15),
        "ending": None,
        "length": 1,
    }
    return Licence(**(given | changed))  # type: ignore[arg-type]


@given(DAYS, st.integers(1, 240))
def test_a_term_ends_on_the_same_day_of_its_last_month_or_on_the_months_last(start: date, months: int) -> None:
    until = last_day(start, months)
    assert until is not None
    assert (until.year - start.year) * 12 + until.month - start.month == months
    assert until.day == start.day or ((until + timedelta(1)).day == 1 and until.day < start.day)


def test_without_a_term_it_has_no_last_day() -> None:
    assert last_day(date(2026, 3, 2), None) is None
    assert licence(valid_until=None).state(date(2090, 1, 1)) is State.VALID


def test_it_lapses_the_day_after_its_last() -> None:
    assert licence().state(date(2026, 10, 15)) is State.VALID
    assert licence().state(date(2026, 10, 16)) is State.LAPSED
    with pytest.raises(Rejection) as refused:
        require_valid(licence(), date(2026, 10, 16))
    assert refused.value.code == "licence-not-valid"


@pytest.mark.parametrize(
    ("days", "unit", "latest"),
    [
        (30, Unit.CALENDAR_DAYS, date(2026, 9, 15)),
        (30, Unit.WORKING_DAYS, date(2026, 8, 28)),
        (0, Unit.CALENDAR_DAYS, date(2026, 10, 15)),
    ],
)
def test_renewal_is_asked_for_so_long_before_the_end(days: int, unit: Unit, latest: date) -> None:
    """Test vector V16."""
    renewal = Renewal(days, unit, "《行政许可法》第五十条", silence_renews=True)
    assert latest_application(date(2026, 10, 15), renewal, CALENDAR) == latest
    require_in_time(licence(), renewal, latest, CALENDAR)
    with pytest.raises(Rejection) as refused:
        require_in_time(licence(), renewal, latest + timedelta(1), CALENDAR)
    assert refused.value.code == "licence-renewal-late"


def test_what_has_no_end_or_no_rule_is_not_renewed() -> None:
    renewal = Renewal(30, Unit.CALENDAR_DAYS, "《行政许可法》第五十条", silence_renews=True)
    for what, rule in ((licence(valid_until=None), renewal), (licence(), None)):
        with pytest.raises(Rejection) as refused:
            require_in_time(what, rule, date(2026, 3, 2), CALENDAR)
        assert refused.value.code == "licence-not-renewable"


@pytest.mark.parametrize(
    "other", [Holder("individual", "样例申请人", "110105194912310038"), Holder("individual", "别人", HOLDER.identity)]
)
def test_name_and_number_must_both_be_the_holders(other: Holder) -> None:
    require_held_by(licence(), HOLDER)
    with pytest.raises(Rejection) as refused:
        require_held_by(licence(), other)
    assert refused.value.code == "licence-of-other-holder"


def test_every_way_has_a_ground_and_fraud_alone_bans() -> None:
    assert {ending.way for ending in endings().values()} == set(WAYS)
    assert [ending.ground for ending in endings().values() if ending.ban] == ["fraud"]
    assert not endings()["revoked", "fraud"].compensation


@pytest.mark.parametrize("ending", endings().values(), ids=lambda ending: f"{ending.way}-{ending.ground}")
def test_a_ground_befalls_a_licence_only_in_the_states_of_the_table(ending: object) -> None:
    row = endings()[ending.way.value, ending.ground]  # type: ignore[attr-defined]
    for state in State:
        in_it = licence(ending=None if state in (State.VALID, State.LAPSED) else state)
        day = date(2026, 12, 1) if state is State.LAPSED else date(2026, 3, 2)
        if state in row.after:
            assert require_ending(in_it, row.way.value, row.ground, day) is row
            continue
        with pytest.raises(Rejection) as refused:
            require_ending(in_it, row.way.value, row.ground, day)
        assert refused.value.code == "licence-ending-not-now"


@pytest.mark.parametrize(("way", "ground"), [("revoked", "expired"), ("deleted", "fraud"), ("cancelled", "fraud")])
def test_other_grounds_there_are_none(way: str, ground: str) -> None:
    with pytest.raises(Rejection) as refused:
        require_ending(licence(), way, ground, date(2026, 3, 2))
    assert refused.value.code == "licence-ending-unknown"


def test_false_papers_close_the_door_for_a_year_and_fraud_for_three() -> None:
    day = date(2028, 2, 29)
    assert last_day_of_ban(FALSE_MATERIALS, day, CALENDAR)[0] == date(2029, 2, 28)
    until, basis = last_day_of_ban(FRAUD, day, CALENDAR)
    assert (until, basis) == (date(2031, 2, 28), "行政许可法第七十九条")
    ban = Ban(HOLDER.identity, "WS-001", FRAUD, day, until, basis, "C-1")
    with pytest.raises(Rejection) as refused:
        require_no_ban([ban], "食品卫生许可证", until)
    assert refused.value.code == "applicant-banned"
    assert "《行政许可法》第七十九条" in refused.value.sentence("zh")
    require_no_ban([ban], "食品卫生许可证", until + timedelta(1))


def test_a_warning_closes_no_door() -> None:
    require_no_ban(
        [Ban(HOLDER.identity, "GS-002", FALSE_MATERIALS, date(2026, 3, 2), None, "第七十八条", "C-1")],
        "户外广告登记",
        date(2026, 3, 3),
    )

"""What an application for reduction, exemption, deferral or instalments comes to (R-49 to R-51): bases, sums, limits."""

from contextlib import suppress
from datetime import UTC, date, datetime

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from engine.core.rejection import Rejection
from workflows.calendar.arrangement import official
from workflows.calendar.working_days import WorkingDays
from workflows.waivers.basis import KINDS, NONE, bases, basis_of
from workflows.waivers.plan import plan, require_within, shown

TODAY = date(2026, 3, 2)
PARTS = [(date(2026, 4, 1), 400), (date(2026, 5, 1), 600)]


def refused(code: str, *asked: object) -> None:
    with pytest.raises(Rejection) as caught:
        plan(*asked, TODAY)  # type: ignore[arg-type]
    assert caught.value.code == code


def test_only_a_reduction_names_an_amount() -> None:
    assert plan("reduce", 1000, 300, None, [], TODAY).amount_fen == 300
    assert plan("exempt", 1000, 1, None, [], TODAY).amount_fen == 1000
    assert plan("defer", 1000, 1, 30, [], TODAY).amount_fen == 1000


@pytest.mark.parametrize("kind", list(KINDS))
def test_nothing_owed_is_nothing_to_waive(kind: str) -> None:
    refused("waiver-more-than-payable", kind, 0, 1, 30, PARTS)


@pytest.mark.parametrize("asked", [0, -1, None, True, "300"])
def test_an_amount_is_a_whole_number_above_zero(asked: object) -> None:
    refused("waiver-amount", "reduce", 1000, asked, None, [])


def test_no_more_than_is_owed_is_waived() -> None:
    assert plan("reduce", 1000, 1000, None, [], TODAY).amount_fen == 1000
    refused("waiver-more-than-payable", "reduce", 1000, 1001, None, [])


@pytest.mark.parametrize("days", [0, -3, None, 2.5])
def test_a_deferral_has_days(days: object) -> None:
    refused("waiver-days", "defer", 1000, None, days, [])


def test_instalments_add_up_on_rising_days() -> None:
    found = plan("instalments", 1000, None, None, PARTS, TODAY)
    assert [one.owed_fen for one in found.instalments] == [600, 0]
    assert found.days == (date(2026, 5, 1) - TODAY).days
    for wrong in ([], PARTS[:1], PARTS[::-1], [*PARTS, (date(2026, 6, 1), 1)], [(TODAY, 400), PARTS[1]]):
        refused("waiver-instalments", "instalments", 1000, None, None, wrong)
    refused("waiver-instalments", "instalments", 1000, None, None, [(PARTS[0][0], 1400), (PARTS[1][0], -400)])


@given(days=st.lists(st.integers(1, 60), min_size=1, max_size=5), limit=st.integers(1, 120))
@settings(max_examples=50)
def test_deferrals_together_never_pass_the_limit(days: list[int], limit: int) -> None:
    given_days = 0
    for wanted in days:
        with suppress(Rejection):
            require_within(given_days, wanted, limit)
            given_days += wanted
    assert given_days <= limit


def test_a_reminder_comes_seven_days_before() -> None:
    [one] = shown(plan("defer", 1000, None, 30, [], TODAY).instalments)
    assert (one["due_on"], one["due_at"]) == ("2026-04-01", "2026-04-01T09:30:00Z")  # type: ignore[index, call-overload]
    assert one["remind_at"] == "2026-03-25T09:30:00Z"  # type: ignore[index, call-overload]


@pytest.mark.parametrize(
    ("key", "kind", "fee", "day", "code"),
    [
        ("friendship", "reduce", "SAMPLE-01", TODAY, "waiver-basis-unknown"),
        ("water-deferral", "defer", "SAMPLE-05", date(2006, 4, 14), "waiver-basis-unknown"),
        ("water-deferral", "defer", "SAMPLE-01", TODAY, "waiver-basis-of-other-fee"),
        ("water-deferral", "exempt", "SAMPLE-05", TODAY, "waiver-basis-of-other-fee"),
        ("county-2002-77", "forget", "SAMPLE-01", TODAY, "waiver-kind-unknown"),
    ],
)
def test_nothing_but_the_list_is_a_basis(key: str, kind: str, fee: str, day: date, code: str) -> None:
    with pytest.raises(Rejection) as caught:
        basis_of(key, kind, fee, day)
    assert caught.value.code == code


def test_an_application_may_say_that_it_has_none() -> None:
    assert basis_of(NONE, "reduce", "SAMPLE-01", TODAY) is None


def test_five_working_days_for_water_and_thirty_days_for_instalments() -> None:
    calendar = WorkingDays(official())
    before_national_day = date(2025, 9, 29)
    assert bases()["water-deferral"].decide_by(before_national_day, calendar) == datetime(2025, 10, 13, 9, 30, tzinfo=UTC)
    social = bases()["social-compensation-instalments"]
    assert social.decide_by(date(2003, 1, 10), calendar) == datetime(2003, 2, 9, 9, 30, tzinfo=UTC)


def test_silence_is_consent_for_water_alone() -> None:
    assert [one.key for one in bases().values() if one.silence] == ["water-deferral"]

"""The made-up year's parts that need no hall: its plan, its clock, its people."""

from datetime import UTC, date, datetime, timedelta
from random import Random

from hypothesis import given
from hypothesis import strategies as st

from engine.core.moments import HALL
from forms.validators import credit_check, resident_check
from workflows.calendar import WorkingDays
from workflows.demonstration.filings import applications, filing
from workflows.demonstration.hall_clock import SHIFTS, later
from workflows.demonstration.people import People
from workflows.demonstration.plan import Fate, Kinds, plan

CALENDAR = WorkingDays()
DAYS = [day for day in (date(2026, 1, 1) + timedelta(days=number) for number in range(300)) if CALENDAR.is_working_day(day)]
KINDS = Kinds(immediate=["name"], single=["advertising", "water"], joint=["joint"])


def test_a_plan_is_the_same_for_the_same_seed_and_another_for_another() -> None:
    assert plan(1, 60, DAYS, KINDS) == plan(1, 60, DAYS, KINDS) != plan(2, 60, DAYS, KINDS)


@given(seed=st.integers(0, 10**6), cases=st.integers(10, 200))
def test_a_plan_has_so_many_cases_in_order_on_working_days_and_every_process_and_fate(seed: int, cases: int) -> None:
    planned = plan(seed, cases, DAYS, KINDS)
    assert len(planned) == cases
    assert planned == sorted(planned, key=lambda one: (one.day, one.minute, one.process))
    assert {one.day for one in planned} <= set(DAYS)
    assert {one.process for one in planned} == set(KINDS.all)
    assert {one.fate for one in planned} == set(Fate)
    assert {one.fate for one in planned if one.process in KINDS.joint} == {Fate.USUAL}


@given(
    moment=st.datetimes(datetime(2026, 1, 5), datetime(2026, 11, 1)).map(lambda naive: naive.replace(tzinfo=UTC)),
    minutes=st.integers(1, 5000),
    more=st.integers(0, 500),
)
def test_the_clock_goes_only_while_the_hall_is_open_and_adds_up(moment: datetime, minutes: int, more: int) -> None:
    reached = later(moment, minutes, CALENDAR)
    local = reached.astimezone(HALL)
    assert CALENDAR.is_working_day(local.date())
    assert any(opens <= local.time() <= closes for opens, closes in SHIFTS)
    assert moment < reached <= later(moment, minutes + more, CALENDAR)


def test_minutes_are_working_minutes() -> None:
    friday = datetime(2026, 3, 6, 16, 30, tzinfo=HALL)
    assert later(friday, 45, CALENDAR).astimezone(HALL) == datetime(2026, 3, 9, 9, 15, tzinfo=HALL)
    assert later(friday.replace(hour=11), 61, CALENDAR).astimezone(HALL) == datetime(2026, 3, 6, 14, 31, tzinfo=HALL)


def test_people_have_numbers_with_right_check_characters_and_are_the_same_for_the_same_seed() -> None:
    today = date(2026, 3, 2)
    people, again = People(Random(7)), People(Random(7))
    person, firm = people.individual(today), people.organisation()
    assert (person, firm) == (again.individual(today), again.organisation())
    assert person["resident_id"][-1] == resident_check(person["resident_id"][:-1])
    assert firm["credit_code"][-1] == credit_check(firm["credit_code"][:-1])


def test_what_is_handed_in_is_dated_from_the_day_of_filing() -> None:
    given = filing("outdoor_advertising_registration", date(2027, 3, 2), People(Random(7)))
    usual = applications()["outdoor_advertising_registration"]["details"]
    distance = date.fromisoformat(given["details"]["starts_on"]) - date.fromisoformat(usual["starts_on"])
    assert distance == timedelta(days=365)
    assert given["applicant"]["kind"] == "organisation"

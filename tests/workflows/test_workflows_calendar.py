"""Working days: the law's counting, the official lists, the test vectors of the rules (2.5)."""

import json
from datetime import date, timedelta
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from workflows.calendar import WorkingDays

OFFICIAL = Path(__file__).parents[3] / "shared" / "data" / "holiday-cn"
CALENDAR = WorkingDays()
DAYS = st.dates(date(2003, 1, 1), date(2029, 12, 31))


@pytest.mark.parametrize(
    ("vector", "start", "days", "end"),
    [
        ("V1", "2026-03-02", 20, "2026-03-30"),
        ("V2 Spring Festival", "2026-02-06", 20, "2026-03-12"),
        ("V3 notice across the Spring Festival", "2026-02-12", 5, "2026-02-26"),
        ("V4 a Sunday that is a workday", "2026-09-18", 5, "2026-09-24"),
        ("V5 accepted on a holiday", "2026-09-25", 20, "2026-10-29"),
        ("V6 joint", "2026-03-02", 45, "2026-05-08"),
        ("V7 joint, extended", "2026-03-02", 60, "2026-05-28"),
        ("V8 extended", "2026-03-02", 30, "2026-04-14"),
        ("V9 received on a Sunday", "2026-03-01", 20, "2026-03-27"),
        ("V10", "2025-09-26", 10, "2025-10-16"),
        ("V11 the SARS calendar", "2003-04-28", 5, "2003-05-08"),
        ("V12 the remainder after a pause", "2026-03-24", 14, "2026-04-14"),
        ("V14 delivery", "2026-04-28", 10, "2026-05-14"),
    ],
)
def test_vectors(vector: str, start: str, days: int, end: str) -> None:
    deadline = CALENDAR.after(date.fromisoformat(start), days)
    assert (deadline.day.isoformat(), deadline.provisional) == (end, False), vector


def test_the_last_day_to_announce_a_hearing() -> None:
    """V15: seven working days before 5 June 2026."""
    assert CALENDAR.before(date(2026, 6, 5), 7) == date(2026, 5, 27)


def test_the_last_day_to_ask_for_renewal_in_working_days() -> None:
    """V16: thirty working days before 15 October 2026."""
    assert CALENDAR.before(date(2026, 10, 15), 30) == date(2026, 8, 28)


def test_a_deadline_in_a_year_without_a_notice_is_provisional() -> None:
    """V17: 1 January is taken from the law itself."""
    deadline = CALENDAR.after(date(2026, 12, 14), 20)
    assert (deadline.day, deadline.provisional) == (date(2027, 1, 12), True)


@pytest.mark.skipif(not OFFICIAL.is_dir(), reason="the official lists lie beside the repository, not in it")
def test_every_day_of_the_official_lists() -> None:
    off = {
        date.fromisoformat(entry["date"]): entry["isOffDay"]
        for path in OFFICIAL.glob("*.json")
        for entry in json.loads(path.read_text())["days"]
    }
    day = date(2007, 1, 1)
    while day <= date(2026, 12, 31):
        assert CALENDAR.is_working_day(day) is not off.get(day, day.weekday() >= 5), day
        day += timedelta(days=1)


@given(DAYS, st.integers(1, 100))
def test_counting_back_gives_what_was_added(start: date, days: int) -> None:
    end = CALENDAR.after(start, days).day
    assert CALENDAR.between(start, end) == days
    assert CALENDAR.is_working_day(end)


@given(DAYS, st.integers(1, 60), st.integers(1, 60))
def test_limits_add_up(start: date, first: int, second: int) -> None:
    middle = CALENDAR.after(start, first).day
    assert CALENDAR.after(middle, second).day == CALENDAR.after(start, first + second).day


@given(DAYS, st.integers(1, 60))
def test_before_is_the_way_back(end: date, days: int) -> None:
    begin = CALENDAR.before(end, days)
    assert CALENDAR.between(begin - timedelta(days=1), end - timedelta(days=1)) == days


@pytest.mark.parametrize("days", [0, -1])
def test_a_limit_has_at_least_a_day(days: int) -> None:
    with pytest.raises(ValueError, match="at least one day"):
        CALENDAR.after(date(2026, 3, 2), days)

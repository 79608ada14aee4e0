"""Every test vector of rules.md 2.5, through clocks."""

from datetime import date

import pytest

from tests.workflows.clocks import CALENDAR, GOVERNMENT_HEAD, at, ends, extended, paused, resumed, started
from workflows.clock import LimitName, due, latest_day, remaining, used
from workflows.clock.unit import Unit, subtract


@pytest.mark.parametrize(
    ("vector", "day", "code", "options", "end"),
    [
        ("V1", "2026-03-02", "C1", {}, "2026-03-30"),
        ("V2 Spring Festival", "2026-02-06", "C1", {}, "2026-03-12"),
        ("V3 notice across the Spring Festival", "2026-02-12", "C0", {}, "2026-02-26"),
        ("V4 a Sunday that is a workday", "2026-09-18", "C1", {"days": 5}, "2026-09-24"),
        ("V5 accepted on a holiday", "2026-09-25", "C1", {}, "2026-10-29"),
        ("V6 joint", "2026-03-02", "C1", {"variant": "joint"}, "2026-05-08"),
        ("V9 received on a Sunday", "2026-03-01", "C1", {}, "2026-03-27"),
        ("V10", "2025-09-26", "C1", {"days": 10}, "2025-10-16"),
        ("V14 issue", "2026-04-28", "C4", {}, "2026-05-14"),
    ],
)
def test_a_limit_ends(vector: str, day: str, code: str, options: dict[str, object], end: str) -> None:
    assert ends(started(day, code, **options)) == end, vector


def test_v7_a_joint_limit_extended_by_the_head_of_the_government() -> None:
    clock = started("2026-03-02", variant="joint")
    assert ends(extended(clock, "2026-04-01", 15, offices=GOVERNMENT_HEAD)) == "2026-05-28"


def test_v8_a_limit_extended_by_the_head_of_the_organ() -> None:
    assert ends(extended(started("2026-03-02"), "2026-03-20")) == "2026-04-14"


def test_v11_the_calendar_of_may_2003() -> None:
    """Before the Licensing Law: a limit the hall set itself."""
    assert ends(started("2003-04-28", "C2", days=5), LimitName.PROMISED) == "2003-05-08"


def test_v12_a_pause_for_expert_review() -> None:
    clock = paused(started("2026-03-02"), "2026-03-10")
    limit = clock.limits[0]
    assert ends(clock) is None
    assert used(clock, limit, date(2026, 3, 20), CALENDAR) == 6
    assert remaining(clock, limit, at("2026-03-20"), CALENDAR) == 14
    assert ends(resumed(clock, "2026-03-24")) == "2026-04-14"


def test_v13_an_overlapping_appraisal() -> None:
    clock = paused(paused(started("2026-03-02"), "2026-03-10"), "2026-03-17", "appraisal")
    clock = resumed(clock, "2026-03-24")
    assert ends(clock) is None
    assert ends(resumed(clock, "2026-03-31", "appraisal")) == "2026-04-21"


def test_v15_the_last_day_to_announce_a_hearing() -> None:
    assert latest_day("C6c", date(2026, 6, 5), CALENDAR) == date(2026, 5, 27)


def test_v16_the_last_day_to_ask_for_renewal() -> None:
    expiry = date(2026, 10, 15)
    assert latest_day("C8", expiry, CALENDAR, variant="application") == date(2026, 9, 15)
    assert subtract(CALENDAR, Unit.WORKING, expiry, 30) == date(2026, 8, 28)


def test_v17_a_year_without_a_notice_is_provisional() -> None:
    clock = started("2026-12-14")
    end = due(clock, clock.limits[0], CALENDAR)
    assert end is not None
    assert (end.day, end.provisional) == (date(2027, 1, 12), True)

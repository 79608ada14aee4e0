"""Whole cases over the Spring Festival and National Day: people are told what the State Council's notices make of it."""

from datetime import UTC, datetime, time, timedelta
from zoneinfo import ZoneInfo

import pytest

from tests.workflows import papers
from tests.workflows.centre import Centre
from tests.workflows.test_clock_seasons import SEASONS

HALL = ZoneInfo("Asia/Shanghai")
ITEM = "outdoor_advertising_registration"
YEARS = (2005, 2013, 2020, 2024, 2025, 2026)
TURNS = [
    (f"{year}-{days[at]}", f"{year}-{days[at + 1]}", f"{year}-{days[at + 2]}")
    for year, *days in SEASONS
    if year in YEARS
    for at in (0, 3)
]
"""(the last working day before the holidays, five working days from it, twenty)."""


def morning(day: str) -> datetime:
    return datetime.combine(datetime.fromisoformat(day), time(9), HALL).astimezone(UTC)


def hall_day(moment: datetime | None) -> str:
    assert moment is not None
    return moment.astimezone(HALL).date().isoformat()


def filed(centre: Centre) -> str:
    """An application for a month from now."""
    given = papers.application(ITEM)
    begin = centre.now + timedelta(days=40)
    span = {"starts_on": begin.date().isoformat(), "ends_on": (begin + timedelta(days=90)).date().isoformat()}
    return centre.file(ITEM, **given | {"details": given["details"] | span})


@pytest.mark.parametrize(("last", "five", "twenty"), TURNS)
def test_a_case_filed_on_the_last_day_before_the_holidays(centre_url: str, last: str, five: str, twenty: str) -> None:
    centre = Centre(centre_url)
    centre.now = morning(last)
    case = filed(centre)
    assert hall_day(centre.opened("examine", case).due) == five
    centre.fill("examine", case=case, **papers.ACCEPT)
    limits = centre.variables(case)["limits"]
    assert limits["statutory"]["date"] == twenty
    silent = filed(centre)
    centre.now = morning(five)
    centre.runtime.run_due()
    assert "acceptance" not in centre.variables(silent)
    centre.wait(days=1)
    deemed = centre.variables(silent)
    assert (deemed["acceptance"]["outcome"], deemed["acceptance"]["accepted_on"]) == ("deemed_accepted", last)
    assert deemed["limits"]["statutory"]["date"] == twenty
    centre.close()


def test_a_pause_over_the_holidays_moves_the_end_by_its_working_days_only(centre_url: str) -> None:
    """Told on 14 February 2026, results on 24 February: one working day is excluded, not ten days."""
    centre = Centre(centre_url)
    centre.now = morning("2026-02-13")
    case = filed(centre)
    centre.fill("examine", case=case, **papers.ACCEPT)
    before = centre.variables(case)["limits"]["statutory"]["date"]
    centre.now = morning("2026-02-14")
    centre.correlate("special-procedure", centre.receipt(case), "commerce-examiner-1")
    centre.fill("request_special_procedure", "commerce-examiner-1", case, **papers.SPECIAL_PROCEDURE)
    centre.now = morning("2026-02-24")
    centre.fill("receive_result", "commerce-examiner-1", case, **papers.SPECIAL_PROCEDURE_RESULT)
    (clock,) = [found for found in centre.clocks(case) if found["clock"] == "C1"]
    assert (before, clock["statutory"]["date"]) == ("2026-03-19", "2026-03-20")
    centre.close()

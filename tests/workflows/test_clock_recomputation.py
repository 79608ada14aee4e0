"""The calendar changes: what moves, what stands, what the applicant is told (rules.md 2.4, CALENDAR_CHANGE)."""

from datetime import date

import pytest
from hypothesis import given
from hypothesis import strategies as st

from engine.core.rejection import Rejection
from tests.workflows.clocks import CALENDAR, at, ends, paused, resumed, started
from workflows.calendar.arrangement import Arrangement, entered, official
from workflows.clock import LimitName, recompute, stop

REST_2027 = ["2027-01-01", "2027-05-01", "2027-10-01", "2027-10-02", "2027-10-03"]
NOTICE = ["国办发明电〔2026〕1号"]


def test_a_year_published_moves_what_was_provisional() -> None:
    """V17 again: the notice takes 4 January off too, so the end is a day later and no longer provisional."""
    clock = started("2026-12-14")
    published = CALENDAR.with_arrangement(entered(2027, [*REST_2027, "2027-01-04"], [], NOTICE))
    clock, (effect,) = recompute(clock, CALENDAR, published)
    assert (effect.before, effect.after) == (date(2027, 1, 12), date(2027, 1, 13))
    assert (effect.was_provisional, effect.is_provisional, effect.tell_applicant) == (True, False, True)


def test_a_date_that_only_becomes_certain_is_recorded_too() -> None:
    published = CALENDAR.with_arrangement(entered(2027, REST_2027, [], NOTICE))
    _, (effect,) = recompute(started("2026-12-14"), CALENDAR, published)
    assert effect.before == effect.after
    assert (effect.was_provisional, effect.is_provisional, effect.tell_applicant) == (True, False, False)


def test_an_earlier_end_moves_the_statute_and_keeps_the_promise() -> None:
    """A Saturday becomes a workday: the law's limit is over sooner, the promised day stands."""
    clock = started("2026-12-14", promised_days=15)
    published = CALENDAR.with_arrangement(entered(2027, REST_2027, ["2027-01-02"], NOTICE))
    clock, (statutory, promised) = recompute(clock, CALENDAR, published)
    assert (statutory.before, statutory.after, statutory.kept) == (date(2027, 1, 12), date(2027, 1, 11), False)
    assert (promised.before, promised.computed, promised.after) == (date(2027, 1, 5), date(2027, 1, 4), date(2027, 1, 5))
    assert promised.kept
    assert not promised.tell_applicant
    assert ends(clock, LimitName.PROMISED, published) == "2027-01-05"
    moved = resumed(paused(clock, "2026-12-28", calendar=published), "2026-12-30")
    assert ends(moved, LimitName.PROMISED, published) == "2027-01-07"


def test_the_sars_notice_moved_what_ran_over_may_2003() -> None:
    """Until 21 April 2003 the long holiday held: 26 and 27 April workdays, 1 to 7 May off."""
    before = {date(2003, 5, day): False for day in range(1, 8)} | {date(2003, 4, 26): True, date(2003, 4, 27): True}
    days = {day: working for day, working in official()[2003].days.items() if day.month not in (4, 5)}
    old = CALENDAR.with_arrangement(Arrangement(2003, days | before))
    clock = started("2003-04-14", "C2", days=13)
    _, (effect,) = recompute(clock, old, CALENDAR)
    assert (effect.before, effect.after, effect.tell_applicant) == (date(2003, 4, 29), date(2003, 5, 6), True)


def test_what_has_stopped_or_stands_does_not_move() -> None:
    published = CALENDAR.with_arrangement(entered(2027, [*REST_2027, "2027-01-04"], [], NOTICE))
    stopped = stop(started("2026-12-14"), "决定", at("2026-12-20"))
    assert recompute(stopped, CALENDAR, published) == (stopped, ())
    standing = paused(started("2026-12-14"), "2026-12-20")
    assert recompute(standing, CALENDAR, published) == (standing, ())
    assert ends(resumed(standing, "2026-12-21"), calendar=published) == "2027-01-14"


def test_what_depends_on_no_working_day_does_not_move() -> None:
    clock = started("2026-12-14", "C8", last_day=date(2027, 1, 20))
    published = CALENDAR.with_arrangement(entered(2027, [*REST_2027, "2027-01-04"], [], NOTICE))
    assert recompute(clock, CALENDAR, published) == (clock, ())


@given(st.sets(st.integers(1, 120), max_size=8), st.sets(st.integers(1, 120), max_size=8), st.integers(1, 60))
def test_the_promise_never_ends_earlier_than_was_said(rest: set[int], work: set[int], days: int) -> None:
    off = {date.fromordinal(date(2027, 1, 1).toordinal() + number) for number in rest} | set(map(date.fromisoformat, REST_2027))
    on = {date.fromordinal(date(2027, 1, 1).toordinal() + number) for number in work} - off
    published = CALENDAR.with_arrangement(Arrangement(2027, dict.fromkeys(off, False) | dict.fromkeys(on, True)))
    clock = started("2026-12-14", "C2", days=days)
    changed, effects = recompute(clock, CALENDAR, published)
    for effect in effects:
        last_working = max(
            day
            for day in map(date.fromordinal, range(effect.before.toordinal() - 20, effect.before.toordinal() + 1))
            if published.is_working_day(day)
        )
        assert effect.after >= min(effect.before, last_working)
        assert effect.after == max(effect.computed, effect.after)
    again, none = recompute(changed, published, published)
    assert (again, none) == (changed, ())


@pytest.mark.parametrize(
    ("code", "rest", "work", "notices"),
    [
        ("arrangement-without-notice", REST_2027, [], [" "]),
        ("arrangement-contradicts-itself", REST_2027, ["2027-05-01"], NOTICE),
        ("arrangement-outside-year", [*REST_2027, "2028-01-01"], [], NOTICE),
        ("arrangement-outside-year", [*REST_2027, "2026-12-20"], [], NOTICE),
        ("arrangement-incomplete", REST_2027[1:], [], NOTICE),
        ("arrangement-too-long", REST_2027, ["2027-01-09"] * 60, NOTICE),
        ("date-not-readable", [*REST_2027, "Monday"], [], NOTICE),
    ],
)
def test_an_arrangement_that_cannot_be_entered(code: str, rest: list[str], work: list[str], notices: list[str]) -> None:
    with pytest.raises(Rejection) as caught:
        entered(2027, rest, work, notices)
    assert caught.value.code == code


def test_an_arrangement_is_stored_and_read_again() -> None:
    arrangement = entered(2027, REST_2027, ["2027-01-09", "2026-12-27"], NOTICE)
    assert Arrangement.from_dict(arrangement.to_dict()) == arrangement

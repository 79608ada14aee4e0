"""Pause and resume in any order give the working days that counting by hand gives."""

from dataclasses import dataclass, field
from datetime import date, timedelta

import pytest
from hypothesis import given
from hypothesis import strategies as st

from engine.core.rejection import Rejection
from tests.workflows.clocks import CALENDAR, at, ends, paused, request, resumed, started
from workflows.clock import Clock, LimitName, is_on_last_day, pause, resume, stop, used
from workflows.clock.light import is_over_plan

ONE_DAY = timedelta(days=1)
GROUNDS = ("expert-review", "appraisal", "hearing")


@dataclass
class Hand:
    """Day by day on paper: which days a pause covers, which days count."""

    start: date
    days: int
    spans: list[tuple[date, date]] = field(default_factory=list)

    def covered(self, day: date) -> bool:
        return any(begin < day <= end for begin, end in self.spans)

    def used(self, day: date) -> int:
        days = (self.start + ONE_DAY * number for number in range(1, (day - self.start).days + 1))
        return sum(CALENDAR.is_working_day(one) and not self.covered(one) for one in days)

    def last_day(self) -> date:
        """The first day on which all is used; if a pause begins on it, the first day on which one can decide afterwards."""
        day = self.start
        while self.used(day) < self.days or not CALENDAR.is_working_day(day):
            day += ONE_DAY
        while any(begin <= day < end for begin, end in self.spans):
            day = CALENDAR.first_from(max(end for begin, end in self.spans if begin <= day < end))
        return day


@given(
    st.dates(date(2005, 1, 1), date(2026, 6, 30)),
    st.integers(1, 45),
    st.lists(st.tuples(st.integers(0, 12), st.sampled_from(GROUNDS)), max_size=14),
)
def test_any_order_of_pauses_counts_as_by_hand(first: date, days: int, steps: list[tuple[int, str]]) -> None:
    """Each step waits some days, then ends the pause for a ground, or begins one if it is not open."""
    clock, hand, day = started(first.isoformat(), days=min(days, 45), basis="special law"), Hand(first, days), first
    begun: dict[str, date] = {}
    for wait, ground in steps:
        day += ONE_DAY * wait
        if ground in begun:
            clock = resumed(clock, day, ground)
            hand.spans.append((begun.pop(ground), day))
            continue
        if not begun and day > hand.last_day():
            with pytest.raises(Rejection, match="within the limit"):
                paused(clock, day, ground)
            continue
        clock = paused(clock, day, ground)
        begun[ground] = day
    for ground, begin in begun.items():
        clock = resumed(clock, day, ground)
        hand.spans.append((begin, day))
    assert ends(clock) == hand.last_day().isoformat()
    for later in (0, 3, 30):
        assert used(clock, clock.limits[0], day + ONE_DAY * later, CALENDAR) == hand.used(day + ONE_DAY * later)


def test_a_limit_used_up_before_a_weekend_can_be_paused_once_more_on_the_monday() -> None:
    clock = started("2022-02-24", days=1, basis="special law")
    clock = resumed(paused(clock, "2022-02-25"), "2022-02-26")
    assert ends(clock) == "2022-02-28"
    clock = resumed(paused(clock, "2022-02-28"), "2022-03-03")
    assert ends(clock) == "2022-03-03"


@given(st.dates(date(2005, 1, 1), date(2026, 6, 30)), st.integers(2, 40), st.integers(0, 25), st.integers(0, 60))
def test_one_pause_moves_the_end_by_the_days_it_covers(first: date, days: int, until: int, length: int) -> None:
    """The second form of the rule: addW(oldDeadline, W(start, end])."""
    clock = started(first.isoformat(), days=days, basis="special law")
    begin = first + ONE_DAY * until
    old = date.fromisoformat(ends(clock) or "")
    if begin >= old:
        return
    end = begin + ONE_DAY * length
    moved = CALENDAR.between(begin, end)
    wanted = CALENDAR.after(old, moved).day if moved else old
    assert ends(resumed(paused(clock, begin), end)) == wanted.isoformat()


def test_the_promise_stands_still_with_the_statute() -> None:
    clock = started("2026-03-02", promised_days=10)
    assert ends(clock, LimitName.PROMISED) == "2026-03-16"
    clock = resumed(paused(clock, "2026-03-10"), "2026-03-24")
    assert ends(clock, LimitName.PROMISED) == "2026-03-30"
    assert ends(clock) == "2026-04-14"


def test_a_published_rule_stops_the_promise_only() -> None:
    clock = paused(started("2026-03-02", promised_days=10), "2026-03-10", "publicity")
    assert ends(clock, LimitName.PROMISED) is None
    assert ends(clock) == "2026-03-30"


def test_the_name_of_a_ground_does_as_well_as_its_code() -> None:
    clock = paused(started("2026-03-02"), "2026-03-10", "专家评审")
    assert clock.open_pauses[0].ground == "expert-review"
    assert not resumed(clock, "2026-03-24", "专家评审").paused


def test_a_pause_on_the_last_day_is_allowed_and_told() -> None:
    clock = started("2026-03-02")
    assert is_on_last_day(clock, at("2026-03-30"), CALENDAR)
    assert not is_on_last_day(clock, at("2026-03-27"), CALENDAR)
    clock = paused(clock, "2026-03-30")
    assert ends(clock) is None
    assert ends(resumed(clock, "2026-04-11")) == "2026-04-13"  # resumed on a Saturday: decide on the Monday


def test_a_pause_longer_than_told_is_seen() -> None:
    clock = paused(started("2026-03-02"), "2026-03-10")
    assert not is_over_plan(clock.pauses[0], at("2026-03-24"), CALENDAR)
    assert is_over_plan(clock.pauses[0], at("2026-03-25"), CALENDAR)
    assert is_over_plan(resumed(clock, "2026-03-25").pauses[0], at("2026-06-01"), CALENDAR)


@pytest.mark.parametrize(
    "ground", ["现场踏勘", "site-visit", "征求意见", "等待缴费", "领导外出", "补正", "普通挂起", "suspension", ""]
)
def test_what_the_law_does_not_name_stops_nothing(ground: str) -> None:
    refused("pause-ground-not-in-law", started("2026-03-02"), ground=ground)


@pytest.mark.parametrize(
    ("code", "changes"),
    [
        ("pause-without-notice", {"notice": " "}),
        ("pause-without-length", {"planned_days": None}),
        ("pause-without-length", {"planned_days": 0}),
        ("pause-without-evidence", {"evidence": ""}),
        ("pause-not-today", {"on": date(2026, 3, 9)}),
        ("pause-not-today", {"on": date(2026, 3, 11)}),
    ],
)
def test_a_pause_without_its_papers_or_in_the_past_is_refused(code: str, changes: dict[str, object]) -> None:
    refused(code, started("2026-03-02"), **changes)


def test_two_pauses_for_one_ground_are_refused() -> None:
    refused("pause-already-open", paused(started("2026-03-02"), "2026-03-05"))


def test_a_pause_after_the_limit_is_refused() -> None:
    refused("pause-after-deadline", started("2026-01-05"))


@pytest.mark.parametrize("kind", ["C0", "C5", "C6a", "C6b"])
def test_a_clock_that_may_not_pause_is_refused(kind: str) -> None:
    refused("clock-not-pausable", started("2026-03-09", kind))


def test_a_ground_of_the_promise_alone_needs_a_promise() -> None:
    refused("pause-ground-not-for-clock", started("2026-03-02"), ground="publicity")


def test_a_stopped_clock_cannot_be_paused() -> None:
    refused("clock-stopped", stop(started("2026-03-02"), "准予许可", at("2026-03-05")))


def test_time_does_not_run_backwards() -> None:
    clock = paused(started("2026-03-02"), "2026-03-10")
    with pytest.raises(Rejection) as caught:
        resumed(clock, "2026-03-09")
    assert caught.value.code == "clock-time-runs-backwards"


def test_the_law_of_2004_gave_the_grounds() -> None:
    clock = started("2004-06-01", "C2", days=20)
    with pytest.raises(Rejection) as caught:
        pause(clock, request(), at("2004-06-10"), CALENDAR)
    assert caught.value.code == "pause-ground-not-in-law"


@pytest.mark.parametrize(
    ("code", "ground", "result"), [("pause-not-open", "hearing", "x"), ("resume-without-result", "expert-review", " ")]
)
def test_a_resumption_needs_its_pause_and_its_result(code: str, ground: str, result: str) -> None:
    clock = paused(started("2026-03-02"), "2026-03-10")
    with pytest.raises(Rejection) as caught:
        resume(clock, ground, result, at("2026-03-24"))
    assert caught.value.code == code


def test_a_pause_of_more_than_a_year_keeps_the_remainder() -> None:
    clock = resumed(paused(started("2024-12-20"), "2024-12-25"), "2026-02-10")
    assert ends(clock) == "2026-03-11"


def refused(code: str, clock: Clock, **changes: object) -> None:
    with pytest.raises(Rejection) as caught:
        pause(clock, request(**changes), at("2026-03-10"), CALENDAR)
    assert caught.value.code == code
    assert caught.value.sentence("zh") != caught.value.sentence("en")

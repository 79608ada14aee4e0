"""Lights (D9), the moments timers are bound to, and what a clock says in words."""

from datetime import time, timedelta

import pytest
from hypothesis import given
from hypothesis import strategies as st

from tests.workflows.clocks import CALENDAR, at, extended, paused, resumed, started
from workflows.clock import SCHEME_B, Clock, Colour, LimitName, Moment, light, moments, remaining, say, stop

EVENING = time(18)


def colour(clock: Clock, day: str, clock_time: time = time(10), **options: bool) -> tuple[Colour, int]:
    found = light(clock, at(day, clock_time), CALENDAR, **options)
    return found.colour, found.row


def test_each_row_of_the_table() -> None:
    clock = started("2026-03-02", promised_days=10)  # promise until 16 March, statute until 30 March
    assert colour(clock, "2026-03-05") == (Colour.GREEN, 8)
    assert colour(clock, "2026-03-12", EVENING) == (Colour.YELLOW, 7)
    assert colour(clock, "2026-03-05", step_over=True) == (Colour.YELLOW, 6)
    assert colour(clock, "2026-03-17") == (Colour.RED, 5)
    assert light(clock, at("2026-03-17"), CALENDAR, scheme=SCHEME_B).colour is Colour.YELLOW
    assert colour(clock, "2026-03-31") == (Colour.RED, 1)
    assert colour(clock, "2026-03-05", order_over=True) == (Colour.RED, 2)
    standing = paused(clock, "2026-03-05")
    assert colour(standing, "2026-03-19") == (Colour.GREY, 4)
    assert colour(standing, "2026-03-20") == (Colour.YELLOW, 3)


def test_the_last_day_is_not_over_before_the_hall_closes() -> None:
    clock = started("2026-03-02", promised_days=10)
    assert colour(clock, "2026-03-16", time(17, 30)) == (Colour.YELLOW, 7)
    assert colour(clock, "2026-03-16", time(17, 31)) == (Colour.RED, 5)


@pytest.mark.parametrize(("days", "yellow"), [(5, "2026-03-06"), (7, "2026-03-09"), (10, "2026-03-12"), (2, "2026-03-03")])
def test_yellow_when_a_fifth_rounded_up_is_left(days: int, yellow: str) -> None:
    clock = started("2026-03-02", promised_days=days)
    assert moments(clock, CALENDAR)[Moment.YELLOW] == at(yellow, time(17, 30))


def test_a_limit_of_a_day_is_yellow_from_the_start() -> None:
    assert colour(started("2026-03-02", promised_days=1), "2026-03-02") == (Colour.YELLOW, 7)


def test_a_clock_that_stopped_keeps_its_light() -> None:
    clock = started("2026-03-02")
    assert colour(stop(clock, "决定", at("2026-03-05")), "2027-01-01") == (Colour.GREEN, 8)
    assert colour(stop(clock, "决定", at("2026-04-02")), "2027-01-01") == (Colour.RED, 1)


def test_moments_are_suspended_while_it_stands_and_move_after() -> None:
    clock = started("2026-03-02", promised_days=10)
    before = moments(clock, CALENDAR)
    assert before[Moment.RED] == before[Moment.PROMISED] == at("2026-03-16", time(17, 30))
    assert before[Moment.STATUTORY] == at("2026-03-30", time(17, 30))
    clock = paused(clock, "2026-03-10")
    assert set(moments(clock, CALENDAR).values()) == {None}
    after = moments(resumed(clock, "2026-03-24"), CALENDAR)
    assert after[Moment.RED] == at("2026-03-30", time(17, 30))
    assert after[Moment.STATUTORY] == at("2026-04-14", time(17, 30))
    assert set(moments(stop(clock, "x", at("2026-03-12")), CALENDAR).values()) == {None}


def test_what_was_yellow_before_a_pause_stays_reached() -> None:
    clock = started("2026-03-02", promised_days=10)
    yellow = moments(clock, CALENDAR)[Moment.YELLOW]
    assert yellow == at("2026-03-12", time(17, 30))
    clock = paused(clock, "2026-03-13")
    assert moments(clock, CALENDAR)[Moment.RED] is None
    clock = resumed(clock, "2026-03-20")
    assert colour(clock, "2026-03-20", time(10)) == (Colour.YELLOW, 7)


def test_the_remainder_that_is_yellow_is_so_at_once() -> None:
    """Paused on the day at whose end two of ten would be left: yellow as soon as it runs again."""
    clock = resumed(paused(started("2026-03-02", promised_days=10), "2026-03-12"), "2026-03-20")
    assert colour(clock, "2026-03-20") == (Colour.YELLOW, 7)
    assert moments(clock, CALENDAR)[Moment.YELLOW] == at("2026-03-20")


@given(st.integers(1, 30), st.integers(0, 60), st.sampled_from([time(8), time(17, 30), time(20)]))
def test_yellow_is_when_no_more_than_the_fifth_remains(days: int, later: int, clock_time: time) -> None:
    clock = started("2026-02-02", days=days, basis="special law")
    now = at("2026-02-03", clock_time) + timedelta(days=later)
    left = remaining(clock, clock.limits[0], now, CALENDAR)
    reached = moments(clock, CALENDAR)[Moment.YELLOW]
    assert reached is not None
    # At the very moment of closing the day still counts as left, and the light is already yellow.
    assert (left <= max(1, -(-days // 5))) == (now >= reached) or now == reached


def test_words_while_it_runs() -> None:
    clock = started("2026-03-02", promised_days=10)
    assert say(clock, at("2026-03-05"), CALENDAR) == (
        "承诺期限还剩8个工作日，至2026年3月16日。",
        "8 working days left of the promised limit, until 2026-03-16.",
    )
    assert say(clock, at("2026-03-16"), CALENDAR)[0] == "承诺期限今日届满。"
    assert say(clock, at("2026-03-18"), CALENDAR) == (
        "承诺期限已于2026年3月16日届满，超期2个工作日。",
        "The promised limit ended on 2026-03-16; it is 2 working days overdue.",
    )


def test_words_while_it_stands() -> None:
    clock = paused(started("2026-03-02"), "2026-03-10")
    chinese, english = say(clock, at("2026-03-20"), CALENDAR)
    assert chinese == (
        "因专家评审自2026年3月10日起不计时（行政许可法第四十五条，告知书特告〔2026〕1号），预计10个工作日；恢复后还剩14个工作日。"
    )
    assert english.endswith("14 working days left afterwards.")


def test_words_when_it_has_stopped() -> None:
    clock = started("2026-03-02")
    assert (
        say(stop(clock, "决定", at("2026-03-10")), at("2026-05-01"), CALENDAR)[0]
        == "已于2026年3月10日停止计时，用时6个工作日。"
    )
    late = stop(clock, "决定", at("2026-04-01"))
    assert say(late, at("2026-05-01"), CALENDAR)[1] == "Stopped on 2026-04-01 after 22 working days, 2 working days overdue."


def test_words_of_a_provisional_end() -> None:
    clock = extended(started("2026-12-14"), "2026-12-20", 5)
    assert say(clock, at("2026-12-21"), CALENDAR)[0] == "法定期限还剩21个工作日，至2027年1月19日（暂定）。"
    assert clock.limit(LimitName.PROMISED) is None

"""D9 as a decision table anybody may read, and the program that lights the lamps, say the same."""

from datetime import date, time, timedelta
from functools import cache
from itertools import product
from pathlib import Path
from typing import Any

import pytest

from decisions import DecisionModel, compile_decisions
from tests.workflows.clocks import CALENDAR, at, paused, started
from workflows.clock import SCHEME_B, Clock, LimitName, due, light, overdue_days, remaining
from workflows.clock.light import SCHEME_A, Scheme, is_over_plan, nearest_limit

TABLE = Path("bpmn_models/supervision_card/clock_light.dmn")


@cache
def table() -> DecisionModel:
    return compile_decisions(TABLE.read_bytes())


def left(clock: Clock, name: LimitName, day: date, hour: time) -> int | None:
    """What is left of a limit; below zero once it is over, at the hall's closing time of its last day."""
    limit = clock.limit(name)
    end = None if limit is None else due(clock, limit, CALENDAR)
    if limit is None:
        return None
    over = end is not None and at(day, hour) > end.at
    return -max(1, overdue_days(clock, limit, day, CALENDAR)) if over else remaining(clock, limit, at(day, hour), CALENDAR)


@pytest.mark.parametrize("promised", [None, 5, 7, 8, 13, 20])
@pytest.mark.parametrize("pause_after", [None, 2])
def test_table_and_program_agree(promised: int | None, pause_after: int | None) -> None:
    """Every day of two months, at noon and after the hall has closed, with every other thing that may be the matter."""
    hours = (time(12), time(17, 31))
    for days, hour, order_over, step_over, scheme in product(
        range(60), hours, (False, True), (False, True), (SCHEME_A, SCHEME_B)
    ):
        agree(promised, pause_after, days, hour, order_over=order_over, step_over=step_over, scheme=scheme)


def agree(
    promised: int | None, pause_after: int | None, days: int, hour: time, *, order_over: bool, step_over: bool, scheme: Scheme
) -> None:
    day = date(2026, 3, 2) + timedelta(days=days)
    clock = started("2026-03-02", promised_days=promised) if promised else started("2026-03-02")
    if pause_after is not None and pause_after < days:
        clock = paused(clock, date(2026, 3, 2) + timedelta(days=pause_after))
    lamp = light(clock, at(day, hour), CALENDAR, order_over=order_over, step_over=step_over, scheme=scheme)
    nearest = nearest_limit(clock)
    inputs = {
        "statutory_left": left(clock, LimitName.STATUTORY, day, hour),
        "order_overdue": order_over,
        "paused": bool(clock.open_pauses),
        "pause_over_plan": any(is_over_plan(pause, at(day, hour), CALENDAR) for pause in clock.open_pauses),
        "promise_left": left(clock, nearest.name, day, hour),
        "promise_days": nearest.total,
        "step_left": -1 if step_over else 1,
        "scheme": scheme.code,
    }
    said: Any = table().evaluate("clock_light", inputs, now=at(day, hour)).value
    assert (said["colour"], said["row"]) == (lamp.colour.value, lamp.row), inputs

"""An alarm clock in a process of its own, which rings for processes that begin by themselves, and may die of it."""

import os
from collections.abc import Callable
from datetime import timedelta
from typing import Any

from engine.runtime import faults
from engine.runtime.number_series import next_number
from engine.runtime.operators import OperatorRegistry
from tests.faults.racers import together
from tests.runtime.halls import BEGIN, Hall

DAILY = """
    start s cycle=R/P1D
    service call operator=number into=number
    user read groups=g
    end e
    s -> call -> read -> e
"""

Say = Callable[[Any], None]


def operators() -> OperatorRegistry:
    """``number`` writes in the transaction that starts the instance."""
    registry = OperatorRegistry()
    registry.local("number")(lambda session, parameters, call: next_number(session, "begun"))
    return registry


def ring(url: str, hours: float, *, say: Say) -> None:
    """Does what is due so many hours after the beginning; ``LIANBAN_FAULT`` may kill it meanwhile."""
    hall = Hall(url, operators())
    hall.now = BEGIN + timedelta(hours=hours)
    faults.arm_from_environment(os.environ.get("LIANBAN_FAULT"))
    say(hall.runtime.timers.run_due())


def ring_together(url: str, when: float, hours: float, *, say: Say) -> None:
    """The same, at the moment (seconds since 1970) at which the others do it too."""
    hall = together(url, when, operators())
    say(hall.runtime.timers.run_due(BEGIN + timedelta(hours=hours)))

"""Named places where a test can make a process die, to see that all of a step is stored or nothing of it (law d).

``LIANBAN_FAULT=name`` kills the process (SIGKILL, so nothing is tidied up) when it first comes to that place;
``LIANBAN_FAULT=name:3`` when it comes there for the third time. Inside one process a test uses :func:`inject`.
"""

import os
import signal
from collections.abc import Callable, Iterator
from contextlib import contextmanager

FAULT_POINTS = (
    "instance-loaded",  # the instance is locked and read, nothing has happened
    "command-processed",  # core has decided, nothing is written
    "operator-called",  # a local operator has written in the transaction
    "step-written",  # projections, state and history
    "before-commit",
    "after-commit",  # stored, but nobody has been told
    "refusal-recorded",  # the row of a refused command is written, not committed
    "timers-claimed",
    "start-timers-claimed",
    "jobs-claimed",
    "job-ran",  # a remote operator has answered, its result is not yet stored
    "deployment-written",
)

_armed: dict[str, Callable[[], None]] = {}


def fault_point(name: str) -> None:
    """A place where a fault may be injected. Costs nothing when none is."""
    if _armed and name in _armed:
        _armed[name]()


@contextmanager
def inject(name: str, action: Callable[[], None]) -> Iterator[None]:
    """Let ``action`` happen whenever this process comes to the place, until the block ends."""
    _check(name)
    _armed[name] = action
    try:
        yield
    finally:
        del _armed[name]


def arm_from_environment(text: str | None) -> None:
    """Arm what ``LIANBAN_FAULT`` says: ``name`` or ``name:count``.

    :raises ValueError: there is no such place.
    """
    if not text:
        return
    name, _, count = text.partition(":")
    _check(name)
    left = [int(count or 1)]

    def die() -> None:
        left[0] -= 1
        if left[0] <= 0:
            os.kill(os.getpid(), signal.SIGKILL)

    _armed[name] = die


def _check(name: str) -> None:
    if name not in FAULT_POINTS:
        raise ValueError(f"Expected LIANBAN_FAULT to name one of {', '.join(FAULT_POINTS)}, but it is {name!r}.")


arm_from_environment(os.environ.get("LIANBAN_FAULT"))

"""When somebody else was faster, try again: the same command, on the state as it is now.

A command_id acts once, so trying again is safe even where a broken connection leaves open whether the commit happened.
"""

import time
from collections.abc import Callable
from typing import TypeVar

from sqlalchemy.exc import DBAPIError, IntegrityError

Result = TypeVar("Result")

TRIES = 6
FIRST_PAUSE_SECONDS = 0.01
LONGEST_SECONDS = 15.0
"""No new try after this long: whoever waits for the answer has stopped waiting."""
LOST_RACE_STATES = frozenset({"40001", "40P01", "55P03"})
"""PostgreSQL: serialization failure, deadlock detected, lock not available."""


def is_lost_race(error: BaseException) -> bool:
    """Whether the database refused only because of what another transaction did at the same time."""
    if not isinstance(error, DBAPIError):
        return False
    if error.connection_invalidated or isinstance(error, IntegrityError):
        return True
    if getattr(error.orig, "sqlstate", None) in LOST_RACE_STATES:
        return True
    return getattr(error.orig, "sqlite_errorname", "").startswith(("SQLITE_BUSY", "SQLITE_LOCKED"))


def retried(attempt: Callable[[], Result]) -> Result:
    """Run ``attempt`` until it is not beaten by another transaction, at most :data:`TRIES` times and not for ever.

    An IntegrityError counts: two commands with one new command_id meet at its unique index, and the second finds the
    first's row when it tries again.
    """
    pause, until = 0.0, time.monotonic() + LONGEST_SECONDS
    for _ in range(TRIES - 1):
        try:
            return attempt()
        except DBAPIError as error:
            if not is_lost_race(error) or time.monotonic() > until:
                raise
            if pause or not isinstance(error, IntegrityError):  # whoever was first with a key has committed: it is there
                pause = max(2 * pause, FIRST_PAUSE_SECONDS)
        time.sleep(pause)
    return attempt()

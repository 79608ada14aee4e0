"""A pause after failed logins, so that passwords cannot be guessed by trying.

After :data:`FREE_TRIES` failures in a row an account must wait 1 second, then 2, 4, ... up to :data:`LONGEST_PAUSE`. The
count is kept in the memory of the process and forgotten at a success or after :data:`FORGET_AFTER`; with several processes an
attacker gains a factor of their number, no more. The longest pause is short, so that nobody can lock a colleague out for long.
"""

import threading
from collections import OrderedDict
from dataclasses import dataclass
from datetime import datetime, timedelta

from engine.core.rejection import Rejection
from engine.runtime.clock import Clock

FREE_TRIES = 5
LONGEST_PAUSE = timedelta(seconds=60)
FORGET_AFTER = timedelta(minutes=15)
MAX_ACCOUNTS = 10_000


@dataclass(slots=True)
class _Failures:
    count: int
    last: datetime

    def wait_until(self) -> datetime:
        if self.count < FREE_TRIES:
            return self.last
        return self.last + min(timedelta(seconds=2 ** min(self.count - FREE_TRIES, 16)), LONGEST_PAUSE)


class LoginThrottle:
    """Counts failures by account name, known or not. Safe for threads."""

    def __init__(self, clock: Clock) -> None:
        self._clock = clock
        self._failures: OrderedDict[str, _Failures] = OrderedDict()
        self._lock = threading.Lock()

    def check(self, account_id: str) -> None:
        """:raises Rejection: ``too-many-attempts``, with the seconds left to wait."""
        now = self._clock()
        with self._lock:
            failures = self._failures.get(account_id)
            if failures is None or now - failures.last > FORGET_AFTER:
                return
            left = (failures.wait_until() - now).total_seconds()
        if left > 0:
            raise Rejection("too-many-attempts", seconds=int(left) + 1)

    def failed(self, account_id: str) -> None:
        """Count a failure."""
        now = self._clock()
        with self._lock:
            failures = self._failures.pop(account_id, None)
            if failures is None or now - failures.last > FORGET_AFTER:
                failures = _Failures(0, now)
            self._failures[account_id] = _Failures(failures.count + 1, now)
            if len(self._failures) > MAX_ACCOUNTS:
                self._failures.popitem(last=False)

    def succeeded(self, account_id: str) -> None:
        """Forget the failures."""
        with self._lock:
            self._failures.pop(account_id, None)

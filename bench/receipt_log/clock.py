"""The log's time: how a request says it, and the clock of the server that hears it."""

import threading
from datetime import UTC, datetime

HEADER = "X-Bench-Clock"
"""Request header: an ISO 8601 date-time with offset."""
BEFORE_THE_LOG = datetime(2010, 1, 1, tzinfo=UTC)


class LogClock:
    """Shows the latest moment it was told, in UTC. It never goes back, so clients that overtake each other do no harm."""

    def __init__(self) -> None:
        self._now = BEFORE_THE_LOG
        self._lock = threading.Lock()

    def __call__(self) -> datetime:
        return self._now

    def advance(self, moment: datetime) -> None:
        """Go forward to the moment, if it is not over already."""
        with self._lock:
            self._now = max(self._now, moment.astimezone(UTC))

"""How much of one round of due work a single instance may have (law f).

A model may lawfully ask for a timer of no length in a loop, or send itself a message whenever it gets one. Every turn is a
small step of its own, so no step's budget stops it; but no node shall be kept busy with it. An instance that has had its turns
waits, and the supervisor is told. Those it starts with its messages and signals share its turns, or a process that starts
itself would have as many as it likes.
"""

from collections import Counter
from dataclasses import dataclass, field
from datetime import datetime, timedelta

from engine.runtime.database import Database
from engine.runtime.lost_races import retried
from engine.runtime.refusals import raise_engine_incident
from engine.runtime.unit_of_work import unit_of_work

MAX_TURNS = 300
"""Timers or jobs of one instance, and of those it starts, in one round."""
REST = timedelta(seconds=60)
"""How long an instance that had them waits for the next."""


@dataclass(slots=True)
class Turns:
    """What the instances have had in the round at hand. ``what`` names the work in the incident."""

    database: Database
    what: str
    _taken: Counter[str] = field(default_factory=Counter)
    _first: dict[str, str] = field(default_factory=dict)

    def share(self, instance_id: str, started: str) -> None:
        """``started`` would not be there but for ``instance_id``, and has its turns in common with it."""
        self._first[started] = self._first.get(instance_id, instance_id)

    def take(self, instance_id: str, now: datetime) -> bool:
        """Whether the instance may have one more; if not, an incident says so, once while it is open."""
        first = self._first.get(instance_id, instance_id)
        self._taken[first] += 1
        if self._taken[first] == MAX_TURNS + 1:
            self._tell(first, now)
        return self._taken[first] <= MAX_TURNS

    def _tell(self, instance_id: str, now: datetime) -> None:
        message = (
            f"Expected at most {MAX_TURNS} {self.what} of one case, and of those it starts, at once, but there are more; "
            "it goes on later."
        )

        def tell() -> None:
            with unit_of_work(self.database) as work:
                raise_engine_incident(work.connection, instance_id, "too-busy", message, now)

        retried(tell)

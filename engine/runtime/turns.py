"""How much of one round of due work a single instance may have (law f).

A model may lawfully ask for a timer of no length in a loop, or send itself a message whenever it gets one. Every turn is a
small step of its own, so no step's budget stops it; but no node shall be kept busy with it. An instance that has had its turns
waits, and the supervisor is told.
"""

from collections import Counter
from dataclasses import dataclass, field
from datetime import datetime, timedelta

from engine.runtime.database import Database
from engine.runtime.lost_races import retried
from engine.runtime.refusals import raise_engine_incident
from engine.runtime.unit_of_work import unit_of_work

MAX_TURNS = 500
"""Timers or jobs of one instance in one round."""
REST = timedelta(seconds=60)
"""How long an instance that had them waits for the next."""


@dataclass(slots=True)
class Turns:
    """What the instances have had in the round at hand. ``what`` names the work in the incident."""

    database: Database
    what: str
    _taken: Counter[str] = field(default_factory=Counter)

    def take(self, instance_id: str, now: datetime) -> bool:
        """Whether the instance may have one more; if not, an incident says so, once while it is open."""
        self._taken[instance_id] += 1
        if self._taken[instance_id] == MAX_TURNS + 1:
            self._tell(instance_id, now)
        return self._taken[instance_id] <= MAX_TURNS

    def _tell(self, instance_id: str, now: datetime) -> None:
        message = f"Expected at most {MAX_TURNS} {self.what} of one case at once, but it has more; it goes on later."

        def tell() -> None:
            with unit_of_work(self.database) as work:
                raise_engine_incident(work.connection, instance_id, "too-busy", message, now)

        retried(tell)

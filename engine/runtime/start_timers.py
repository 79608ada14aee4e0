"""Start timers: when one is due, an instance of its process begins.

The row moves on to its next occurrence in the transaction that starts the instance, and only from the occurrence it was found
at: so every occurrence starts one instance, whoever dies and however many nodes try. What was missed while no process ran
is made up for once, not once for each time.
"""

import logging
from dataclasses import dataclass
from datetime import datetime, timedelta

from sqlalchemy import bindparam, select

from engine.core.rejection import Rejection
from engine.core.starts import StartSchedule
from engine.runtime.clock import Clock
from engine.runtime.columns import AnyRow
from engine.runtime.database import Database
from engine.runtime.dispatcher import SYSTEM
from engine.runtime.faults import fault_point
from engine.runtime.lost_races import retried
from engine.runtime.starts import Starts
from engine.runtime.tables import start_timer
from engine.runtime.unit_of_work import UnitOfWork, unit_of_work

log = logging.getLogger(__name__)

CLAIM = timedelta(seconds=60)
"""A start timer claimed by a node that dies is another's after this; it doubles with every refused try, up to a day."""

_table = start_timer.c
_is_due = _table.next_attempt_at <= bindparam("now")
_any_due = select(_table.series).where(_is_due).limit(1)
_due = select(start_timer).where(_is_due).order_by(_table.due, _table.series).with_for_update(skip_locked=True)
_next_due = select(_table.next_attempt_at).where(_table.next_attempt_at.is_not(None)).order_by(_table.next_attempt_at).limit(1)
_claim = start_timer.update().where(_table.series == bindparam("of"))
_move_on = start_timer.update().where(
    _table.series == bindparam("of"),
    _table.occurrence == bindparam("at"),
    _table.definition_id == bindparam("version"),
)


@dataclass(slots=True)
class StartTimers:
    """Starts instances when it is time."""

    database: Database
    starts: Starts
    clock: Clock

    def run_due(self, now: datetime | None = None) -> int:
        """Start an instance for every timer that is due. Returns how many were tried."""
        moment: Clock = self.clock if now is None else lambda: now
        tried = 0
        while claimed := retried(lambda: self._claim(moment())):
            for row in claimed:
                self._fire(row, moment())
                tried += 1
        return tried

    def next_due(self) -> datetime | None:
        """When to look again."""
        with self.database.read() as connection:
            due: datetime | None = connection.execute(_next_due).scalar_one_or_none()
        return due

    def _claim(self, now: datetime) -> list[AnyRow]:
        with self.database.read() as connection:
            if not connection.execute(_any_due, {"now": now}).first():
                return []
        with unit_of_work(self.database) as work:
            rows = list(work.connection.execute(_due, {"now": now}))
            for row in rows:
                pause = min(CLAIM * 2 ** min(row.attempts, 12), timedelta(days=1))
                claimed = {"next_attempt_at": now + pause, "attempts": row.attempts + 1}
                work.connection.execute(_claim, {"of": row.series, **claimed})
            fault_point("start-timers-claimed")
        return rows

    def _fire(self, row: AnyRow, now: datetime) -> None:
        """Of two that try, the second finds that the row has moved on, and the first one's command in history."""
        try:
            command_id = f"{SYSTEM}start/{row.series}/{row.occurrence}"
            self.starts.by_timer(row, command_id, now, lambda work, moment: move_on(work, row, moment))
        except Rejection as rejection:
            log.info("start timer %s of %s refused: %s", row.element_id, row.process_key, rejection)
        except Exception:  # which is recorded; the others are still to start
            log.exception("start timer %s of %s failed", row.element_id, row.process_key)


def move_on(work: UnitOfWork, row: AnyRow, now: datetime) -> None:
    """Let the row wait for its next occurrence.

    :raises Rejection: ``timer-not-found``: it does already, or another version of the process has taken its place.
    """
    schedule = StartSchedule(row.first, row.interval, row.times)
    following = schedule.following(row.occurrence, now)
    due = None if following is None else schedule.moment(following)
    moved = {"occurrence": following or row.occurrence + 1, "due": due, "next_attempt_at": due, "attempts": 0}
    found = {"of": row.series, "at": row.occurrence, "version": row.definition_id}
    if work.connection.execute(_move_on, {**found, **moved}).rowcount != 1:
        raise Rejection("timer-not-found", timer=row.series)

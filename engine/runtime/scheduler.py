"""The alarm clock of timer rows (DESIGN.md section 6).

The rows are the truth; APScheduler only wakes the process when the earliest of them is due, and now and then to see what
other nodes left. Due rows are claimed, so that of several nodes one fires each; should two try all the same, the second
finds the first one's command in history and nothing happens twice.
"""

import logging
import threading
from collections.abc import Callable
from dataclasses import dataclass
from datetime import UTC, datetime, timedelta

from apscheduler.schedulers.background import BackgroundScheduler
from apscheduler.triggers.date import DateTrigger
from apscheduler.triggers.interval import IntervalTrigger
from sqlalchemy import bindparam, select

from engine.core.actor import SCHEDULER
from engine.core.commands import TriggerTimer
from engine.core.lifecycle import InstanceStatus
from engine.core.rejection import Rejection
from engine.runtime.clock import Clock, utc_now
from engine.runtime.database import Database
from engine.runtime.dispatcher import SYSTEM, Dispatcher
from engine.runtime.faults import fault_point
from engine.runtime.lost_races import retried
from engine.runtime.start_timers import StartTimers
from engine.runtime.tables import process_instance, timer
from engine.runtime.turns import Turns
from engine.runtime.unit_of_work import unit_of_work

log = logging.getLogger(__name__)

BATCH = 50
CLAIM = timedelta(seconds=60)
"""A timer claimed by a node that dies is fired by another after this; it doubles with every refused try, up to a day."""
SHORTEST_PAUSE = timedelta(milliseconds=20)

# A suspended instance's timers stand still: they are due again when it is resumed.
_running = (timer.c.instance_id == process_instance.c.id) & (process_instance.c.status == InstanceStatus.ACTIVE.value)
_any_due = select(timer.c.id).join(process_instance, _running).where(timer.c.next_attempt_at <= bindparam("now")).limit(1)
_due = (
    select(timer.c.id, timer.c.instance_id, timer.c.attempts)
    .join(process_instance, _running)
    .where(timer.c.next_attempt_at <= bindparam("now"))
    .order_by(timer.c.due, timer.c.id)
    .limit(BATCH)
    .with_for_update(skip_locked=True, of=timer)
)
_next_due = (
    select(timer.c.next_attempt_at)
    .join(process_instance, _running)
    .where(timer.c.next_attempt_at.is_not(None))
    .order_by(timer.c.next_attempt_at)
    .limit(1)
)
_claim = (
    timer.update()
    .where(timer.c.id == bindparam("key"))
    .values(next_attempt_at=bindparam("until"), attempts=timer.c.attempts + 1)
)


@dataclass(slots=True)
class Timers:
    """Fires due timers, of instances and of processes that begin by themselves."""

    database: Database
    dispatcher: Dispatcher
    clock: Clock
    starts: StartTimers

    def run_due(self, now: datetime | None = None) -> int:
        """Fire what is due, earliest first, until nothing is. Returns how many were tried.

        ``now`` replaces the clock; a simulation calls this instead of waiting. An instance that has had its turns keeps its
        other timers claimed, so that they are tried again when the claim is over.
        """
        moment: Clock = self.clock if now is None else lambda: now
        turns, fired = Turns(self.database, "timers"), 0
        while claimed := retried(lambda: self._claim(moment())):
            for timer_id, instance_id, attempts in claimed:
                if turns.take(instance_id, moment()):
                    self._fire(timer_id, instance_id, attempts, moment())
                    fired += 1
        return fired + self.starts.run_due(now)

    def next_due(self) -> datetime | None:
        """When to look again."""
        with self.database.read() as connection:
            due: datetime | None = connection.execute(_next_due).scalar_one_or_none()
        return min((moment for moment in (due, self.starts.next_due()) if moment is not None), default=None)

    def _claim(self, now: datetime) -> list[tuple[str, str, int]]:
        with self.database.read() as connection:
            if not connection.execute(_any_due, {"now": now}).first():
                return []
        with unit_of_work(self.database) as work:
            rows = [(row.id, row.instance_id, row.attempts) for row in work.connection.execute(_due, {"now": now})]
            for timer_id, _, attempts in rows:
                pause = min(CLAIM * 2 ** min(attempts, 12), timedelta(days=1))
                work.connection.execute(_claim, {"key": timer_id, "until": now + pause})
            fault_point("timers-claimed")
        return rows

    def _fire(self, timer_id: str, instance_id: str, attempts: int, now: datetime) -> None:
        command_id = f"{SYSTEM}{timer_id}" if attempts == 0 else f"{SYSTEM}{timer_id}/{attempts}"
        command = TriggerTimer(instance_id=instance_id, command_id=command_id, actor=SCHEDULER, timer_id=timer_id)
        try:
            self.dispatcher.submit(command, now=now)
        except Rejection as rejection:
            log.info("timer %s refused: %s", timer_id, rejection)
        except Exception:
            log.exception("timer %s failed; it is tried again later", timer_id)


class Scheduler:
    """Wakes :class:`Timers` in a thread of its own."""

    def __init__(self, timers: Timers, poll_seconds: float) -> None:
        self._timers = timers
        self._poll = poll_seconds
        self._alarm = BackgroundScheduler(timezone=UTC)
        self._lock = threading.Lock()
        self._set_for: datetime | None = None

    @property
    def running(self) -> bool:
        return bool(self._alarm.running)

    def start(self) -> None:
        self._alarm.add_job(
            self._wake, IntervalTrigger(seconds=self._poll, timezone=UTC), id="poll", max_instances=1, coalesce=True
        )
        self._alarm.start()
        self._set(self._timers.clock())

    def every(self, interval: timedelta, work: Callable[[], object]) -> None:
        """Do something again and again while this runs. It must not matter that other nodes do it too."""
        trigger = IntervalTrigger(seconds=int(interval.total_seconds()), timezone=UTC)
        self._alarm.add_job(work, trigger, max_instances=1, coalesce=True)

    def stop(self) -> None:
        """Let the timers at hand finish."""
        self._alarm.shutdown(wait=True)

    def scheduled(self, due: datetime) -> None:
        """A timer was scheduled: be awake when it is due."""
        with self._lock:
            sooner = self._set_for is None or due < self._set_for
        if sooner and self.running:
            self._set(due)

    def _set(self, due: datetime) -> None:
        with self._lock:
            self._set_for = due
        self._alarm.add_job(
            self._wake,
            DateTrigger(utc_now() + max(due - self._timers.clock(), SHORTEST_PAUSE), timezone=UTC),
            id="earliest",
            replace_existing=True,
            misfire_grace_time=None,
            max_instances=2,
        )

    def _wake(self) -> None:
        with self._lock:
            self._set_for = None
        try:
            self._timers.run_due()
            due = self._timers.next_due()
        except Exception:
            log.exception("looking for due timers failed")
            return
        if due is not None and self.running:
            self._set(due)

"""How much waits at each element of a process, and for how long: what a heat map is drawn from."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime, timedelta
from typing import Any

from sqlalchemy import Connection, Select, case, extract, func, select

from engine.core.lifecycle import UserTaskState
from engine.runtime.queries.user_tasks import OPEN
from engine.runtime.tables import incident, user_task


@dataclass(frozen=True, slots=True)
class ElementLoad:
    """Of one element, in cases of all versions that are under way.

    ``waiting_since`` is when the longest waiting of its open tasks began; ``mean_minutes`` is how long those that were done in
    the last ninety days took, in minutes by the clock on the wall.
    """

    element_id: str
    open: int
    overdue: int
    incidents: int
    waiting_since: datetime | None
    done: int
    mean_minutes: int | None


PERIOD = timedelta(days=90)


def element_loads(connection: Connection, process_key: str, now: datetime) -> Sequence[ElementLoad]:
    """By element; elements at which nothing waits and nothing was done are left out."""
    waiting = {row.element_id: row for row in connection.execute(_waiting(process_key, now))}
    done = {row.element_id: row for row in connection.execute(_done(process_key, now))}
    broken = {row.element_id: row.broken for row in connection.execute(_broken(process_key))}
    return [
        ElementLoad(
            element,
            waiting[element].open if element in waiting else 0,
            waiting[element].overdue if element in waiting else 0,
            broken.get(element, 0),
            waiting[element].since if element in waiting else None,
            done[element].done if element in done else 0,
            round(done[element].seconds / 60) if element in done else None,
        )
        for element in sorted(waiting.keys() | done.keys() | broken.keys())
    ]


def _waiting(process_key: str, now: datetime) -> Select[Any]:
    task = user_task.c
    late = func.sum(case((task.due <= now, 1), else_=0)).label("overdue")
    columns = (task.element_id, func.count().label("open"), late, func.min(task.created_at).label("since"))
    return select(*columns).where(task.process_key == process_key, task.state.in_(OPEN)).group_by(task.element_id)


def _done(process_key: str, now: datetime) -> Select[Any]:
    task = user_task.c
    seconds = func.avg(extract("epoch", task.ended_at) - extract("epoch", task.created_at)).label("seconds")
    ended = (task.process_key == process_key, task.state == UserTaskState.COMPLETED.value, task.ended_at > now - PERIOD)
    return select(task.element_id, func.count().label("done"), seconds).where(*ended).group_by(task.element_id)


def _broken(process_key: str) -> Select[Any]:
    found = incident.c
    columns = (found.element_id, func.count().label("broken"))
    return select(*columns).where(found.process_key == process_key, found.state == "open").group_by(found.element_id)

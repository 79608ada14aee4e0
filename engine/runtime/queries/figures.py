"""How much is going on, in numbers: for a supervisor's page and for monitoring."""

from dataclasses import dataclass
from datetime import datetime

from sqlalchemy import ColumnElement, Connection, FromClause, func, select

from engine.core.lifecycle import InstanceStatus
from engine.runtime.queries.user_tasks import OPEN
from engine.runtime.tables import incident, job, process_instance, timer, user_task


@dataclass(frozen=True, slots=True)
class Figures:
    """Counts at one moment. ``overdue``: due, yet not done by anybody."""

    active_instances: int
    open_user_tasks: int
    overdue_user_tasks: int
    open_incidents: int
    waiting_timers: int
    overdue_timers: int
    waiting_jobs: int
    overdue_jobs: int


def figures(connection: Connection, now: datetime) -> Figures:
    """Count."""

    def count(table: FromClause, *conditions: ColumnElement[bool]) -> int:
        return connection.execute(select(func.count()).select_from(table).where(*conditions)).scalar_one()

    open_tasks = user_task.c.state.in_(OPEN)
    return Figures(
        active_instances=count(process_instance, process_instance.c.status == InstanceStatus.ACTIVE.value),
        open_user_tasks=count(user_task, open_tasks),
        overdue_user_tasks=count(user_task, open_tasks, user_task.c.due <= now),
        open_incidents=count(incident, incident.c.state == "open"),
        waiting_timers=count(timer),
        overdue_timers=count(timer, timer.c.due <= now),
        waiting_jobs=count(job),
        overdue_jobs=count(job, job.c.next_attempt_at <= now),
    )

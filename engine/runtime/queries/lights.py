"""Green, yellow, red: how something due stands. Yellow from ``warn_at`` on, red from ``due`` on."""

from datetime import datetime
from enum import StrEnum

from sqlalchemy import ColumnElement, case

from engine.runtime.tables import user_task


class Light(StrEnum):
    """``none`` where nothing is due."""

    GREEN = "green"
    YELLOW = "yellow"
    RED = "red"
    NONE = "none"


WORST_FIRST = (Light.RED, Light.YELLOW, Light.GREEN, Light.NONE)


def light(due: datetime | None, warn_at: datetime | None, now: datetime) -> Light:
    """The light of one thing."""
    if due is None:
        return Light.NONE
    if now >= due:
        return Light.RED
    return Light.YELLOW if warn_at is not None and now >= warn_at else Light.GREEN


def light_column(now: datetime) -> ColumnElement[str]:
    """The same, computed by the database over user tasks."""
    return case(
        (user_task.c.due.is_(None), Light.NONE.value),
        (user_task.c.due <= now, Light.RED.value),
        (user_task.c.warn_at <= now, Light.YELLOW.value),
        else_=Light.GREEN.value,
    )

"""Where a case stands on its diagram: for each element how many tokens are there, were there, were withdrawn."""

from dataclasses import dataclass
from datetime import datetime

from sqlalchemy import Connection, select

from engine.runtime.element_counts import ElementCounts
from engine.runtime.queries.lights import WORST_FIRST, Light, light
from engine.runtime.queries.user_tasks import OPEN
from engine.runtime.tables import incident, process_instance, user_task


@dataclass(slots=True)
class ElementState:
    """One element of one diagram. ``light`` is the worst of its open user tasks."""

    active: int = 0
    done: int = 0
    canceled: int = 0
    incident: bool = False
    light: Light = Light.NONE


def diagram_state(connection: Connection, instance_id: str, process_key: str | None, now: datetime) -> dict[str, ElementState]:
    """Element id to state, on the diagram of ``process_key`` (a called process has its own; None: the instance's)."""
    table = process_instance.c
    row = connection.execute(select(table.process_key, table.element_counts).where(table.id == instance_id)).one_or_none()
    if row is None:
        return {}
    diagram = process_key or row.process_key
    states: dict[str, ElementState] = {}
    for (key, element_id), count in ElementCounts.load(row.element_counts).of.items():
        if key == diagram:
            states[element_id] = ElementState(count.active, count.done, count.canceled)
    _mark_incidents(connection, instance_id, diagram, states)
    _light(connection, instance_id, diagram, now, states)
    return states


def _mark_incidents(connection: Connection, instance_id: str, diagram: str, states: dict[str, ElementState]) -> None:
    statement = select(incident.c.element_id).where(
        incident.c.instance_id == instance_id, incident.c.process_key == diagram, incident.c.state == "open"
    )
    for element_id in connection.execute(statement).scalars():
        states.setdefault(element_id, ElementState()).incident = True


def _light(connection: Connection, instance_id: str, diagram: str, now: datetime, states: dict[str, ElementState]) -> None:
    statement = select(user_task.c.element_id, user_task.c.due, user_task.c.warn_at).where(
        user_task.c.instance_id == instance_id, user_task.c.process_key == diagram, user_task.c.state.in_(OPEN)
    )
    for element_id, due, warn_at in connection.execute(statement):
        state = states.setdefault(element_id, ElementState())
        state.light = min(state.light, light(due, warn_at, now), key=WORST_FIRST.index)

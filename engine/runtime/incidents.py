"""Resolving incidents: those of a model by trying again, those of the engine by saying that somebody has seen to it."""

from sqlalchemy import select

from engine.core.actor import Actor
from engine.core.commands import ResolveIncident
from engine.core.rejection import Rejection
from engine.runtime import audit
from engine.runtime.clock import Clock
from engine.runtime.database import Database
from engine.runtime.dispatcher import Dispatcher
from engine.runtime.lost_races import retried
from engine.runtime.plain_text import findable
from engine.runtime.receipts import Receipt
from engine.runtime.tables import incident
from engine.runtime.unit_of_work import unit_of_work


class Incidents:
    """What a supervisor does with incidents."""

    def __init__(self, database: Database, dispatcher: Dispatcher, clock: Clock) -> None:
        self._database = database
        self._dispatcher = dispatcher
        self._clock = clock

    def resolve(
        self, incident_id: str, *, reason: str, actor: Actor, command_id: str, expected_version: int | None = None
    ) -> Receipt | None:
        """Resolve an open incident. The receipt is None for the engine's own, which belong to no step.

        :raises Rejection: ``incident-not-found``, ``reason-required``.
        """
        statement = select(incident.c.instance_id, incident.c.kind).where(incident.c.id == findable(incident_id))
        with self._database.read() as connection:
            row = connection.execute(statement).one_or_none()
        if row is None:
            raise Rejection("incident-not-found", incident=incident_id)
        if row.kind == "engine":
            retried(lambda: self._acknowledge(incident_id, reason, actor))
            return None
        return self._dispatcher.submit(
            ResolveIncident(
                instance_id=row.instance_id,
                command_id=command_id,
                actor=actor,
                expected_version=expected_version,
                incident_id=incident_id,
                reason=reason,
            )
        )

    def _acknowledge(self, incident_id: str, reason: str, actor: Actor) -> None:
        if not reason.strip():
            raise Rejection("reason-required", field="reason")
        now = self._clock()
        values = {"state": "resolved", "resolved_at": now, "resolved_by": actor.id, "reason": reason}
        still_open = incident.update().where(incident.c.id == incident_id, incident.c.state == "open")
        with unit_of_work(self._database) as work:
            if work.connection.execute(still_open, values).rowcount == 0:
                raise Rejection("incident-not-found", incident=incident_id)
            audit.write(
                work.connection,
                at=now,
                actor_id=actor.id,
                action="AcknowledgeIncident",
                subject=incident_id,
                detail={"reason": reason},
            )

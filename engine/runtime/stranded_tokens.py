"""Tokens that can never move again, told to the supervisor as incidents of the engine.

Whether a token can still move is a question about the model and the whole marking, which no table answers: somebody has to
load the case and think. So it is asked where the answer can have become "no" (after a repair) or when somebody wants to
know (``lianban stuck --examine``), and the answer is kept as an incident, where the list of stuck cases finds it.
"""

import logging
from collections.abc import Callable, Sequence
from dataclasses import dataclass
from typing import TypeAlias

from sqlalchemy import select

from engine.core.instance import ProcessInstance
from engine.core.lifecycle import InstanceStatus
from engine.core.soundness import StrandedPlace, marking_of, position_of, stranded
from engine.core.spiff.token import Token
from engine.runtime.clock import Clock
from engine.runtime.database import Database
from engine.runtime.instances import Instances
from engine.runtime.lost_races import retried
from engine.runtime.refusals import raise_engine_incident
from engine.runtime.tables import incident, process_instance
from engine.runtime.unit_of_work import unit_of_work

log = logging.getLogger(__name__)

CODE = "token-stranded"
EXAMINER = "system:examiner"
BATCH = 200
RUNNING = (InstanceStatus.ACTIVE.value, InstanceStatus.SUSPENDED.value)


@dataclass(frozen=True, slots=True)
class StrandedToken:
    """A token that can never move, and where it stands."""

    token_id: str
    process_key: str
    element_id: str


Examination: TypeAlias = Callable[[ProcessInstance], Sequence[StrandedToken]]
"""Says of an instance which of its tokens can never move. It must not change it."""


def tokens_that_never_move(instance: ProcessInstance) -> list[StrandedToken]:
    """By exploring what can still happen (:func:`engine.core.soundness.stranded`)."""
    places = set(stranded(instance.model, marking_of(instance)))
    return [
        StrandedToken(token.id, token.scope.process_key, token.element.bpmn_id)
        for token in instance.tokens()
        if not token.triggered and _place(token) in places
    ]


def _place(token: Token) -> StrandedPlace:
    position = position_of(token)
    return StrandedPlace(token.scope.process_key, position.element, position.arrival)


class StrandedTokens:
    """Examines cases and keeps what was found."""

    def __init__(
        self, database: Database, instances: Instances, clock: Clock, examine: Examination = tokens_that_never_move
    ) -> None:
        self._database = database
        self._instances = instances
        self._clock = clock
        self._examine = examine

    def look(self, instance_id: str) -> int:
        """Examine one case as it is now. Returns how many of its tokens can never move.

        Raises nothing: whoever asks has done something else, and that is done.
        """
        try:
            return self._look(instance_id)
        except Exception:
            log.exception("examining %s failed", instance_id)
            return 0

    def look_everywhere(self) -> int:
        """Examine every case that has not ended. Returns how many tokens can never move."""
        found, last = 0, ""
        while identifiers := self._after(last):
            found += sum(self.look(instance_id) for instance_id in identifiers)
            last = identifiers[-1]
        return found

    def _after(self, instance_id: str) -> list[str]:
        running = process_instance.c.status.in_(RUNNING)
        statement = select(process_instance.c.id).where(process_instance.c.id > instance_id, running)
        with self._database.read() as connection:
            return list(connection.execute(statement.order_by(process_instance.c.id).limit(BATCH)).scalars())

    def _look(self, instance_id: str) -> int:
        with self._database.read() as connection:
            instance = self._instances.peek(connection, instance_id).instance
        running = instance.status.value in RUNNING
        found = list(self._examine(instance)) if running else []
        retried(lambda: self._keep(instance_id, found))
        return len(found)

    def _keep(self, instance_id: str, found: Sequence[StrandedToken]) -> None:
        """An incident for each, and an end to those of which it is no longer so."""
        now = self._clock()
        with unit_of_work(self._database) as work:
            kept = [
                raise_engine_incident(
                    work.connection,
                    instance_id,
                    CODE,
                    f"Expected token {token.token_id} at {token.element_id} to be able to go on, but it never can.",
                    now,
                    process_key=token.process_key,
                    element_id=token.element_id,
                )
                for token in found
            ]
            over = incident.update().where(
                incident.c.instance_id == instance_id,
                incident.c.code == CODE,
                incident.c.state == "open",
                incident.c.id.not_in(kept),
            )
            ended = {"state": "resolved", "resolved_at": now, "resolved_by": EXAMINER, "reason": ""}
            work.connection.execute(over, ended)

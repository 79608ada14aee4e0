"""Changing what a floor above keeps beside the cases: items, windows, staff, calendars, letters of authorisation.

The same discipline as for a step: one transaction, one place that commits, the change and who made it stored together, and
a change that was refused recorded as well. What belongs to a case is changed by its operators, within its steps.
"""

from collections.abc import Callable, Iterator
from contextlib import contextmanager
from datetime import datetime
from typing import Any, TypeVar

from sqlalchemy.orm import Session

from engine.core.actor import Actor
from engine.core.rejection import Rejection
from engine.runtime import audit
from engine.runtime.clock import Clock
from engine.runtime.database import Database
from engine.runtime.lost_races import retried
from engine.runtime.unit_of_work import unit_of_work

Result = TypeVar("Result")
Change = Callable[[Session, datetime], Result]
"""Gets a session of the transaction and the time it is. Refuses by raising a Rejection."""


class Registers:
    """Reads and changes tables that are no part of any case."""

    def __init__(self, database: Database, clock: Clock) -> None:
        self._database = database
        self._clock = clock

    def change(
        self,
        action: str,
        actor: Actor,
        change: Change[Result],
        *,
        subject: str | None = None,
        detail: dict[str, Any] | None = None,
    ) -> Result:
        """Do it, and say in the audit log who did what.

        :param action: what is done, as the audit log names it: ``AppointStaff``.
        :param subject: what it is done to; ``detail``: with which values, without secrets.
        :raises Rejection: ``change`` refused; that is in the audit log too, and nothing else is.
        """
        try:
            return retried(lambda: self._change(action, actor, change, subject, detail))
        except Rejection as rejection:
            self._refused(action, actor, rejection, subject, detail)
            raise

    @contextmanager
    def read(self) -> Iterator[Session]:
        """A session for reading."""
        with self._database.read() as connection, Session(bind=connection) as session:
            yield session

    def _change(
        self, action: str, actor: Actor, change: Change[Result], subject: str | None, detail: dict[str, Any] | None
    ) -> Result:
        now = self._clock()
        with unit_of_work(self._database) as work:
            with work.savepoint() as session:
                result = change(session, now)
            audit.write(work.connection, at=now, actor_id=actor.id, action=action, subject=subject, detail=detail)
        return result

    def _refused(
        self, action: str, actor: Actor, rejection: Rejection, subject: str | None, detail: dict[str, Any] | None
    ) -> None:
        said = {**(detail or {}), "sentence": str(rejection)}
        with unit_of_work(self._database) as work:
            audit.write(
                work.connection,
                at=self._clock(),
                actor_id=actor.id,
                action=action,
                subject=subject,
                outcome="refused",
                code=rejection.code,
                detail=said,
            )

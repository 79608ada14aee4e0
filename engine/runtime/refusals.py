"""Refused and failed attempts are part of what happened: who tried what, and why not.

They are recorded in a transaction of their own, after the attempt's was rolled back.
"""

import hashlib
import logging
from datetime import datetime

from sqlalchemy import Connection, bindparam, select

import forms
from engine.core.commands import Command
from engine.core.rejection import Rejection
from engine.runtime import audit, history
from engine.runtime.database import Database
from engine.runtime.faults import fault_point
from engine.runtime.history import ChainEnd
from engine.runtime.identifiers import Salt
from engine.runtime.instances import locked_head
from engine.runtime.lost_races import retried
from engine.runtime.plain_text import findable
from engine.runtime.receipts import CommandIdRefused
from engine.runtime.statements import Statement, Write, send
from engine.runtime.tables import incident, process_instance
from engine.runtime.unit_of_work import unit_of_work

FORM_INVALID = "form-invalid"
MAX_SENTENCE = 500
log = logging.getLogger(__name__)

_move_chain_end = Statement(
    process_instance.update().where(process_instance.c.id == bindparam("key")), ("history_length", "history_hash")
)


class Refusals:
    """Writes what did not happen."""

    def __init__(self, database: Database, salt: Salt) -> None:
        self._database = database
        self._salt = salt

    def record(self, command: Command, rejection: Rejection, now: datetime) -> None:
        """A command was refused: a row of its instance's history, or of the audit log if there is no such instance."""
        retried(lambda: self._record(command, rejection, now))

    def _record(self, command: Command, rejection: Rejection, now: datetime) -> None:
        with unit_of_work(self._database) as work:
            head = locked_head(work.connection, command.instance_id)
            unusable = isinstance(rejection, CommandIdRefused)
            if head is None or unusable or history.find(work.connection, command.command_id) is not None:
                self._audit(work.connection, command, now, rejection.code, str(rejection))
            else:
                self._append(work.connection, head.chain_end, command, rejection, now, head.version)
            fault_point("refusal-recorded")

    def _append(
        self, connection: Connection, end: ChainEnd, command: Command, rejection: Rejection, now: datetime, version: int
    ) -> None:
        payload = history.refused_payload(command, rejection, self._salt())
        entry = history.entry(end, command, payload, at=now, outcome="refused", code=rejection.code, version=version)
        moved = {"history_length": entry.chain_end.length, "history_hash": entry.chain_end.hash}
        send(connection, [Write(_move_chain_end, [{"key": command.instance_id, **moved}]), *history.writes([entry])])

    def form(self, command: Command, errors: forms.FormErrors, now: datetime) -> None:
        """What was filled in was refused: a row of the audit log with the fields and why, never with what was written in them.

        History keeps nothing of it: the same command may be corrected and given again.
        """

        def write() -> None:
            with unit_of_work(self._database) as work:
                self._audit(work.connection, command, now, FORM_INVALID, findable(str(errors)[:MAX_SENTENCE]))

        retried(write)

    def trouble(self, command: Command, error: Exception, now: datetime) -> None:
        """A command failed unexpectedly: an incident that a supervisor sees, and a row of the audit log.

        Raises nothing: if the database itself is the trouble, the log has to do.
        """
        log.error("command %s of %s failed", command.name, command.instance_id, exc_info=error)
        try:
            retried(lambda: self._trouble(command, error, now))
        except Exception:
            log.exception("the failure of %s could not be recorded", command.command_id)

    def _trouble(self, command: Command, error: Exception, now: datetime) -> None:
        message = f"{command.name}: {type(error).__name__}: {error}"[:2000]
        with unit_of_work(self._database) as work:
            raise_engine_incident(work.connection, command.instance_id, "engine-failure", message, now)
            self._audit(work.connection, command, now, "engine-failure", message)

    def _audit(self, connection: Connection, command: Command, now: datetime, code: str, sentence: str) -> None:
        audit.write(
            connection,
            at=now,
            actor_id=command.actor.id,
            action=command.name,
            subject=command.instance_id,
            outcome="refused",
            code=code,
            detail={"command_id": ascii(command.command_id), "sentence": sentence},
        )


def raise_engine_incident(
    connection: Connection,
    instance_id: str | None,
    code: str,
    message: str,
    now: datetime,
    *,
    process_key: str | None = None,
    element_id: str | None = None,
) -> str:
    """An incident that core does not know of. The same trouble is one incident while it is open."""
    digest = hashlib.sha256(f"{instance_id}\n{code}\n{message}".encode(errors="replace")).hexdigest()[:16]
    open_one = connection.execute(
        select(incident.c.id).where(
            incident.c.state == "open", incident.c.kind == "engine", incident.c.id.startswith(f"engine.{digest}.")
        )
    ).scalar_one_or_none()
    if open_one is not None:
        return str(open_one)
    incident_id = f"engine.{digest}.{int(now.timestamp() * 1_000_000)}"
    connection.execute(
        incident.insert(),
        {
            "id": incident_id,
            "instance_id": instance_id,
            "kind": "engine",
            "process_key": process_key,
            "element_id": element_id,
            "code": code,
            "message": findable(message),
            "state": "open",
            "raised_at": now,
        },
    )
    return incident_id

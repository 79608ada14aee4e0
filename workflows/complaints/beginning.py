"""A complaint has its number before its process begins; should that not have begun, it begins now: none is lost (R-63)."""

from datetime import datetime, timedelta

from sqlalchemy import select
from sqlalchemy.orm import Session

from engine.core.actor import Actor
from engine.runtime.runtime import Runtime
from workflows.complaints.tables import complaint

PROCESS = "complaint"
PATIENCE = timedelta(minutes=5)
"""Who filed it may be at it still."""


def begin(runtime: Runtime, number: str, filed_by: Actor) -> None:
    """Begin the process of a complaint; a second time changes nothing."""
    runtime.start(
        process_key=PROCESS,
        actor=filed_by,
        command_id=f"complaint:{number}",
        business_key=number,
        variables={"complaint_number": number},
    )


def begin_forgotten(runtime: Runtime) -> int:
    """Begin the processes of complaints that were entered and have none. Returns how many."""
    with runtime.registers.read() as session:
        forgotten = _forgotten(session, runtime.clock())
    for number, filed_by in forgotten:
        begin(runtime, number, Actor(filed_by))
    return len(forgotten)


def _forgotten(session: Session, now: datetime) -> list[tuple[str, str]]:
    waiting = complaint.c.instance_id.is_(None) & (complaint.c.filed_at < now - PATIENCE)
    columns = (complaint.c.number, complaint.c.filed_by)
    return [(row.number, row.filed_by) for row in session.execute(select(*columns).where(waiting).order_by(complaint.c.number))]

"""A joint case that was delivered is asked after: the round begins its visit, and the case itself waits for nothing (R-74)."""

import logging

from sqlalchemy import select
from sqlalchemy.orm import Session

from engine.core.actor import SCHEDULER
from engine.core.rejection import Rejection
from engine.runtime.runtime import Runtime
from workflows.case_file.tables import case_file
from workflows.visits.operators import JOINT
from workflows.visits.tables import follow_up_visit

log = logging.getLogger(__name__)
PROCESS = "follow_up_visit"


def begin_visits(runtime: Runtime) -> int:
    """Begin the visits of delivered joint cases that have none; two rounds at once begin one. Returns how many."""
    with runtime.registers.read() as session:
        waiting = _waiting(session)
    return sum(_begin(runtime, number) for number in waiting)


def _begin(runtime: Runtime, number: str) -> bool:
    try:
        said = {"case_number": number}
        command = f"follow-up-visit/{number}"
        runtime.start(process_key=PROCESS, actor=SCHEDULER, command_id=command, business_key=number, variables=dict(said))
    except Rejection as rejection:
        log.warning("no visit for %s: %s", number, rejection)
        return False
    return True


def _waiting(session: Session) -> list[str]:
    columns = case_file.c
    whole = (columns.kind == JOINT) & columns.parent_number.is_(None) & columns.delivered_at.is_not(None)
    known = select(follow_up_visit.c.case_number)
    statement = select(columns.number).where(whole, columns.number.not_in(known)).order_by(columns.delivered_at, columns.number)
    return list(session.execute(statement).scalars())

"""In every quarter there is a joint meeting: should nobody have convened one, it is convened now (R-70)."""

import logging

from engine.core.actor import SCHEDULER
from engine.core.rejection import Rejection
from engine.runtime.runtime import Runtime
from workflows.clock import hall_day
from workflows.meetings.meeting import quarter_of
from workflows.meetings.operators import convened_in

log = logging.getLogger(__name__)
PROCESS = "liaison_meeting"


def convene_in_quarter(runtime: Runtime) -> bool:
    """Begin the meeting of the running quarter where there is none; two rounds at once begin one."""
    quarter = quarter_of(hall_day(runtime.clock()))
    with runtime.registers.read() as session:
        if convened_in(session, quarter):
            return False
    try:
        runtime.start(process_key=PROCESS, actor=SCHEDULER, command_id=f"liaison-meeting/{quarter}", business_key=quarter)
    except Rejection as rejection:
        log.warning("no joint meeting in %s: %s", quarter, rejection)
        return False
    return True

"""What was decided enters the publication queue by itself: a licence that was granted is public (Licensing Law, Art. 40, R-75).

The round looks for decisions that are in no publication; each gets one draft and one secrecy check, however often it looks.
"""

import logging
from datetime import datetime, timedelta

from sqlalchemy import Row, select
from sqlalchemy.orm import Session

from engine.core.actor import SCHEDULER
from engine.core.rejection import Rejection
from engine.runtime.number_series import next_number
from engine.runtime.runtime import Runtime
from workflows.case_file.applicant import masked_name
from workflows.case_file.tables import case_event, case_file
from workflows.clock import hall_day
from workflows.publication.publications import Draft, enter_draft
from workflows.publication.tables import publication

log = logging.getLogger(__name__)
PROCESS, KIND = "publication", "decision"
GRANTED = ("granted", "tolerantly-granted")
NEWEST = timedelta(days=30)
"""What was decided longer ago is not looked for again. SAMPLE."""


def feed_publications(runtime: Runtime) -> int:
    """Draft what was granted and is in no publication, and begin the checks. Returns how many were drafted."""

    def change(session: Session, now: datetime) -> int:
        next_number(session, "publication/feeding")  # two rounds at once wait for each other
        found = _undrafted(session, now)
        for case in found:
            enter_draft(session, _draft(case), SCHEDULER, now)
        return len(found)

    now = runtime.clock()
    with runtime.registers.read() as session:
        wanted = bool(_undrafted(session, now))
    drafted = runtime.registers.change("FeedPublications", SCHEDULER, change) if wanted else 0
    with runtime.registers.read() as session:
        waiting = _unbegun(session)
    for number in waiting:
        _begin(runtime, number)
    return drafted


def _undrafted(session: Session, now: datetime) -> list[Row[tuple[str, ...]]]:
    known = select(publication.c.source).where(publication.c.kind == KIND)
    granted = select(case_event.c.number).where(case_event.c.status.in_(GRANTED))
    columns = case_file.c
    recent = (columns.decided_at >= now - NEWEST) & columns.parent_number.is_(None)
    statement = select(case_file).where(recent, columns.number.in_(granted), columns.number.not_in(known))
    return list(session.execute(statement.order_by(columns.decided_at, columns.number)).all())


def _draft(case: Row[tuple[str, ...]]) -> Draft:
    """A person's name is masked, an organisation's is not."""
    name = masked_name(case.applicant_name) if case.applicant_kind == "individual" else case.applicant_name
    day = hall_day(case.decided_at).isoformat()
    text = f"{case.department}于{day}对{name}申请的{case.item_name}作出准予行政许可决定。公众有权查阅。"
    return Draft(KIND, case.number, f"{case.item_name}：准予行政许可决定", text)


def _unbegun(session: Session) -> list[str]:
    columns = publication.c
    mine = (columns.drafted_by == SCHEDULER.id) & columns.instance_id.is_(None) & (columns.status == "drafted")
    return list(session.execute(select(columns.number).where(mine).order_by(columns.number)).scalars())


def _begin(runtime: Runtime, number: str) -> None:
    said = {"publication_number": number}
    command = f"publication:{number}"
    try:
        runtime.start(process_key=PROCESS, actor=SCHEDULER, command_id=command, business_key=number, variables=dict(said))
    except Rejection as rejection:
        log.warning("no secrecy check of %s: %s", number, rejection)

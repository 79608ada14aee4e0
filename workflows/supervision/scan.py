"""The round of electronic supervision: what the rules find becomes a card, each cause once, wherever and however often it runs.

A reminder (E-02) is no card: nobody has to explain that there are two days left. It is among the findings.
"""

import hashlib
import logging
from collections.abc import Sequence
from datetime import datetime

from sqlalchemy import select
from sqlalchemy.orm import Session

from engine.core.actor import SCHEDULER
from engine.core.rejection import Rejection
from engine.runtime.runtime import Runtime
from workflows.calendar.entry import working_days
from workflows.supervision.card import CardColour, rules
from workflows.supervision.detection import Finding, detect
from workflows.supervision.operators import SCHEME
from workflows.supervision.reading import cases, of_money, of_queues
from workflows.supervision.tables import supervision_card

log = logging.getLogger(__name__)
MESSAGE = "supervision-card"


class SupervisionScan:
    """Looks, and issues cards."""

    def __init__(self, runtime: Runtime) -> None:
        self._runtime = runtime

    def findings(self, now: datetime) -> list[Finding]:
        """What the rules find at this moment, carded or not."""
        with self._runtime.registers.read() as session:
            calendar = working_days(session)
            found = [finding for case in cases(session, now) for finding in detect(case, now, calendar)]
            return found + of_money(session, now) + of_queues(session, now)

    def run(self) -> int:
        """Issue a card for everything that has none yet. Returns how many."""
        now = self._runtime.clock()
        found = self.findings(now)
        with self._runtime.registers.read() as session:
            known = _carded(session, [finding.cause for finding in found])
        due = [finding for finding in found if rules()[finding.rule].under(SCHEME) is not CardColour.REMINDER]
        return sum(self._issue(finding) for finding in due if finding.cause not in known)

    def _issue(self, finding: Finding) -> bool:
        """Two rounds at once issue one card: the command carries the cause."""
        said = {name: value for name, value in finding.to_dict().items() if value is not None}
        try:
            self._runtime.messages.correlate(
                message=MESSAGE,
                correlation_key=finding.cause,
                variables=dict(said),
                actor=SCHEDULER,
                command_id=_command_id(finding.cause),
            )
        except Rejection as rejection:
            log.warning("no card for %s: %s", finding.cause, rejection)
            return False
        return True


def _command_id(cause: str) -> str:
    """The same for the same cause. A cause may name a document, which has a Chinese number; a command id is ASCII."""
    return f"supervision/{hashlib.sha256(cause.encode()).hexdigest()[:40]}"


def _carded(session: Session, causes: Sequence[str]) -> set[str]:
    return set(session.execute(select(supervision_card.c.cause).where(supervision_card.c.cause.in_(causes))).scalars())

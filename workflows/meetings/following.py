"""What becomes of a decision: reported with evidence by who answers for it, and done when somebody else has checked it."""

from typing import Any

from sqlalchemy import Row
from sqlalchemy.orm import Session

from engine.core.rejection import Rejection, declare
from engine.core.values import Value, Variables
from engine.runtime.operators import OperatorCall, OperatorRegistry, text_of
from workflows.journal import Entry
from workflows.meetings import storage

declare(
    {
        "meeting-report-missing": (
            "须写明落实情况和证明。",
            "Expected what was done and what shows it, but nothing is said.",
        ),
        "meeting-decision-not-yours": (
            "议定事项由{group}落实并报告。",
            "Expected somebody of {group}, who answers for it, but {actor} is not.",
        ),
        "meeting-own-report": (
            "落实情况由报告人以外的督查人员核实。",
            "Expected somebody of supervision who did not report it, but {actor} did or is not of it.",
        ),
    }
)

CHECKERS = frozenset({"supervision", "committee"})


def register(registry: OperatorRegistry) -> None:
    """Add what follows a meeting to the operators models may name."""
    registry.local("meetings.report", parameters=("number", "sequence", "report"))(report)
    registry.local("meetings.check", parameters=("number", "sequence", "agreed", "reason"))(check)
    registry.local("meetings.overdue", parameters=("number", "sequence"))(overdue)


def report(session: Session, parameters: Variables, call: OperatorCall) -> Value:
    """What was done about a decision, with what shows it.

    :raises Rejection: ``meeting-decision-not-yours``, ``meeting-report-missing``.
    """
    found, said = _decision(session, parameters), text_of(parameters.get("report"))
    if found.responsible not in call.actor.groups:
        raise Rejection("meeting-decision-not-yours", group=found.responsible, actor=call.actor.id)
    if said is None:
        raise Rejection("meeting-report-missing", field="report")
    values = {"status": "reported", "report": said, "reported_by": call.actor.id, "reported_at": call.now}
    storage.change_decision(session, found, **values)
    _log(session, found, call, "reported")
    return True


def check(session: Session, parameters: Variables, call: OperatorCall) -> Value:
    """Somebody of supervision finds it done, or sends it back: ``{done}``. :raises Rejection: ``meeting-own-report``."""
    found = _decision(session, parameters)
    if call.actor.id == found.reported_by or not CHECKERS & set(call.actor.groups):
        raise Rejection("meeting-own-report", actor=call.actor.id)
    done = parameters.get("agreed") == "yes"
    values = {"status": "done", "checked_by": call.actor.id, "done_at": call.now} if done else {"status": "open"}
    storage.change_decision(session, found, **values)
    _log(session, found, call, "done" if done else "sent-back", reason=text_of(parameters.get("reason")))
    return {"done": done}


def overdue(session: Session, parameters: Variables, call: OperatorCall) -> Value:
    """The day of a decision passed and it is not done: it is in the log, and on the next agenda."""
    found = _decision(session, parameters)
    storage.change_decision(session, found, overdue_at=call.now)
    _log(session, found, call, "overdue")
    return True


def _decision(session: Session, parameters: Variables) -> Row[Any]:
    return storage.decision(session, str(parameters.get("number")), int(str(parameters.get("sequence"))))


def _log(session: Session, found: Row[Any], call: OperatorCall, event: str, **detail: Any) -> None:
    meeting = storage.find(session, found.meeting, locked=True)
    entry = Entry(call.now, call.actor.id, event, {"decision": found.sequence, **detail})
    storage.JOURNAL.change(session, meeting, entry)

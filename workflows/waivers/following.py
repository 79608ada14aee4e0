"""What comes after a deferral was granted: a reminder, then paid or in arrears (R-50)."""

from datetime import date

from sqlalchemy.orm import Session

from engine.core.values import Value
from engine.runtime.operators import OperatorCall
from workflows.journal import Entry
from workflows.waivers import storage
from workflows.waivers.obligation import owed
from workflows.waivers.tables import waiver_arrear


def owes(session: Session, number: str, may_owe_fen: int, call: OperatorCall) -> dict[str, Value]:
    """``{owed_fen, owed_yuan, late}``: how much more is owed than may be, when an instalment ends or soon will."""
    more = max(owed(session, storage.keys_of(storage.find(session, number))) - may_owe_fen, 0)
    return {"owed_fen": more, "owed_yuan": f"{more // 100}.{more % 100:02d}", "late": more > 0}


def remind(session: Session, number: str, due_on: str, call: OperatorCall) -> None:
    """Keep that the payer was reminded."""
    storage.change(
        session, storage.find(session, number, locked=True), Entry(call.now, call.actor.id, "reminded", {"due_on": due_on})
    )


def fall_due(session: Session, number: str, due_on: date, may_owe_fen: int, call: OperatorCall) -> dict[str, Value]:
    """A day has passed: settled, still running, or in arrears and on the list. As :func:`owes`."""
    found = storage.find(session, number, locked=True)
    said = owes(session, number, may_owe_fen, call)
    if said["late"]:
        keys = {"number": number, "case_number": found.case_number, "fee": found.fee, "payer": found.payer}
        session.execute(waiver_arrear.insert().values(**keys, since_on=due_on, owed_fen=said["owed_fen"]))
        entry = Entry(call.now, call.actor.id, "arrears", {"due_on": due_on.isoformat(), "owed_fen": said["owed_fen"]})
        storage.change(session, found, entry, state="arrears")
    elif may_owe_fen == 0 and found.state == "granted":
        storage.change(session, found, Entry(call.now, call.actor.id, "settled", {}), state="settled")
    return said

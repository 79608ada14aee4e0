"""What models ask right behind the task that is guarded: may this person do this, and is the seal in order."""

from collections.abc import Mapping
from datetime import date

from sqlalchemy import select
from sqlalchemy.orm import Session

from engine.core.rejection import Rejection, declare
from engine.core.values import Value, Variables
from engine.runtime.operators import OperatorCall, OperatorRegistry, context_of
from workflows.clock import hall_day
from workflows.documents.tables import issued_document
from workflows.organisation import assignment, rule_library, secondment, storage
from workflows.organisation.absence import away_on
from workflows.organisation.authorisation import Exercise, Power, require_authority
from workflows.organisation.seal import require_usable
from workflows.organisation.skill_matrix import require_trained
from workflows.organisation.staff import Post, StaffMember

declare(
    {
        "authority-power-unknown": (
            "没有“{power}”这种授权。",
            "Expected accept, examine, decide, issue or seal, but got {power}.",
        )
    }
)


def register(registry: OperatorRegistry) -> None:
    """Add ``organisation.*`` to the operators models may name."""
    registry.local("organisation.check_authority", parameters=("item", "power"))(check_authority)
    registry.local("organisation.use_seal", parameters=("seal", "case", "document"))(use_seal)
    assignment.register(registry)
    rule_library.register(registry)
    secondment.register(registry)


def check_authority(session: Session, parameters: Variables, call: OperatorCall) -> Value:
    """``{"letter"}``: the letter by which whoever completed the task before may do this with an item of a case.

    ``item``: the item as the case pins it; ``power``: ``accept``, ``examine``, ``decide``, ``issue`` or ``seal``.

    :raises Rejection: ``not-on-duty``, ``authority-power-unknown``, ``staff-untrained`` and as :func:`require_authority`.
    """
    item, power = context_of(parameters.get("item")), _power(parameters.get("power"))
    department, today = str(item.get("department")), hall_day(call.now)
    posts = _posts(session, call.actor.id, department, today)
    use = Exercise(call.actor.id, posts, department, str(item.get("code")), power, today)
    letter = require_authority(storage.letters_of(session, department), use)
    require_trained(session, call.actor.id, use.item, today)
    return {"letter": letter.number}


def _posts(session: Session, account: str, department: str, today: date) -> set[str]:
    """The posts somebody holds at the department's windows that day, and those held for a colleague who is away (AB岗).

    :raises Rejection: ``not-on-duty``: none, or the person is on leave.
    """
    windows = storage.windows_of(session, department)
    there = [member for member in storage.staff_of(session) if member.window in windows and member.is_there(today)]
    own = [member for member in there if member.account_id == account]
    away = away_on(session, today)
    if not own or account in away:
        raise Rejection("not-on-duty", actor=account, department=department)
    return {member.held_post for member in own} | _stood_in_for(own, there, away)


def _stood_in_for(own: list[StaffMember], there: list[StaffMember], away: Mapping[str, str]) -> set[str]:
    """Whoever is named as the substitute of somebody on leave, or is the window's B岗, has that person's post meanwhile."""
    account = own[0].account_id
    substitutes = {member.window for member in own if member.post is Post.SUBSTITUTE}
    absent = [member for member in there if member.account_id in away]
    return {member.held_post for member in absent if away[member.account_id] == account or member.window in substitutes}


def use_seal(session: Session, parameters: Variables, call: OperatorCall) -> Value:
    """``{"seal_number", "sequence"}``: the seal is put on a document that was issued in the case, and its log says so (R-22).

    ``seal``: the number on the seal; ``case``: the case's number; ``document``: the document's.

    :raises Rejection: ``seal-not-registered``, ``seal-without-decision`` (E-20) and as :func:`require_usable`.
    """
    number, case, document = (str(parameters.get(name)) for name in ("seal", "case", "document"))
    found = storage.seal_by_number(session, number)
    issued = session.execute(
        select(issued_document.c.department, issued_document.c.digest).where(
            issued_document.c.number == document, issued_document.c.case_number == case
        )
    ).first()
    if issued is None:
        raise Rejection("seal-without-decision", field="document", document=document[:60])
    require_usable(found, issued.department, call.actor.id)
    use = {"case_number": case, "document": document, "digest": issued.digest, "used_by": call.actor.id, "at": call.now}
    return {"seal_number": number, "sequence": storage.log_use(session, number, use)}


def _power(given: Value) -> Power:
    try:
        return Power(str(given))
    except ValueError:
        raise Rejection("authority-power-unknown", field="power", power=str(given)[:40]) from None

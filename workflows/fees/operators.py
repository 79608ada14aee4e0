"""What models say to the register of fees (P18b). All in the step's own transaction."""

from datetime import date, timedelta

from sqlalchemy.orm import Session

from engine.core.actor import Actor
from engine.core.moments import to_text
from engine.core.rejection import Rejection
from engine.core.values import Value, Variables
from engine.runtime.operators import OperatorCall, OperatorRegistry
from workflows.clock import hall_day
from workflows.clock.hall_time import end_of
from workflows.clock.kind import Ends
from workflows.fees import versions
from workflows.fees.fee import Fee
from workflows.fees.life import BY_SECOND_PERSON, State, expires_on, require_low_end, require_move, require_papers
from workflows.fees.versions import Move
from workflows.organisation.department_group import department_group

COMMITTEE = "committee"


def register(registry: OperatorRegistry) -> None:
    """Add ``fees.*`` to the operators models may name."""
    registry.local("fees.propose", parameters=("code", "version"))(propose)
    registry.local(
        "fees.move", parameters=("code", "version", "state", "from_on", "reason", "document", "verification", "low_fen")
    )(move)
    registry.local("fees.lapse", parameters=("code", "version"))(lapse)


def propose(session: Session, parameters: Variables, call: OperatorCall) -> Value:
    """Somebody of the fee's department, or of the committee, asks for something to become of a version: what P18b shows of it.

    :raises Rejection: ``fee-version-not-found``, ``fee-proposal-foreign``, ``department-not-in-hall``.
    """
    code, version = _named(parameters)
    fee = versions.version_of(session, code, version)
    require_of_department(session, fee, call.actor)
    return _shown(session, fee)


def move(session: Session, parameters: Variables, call: OperatorCall) -> Value:
    """Put a version into ``state``, by whoever completed the task before: as :func:`propose`.

    Into force it goes with papers that hold on its first day, and a range with the committee's record of its low end.

    :raises Rejection: ``fee-version-not-found``, ``fee-state-order``, ``fee-own-draft``, ``fee-in-the-past``,
        ``fee-document-invalid``, ``fee-permit-invalid``, ``fee-range``, ``fee-verification-missing``, ``fee-low-end-differs``.
    """
    code, version = _named(parameters)
    fee, to = versions.version_of(session, code, version), State(str(parameters.get("state")))
    require_move(fee.name, versions.state_of(session, code, version), to)
    if to in BY_SECOND_PERSON and versions.drafter_of(session, code, version) == call.actor.id:
        raise Rejection("fee-own-draft", actor=call.actor.id)
    from_on = _from_on(parameters, to, hall_day(call.now))
    document, verification = str(parameters.get("document") or ""), str(parameters.get("verification") or "")
    if to in (State.CHECKED, State.IN_FORCE):
        require_papers(versions.book_of(session), fee, from_on or hall_day(call.now))
    if to is State.IN_FORCE:
        require_low_end(fee, verification, parameters.get("low_fen"))
    said = {"reason": str(parameters.get("reason") or ""), "document": verification or document}
    versions.move(session, code, version, Move(to, call.now, call.actor.id, from_on, **said))
    return _shown(session, versions.version_of(session, code, version))


def lapse(session: Session, parameters: Variables, call: OperatorCall) -> Value:
    """Document or permit has expired: the fee is off by that alone; here it is written down. True if it was in force."""
    code, version = _named(parameters)
    if versions.state_of(session, code, version) is not State.IN_FORCE:
        return False
    versions.move(session, code, version, Move(State.LAPSED, call.now, call.actor.id, hall_day(call.now), reason="到期"))
    return True


def require_of_department(session: Session, fee: Fee, actor: Actor) -> None:
    """Somebody of the fee's department, or of the committee.

    :raises Rejection: ``fee-proposal-foreign``, ``department-not-in-hall``.
    """
    if not {department_group(session, fee.department, ""), COMMITTEE} & set(actor.groups):
        raise Rejection("fee-proposal-foreign", actor=actor.id)


def _shown(session: Session, fee: Fee) -> dict[str, Value]:
    last = expires_on(versions.book_of(session), fee)
    return {
        "code": fee.code,
        "version": fee.version,
        "name": fee.name,
        "department": fee.department,
        "department_group": department_group(session, fee.department, ""),
        "state": versions.state_of(session, fee.code, fee.version).value,
        "document": fee.document.number,
        "permit": None if fee.permit is None else fee.permit.number,
        "is_range": fee.standard.kind == "range",
        "low_fen": fee.standard.low_fen,
        "high_fen": fee.standard.high_fen,
        "items": [*fee.items],
        "expires_at": None if last is None else to_text(end_of(last, Ends.MIDNIGHT) + timedelta(minutes=1)),
    }


def _from_on(parameters: Variables, to: State, today: date) -> date | None:
    if to not in (State.IN_FORCE, State.ENDED):
        return None
    given = parameters.get("from_on")
    day = today if given in (None, "") else date.fromisoformat(str(given))
    if day < today:
        raise Rejection("fee-in-the-past", field="from_on", day=day.isoformat())
    return day


def _named(parameters: Variables) -> tuple[str, str]:
    return str(parameters.get("code") or ""), str(parameters.get("version") or "")

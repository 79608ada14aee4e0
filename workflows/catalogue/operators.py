"""What models ask the catalogue, and how P18 leads a version through its life."""

from datetime import date

from sqlalchemy.orm import Session

from engine.core.rejection import Rejection
from engine.core.values import Value, Variables
from engine.runtime.operators import OperatorCall, OperatorRegistry
from workflows.catalogue import refusals, storage  # noqa: F401  (declares its sentences)
from workflows.catalogue.difference import differences
from workflows.catalogue.in_force import in_force
from workflows.catalogue.life import Move, findings_of, move
from workflows.catalogue.version import EFFECTIVE, NAMES, ItemVersion, State
from workflows.clock import arguments
from workflows.clock.hall_time import hall_day

COMMITTEE = "committee"


def register(registry: OperatorRegistry) -> None:
    """Add ``catalogue.*`` to the operators models may name."""
    registry.local("catalogue.item", parameters=("code",))(item)
    registry.local("catalogue.changes", parameters=("item",))(changes)
    registry.local("catalogue.propose", parameters=("code", "version"))(propose)
    moved = ("code", "version", "state", "from_on", "reason", "document")
    registry.local("catalogue.move", parameters=moved)(move_version)


def item(session: Session, parameters: Variables, call: OperatorCall) -> Value:
    """The item with this code as it is in force at this moment, with its ``version``; the case keeps it (R-59).

    :raises Rejection: ``item-not-in-catalogue``, ``item-not-in-force``, ``item-suspended``, ``item-ended``.
    """
    return in_force(session, str(parameters.get("code")), call.now).to_variables(call.now)


def changes(session: Session, parameters: Variables, call: OperatorCall) -> Value:
    """What became of the item since the case pinned it: ``state``, ``version`` now, and ``changed``, the fields that differ.

    The case goes on under its own version; the substantive law is that of the day of decision (法释〔2009〕20号 Art. 9), so
    whoever decides must see what changed. ``item``: as :func:`item` answered. Null where nothing is in force any more.

    :raises Rejection: ``item-not-in-catalogue``, ``item-version-not-found``.
    """
    pinned = parameters.get("item")
    known = pinned if isinstance(pinned, dict) else {}
    code, number = str(known.get("code")), int(str(known.get("version") or 1))
    now = storage.standing(session, code, hall_day(call.now))
    if now is None:
        return {"state": None if storage.latest_version(session, code) else "in-force", "version": number, "changed": []}
    before, after = (storage.version(session, code, one).content for one in (number, now.version))
    fields = sorted({found.field.split(".")[0] for found in differences(before, after)})
    return {"state": now.state.value, "version": now.version, "changed": [*fields]}


def propose(session: Session, parameters: Variables, call: OperatorCall) -> Value:
    """Somebody of the item's department, or of the committee, asks for something to become of a version: what P18 shows of it.

    ``version``: its number; the latest where none is said. Answers with the facts for D1, its state, and what keeps it from
    being published.

    :raises Rejection: ``item-not-in-catalogue``, ``item-version-not-found``, ``item-proposal-foreign``.
    """
    found = _named(session, str(parameters.get("code")), parameters)
    if not {storage.parsed(found.content).department_group, COMMITTEE} & set(call.actor.groups):
        raise Rejection("item-proposal-foreign", item=found.code, actor=call.actor.id)
    return _view(session, found, call)


def move_version(session: Session, parameters: Variables, call: OperatorCall) -> Value:
    """Put a version into ``state``, by whoever completed the task before; ``from_on``: the first day that counts (today).

    ``version``: its number; where none is said, the one that concerns applicants now if it is suspended, resumed or ended.

    :raises Rejection: as :func:`workflows.catalogue.life.move`.
    """
    code, from_on = str(parameters.get("code")), arguments.optional_day(parameters, "from_on")
    state = State(str(parameters.get("state")))
    number = _concerned(session, code, state, parameters, call)
    wanted = Move(
        state,
        call.actor,
        call.now,
        from_on,
        arguments.text(parameters, "reason"),
        arguments.text(parameters, "document"),
    )
    return _view(session, move(session, code, number, wanted), call, from_on)


def _concerned(session: Session, code: str, state: State, parameters: Variables, call: OperatorCall) -> int:
    standing = storage.standing(session, code, hall_day(call.now))
    if state in EFFECTIVE and parameters.get("version") is None and standing is not None:
        return standing.version
    return _named(session, code, parameters).version


def _named(session: Session, code: str, parameters: Variables) -> ItemVersion:
    number = parameters.get("version")
    said = isinstance(number, int | float) and not isinstance(number, bool)
    return storage.version(session, code, int(number) if said else storage.latest_version(session, code))  # type: ignore[arg-type]


def _view(session: Session, found: ItemVersion, call: OperatorCall, from_on: date | None = None) -> Value:
    shown = storage.parsed(found.content)
    open_findings = findings_of(session, found, from_on or hall_day(call.now))
    return {
        "code": found.code,
        "version": found.version,
        "name": shown.name,
        "kind": shown.kind.value,
        "department": shown.department,
        "department_group": shown.department_group,
        "item_class": shown.item_class.value,
        "several_departments": shown.kind.value == "joint",
        "needs_site_visit": shown.needs_site_visit,
        "needs_investigation": shown.needs_investigation,
        "needs_upper_level": shown.needs_upper_level,
        "promised_days": shown.promised_days,
        "statutory_days": shown.statutory_on(from_on or hall_day(call.now)),
        "reason": found.reason,
        "state": found.state.value,
        "state_name": NAMES[found.state],
        "findings": [finding.rejection().sentence("zh") for finding in open_findings],
    }

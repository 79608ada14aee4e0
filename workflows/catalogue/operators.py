"""What models ask the catalogue, and how P18 leads a version through its life."""

from datetime import date

from sqlalchemy.orm import Session

from engine.core.rejection import Rejection
from engine.core.values import Value, Variables
from engine.runtime.operators import OperatorCall, OperatorRegistry
from workflows.catalogue import refusals, storage  # noqa: F401  (declares its sentences)
from workflows.catalogue.in_force import in_force
from workflows.catalogue.item import Item
from workflows.catalogue.life import Move, findings_of, move
from workflows.catalogue.loading import load_directory
from workflows.catalogue.version import NAMES, ItemVersion, State
from workflows.clock import arguments
from workflows.clock.hall_time import hall_day


def register(registry: OperatorRegistry) -> None:
    """Add ``catalogue.*`` to the operators models may name."""
    registry.local("catalogue.item", parameters=("code",))(item)
    registry.local("catalogue.version", parameters=("code", "version"))(version)
    moved = ("code", "version", "state", "from_on", "reason", "document")
    registry.local("catalogue.move", parameters=moved)(move_version)


def item(session: Session, parameters: Variables, call: OperatorCall) -> Value:
    """The item with this code as it is in force at this moment, with its ``version``; the case keeps it (R-59).

    :raises Rejection: ``item-not-in-catalogue``, ``item-not-in-force``, ``item-suspended``, ``item-ended``.
    """
    return in_force(session, str(parameters.get("code")), call.now).to_variables(call.now)


def version(session: Session, parameters: Variables, call: OperatorCall) -> Value:
    """A version as P18 shows and judges it: facts for D1, its state, and what keeps it from being published.

    ``version``: its number; the latest where none is said.

    :raises Rejection: ``item-not-in-catalogue``, ``item-version-not-found``.
    """
    code = str(parameters.get("code"))
    return _view(session, _named(session, code, parameters), call)


def move_version(session: Session, parameters: Variables, call: OperatorCall) -> Value:
    """Put a version into ``state``, by whoever completed the task before; ``from_on``: the first day that counts (today).

    :raises Rejection: as :func:`workflows.catalogue.life.move`.
    """
    code, from_on = str(parameters.get("code")), arguments.optional_day(parameters, "from_on")
    wanted = Move(
        State(str(parameters.get("state"))),
        call.actor,
        call.now,
        from_on,
        arguments.text(parameters, "reason"),
        arguments.text(parameters, "document"),
    )
    return _view(session, move(session, code, _named(session, code, parameters).version, wanted), call, from_on)


def find(code: str) -> Item:
    """An item of the catalogue that comes with the program.

    :raises Rejection: ``item-not-in-catalogue``.
    """
    items = load_directory()
    if code not in items:
        raise Rejection("item-not-in-catalogue", field="item_code", item=code)
    return items[code]


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

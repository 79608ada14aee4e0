"""Allotting case numbers: a service task asks, the number is drawn in the step's own transaction."""

from sqlalchemy.orm import Session

from engine.core.moments import HALL, to_text
from engine.core.rejection import Rejection, declare
from engine.core.values import Value, Variables
from engine.runtime.number_series import next_number
from engine.runtime.operators import OperatorCall, OperatorRegistry
from workflows.case_number.number import CaseNumber
from workflows.catalogue.in_force import in_force

DIVISION = "500225"
"""The county's administrative division code (GB/T 2260). Sample figure."""

MAX_SERIAL = 99_999

declare({"case-numbers-exhausted": ("当日办件编号已用完。", "Expected a free case number today, but all are used.")})


def register(registry: OperatorRegistry) -> None:
    """Add ``cases.*`` to the operators models may name."""
    registry.local("cases.allot_number", parameters=("item",))(allot_number)


def allot_number(session: Session, parameters: Variables, call: OperatorCall) -> Value:
    """The receipt of a filing: ``{"number", "received_at", "received_on"}``. A step that is undone takes no number.

    ``item`` is the code of the item applied for. The number is allotted at receipt, not at acceptance, so that nothing can be
    kept off the books by not accepting it.

    :raises Rejection: as :func:`workflows.catalogue.in_force.in_force`, and ``case-numbers-exhausted``.
    """
    item = in_force(session, str(parameters.get("item")), call.now).item
    day = call.now.astimezone(HALL).date()
    serial = next_number(session, f"case-number/{item.department_code}/{day.isoformat()}")
    if serial > MAX_SERIAL:
        raise Rejection("case-numbers-exhausted")
    return {
        "number": str(CaseNumber(DIVISION, item.department_code, day, item.kind.value, serial)),
        "received_at": to_text(call.now),
        "received_on": day.isoformat(),
    }

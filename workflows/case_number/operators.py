"""Allotting case numbers: a service task asks, the number is drawn in the step's own transaction."""

import re
from zoneinfo import ZoneInfo

from sqlalchemy.orm import Session

from engine.core.rejection import Rejection, declare
from engine.core.values import Value, Variables
from engine.runtime.number_series import next_number
from engine.runtime.operators import OperatorCall, OperatorRegistry
from workflows.case_number.number import KINDS, CaseNumber

HALL = ZoneInfo("Asia/Shanghai")
DIVISION = "500225"
"""The county's administrative division code (GB/T 2260). Sample figure."""

MAX_SERIAL = 99_999

declare(
    {
        "case-number-not-allottable": (
            "无法编号：部门代码应为3位数字，办件类型应为{kinds}。",
            "Expected a department code of 3 digits and a kind among {kinds} to allot a case number.",
        ),
        "case-numbers-exhausted": ("当日办件编号已用完。", "Expected a free case number today, but all are used."),
    }
)


def register(registry: OperatorRegistry) -> None:
    """Add ``cases.*`` to the operators models may name."""
    registry.local("cases.allot_number", parameters=("department", "kind"))(allot_number)


def allot_number(session: Session, parameters: Variables, call: OperatorCall) -> Value:
    """The next number of the day for a department's code and a kind of case. A step that is undone takes none.

    :raises Rejection: ``case-number-not-allottable``, ``case-numbers-exhausted``.
    """
    department, kind = parameters.get("department"), parameters.get("kind")
    if not isinstance(department, str) or not re.fullmatch(r"[0-9]{3}", department) or kind not in KINDS:
        raise Rejection("case-number-not-allottable", kinds=", ".join(KINDS))
    day = call.now.astimezone(HALL).date()
    serial = next_number(session, f"case-number/{department}/{day.isoformat()}")
    if serial > MAX_SERIAL:
        raise Rejection("case-numbers-exhausted")
    return str(CaseNumber(DIVISION, department, day, str(kind), serial))

"""The list of fees (收费公示): what is not on it is not charged (R-42)."""

from flask import Response

from api.door import runtime
from api.public.blueprint import public, show
from api.public.catalogue import charged_today, is_free, lines
from api.resources.collection import fees_on
from workflows.clock import hall_day


@public.get("/fees")
def fees() -> Response:
    """Fees in force today."""
    today = hall_day(runtime().clock())
    found, charged = lines(), charged_today()
    return show(
        "fees.html",
        today=today,
        fees=fees_on(today),
        names={line.code: line.name_en or line.name for line in found},
        names_zh={line.code: line.name for line in found},
        free=[line for line in found if is_free(line, charged)],
    )

"""The front page: what people come for, within reach."""

from flask import Response

from api.door import runtime
from api.public.blueprint import public, show
from api.public.catalogue import departments, lines, usual_hours, windows
from workflows.calendar.entry import working_days
from workflows.clock import hall_day
from workflows.publication.publications import Publications

NEWS = 5


@public.get("/")
def front() -> Response:
    """The front page."""
    found, today = lines(), hall_day(runtime().clock())
    with runtime().registers.read() as session:
        is_open = working_days(session).is_working_day(today)
        opens = working_days(session).first_from(today)
    return show(
        "front.html",
        today=today,
        is_open=is_open,
        opens=opens,
        hours=usual_hours(found),
        items=len(found),
        departments=departments(found),
        windows=windows(found),
        news=Publications(runtime().registers).newest(None, NEWS).items,
    )

"""The complaint box: write, get a number and a pass code, ask how it stands. Nothing written is lost by a mistake."""

from collections.abc import Mapping

from flask import Response

from api.door import runtime
from api.problems import status_of
from api.public.blueprint import public, show
from api.public.catalogue import lines, windows
from api.public.form_token import form_token, is_ours, renew
from api.public.once import once
from api.public.reading import Trouble, read, trouble_of, written
from api.public.words import say
from api.resources.complaints import ANYBODY, filed
from api.schemas.complaints import NUMBER, FilingSchema, PassCodeSchema
from api.schemas.fields import Text
from engine.core.rejection import Rejection
from workflows.complaints.complaint import Category
from workflows.complaints.complaint_register import ComplaintRegister, Filing

PLACES = {"case-not-found": "case_number"}
"""Where the form shows a refusal that names no field of its own."""


class NumberedPassCodeSchema(PassCodeSchema):
    """The two things on the receipt of a complaint."""

    number = Text(required=True, least=1, limit=50, metadata=NUMBER)


@public.get("/complaints/new")
def write_complaint() -> Response:
    """The empty form."""
    return _form({}, None, 200)


@public.post("/complaints/new")
def file_complaint() -> Response:
    """Files it and shows number and pass code, once."""
    values = written(FilingSchema)
    if not is_ours():
        return _form(values, Trouble({}, (say("form.again"),)), 422)
    try:
        filing = Filing(**read(FilingSchema, {**values, "channel": "web"}))
        receipt = once(lambda: filed(filing, ANYBODY, public=True))
    except Rejection as refused:
        return _form(values, trouble_of(refused, PLACES), status_of(refused.code))
    renew()
    return show("complaint_filed.html", 201, receipt=receipt)


@public.get("/complaints")
def ask_complaint() -> Response:
    """How a complaint stands: the question."""
    return show("complaints.html", values={}, trouble=None, found=None)


@public.post("/complaints")
def complaint() -> Response:
    """How a complaint stands: the answer."""
    values = written(NumberedPassCodeSchema)
    try:
        wanted = read(NumberedPassCodeSchema, values)
        found = ComplaintRegister(runtime().registers).status(wanted["number"], wanted["pass_code"])
    except Rejection as refused:
        status = status_of(refused.code)
        return show("complaints.html", status, values=values, trouble=trouble_of(refused), found=None)
    return show("complaints.html", repeat=values, values={}, trouble=None, found=found)


def _form(values: Mapping[str, str], trouble: Trouble | None, status: int) -> Response:
    return show(
        "complaint_form.html",
        status,
        values=values,
        trouble=trouble,
        token=form_token(),
        category_choices=[(category.value, say(f"category.{category.value}")) for category in Category],
        window_choices=[(window.key, window.name) for window in windows(lines())],
    )

"""Ratings (好差评): given with the code of the delivery notice; what others gave."""

from collections.abc import Mapping
from typing import Any

from flask import Response, request

from api.door import runtime
from api.problems import status_of
from api.public.blueprint import public, show
from api.public.form_token import form_token, is_ours, renew
from api.public.once import once
from api.public.reading import Trouble, read, trouble_of, written
from api.public.words import say
from api.resources.ratings import given
from api.schemas.ratings import RatingCodeSchema, RatingGivingSchema
from engine.core.rejection import Rejection
from engine.runtime.plain_text import findable
from workflows.ratings.rating import GRADES
from workflows.ratings.rating_register import Giving, RatingRegister

ON_A_PAGE = 20


@public.get("/ratings")
def list_ratings() -> Response:
    """What others gave; nothing of who gave it."""
    return _list(200, before=findable(request.args.get("before", "")[:40]) or None)


@public.post("/ratings")
def rating() -> Response:
    """How one's own stands, and its answer, by case and code."""
    values = written(RatingCodeSchema)
    try:
        wanted = read(RatingCodeSchema, values)
        mine = RatingRegister(runtime().registers).status(wanted["case_number"], wanted["code"])
    except Rejection as refused:
        return _list(status_of(refused.code), values=values, trouble=trouble_of(refused))
    return _list(200, repeat=values, values=values, mine=mine)


@public.get("/ratings/new")
def write_rating() -> Response:
    """The empty form."""
    return _form({"case_number": request.args.get("case", "")[:50]}, None, 200)


@public.post("/ratings/new")
def give_rating() -> Response:
    """Enters it; a bad one is answered within the hall's limits."""
    values = written(RatingGivingSchema)
    if not is_ours():
        return _form(values, Trouble({}, (say("form.again"),)), 422)
    try:
        giving = Giving(**read(RatingGivingSchema, {**values, "channel": "web"}))
        received = once(lambda: given(giving))
    except Rejection as refused:
        return _form(values, trouble_of(refused), status_of(refused.code))
    renew()
    return show("rating_given.html", 201, received=received)


def _form(values: Mapping[str, str], trouble: Trouble | None, status: int) -> Response:
    grades = [(grade, say(f"grade.{grade}")) for grade in GRADES]
    return show("rating_form.html", status, values=values, trouble=trouble, token=form_token(), grade_choices=grades)


def _list(status: int, before: str | None = None, repeat: Mapping[str, str] | None = None, **context: Any) -> Response:
    page = RatingRegister(runtime().registers).newest(before, ON_A_PAGE)
    said = {"mine": None, "values": {}, "trouble": None, **context}
    return show("ratings.html", status, repeat=repeat, found=page.items, following=page.next_cursor, **said)

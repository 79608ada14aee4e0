"""Ratings: given with a one-time code and no login, answered by the hall, seen by everybody (rules.md 5.6, A-21)."""

from collections.abc import Mapping
from typing import Any

from flask import Response, request

from api.authentication import authenticate
from api.blueprint import Blueprint
from api.data_scope import is_only_applicant, sees_everything
from api.door import actor, login, runtime
from api.lists import answer_list
from api.schemas.paging import PageQuery, page_of
from api.schemas.ratings import (
    BurstQuery,
    BurstsSchema,
    PublishedRatingSchema,
    RatingCodeSchema,
    RatingGivingSchema,
    RatingQuery,
    RatingReadingSchema,
    RatingReasonSchema,
    RatingReceiptSchema,
    RatingSchema,
    RatingStatusSchema,
)
from engine.core.actor import Actor
from engine.core.rejection import Rejection
from engine.runtime.queries.paging import Page
from workflows.ratings.rating_register import Giving, RatingRegister, Received

ratings = Blueprint("ratings", "/api", "好差评 · Ratings")

ANYBODY = Actor("public")
"""Who rates without a login."""
PROCESS, AGAIN = "rating", "rating-repeated"


@ratings.post("/public/ratings")
@ratings.takes(RatingGivingSchema)
@ratings.answers(201, RatingReceiptSchema)
def give(wanted: Mapping[str, Any]) -> tuple[Received, int]:
    """评价 · Rate a matter, once, with the code of the delivery notice; a login of the hall is refused"""
    return given(Giving(**wanted)), 201


@ratings.post("/public/ratings/status")
@ratings.takes(RatingCodeSchema)
@ratings.answers(200, RatingStatusSchema)
def status(wanted: Mapping[str, Any]) -> Any:
    """查询评价 · How one's rating stands, and its answer, by case and code"""
    return _register().status(wanted["case_number"], wanted["code"])


@ratings.get("/public/ratings")
@ratings.takes(PageQuery, "query")
@ratings.answers(200, page_of(PublishedRatingSchema))
def list_published(query: Mapping[str, Any]) -> Response:
    """评价公开 · Ratings as everybody sees them; nothing of who gave them"""
    return answer_list("ratings", PublishedRatingSchema, query, _register().published)


@ratings.get("/ratings")
@ratings.takes(RatingQuery, "query")
@ratings.answers(200, page_of(RatingSchema))
def list_ratings(query: Mapping[str, Any]) -> Response:
    """评价 · Of one's own window; supervisors and auditors see all"""
    groups = None if sees_everything(login()) else actor().groups
    overdue_at = runtime().clock() if query["overdue"] else None

    def fetch(cursor: str | None, limit: int) -> Page[Any]:
        return _register().page(groups, query["bad"], overdue_at, cursor, limit)

    return answer_list("ratings", RatingSchema, query, fetch)


@ratings.post("/ratings/<string:number>/reading")
@ratings.takes(RatingReasonSchema)
@ratings.answers(200, RatingReadingSchema)
def read(wanted: Mapping[str, Any], number: str) -> dict[str, Any]:
    """查看评价 · A rating with its log; that one looked, and why, is in it"""
    row, events = _register().read(number, wanted["reason"], actor())
    return {**row._asdict(), "events": events}


@ratings.get("/ratings/bursts")
@ratings.takes(BurstQuery, "query")
@ratings.answers(200, BurstsSchema)
def list_bursts(query: Mapping[str, Any]) -> dict[str, Any]:
    """集中评价 · Many ratings from one address in a short time (A-21)"""
    return {"bursts": _register().bursts(runtime().clock(), query["days"])}


def _register() -> RatingRegister:
    return RatingRegister(runtime().registers)


def given(giving: Giving) -> Received:
    """Enter the rating of whoever asks, and begin the case of a bad one."""
    asker = authenticate(runtime(), request)
    staff = asker is not None and not is_only_applicant(asker)
    by = ANYBODY if asker is None else asker.actor
    received = _register().give(giving, request.remote_addr or "", by, staff=staff)
    _begun(received)
    return received


def _begun(received: Received) -> None:
    """A bad one starts its case; a second one tells the case that waits for it, if it still does."""
    if received.bad:
        runtime().start(
            process_key=PROCESS,
            actor=ANYBODY,
            command_id=f"rating:{received.number}",
            business_key=received.number,
            variables={"rating_number": received.number},
        )
    elif received.again:
        _told(received)


def _told(received: Received) -> None:
    key = received.first or received.number
    try:
        runtime().messages.correlate(
            message=AGAIN,
            correlation_key=key,
            variables={"grade": received.grade},
            actor=ANYBODY,
            command_id=f"rating-again:{received.number}",
        )
    except Rejection as refused:
        if refused.code != "message-not-correlated":
            raise

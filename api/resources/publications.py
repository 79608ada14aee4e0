"""The publication queue over HTTP: drafted, checked by another, public, withdrawn with a reason (R-57)."""

from collections.abc import Mapping
from typing import Any

from flask import Response

from api.blueprint import Blueprint
from api.door import actor, runtime
from api.lists import answer_list
from api.schemas.paging import PageQuery, page_of
from api.schemas.publications import (
    PublicationDraftSchema,
    PublicationNumberSchema,
    PublicationSchema,
    PublicationWithdrawalSchema,
    PublishedSchema,
)
from engine.runtime.queries.paging import Page
from workflows.publication.publications import Draft, Publications

publications = Blueprint("publications", "/api", "信息公开 · Publication")
PROCESS = "publication"


@publications.get("/public/publications")
@publications.takes(PageQuery, "query")
@publications.answers(200, page_of(PublishedSchema))
def list_published(query: Mapping[str, Any]) -> Response:
    """信息公开 · What is public now"""
    return _listed("published", PublishedSchema, query)


@publications.get("/publications")
@publications.takes(PageQuery, "query")
@publications.answers(200, page_of(PublicationSchema))
def list_queue(query: Mapping[str, Any]) -> Response:
    """公开件 · The whole queue, also what was rejected or withdrawn"""
    return _listed(None, PublicationSchema, query)


@publications.post("/publications")
@publications.takes(PublicationDraftSchema)
@publications.answers(201, PublicationNumberSchema)
def draft(wanted: Mapping[str, Any]) -> tuple[dict[str, str], int]:
    """拟稿送审 · Put something into the queue; personal data are masked at once"""
    number = Publications(runtime().registers).draft(Draft(**wanted), actor())
    runtime().start(
        process_key=PROCESS,
        actor=actor(),
        command_id=f"publication:{number}",
        business_key=number,
        variables={"publication_number": number},
    )
    return {"number": number}, 201


@publications.post("/publications/<string:number>/withdraw")
@publications.takes(PublicationWithdrawalSchema)
@publications.answers(204)
def withdraw(wanted: Mapping[str, Any], number: str) -> tuple[str, int]:
    """撤下 · Take it down, with a reason; that it was there stays on record"""
    Publications(runtime().registers).withdraw(number, wanted["reason"], actor())
    return "", 204


def _listed(status: str | None, schema: type[Any], query: Mapping[str, Any]) -> Response:
    def fetch(cursor: str | None, limit: int) -> Page[Any]:
        return Publications(runtime().registers).page(status, cursor, limit)

    return answer_list("publications", schema, query, fetch)

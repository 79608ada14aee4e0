"""What the hall makes public: checked by a second person and free of personal data before it comes here."""

from flask import Response, request

from api.door import runtime
from api.public.blueprint import public, show
from engine.runtime.plain_text import findable
from workflows.publication.publications import Publications

ON_A_PAGE = 10


@public.get("/publications")
def list_publications() -> Response:
    """Newest first."""
    before = findable(request.args.get("before", "")[:20]) or None
    page = Publications(runtime().registers).newest(before, ON_A_PAGE)
    return show("publications.html", found=page.items, following=page.next_cursor)


@public.get("/publications/<string:number>")
def publication(number: str) -> Response:
    """One of them, as long as it is public."""
    return show("publication.html", found=Publications(runtime().registers).published(number))

"""Problems as pages, for people who asked for a page: one sentence that helps, in their language, and a way on."""

from flask import Flask, Response, request

from api.problems import MEDIA_TYPE
from api.public.blueprint import show

NAMED = (404, 429, 500)
PROGRAMS = ("/api/", "/healthz", "/metrics")
"""Addresses of programs; what goes wrong there is JSON for browsers too."""


def show_problems_as_pages(app: Flask) -> None:
    """Before the headers of safety are put on, so that pages have them too."""
    app.after_request(_shown)


def _shown(response: Response) -> Response:
    if response.mimetype != MEDIA_TYPE or not _is_for_people():
        return response
    body = response.get_json(force=True)
    kind = str(response.status_code) if response.status_code in NAMED else "other"
    sentence = body["detail"] if kind == "other" else None
    page = show("error.html", kind=kind, sentence=sentence, incident=body.get("incident_id"))
    response.set_data(page.get_data())
    response.mimetype = "text/html"
    return response


def _is_for_people() -> bool:
    if request.path.startswith(PROGRAMS):
        return False
    if (request.endpoint or "").startswith("public."):
        return True
    return request.accept_mimetypes.best_match((MEDIA_TYPE, "application/json", "text/html")) == "text/html"

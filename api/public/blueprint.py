"""The routes of the public pages, how a page is made, and the switch of language that browsers remember."""

from collections.abc import Mapping
from functools import cache
from hashlib import sha256
from pathlib import Path
from typing import Any
from urllib.parse import urlencode

from flask import Blueprint, Response, render_template, request

from api.door import door
from api.language import COOKIE, LANGUAGES, language
from api.public.form_token import keep_form_cookie
from api.public.words import TOOLS

STYLE = Path(__file__).parent / "static" / "public.css"
YEAR = 31_536_000
"""Seconds."""

public = Blueprint("public", __name__)


def show(template: str, status: int = 200, *, repeat: Mapping[str, str] | None = None, **context: Any) -> Response:
    """A page. ``repeat``: what was posted to get it; its switch of language posts that again."""
    spoken = language()
    text = render_template(
        f"public/{template}",
        **TOOLS,
        lang=spoken,
        english=spoken == "en",
        switch=_switch("zh" if spoken == "en" else "en"),
        repeat=repeat,
        path=request.path,
        style=f"/public.css?v={style_version()}",
        **context,
    )
    answer = Response(text, status, mimetype="text/html")
    answer.headers["Content-Language"] = spoken
    return answer


@public.get("/public.css")
def style() -> Response:
    """The one style sheet of all pages. Its address changes with its content, so that browsers may keep it."""
    answer = Response(STYLE.read_text("utf-8"), mimetype="text/css")
    answer.cache_control.public = True
    answer.cache_control.max_age = YEAR
    answer.cache_control.immutable = True
    return answer


@cache
def style_version() -> str:
    """The beginning of the digest of the style sheet."""
    return sha256(STYLE.read_bytes()).hexdigest()[:12]


def _switch(wanted: str) -> str:
    """This address in the other language."""
    query = [(name, value) for name, value in request.args.items(multi=True) if name != "lang"]
    return f"{request.path}?{urlencode([*query, ('lang', wanted)])}"


@public.after_request
def _remember(response: Response) -> Response:
    wanted = request.args.get("lang")
    secure = door().settings.secure_cookies
    if wanted in LANGUAGES:
        response.set_cookie(COOKIE, wanted, max_age=YEAR, samesite="Lax", httponly=True, secure=secure, path="/")
    keep_form_cookie(response, secure=secure)
    return response

"""Which language a caller reads: Chinese unless English is asked for."""

from typing import cast

from flask import has_request_context, request

from engine.core.rejection import Language

LANGUAGES = ("zh", "en")
COOKIE = "lianban_language"
"""What a browser remembers of the switch on a page."""


def language() -> Language:
    """By ``Accept-Language``; Chinese where nothing is said, or nothing we speak. On a page, first by its switch."""
    if not has_request_context():
        return "zh"
    return cast(Language, _switched() or request.accept_languages.best_match(LANGUAGES, default="zh"))


def _switched() -> str | None:
    """What the switch on a page says now (``?lang=``) or said before (its cookie). Programs have no switch."""
    if request.path.startswith("/api/"):
        return None
    said = (request.args.get("lang"), request.cookies.get(COOKIE))
    return next((one for one in said if one in LANGUAGES), None)


def choose(chinese: str, english: str) -> str:
    """The one of two texts that the caller reads."""
    return chinese if language() == "zh" else english

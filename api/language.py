"""Which language a caller reads: Chinese unless English is asked for."""

from typing import cast

from flask import has_request_context, request

from engine.core.rejection import Language

LANGUAGES = ("zh", "en")


def language() -> Language:
    """By ``Accept-Language``; Chinese where nothing is said, or nothing we speak."""
    if not has_request_context():
        return "zh"
    return cast(Language, request.accept_languages.best_match(LANGUAGES, default="zh"))


def choose(chinese: str, english: str) -> str:
    """The one of two texts that the caller reads."""
    return chinese if language() == "zh" else english

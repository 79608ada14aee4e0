"""Long JSON answers are sent compressed to whoever takes it; a work list of fifty tasks is a tenth as long so.

Short ones are left alone: that would cost every step more than it saves. What bears the session's token is never compressed,
as the length of an answer would then tell of the token (BREACH).
"""

import gzip

from flask import Flask, Response, request

LONG_ENOUGH = 8 * 1024
"""Bytes."""
LEVEL = 3
SESSION = "/api/session"


def compress_answers(app: Flask) -> None:
    """Compress what this application answers."""
    app.after_request(_compressed)


def _compressed(answer: Response) -> Response:
    if answer.mimetype != "application/json" or answer.is_streamed or request.path.startswith(SESSION):
        return answer
    if (answer.content_length or 0) < LONG_ENOUGH:
        return answer
    answer.vary.add("Accept-Encoding")
    if request.accept_encodings.quality("gzip") > 0:
        answer.set_data(gzip.compress(answer.get_data(), LEVEL, mtime=0))
        answer.content_encoding = "gzip"
    return answer

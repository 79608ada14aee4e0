"""The browser application: the built files under ``/app``, and one page for every address in it.

Built by ``tools/build_web.py`` into ``api/static/app``. File names carry a hash of their content and may be kept; the page
itself is asked for every time. It alone may add style sheets of its own making, and only with the nonce of this answer: the
editors of BPMN, DMN, forms and FEEL write theirs when they start.
"""

import mimetypes
import secrets
from pathlib import Path

from flask import Blueprint, Response, request, send_from_directory

from api.door import door
from api.security_headers import CONTENT_SECURITY_POLICY
from engine.core.rejection import Rejection

FOR_EVER = 31_536_000
"""Seconds; a year is what caches take for that."""
NONCE = "__STYLE_NONCE__"
"""What the built page has where the nonce goes."""
COMPRESSED = ".gz"
"""The build leaves a compressed copy beside each file that gains by it."""

browser_application = Blueprint("browser_application", __name__)


@browser_application.get("/app/assets/<path:name>")
def asset(name: str) -> Response:
    """A built file, compressed for whoever takes it."""
    folder = door().settings.application / "assets"
    squeezed = request.accept_encodings.quality("gzip") > 0 and (folder / f"{Path(name).name}{COMPRESSED}").is_file()
    answer = send_from_directory(folder, f"{name}{COMPRESSED}" if squeezed else name, max_age=FOR_EVER)
    if squeezed:
        answer.mimetype = mimetypes.guess_type(name)[0] or "application/octet-stream"
        answer.content_encoding = "gzip"
    answer.vary.add("Accept-Encoding")
    answer.cache_control.no_cache = None
    answer.cache_control.immutable = True
    return answer


@browser_application.get("/app/")
@browser_application.get("/app/<path:address>")
def page(address: str = "") -> Response:
    """The page. Which workspace the address names is the application's own business.

    :raises Rejection: ``browser-application-missing``: it was not built.
    """
    file = door().settings.application / "index.html"
    if not file.exists():
        raise Rejection("browser-application-missing")
    nonce = secrets.token_urlsafe(16)
    answer = Response(file.read_text().replace(NONCE, nonce), mimetype="text/html")
    answer.headers["Content-Security-Policy"] = CONTENT_SECURITY_POLICY.replace(
        "style-src 'self'", f"style-src 'self' 'nonce-{nonce}'"
    )
    return answer

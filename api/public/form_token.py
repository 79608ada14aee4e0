"""Proof that a form came from our own page, for people without a login.

The browser holds a random cookie that no other site can read or set (``SameSite=Strict``); the form carries its HMAC. A form
that was accepted changes the cookie, so the same page sent again (reloaded, pressed twice) is not accepted twice.
"""

import hmac
import secrets
from hashlib import sha256

from flask import Response, g, request

from api.door import door

COOKIE = "lianban_form"
FIELD = "form_token"
HOURS = 12
MAX_COOKIE = 100


def form_token() -> str:
    """What the form at hand carries; gives the browser its cookie if it has none."""
    secret = str(g.get("form_cookie") or request.cookies.get(COOKIE, "")[:MAX_COOKIE])
    if not secret:
        secret = renew()
    return _token(secret)


def is_ours() -> bool:
    """Whether the form that was sent is one of this browser's, and was not accepted before."""
    secret = request.cookies.get(COOKIE, "")[:MAX_COOKIE]
    given = request.form.get(FIELD, "")
    return bool(secret) and hmac.compare_digest(given.encode(errors="replace"), _token(secret).encode())


def renew() -> str:
    """A new cookie: forms shown before are not accepted any more."""
    g.form_cookie = secrets.token_urlsafe(24)
    return str(g.form_cookie)


def keep_form_cookie(response: Response, *, secure: bool) -> None:
    """Send the cookie if there is a new one."""
    fresh = g.get("form_cookie")
    if fresh:
        hours = HOURS * 3600
        response.set_cookie(COOKIE, fresh, max_age=hours, samesite="Strict", httponly=True, secure=secure, path="/")


def _token(secret: str) -> str:
    key = door().settings.secret_key.encode()
    return hmac.new(key, b"form:" + secret.encode(errors="replace"), sha256).hexdigest()

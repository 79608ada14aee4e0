"""Who is asking: a bearer token (programs) or the session cookie (people), and the CSRF token that guards the cookie.

The cookie holds an opaque secret of which the database keeps a hash; it is HttpOnly and SameSite=Strict. The CSRF token is an
HMAC of that secret: nothing to store, different for every session, and unknown to other sites because they cannot read it.
"""

import hmac
from hashlib import sha256

from flask import Request, Response

from api.door import Login
from api.settings import DoorSettings
from engine.core.rejection import Rejection
from engine.runtime.runtime import Runtime

SESSION_COOKIE = "lianban_session"
CSRF_HEADER = "X-CSRF-Token"
SAFE_METHODS = frozenset({"GET", "HEAD", "OPTIONS"})
MAX_SECRET = 200


def authenticate(runtime: Runtime, request: Request) -> Login | None:
    """The login that comes with the request. A bad bearer token is not excused by a good cookie."""
    header = request.headers.get("Authorization")
    if header is not None:
        scheme, _, secret = header.partition(" ")
        return _login(runtime, "token", secret.strip()) if scheme.lower() == "bearer" else None
    return _login(runtime, "session", request.cookies.get(SESSION_COOKIE, ""))


def _login(runtime: Runtime, by: str, secret: str) -> Login | None:
    if not secret or len(secret) > MAX_SECRET:
        return None
    account = runtime.access_tokens.account(secret, "session" if by == "session" else "token")
    return None if account is None else Login(account, "session" if by == "session" else "token", secret)


def csrf_token(settings: DoorSettings, session_secret: str) -> str:
    """The token that writes of this session must carry."""
    return hmac.new(settings.secret_key.encode(), b"csrf:" + session_secret.encode(), sha256).hexdigest()


def check_csrf(settings: DoorSettings, request: Request, login: Login) -> None:
    """A write that rests on a cookie must prove that the page was ours.

    :raises Rejection: ``csrf-token-wrong``.
    """
    if login.by == "token" or request.method in SAFE_METHODS:
        return
    given = request.headers.get(CSRF_HEADER, "")
    if not hmac.compare_digest(given.encode(errors="replace"), csrf_token(settings, login.secret).encode()):
        raise Rejection("csrf-token-wrong")


def set_session_cookie(response: Response, settings: DoorSettings, secret: str, hours: float) -> None:
    """Give the browser its session. The cookie goes to ``/`` so that the browser application has it too."""
    response.set_cookie(
        SESSION_COOKIE,
        secret,
        max_age=int(hours * 3600),
        httponly=True,
        samesite="Strict",
        secure=settings.secure_cookies,
        path="/",
    )


def drop_session_cookie(response: Response, settings: DoorSettings) -> None:
    """Take it back."""
    response.delete_cookie(SESSION_COOKIE, httponly=True, samesite="Strict", secure=settings.secure_cookies, path="/")

"""Logging in and out."""

from datetime import timedelta
from typing import Any

from flask import Response, g, make_response

from api.authentication import csrf_token, drop_session_cookie, set_session_cookie
from api.blueprint import Blueprint
from api.door import Login, door, login
from api.permissions import Permission, allows
from api.schemas.session import LoginSchema, SessionSchema
from engine.core.rejection import Rejection
from engine.runtime.accounts import Account

session = Blueprint("session", "/api/session", "登录与退出 · Logging in and out")


@session.post("")
@session.takes(LoginSchema)
@session.answers(201, SessionSchema)
def log_in(given: dict[str, str]) -> Response:
    """登录 · Log in

    Sets the session cookie and answers the CSRF token that every write of this session must carry.
    """
    account = _authenticated(given["account"], given["password"])
    here = door()
    hours = here.runtime.settings.session_hours
    token, secret = here.runtime.access_tokens.issue(
        account.id, purpose="session", name="session", lifetime=timedelta(hours=hours), by=account.actor
    )
    g.login = Login(account, "session", secret)
    response = make_response(SessionSchema().dump(_session(g.login, token.expires_at)), 201)
    set_session_cookie(response, here.settings, secret, hours)
    return response


@session.get("")
@session.answers(200, SessionSchema)
def read() -> dict[str, Any]:
    """本次登录 · This login"""
    return _session(login(), None)


@session.delete("")
@session.answers(204)
def log_out() -> Response:
    """退出 · Log out"""
    here, found = door(), login()
    if found.by == "token":
        raise Rejection("session-required")
    here.runtime.access_tokens.close_session(found.secret, found.actor)
    response = Response(status=204)
    drop_session_cookie(response, here.settings)
    return response


def _authenticated(account_id: str, password: str) -> Account:
    here = door()
    here.throttle.check(account_id)
    try:
        account = here.runtime.accounts.authenticate(account_id, password)
    except Rejection:
        here.throttle.failed(account_id)
        raise
    here.throttle.succeeded(account_id)
    return account


def _session(found: Login, expires_at: object) -> dict[str, Any]:
    return {
        "account": found.account,
        "permissions": [permission.value for permission in Permission if allows(permission, found.roles)],
        "csrf_token": csrf_token(door().settings, found.secret) if found.by == "session" else None,
        "expires_at": expires_at,
    }

"""Before every request: nothing passes that the permission table does not let pass.

The order is fixed: sizes, then whether the address exists, then who is asking, then whether they may, then whether a write
came from our own page. A refusal of somebody known is recorded; strangers are only counted, or they could fill the disk.
"""

from flask import Flask, g, request
from werkzeug.exceptions import LengthRequired, NotFound

from api.authentication import authenticate, check_csrf
from api.door import Login, door, known_login
from api.permissions import ENDPOINTS, Permission, allows
from api.refused_requests import record_refused_request
from engine.core.rejection import Rejection


def guard(app: Flask) -> None:
    """Close the application with the gate."""
    app.before_request(_check)


def _check() -> None:
    _check_sizes()
    if "\x00" in request.path and (not request.path.startswith("/api/") or request.path.startswith("/api/public/")):
        raise NotFound  # nothing the public sees is called so, and PostgreSQL would not even look
    if request.routing_exception is not None or request.endpoint is None:
        return  # Flask answers 404 or 405 itself
    try:
        _check_permission(request.endpoint)
    except Rejection as rejection:
        found = known_login()
        if found is not None:
            record_refused_request(door().runtime, found, rejection)
        raise


def _check_sizes() -> None:
    if request.content_length is None and "Transfer-Encoding" in request.headers:
        raise LengthRequired  # a body without an announced length would be cut off at the limit, not refused
    limit = door().settings.max_headers
    sizes = (len(name) + len(value) for name, value in request.headers.items())
    if sum(sizes) + len(request.query_string) > limit:
        raise Rejection("headers-too-large", limit=limit)


def _check_permission(endpoint: str) -> None:
    permission = ENDPOINTS.get(endpoint)
    if permission is None:
        raise Rejection("route-closed")
    if permission is Permission.PUBLIC:
        return
    found: Login | None = authenticate(door().runtime, request)
    if found is None:
        raise Rejection("not-authenticated")
    g.login = found
    if not allows(permission, found.roles):
        raise Rejection("permission-denied", permission=permission.value, actor=found.account.id)
    check_csrf(door().settings, request, found)

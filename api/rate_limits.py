"""How often somebody without a login may ask: a limit by address on every public endpoint, counted by Flask-Limiter.

Each process counts for itself, so ``LIANBAN_PUBLIC_RATE`` is per process. What is guessed at here has a slow hash (a pass
code) or sixty bits (a verification code) besides.
"""

from flask import Flask, request
from flask_limiter import Limiter
from flask_limiter.util import get_remote_address

from api.permissions import ENDPOINTS, Permission
from api.settings import DoorSettings

UNLIMITED = frozenset(
    {
        "health.healthz",
        "documentation.style",
        "public.style",
        "browser_application.asset",
        "browser_application.page",
    }
)
"""What monitors ask all the time, and what a page brings along: one page of the browser application is forty files."""


def limit_public_requests(app: Flask, settings: DoorSettings) -> None:
    """Count requests to public endpoints; one too many is answered 429. A rate of "" counts nothing."""
    if settings.public_rate:
        Limiter(
            get_remote_address,
            app=app,
            default_limits=[settings.public_rate],
            default_limits_exempt_when=lambda: not is_limited(),
            storage_uri="memory://",
        )


def is_limited() -> bool:
    """Whether the endpoint at hand is one that anybody may ask."""
    endpoint = request.endpoint or ""
    return ENDPOINTS.get(endpoint) is Permission.PUBLIC and endpoint not in UNLIMITED

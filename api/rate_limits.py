"""How often somebody without a login may ask: a limit by address on every public endpoint, counted by the library limits.

Each process counts for itself, so ``LIANBAN_PUBLIC_RATE`` is per process. What is guessed at here has a slow hash (a pass
code) or sixty bits (a verification code) besides.
"""

from flask import Flask, request
from limits import parse_many
from limits.storage import MemoryStorage
from limits.strategies import FixedWindowRateLimiter
from werkzeug.exceptions import TooManyRequests

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
    """Count requests to each public endpoint; one too many is answered 429. A rate of "" counts nothing."""
    if not settings.public_rate:
        return
    rates = parse_many(settings.public_rate)
    counter = FixedWindowRateLimiter(MemoryStorage())

    def count() -> None:
        if is_limited() and not all([counter.hit(rate, request.remote_addr or "", request.endpoint or "") for rate in rates]):
            raise TooManyRequests

    app.before_request(count)


def is_limited() -> bool:
    """Whether the endpoint at hand is one that anybody may ask."""
    endpoint = request.endpoint or ""
    return ENDPOINTS.get(endpoint) is Permission.PUBLIC and endpoint not in UNLIMITED

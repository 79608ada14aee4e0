"""What every view needs and no view makes: the runtime, the settings, and who is asking.

It hangs on the Flask application (one for each process) and on ``flask.g`` (one for each request); these functions are the
typed way to it.
"""

from dataclasses import dataclass
from typing import Literal, cast

from flask import current_app, g

from api.login_throttle import LoginThrottle
from api.metrics import RequestMetrics
from api.settings import DoorSettings
from engine.core.actor import Actor
from engine.core.rejection import Rejection
from engine.runtime.accounts import Account
from engine.runtime.runtime import Runtime

EXTENSION = "lianban"


@dataclass(frozen=True, slots=True)
class Door:
    """What belongs to one application."""

    runtime: Runtime
    settings: DoorSettings
    throttle: LoginThrottle
    metrics: RequestMetrics


@dataclass(frozen=True, slots=True)
class Login:
    """Who is asking, and how that is known."""

    account: Account
    by: Literal["session", "token"]
    secret: str

    @property
    def roles(self) -> frozenset[str]:
        return frozenset(self.account.roles)

    @property
    def actor(self) -> Actor:
        return self.account.actor


def door() -> Door:
    """The application's."""
    return cast(Door, current_app.extensions[EXTENSION])


def runtime() -> Runtime:
    """The application's runtime."""
    return door().runtime


def known_login() -> Login | None:
    """Who is asking, if it is known."""
    return cast("Login | None", g.get("login"))


def login() -> Login:
    """:raises Rejection: ``not-authenticated``."""
    found = known_login()
    if found is None:
        raise Rejection("not-authenticated")
    return found


def actor() -> Actor:
    """The asker as commands name it."""
    return login().actor

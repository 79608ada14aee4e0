"""A runtime for one command of the command line: opened, its database brought up to date, and closed again."""

from collections.abc import Iterator
from contextlib import contextmanager

from api.installation import open_runtime
from engine.core.actor import Actor
from engine.runtime.runtime import Runtime

OPERATOR = Actor("system:operator")
"""Who acts when somebody with a shell on the machine does. Logins cannot begin with ``system:``."""


@contextmanager
def opened() -> Iterator[Runtime]:
    """The installation's runtime; it does not fire timers or run jobs."""
    runtime = open_runtime()
    try:
        runtime.upgrade()
        yield runtime
    finally:
        runtime.stop()

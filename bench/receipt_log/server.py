"""The product's application with the log's clock, for a WSGI server: ``bench.receipt_log.server:application``.

A request may say in a header what time it is; from then on it is. The product has no such header. (A header and not a route
of its own: half the requests, no hole in the product's gate, and the time of one event never meets the request of another.)
"""

import atexit
from collections.abc import Iterable
from datetime import datetime
from multiprocessing import util
from typing import TYPE_CHECKING

from api.application import create_app
from api.installation import operators
from api.settings import DoorSettings
from bench.receipt_log.clock import HEADER, LogClock
from engine.runtime.runtime import Runtime
from engine.runtime.settings import Settings

if TYPE_CHECKING:
    from _typeshed.wsgi import StartResponse, WSGIEnvironment

VARIABLE = f"HTTP_{HEADER.upper().replace('-', '_')}"

clock = LogClock()
runtime = Runtime(Settings.from_environment(), operators=operators(), clock=clock)
product = create_app(runtime, DoorSettings.from_environment())
runtime.start_workers()
atexit.register(runtime.stop)
util.Finalize(None, runtime.stop, exitpriority=1)  # a forked worker of a server ends without running atexit


def application(environ: "WSGIEnvironment", start_response: "StartResponse") -> Iterable[bytes]:
    """The product, at the time the request says."""
    moment = environ.get(VARIABLE)
    if moment is not None:
        clock.advance(datetime.fromisoformat(moment))
    return product(environ, start_response)

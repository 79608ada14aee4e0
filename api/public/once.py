"""A form pressed twice is one thing done, and both answers say the same: whoever pressed sees only the second.

Held in the memory of a process, for seconds. A page that was answered is kept from being sent again by its token
(:mod:`api.public.form_token`); here is what comes in between.
"""

import threading
from collections.abc import Callable
from concurrent.futures import Future
from datetime import datetime, timedelta
from typing import Any, TypeVar, cast

from flask import current_app, request

from api.door import runtime
from api.public.form_token import FIELD

EXTENSION = "lianban-once"
KEPT = timedelta(seconds=10)
PATIENCE = 30.0
"""Seconds the second waits for the first."""
Found = TypeVar("Found")


class Once:
    """What is being done, and what was done a moment ago, by the form's token."""

    def __init__(self) -> None:
        self._lock = threading.Lock()
        self._done: dict[str, tuple[datetime, Future[Any]]] = {}

    def do(self, key: str, now: datetime, action: Callable[[], Found]) -> Found:
        """What the action answers, or answered. One that failed may be tried again."""
        with self._lock:
            self._done = {name: one for name, one in self._done.items() if one[0] + KEPT > now}
            known = self._done.get(key)
            mine: Future[Any] = Future()
            if known is None:
                self._done[key] = (now, mine)
        if known is not None:
            return cast(Found, known[1].result(PATIENCE))
        return self._tried(key, mine, action)

    def _tried(self, key: str, mine: "Future[Any]", action: Callable[[], Found]) -> Found:
        try:
            found = action()
        except BaseException as error:
            with self._lock:
                self._done.pop(key, None)
            mine.set_exception(error)
            raise
        mine.set_result(found)
        return found


def once(action: Callable[[], Found]) -> Found:
    """Do what the form at hand asks for, once however often it was pressed."""
    kept = current_app.extensions.setdefault(EXTENSION, Once())
    assert isinstance(kept, Once)
    return kept.do(request.form.get(FIELD, ""), runtime().clock(), action)

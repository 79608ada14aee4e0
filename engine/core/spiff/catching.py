"""Who catches what is thrown upwards: errors, escalations, the cancellation of a transaction.

From the inside out: the activity's own boundary events, then the event subprocesses of the process around it, then the
boundary events of the activity that process runs in, and so on. At each place a code of one's own comes before catching all.
"""

from collections.abc import Iterator
from typing import Any

from engine.core.spiff.definitions import Upwards
from engine.core.spiff.token import Token


def find_catcher(token: Token, thrown: Upwards) -> tuple[Any, Any] | None:
    """The element that catches, and where it does: the activity's token, or the scope of an event subprocess."""
    for catchers, place in _outwards(token):
        for exactly in (True, False):
            for catcher in catchers:
                definition = catcher.definition
                if isinstance(definition, type(thrown)) and _fits(definition, thrown, exactly):
                    return catcher, place
    return None


def _outwards(token: Token) -> Iterator[tuple[list[Any], Any]]:
    host: Token | None = token
    while host is not None:
        if "loop" in host.internal_data:
            host = host.parent
        yield host.element.boundary_events, host
        scope = host.scope
        yield [other for other in scope.spec.event_subprocesses if other is not host.element], scope
        host = scope.activity


def _fits(catching: Upwards, thrown: Upwards, exactly: bool) -> bool:
    return catching.code == (thrown.code if exactly else None)

"""Where a BPMN error is caught."""

from typing import Any

from engine.core.spiff.token import Token


def find_error_catcher(token: Token, code: str | None) -> tuple[Token, Any] | None:
    """The nearest enclosing activity and its boundary event for this error: by code first, then one that catches all."""
    host: Token | None = token
    while host is not None:
        if "loop" in host.internal_data:
            host = host.parent
        for wanted in (code, None):
            for event in host.element.boundary_events:
                if event.catches_error(wanted):
                    return host, event
        host = host.scope.activity
    return None

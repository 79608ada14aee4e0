"""Telling the case that waits for money: after the money is in the ledger, and again whenever that is asked for."""

from collections.abc import Iterable
from contextlib import suppress

from engine.core.actor import Actor
from engine.core.rejection import Rejection
from engine.runtime.runtime import Runtime


def tell_settled(runtime: Runtime, codes: Iterable[str], actor: Actor) -> None:
    """Send ``notice-settled`` for each notice. A case that does not wait hears nothing, and the ledger is what counts."""
    for code in codes:
        with suppress(Rejection):
            runtime.messages.correlate(
                message="notice-settled", correlation_key=code, variables={}, actor=actor, command_id=f"notice-settled/{code}"
            )

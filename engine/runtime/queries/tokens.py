"""Where a case stands, token by token: what a supervisor chooses from before moving one.

Unlike what is listed elsewhere this is read from the case itself: a token that waits at a join has no row of its own.
"""

from collections.abc import Collection
from dataclasses import dataclass
from datetime import datetime

from sqlalchemy import Connection

from engine.core.events import ElementEntered
from engine.core.instance import ProcessInstance
from engine.core.spiff.gateways import Join
from engine.core.spiff.token import Token
from engine.runtime import history

STATES = ("incident", "user-task", "job", "timer", "message", "signal", "condition", "join", "inside", "waiting")
NOTES = {"incident": "incident", "user_task": "user-task", "job": "job", "timer": "timer", "signal": "signal"}
"""What the engine notes at a token, and what that means for it."""
CHUNK = 200


@dataclass(frozen=True, slots=True)
class LiveToken:
    """A token. ``state`` is one of :data:`STATES`: what it waits for (``inside``: for what runs inside its activity).

    ``scope`` is the token of the subprocess or call around it, empty at the top. ``movable``: it can be moved to another
    element by itself; a part of a multi-instance activity or an event gateway can not. ``since`` is unknown where that part
    of the history has been erased.
    """

    id: str
    process_key: str
    element_id: str
    element_name: str | None
    scope: str
    state: str
    movable: bool
    incident_id: str | None
    since: datetime | None


def live_tokens(connection: Connection, instance: ProcessInstance) -> list[LiveToken]:
    """Those that stand at an element, in the order in which they came. What only watches (a boundary event) is none."""
    standing = [token for token in instance.tokens() if not token.triggered]
    entered = _entered(connection, instance.id, {token.id for token in standing})
    return [_live_token(token, entered.get(token.id)) for token in standing]


def _live_token(token: Token, since: datetime | None) -> LiveToken:
    notes = token.internal_data
    return LiveToken(
        id=token.id,
        process_key=token.scope.process_key,
        element_id=token.element.bpmn_id,
        element_name=token.element.bpmn_name,
        scope=token.scope.id,
        state=_state(token),
        movable=token.parent is token.scope.task_tree,
        incident_id=notes["incident"]["id"] if "incident" in notes else None,
        since=since,
    )


def _state(token: Token) -> str:
    notes = token.internal_data
    for note, state in NOTES.items():
        if note in notes:
            return state
    if "subscription" in notes:
        return "message"
    if "condition" in notes:
        return "condition"
    if isinstance(token.element, Join):
        return "join"
    inside = token.id in token.scope.root_scope.scopes or any(not child.triggered for child in token.children)
    return "inside" if inside else "waiting"


def _entered(connection: Connection, instance_id: str, wanted: Collection[str]) -> dict[str, datetime]:
    """When each token came to where it stands, by the history."""
    found: dict[str, datetime] = {}
    last = 0
    while len(found) < len(wanted) and (records := history.of_instance(connection, instance_id, last, CHUNK)):
        last = records[-1].row["sequence"]
        for record in records:
            for event in record.events if record.payload is not None else ():
                if isinstance(event, ElementEntered) and event.token_id in wanted:
                    found[event.token_id] = record.at
    return found

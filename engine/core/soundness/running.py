"""The marking of a process instance that is running: what a repair or a migration would leave, ready to be examined."""

from typing import Any

from engine.core.instance import ProcessInstance
from engine.core.soundness.marking import ARMED, FLOW_UNKNOWN, Marking, Position, marking
from engine.core.soundness.net import Net, is_join
from engine.core.spiff.reactions import BoundaryEvent
from engine.core.spiff.scope import Scope
from engine.core.spiff.token import Token


def marking_of(instance: ProcessInstance) -> Marking:
    """Where the tokens stand now. Incidents are taken as resolvable: their tokens stand where they would go on.

    :raises ValueError: the instance has not been started.
    """
    if instance.root_scope is None:
        raise ValueError("expected an instance that has been started")
    return _marking(instance.root)


def _marking(scope: Scope) -> Marking:
    net = Net(scope.process_key, scope.spec)
    positions = [position_of(token) for token in scope.tokens() if _stands_for_itself(token)]
    return marking(_with_threads(net, positions))


def _stands_for_itself(token: Token) -> bool:
    """Is it no part of another token: an armed boundary event, one of several awaited events, one of many instances?"""
    if token.triggered:
        return not isinstance(token.element, BoundaryEvent)
    return not ("decides" in token.internal_data or "loop" in token.internal_data)


def position_of(token: Token) -> Position:
    """Where a token stands for itself: at work, waiting at a join, or armed."""
    element = token.element
    if token.triggered:
        return Position(element.name, ARMED)
    phase = token.internal_data.get("incident", {}).get("phase")
    if is_join(element) and (phase == "enter" or _is_waiting(token)):
        return Position(element.name, token.flow_id or FLOW_UNKNOWN)
    if phase == "enter":
        return Position(element.name)
    return Position(element.name, spent=_spent(token), inner=_inner(token))


def _is_waiting(token: Token) -> bool:
    """Has nobody let the token pass the join yet?"""
    return "incident" not in token.internal_data


def _spent(token: Token) -> tuple[str, ...]:
    """The events beside the activity that cannot happen to it any more."""
    armed = {child.element for child in token.children if child.triggered}
    beside = [event for event in token.element.boundary_events if event.waits_at_boundary and not event.interrupting]
    return tuple(sorted(event.name for event in beside if event not in armed))


def _inner(token: Token) -> tuple[Marking, ...]:
    holders: list[Any] = [child for child in token.children if "loop" in child.internal_data] or [token]
    scopes = token.scope.root_scope.scopes
    return tuple(sorted(_marking(scopes[holder.id]) for holder in holders if holder.id in scopes))


def _with_threads(net: Net, positions: list[Position]) -> list[Position]:
    """A token where only events that do not interrupt lead to is a thread of its own: the engine does not say whose."""
    main = set(net.starts).union(*(_followers(net, start) for start in net.starts))
    threads: dict[str, int] = {}
    found = []
    for position in positions:
        event = "" if position.is_armed or position.element in main else _event_before(net, position.element)
        if event:
            threads[event] = threads.get(event, 0) + 1
        found.append(position._replace(spawned_by=event, slot=threads.get(event, 0) if event else 0))
    return found


def _followers(net: Net, name: str) -> set[str]:
    """What is reached from an element without an event beside an activity."""
    seen: set[str] = set()
    frontier = [name]
    while frontier:
        element = net.elements[frontier.pop()]
        boundary = [event.name for event in element.boundary_events if event.interrupting]
        for follower in [*(flow.target for flow in element.outgoing), *boundary]:
            if follower not in seen:
                seen.add(follower)
                frontier.append(follower)
    return seen


def _event_before(net: Net, name: str) -> str:
    """The first event beside an activity, or event subprocess, that leads here."""
    if name in {one.name for one in net.event_subprocesses}:
        return name
    for candidate in net.elements.values():
        beside = isinstance(candidate, BoundaryEvent) and not candidate.interrupting
        if beside and name in _followers(net, candidate.name):
            return str(candidate.name)
    return ""

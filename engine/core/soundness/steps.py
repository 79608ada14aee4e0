"""From one marking to the next: the control flow of :mod:`engine.core.spiff`, with conditions and events as free choices.

Where the engine leaves no choice, there is none here: a parallel join fires with the arrival it waited for, and while an
inclusive join can fire nothing from outside comes first (the engine wakes it before a command ends). Automatic elements may
take their turns in any order, which is more than the engine does without incidents and all it does with them.
"""

from collections.abc import Callable, Iterator, Sequence
from typing import NamedTuple

from engine.core.soundness.marking import MIXED, Marking, Position, marking
from engine.core.soundness.net import Net, Target
from engine.core.soundness.ways import Emission, Escape, Way
from engine.core.spiff.definitions import TerminateDefinition, Upwards
from engine.core.spiff.element import Element
from engine.core.spiff.events import EndEvent
from engine.core.spiff.gateways import EventBasedGateway, InclusiveGateway

MOST_THREADS = 2
"""Threads of one event beside an activity that are explored at the same time. Two show whatever more would."""

WaysOf = Callable[[Position], tuple[Way, ...]]


class Step(NamedTuple):
    """What happened: the elements that were completed, and the flows that were taken."""

    elements: tuple[str, ...]
    flows: tuple[str, ...] = ()


class Move(NamedTuple):
    """One step and where it leads. ``state`` is None if the process was left by an escape."""

    step: Step
    state: Marking | None
    escape: Escape | None = None
    emission: Emission | None = None
    by_event: bool = False
    """An event subprocess began: nobody inside did this."""


def successors(net: Net, state: Marking, ways_of: WaysOf) -> list[Move]:
    """Every step from ``state``, in a fixed order. A pure function of its arguments.

    A token at an end that does nothing but end it goes first: nobody waits for it, and no other can depend on it.
    """
    ended = next((position for position in state if is_plain_end(net.elements[position.element])), None)
    if ended is not None:
        return moves_of(net, state, ended, ways_of, blocked=False)
    ready = ready_inclusive_joins(net, state)
    moves = [Move(Step(()), _united(net, state, join)) for join in ready]
    for position in dict.fromkeys(state):
        moves += moves_of(net, state, position, ways_of, blocked=bool(ready))
    return moves


def is_plain_end(element: Element) -> bool:
    """Is it an end that withdraws nobody and is caught by nobody?"""
    return isinstance(element, EndEvent) and not isinstance(element.definition, Upwards | TerminateDefinition)


def moves_of(net: Net, state: Marking, position: Position, ways_of: WaysOf, *, blocked: bool) -> list[Move]:
    """The steps of one token. ``blocked``: none that a command from outside begins."""
    found: list[Move] = []
    for way in ways_of(position):
        if not (blocked and way.external):
            found += _taken(net, state, position, way)
    return found


def _taken(net: Net, state: Marking, position: Position, way: Way) -> Iterator[Move]:
    step = Step(way.elements, way.flows)
    by_event = position.is_armed
    if way.escape is not None:
        yield Move(step, None, way.escape)
    elif way.clears:
        yield Move(step, marking(_placed(way.targets, "", 0)), by_event=by_event)
    else:
        spawned = _spawned(state, way)
        if spawned is None and way.stays:
            return
        others = list(state)
        others.remove(position)
        if way.stays:
            others.append(position._replace(spent=tuple(sorted({*position.spent, way.event}))) if way.once else position)
        others += _placed(way.targets, position.spawned_by, position.slot)
        state = settled(net, [*others, *(spawned or ())])
        yield Move(step, state, emission=way.emission, by_event=by_event)


def _placed(targets: Sequence[Target], event: str, slot: int) -> list[Position]:
    return [Position(element, arrival, event, slot) for element, arrival in targets]


def _spawned(state: Marking, way: Way) -> list[Position] | None:
    """The beginning of a new thread; None if as many as are explored run already."""
    slot = free_slot(state, way.event)
    if way.event and slot is None:
        return None
    return _placed(way.spawned, way.event, slot or 0)


def free_slot(state: Marking, event: str) -> int | None:
    """The number the next thread of ``event`` would have."""
    running = max((position.slot for position in state if position.spawned_by == event), default=0)
    return running + 1 if running < MOST_THREADS else None


def settled(net: Net, positions: list[Position]) -> Marking:
    """Let every parallel join fire that has all its arrivals."""
    for join in net.parallel_joins:
        while (arrived := _arrivals(positions, join.name)) and len(arrived) >= len(join.incoming):
            positions = _unite(positions, join.name, list(arrived.values()))
    return marking(positions)


def _arrivals(positions: Sequence[Position], join: str) -> dict[str, Position]:
    """One waiting token of each flow that has any."""
    found: dict[str, Position] = {}
    for position in positions:
        if position.element == join and position.waits_at_join:
            found.setdefault(position.arrival, position)
    return found


def _unite(positions: Sequence[Position], join: str, arrived: Sequence[Position]) -> list[Position]:
    rest = list(positions)
    for position in arrived:
        rest.remove(position)
    threads = {(position.spawned_by, position.slot) for position in arrived}
    if len(threads) == 1:
        return [*rest, Position(join, "", *threads.pop())]
    events = {event for event, _ in threads}
    return [*rest, Position(join, "", events.pop(), MIXED) if len(events) == 1 else Position(join)]


def ready_inclusive_joins(net: Net, state: Marking) -> list[str]:
    """The inclusive joins that may fire: nobody else can come over a flow that has no token yet."""
    return [join.name for join in net.inclusive_joins if _is_complete(net, state, join)]


def _is_complete(net: Net, state: Marking, join: InclusiveGateway) -> bool:
    occupied = frozenset(_arrivals(state, join.name))
    others = (position for position in state if position.element != join.name)
    return bool(occupied) and not any(
        net.holds_up(present, join, occupied) for position in others for present in presences(net, position)
    )


def presences(net: Net, position: Position) -> list[str]:
    """The elements where the engine has a token for this position: itself, and the events that wait for it."""
    if position.is_armed:
        return []
    element = net.elements[position.element]
    if position.waits_at_join:
        return [position.element]
    waiting = [event for event in element.boundary_events if event.waits_at_boundary]
    armed = [event.name for event in waiting if event.name not in position.spent]
    behind = [flow.target for flow in element.outgoing] if isinstance(element, EventBasedGateway) else []
    return [position.element, *armed, *behind]


def _united(net: Net, state: Marking, join: str) -> Marking:
    return settled(net, _unite(state, join, list(_arrivals(state, join).values())))

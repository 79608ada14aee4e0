"""What a single token may do where it stands: one :class:`Way` for every choice a condition, a person or an event has.

A table from spec class to a small function. An element of a kind that is not in the table is not guessed at: the verdict is
"not decided" (:func:`is_known`).
"""

from collections.abc import Callable, Iterator
from itertools import combinations
from typing import Any, NamedTuple

from engine.core.soundness.marking import Position
from engine.core.soundness.net import Net, Target
from engine.core.spiff import activities, definitions, events, gateways
from engine.core.spiff.containers import Container
from engine.core.spiff.reactions import BoundaryEvent
from engine.core.spiff.timing import TimerKind

MOST_BRANCHES = 10
"""More conditional flows out of one inclusive gateway have too many combinations to try."""

KINDS: dict[str, Any] = {
    "error": definitions.ErrorDefinition,
    "escalation": definitions.EscalationDefinition,
    "cancel": definitions.CancelDefinition,
}


class Escape(NamedTuple):
    """Something thrown that leaves the process, and withdraws what runs in it if somebody outside catches it.

    ``any_code``: an operator may fail with every code but those in ``excluding``, which are caught inside.
    """

    kind: str
    code: str | None = None
    any_code: bool = False
    excluding: tuple[str | None, ...] = ()


class Emission(NamedTuple):
    """An escalation that may leave the process while its thrower goes on."""

    code: str | None
    repeats: bool


class Outcome(NamedTuple):
    """What a process inside an activity can do to what is around it."""

    completes: bool = False
    escapes: frozenset[Escape] = frozenset()
    emissions: frozenset[Emission] = frozenset()


class Way(NamedTuple):
    """One thing a token may do.

    It goes on at ``targets``, or ``stays``. ``spawned`` are places where a thread of its own begins, by ``event``.
    ``clears``: every other token of the process is withdrawn. ``external``: a command from outside makes it happen.
    """

    elements: tuple[str, ...]
    flows: tuple[str, ...] = ()
    targets: tuple[Target, ...] = ()
    external: bool = False
    stays: bool = False
    event: str = ""
    spawned: tuple[Target, ...] = ()
    once: bool = False
    clears: bool = False
    escape: Escape | None = None
    emission: Emission | None = None


class Surroundings(NamedTuple):
    """What a token can not see but depends on: the outcome of what runs inside it, and whether an escalation that leaves
    the process is caught by something that interrupts it."""

    outcome: Callable[[Position], Outcome]
    interrupts: Callable[[str | None], bool]


def is_known(net: Net, element: Any) -> bool:
    """Is this an element whose behaviour is described here?"""
    if isinstance(element, gateways.InclusiveGateway) and len(element.outgoing) > MOST_BRANCHES:
        return False
    sources = [net.elements[flow.source] for flow in element.incoming]
    if element.boundary_events and any(isinstance(source, gateways.EventBasedGateway) for source in sources):
        return False  # what interrupts one of several waiting events has no meaning of its own
    return isinstance(element, (activities.Activity, BoundaryEvent, *WAYS))


def ways(net: Net, position: Position, around: Surroundings) -> tuple[Way, ...]:
    """Everything the token at ``position`` may do by itself. At a join it can do nothing by itself."""
    element = net.elements[position.element]
    if position.is_armed:
        return tuple(_armed(net, element, position))
    if position.waits_at_join:
        return ()
    if isinstance(element, activities.Activity):
        return tuple(_activity(net, element, position, around))
    for kind, find in WAYS.items():
        if isinstance(element, kind):
            return tuple(find(net, element, around))
    return (_over(net, element, element.outgoing),)


def _over(net: Net, element: Any, flows: Any, *, external: bool = False, first: tuple[str, ...] = ()) -> Way:
    """Go on over these flows."""
    return Way((*first, element.name), tuple(flow.id for flow in flows), net.targets(flows), external)


def _exclusive(net: Net, element: Any, around: Surroundings) -> Iterator[Way]:
    for flow in element.outgoing:
        yield _over(net, element, [flow])


def _inclusive(net: Net, element: Any, around: Surroundings) -> Iterator[Way]:
    """Every combination of conditions that hold; the default if none does."""
    if len(element.outgoing) < 2:
        yield _over(net, element, element.outgoing)
        return
    conditional = [flow for flow in element.outgoing if not flow.is_default]
    for count in range(1, len(conditional) + 1):
        for chosen in combinations(conditional, count):
            yield _over(net, element, chosen)
    yield from (_over(net, element, [flow]) for flow in element.outgoing if flow.is_default)


def _event_based(net: Net, element: Any, around: Surroundings) -> Iterator[Way]:
    for flow in element.outgoing:
        event = net.elements[flow.target]
        yield _over(net, event, event.outgoing, external=True, first=(element.name,))


def _catch(net: Net, element: Any, around: Surroundings) -> Iterator[Way]:
    yield _over(net, element, element.outgoing, external=_from_outside(element.definition))


def _from_outside(definition: Any) -> bool:
    """Does it take a command to make this happen? (A condition or a signal may come true within one.)"""
    return isinstance(definition, definitions.TimerDefinition | definitions.MessageDefinition)


def _throw(net: Net, element: Any, around: Surroundings) -> Iterator[Way]:
    definition = element.definition
    for kind, upwards in KINDS.items():
        if isinstance(definition, upwards):
            yield from _thrown(net, element, Escape(kind, definition.code), around)
            return
    if isinstance(definition, definitions.TerminateDefinition):
        yield Way((element.name,), clears=True)
        return
    yield _over(net, element, element.outgoing)


def _thrown(net: Net, element: Any, thrown: Escape, around: Surroundings) -> Iterator[Way]:
    on = _over(net, element, element.outgoing)
    caught = net.catch(element, KINDS[thrown.kind], thrown.code)
    if caught is not None and caught.catcher.interrupting:
        yield Way(on.elements, targets=((caught.catcher.name, ""),), clears=True)
    elif caught is not None:
        yield on._replace(event=caught.catcher.name, spawned=((caught.catcher.name, ""),))
    elif thrown.kind != "escalation" or around.interrupts(thrown.code):
        yield Way(on.elements, escape=thrown)
    else:
        yield on._replace(emission=Emission(thrown.code, net.reaches(element.name, element.name)))


def _activity(net: Net, element: Any, position: Position, around: Surroundings) -> Iterator[Way]:
    is_looped = element.multi_instance is not None
    outcome = around.outcome(position) if isinstance(element, Container) else Outcome(completes=True)
    if outcome.completes:
        yield _over(net, element, element.outgoing, external=not is_looped and waits_outside(element))
    if isinstance(element, activities.ServiceTask):
        outcome = Outcome(escapes=frozenset({Escape("error", any_code=True)}))
    for escape in sorted(outcome.escapes, key=repr):
        yield from _escaped(net, element, escape, external=isinstance(element, activities.ServiceTask))
    for emission in sorted(outcome.emissions, key=repr):
        yield from _emitted(net, element, position, emission)
    for event in element.boundary_events:
        if event.waits_at_boundary:
            yield from _boundary(net, event, position)


def waits_outside(element: Any) -> bool:
    """Is it somebody outside who finishes this activity?"""
    return isinstance(element, activities.UserTask | activities.ServiceTask | events.ReceiveTask)


def _boundary(net: Net, event: Any, position: Position) -> Iterator[Way]:
    way = _over(net, event, event.outgoing, external=_from_outside(event.definition))
    if event.interrupting:
        yield way
    elif event.name not in position.spent:
        yield _beside(way, event, once=happens_once(event.definition))


def _beside(way: Way, event: Any, *, once: bool) -> Way:
    return way._replace(targets=(), stays=True, event=event.name, spawned=way.targets, once=once)


def happens_once(definition: Any) -> bool:
    """A date or a duration passes once; messages, signals, conditions and cycles come again and again."""
    return isinstance(definition, definitions.TimerDefinition) and definition.kind is not TimerKind.CYCLE


def _armed(net: Net, element: Any, position: Position) -> Iterator[Way]:
    begins = ((element.name, ""),)
    external = _from_outside(element.definition)
    if element.interrupting:
        yield Way((element.name,), targets=begins, external=external, clears=True)
    else:
        once = happens_once(element.definition)
        yield Way((element.name,), external=external, stays=not once, event=element.name, spawned=begins)


def _escaped(net: Net, element: Any, escape: Escape, *, external: bool) -> Iterator[Way]:
    """What was thrown inside comes out: a boundary event or an event subprocess catches it, or it goes on outwards."""
    if not escape.any_code:
        caught = net.catch(element, KINDS[escape.kind], escape.code)
        if caught is None:
            yield Way((element.name,), external=external, escape=escape)
        else:
            yield _interruption(net, caught.catcher, at_boundary=caught.at_boundary, external=external)
        return
    seen = set(escape.excluding)
    for catchers, at_boundary in zip(net.catchers(element), (True, False), strict=True):
        for catcher in catchers:
            if isinstance(catcher.definition, definitions.ErrorDefinition) and catcher.definition.code not in seen:
                yield _interruption(net, catcher, at_boundary=at_boundary, external=external)
        here = {one.definition.code for one in catchers if isinstance(one.definition, definitions.ErrorDefinition)}
        seen |= here
        if None in here:
            return
    excluding = tuple(sorted(code for code in seen if code is not None))
    yield Way((element.name,), external=external, escape=escape._replace(excluding=excluding))


def _interruption(net: Net, catcher: Any, *, at_boundary: bool, external: bool) -> Way:
    if at_boundary:
        return _over(net, catcher, catcher.outgoing, external=external)
    return Way((catcher.name,), targets=((catcher.name, ""),), external=external, clears=True)


def _emitted(net: Net, element: Any, position: Position, emission: Emission) -> Iterator[Way]:
    """An escalation thrown inside is caught beside the activity, or goes on outwards; what is inside goes on."""
    repeats = emission.repeats or element.multi_instance is not None
    caught = net.catch(element, definitions.EscalationDefinition, emission.code)
    if caught is None:
        outwards = Emission(emission.code, repeats or net.reaches(element.name, element.name))
        yield Way((), stays=True, emission=outwards)
    elif caught.catcher.name not in position.spent and not caught.catcher.interrupting:
        if caught.at_boundary:
            way = _over(net, caught.catcher, caught.catcher.outgoing)
        else:
            way = Way((caught.catcher.name,), targets=((caught.catcher.name, ""),))
        yield _beside(way, caught.catcher, once=not repeats)


def anything(net: Net, element: Any) -> Outcome:
    """The outcome of a process that is not known: it ends, or throws whatever somebody outside would catch."""
    escapes, emissions = {Escape("error", any_code=True)}, set()
    for catchers in net.catchers(element):
        for one in catchers:
            if isinstance(one.definition, definitions.EscalationDefinition):
                if one.interrupting:
                    escapes.add(Escape("escalation", one.definition.code))
                else:
                    emissions.add(Emission(one.definition.code, True))
    if any(isinstance(one.definition, definitions.CancelDefinition) for one in element.boundary_events):
        escapes.add(Escape("cancel"))
    return Outcome(True, frozenset(escapes), frozenset(emissions))


WAYS: dict[type, Callable[[Net, Any, Surroundings], Iterator[Way]]] = {
    gateways.ExclusiveGateway: _exclusive,
    gateways.InclusiveGateway: _inclusive,
    gateways.ParallelGateway: lambda net, element, around: iter((_over(net, element, element.outgoing),)),
    gateways.EventBasedGateway: _event_based,
    events.CatchEvent: _catch,
    events.ThrowEvent: _throw,
    events.StartEvent: lambda net, element, around: iter((_over(net, element, element.outgoing),)),
}
"""How tokens go on from each kind of element that is no activity."""

"""Which token may be moved alone, leaving the others for later, without missing anything.

Parallel branches that do not touch each other can take turns in very many orders, all of which lead to the same places. Where
one token's steps are independent of everybody else's, only its steps are explored from a marking (a stubborn set of one
token). A token may go first if

1. it works on its element (joins are fired by whoever comes last) and can, step by step, get to an end or a join that it may
   pass, so that the others' turn comes: loops without a way out are never put first;
2. while it stays where it is, no other token can come to its element, so that two tokens meeting there are not missed;
3. its step does not change whom an inclusive join that others use is waiting for;
4. no thread it may begin has to wait for another to end, and its steps are not blocked;
5. it is not the last one: when it ends, what event subprocesses wait for can no longer happen.

Why nothing is missed, for a run of steps S of the full exploration: if S has a step of this token, its first one can be moved
to the front and leads to the same marking (deadlocks, ends, improper completion: with a trace of the same length). If S has
none, it can still be done after the token's step towards an end (2 and 3), and whatever two tokens meet or element is reached
in S is met or reached then (lack of synchronisation, dead elements: with a trace that may have steps too many; so the
shortest trace is looked for without this reduction). What withdraws the token, a terminate end or an event subprocess, leaves
the same marking whether the token has moved or not.
"""

from collections.abc import Callable, Sequence

from engine.core.soundness.marking import Marking, Position
from engine.core.soundness.net import Net, is_join
from engine.core.soundness.steps import WaysOf, free_slot, presences
from engine.core.soundness.ways import Way
from engine.core.spiff.gateways import InclusiveGateway


class Reduction:
    """The choice of the token to move first, for one net."""

    def __init__(self, net: Net, ways_of: WaysOf, look: Callable[[int], None]) -> None:
        self._net = net
        self._ways_of = ways_of
        self._look = look
        self._ending = self._elements_with_an_end()

    def first(self, state: Marking, *, blocked: bool) -> Position | None:
        """The token to move alone; None if all have to be tried."""
        if len(state) == 1:
            return None
        for position in state:
            if position.element in self._ending and not position.is_armed and not position.waits_at_join:
                others = list(state)
                others.remove(position)
                if self._may_go_first(state, position, others, blocked=blocked):
                    return position
        return None

    def _may_go_first(self, state: Marking, position: Position, others: Sequence[Position], *, blocked: bool) -> bool:
        ways = self._ways_of(position)
        if not any(self._leads_on(way) for way in ways) or (blocked and any(way.external for way in ways)):
            return False
        if all(other.is_armed for other in others):
            return False
        if any(way.event and free_slot(state, way.event) is None for way in ways):
            return False
        touched = self._touched(others)
        self._look(len(others) + len(touched))
        if position.element in touched:
            return False
        return all(self._is_indifferent(position, ways, join) for join in self._net.inclusive_joins if join.name in touched)

    def _leads_on(self, way: Way) -> bool:
        return way.escape is None and not way.clears and not way.stays and self._ends(way)

    def _ends(self, way: Way) -> bool:
        return all(element in self._ending for element, _ in (*way.targets, *way.spawned))

    def _elements_with_an_end(self) -> frozenset[str]:
        """The elements from which a token can get rid of itself: the least set closed under "some way leads only there"."""
        ways = {name: self._ways_of(Position(name)) for name in self._net.elements}
        sources: dict[str, set[str]] = {}
        for name, found in ways.items():
            for way in found:
                for element, _ in (*way.targets, *way.spawned):
                    sources.setdefault(element, set()).add(name)
        ending: set[str] = set()
        waiting = list(ways)
        while waiting:
            name = waiting.pop()
            if name not in ending and any(
                not way.stays and all(element in ending for element, _ in (*way.targets, *way.spawned)) for way in ways[name]
            ):
                ending.add(name)
                waiting += sorted(sources.get(name, ()))
        return frozenset(ending)

    def _touched(self, others: Sequence[Position]) -> set[str]:
        """The elements others can come to, or work on, while the token stays where it is.

        A parallel join lets nobody pass unless each of its flows has, or can get, a token of theirs.
        """
        net = self._net
        elements = {one.name for one in net.event_subprocesses}
        flows: set[str] = set()
        frontier = [other.element for other in others if not other.waits_at_join]
        for other in others:
            if other.waits_at_join:
                flows.add(other.arrival)
                frontier += self._passed(other.element, flows)
        while frontier:
            name = frontier.pop()
            if name in elements:
                continue
            elements.add(name)
            element = net.elements[name]
            frontier += (event.name for event in element.boundary_events)
            for flow in element.outgoing:
                flows.add(flow.id)
                frontier += self._passed(flow.target, flows)
        return elements

    def _passed(self, name: str, flows: set[str]) -> list[str]:
        element = self._net.elements[name]
        if not is_join(element) or isinstance(element, InclusiveGateway):
            return [name]
        return [name] if all(flow.id in flows for flow in element.incoming) else []

    def _is_indifferent(self, position: Position, ways: Sequence[Way], join: InclusiveGateway) -> bool:
        """Does this token mean the same to the join before and after each of its steps?"""
        before = self._meaning([position], join)
        for way in ways:
            if way.escape is not None or way.clears:
                continue
            after = [Position(element, arrival) for element, arrival in (*way.targets, *way.spawned)]
            after += [position] if way.stays else []
            if any(other.element == join.name for other in after) or self._meaning(after, join) != before:
                return False
            if way.stays and way.once:
                return False
        return True

    def _meaning(self, positions: Sequence[Position], join: InclusiveGateway) -> set[frozenset[frozenset[str]] | str]:
        """What these tokens mean to the join."""
        names = (name for position in positions for name in presences(self._net, position))
        return {meaning for name in names if (meaning := self._net.meaning(name, join))}

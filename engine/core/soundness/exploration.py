"""All markings of one process that a run can reach, breadth first, and what is to be seen on the way.

What is seen gets a :data:`Key`; of each key the first sighting is kept, which breadth first is the one with the shortest trace.
"""

from collections import deque
from collections.abc import Collection, Iterator
from dataclasses import dataclass, field

from engine.core.soundness.marking import MIXED, Marking, Position, is_finished
from engine.core.soundness.net import Net, is_join
from engine.core.soundness.reduction import Reduction
from engine.core.soundness.steps import Move, Step, WaysOf, is_plain_end, moves_of, ready_inclusive_joins, settled, successors
from engine.core.soundness.ways import Emission, Escape
from engine.core.spiff.containers import Container

Key = tuple[str, ...] | tuple[str, Position] | tuple[str, Escape]
"""What was seen: ("met", element), ("mixed", element), ("stuck", elements...), ("fired", element), ("left", escape), and
("entered", position) for an activity that holds a process."""


class Exhausted(Exception):
    """The limit was reached."""


LOOKS = 20
"""How many positions looked at cost as much as one transition: large markings use up the limits sooner."""


@dataclass(slots=True)
class Meter:
    """How much of the limits is used up."""

    most_states: int
    most_transitions: int
    states: int = 0
    transitions: int = 0
    looks: int = 0
    is_exhausted: bool = False

    def state(self) -> None:
        self._check(self.states < self.most_states)
        self.states += 1

    def transition(self, state: Marking) -> None:
        self.look(len(state))
        self.transitions += 1

    def look(self, positions: int) -> None:
        """So many positions are looked at."""
        self.looks += positions
        self._check(self.transitions + self.looks // LOOKS < self.most_transitions)

    def _check(self, is_within: bool) -> None:
        """:raises Exhausted: a limit is reached."""
        if not is_within:
            self.is_exhausted = True
            raise Exhausted


@dataclass(slots=True)
class Exploration:
    """The markings of ``net`` from any of ``starts`` on. A marking in which two tokens met is not gone on from."""

    net: Net
    ways_of: WaysOf
    starts: tuple[Marking, ...]
    meter: Meter
    reduced: bool = True
    decided: bool = False
    seen: dict[Key, tuple[Marking, tuple[Step, ...]]] = field(default_factory=dict)
    escapes: set[Escape] = field(default_factory=set)
    emissions: set[Emission] = field(default_factory=set)
    completes: bool = False
    stopped: set[Marking] = field(default_factory=set)
    came: dict[Marking, tuple[Marking, Step] | None] = field(default_factory=dict)
    led: dict[Marking, list[Move]] = field(default_factory=dict)

    def run(self, wanted: Collection[Key] = ()) -> None:
        """Explore everything, or until all ``wanted`` keys were seen, or until the meter runs out."""
        missing = set(wanted)
        reduction = Reduction(self.net, self.ways_of, self.meter.look) if self.reduced else None
        try:
            for key in self._explored(reduction):
                missing.discard(key)
                if wanted and not missing:
                    return
        except Exhausted:
            return
        self.decided = True

    def _explored(self, reduction: Reduction | None) -> Iterator[Key]:
        self.came.update({settled(self.net, list(start)): None for start in self.starts})
        waiting = deque(self.came)
        while waiting:
            state = waiting.popleft()
            self.meter.state()
            yield from self._look(state)
            if state in self.stopped or is_finished(state):
                self.completes |= is_finished(state)
                continue
            moves = self._moves(state, reduction)
            self.led[state] = moves
            if all(move.by_event for move in moves):
                yield self._note(("stuck", *sorted({one.element for one in state if not one.is_armed})), state)
            for move in moves:
                self.meter.transition(state)
                yield from self._noted(state, move)
                if move.state is not None and move.state not in self.came:
                    self.came[move.state] = (state, move.step)
                    waiting.append(move.state)

    def _moves(self, state: Marking, reduction: Reduction | None) -> list[Move]:
        if reduction is not None and not any(is_plain_end(self.net.elements[position.element]) for position in state):
            blocked = bool(ready_inclusive_joins(self.net, state))
            position = reduction.first(state, blocked=blocked)
            if position is not None:
                return moves_of(self.net, state, position, self.ways_of, blocked=blocked)
        return successors(self.net, state, self.ways_of)

    def _look(self, state: Marking) -> Iterator[Key]:
        """What is to be seen in a marking itself."""
        for position in state:
            if not position.is_armed and isinstance(self.net.elements[position.element], Container):
                yield self._note(("entered", position._replace(spawned_by="", slot=0, spent=())), state)
        for key in meetings(self.net, state):
            self.stopped.add(state)
            yield self._note(key, state)

    def _noted(self, state: Marking, move: Move) -> Iterator[Key]:
        """What is to be seen in a step."""
        for element in move.step.elements:
            yield self._note(("fired", element), state, move.step)
        if move.emission is not None:
            self.emissions.add(move.emission)
        if move.escape is not None:
            self.escapes.add(move.escape)
            yield self._note(("left", move.escape), state, move.step)

    def _note(self, key: Key, state: Marking, *more: Step) -> Key:
        if key not in self.seen:
            self.seen[key] = state, more
        return key

    def way_to(self, key: Key) -> tuple[Step, ...]:
        """The steps to the first sighting of ``key``."""
        state, more = self.seen[key]
        return (*self.trace(state), *more)

    def trace(self, state: Marking) -> tuple[Step, ...]:
        """The steps that led to a marking."""
        steps: list[Step] = []
        came = self.came[state]
        while came is not None:
            state, step = came
            steps.append(step)
            came = self.came[state]
        return tuple(reversed(steps))


def meetings(net: Net, state: Marking) -> Iterator[tuple[str, str]]:
    """The elements where two tokens are at once: ("met", element), or ("mixed", element) if it is only the arrivals of
    several threads of events beside an activity that a join could mix up."""
    yield from (("mixed", position.element) for position in state if position.slot == MIXED)
    if len({(position.element, position.arrival) for position in state}) == len(state):
        return
    places: dict[tuple[str, str], list[Position]] = {}
    for position in state:
        if not position.is_armed and not is_plain_end(net.elements[position.element]):
            places.setdefault((position.element, position.arrival), []).append(position)
    for (element, _), found in places.items():
        threads = {(position.spawned_by, position.slot) for position in found}
        if len(found) < 2:
            continue
        if len(threads) < len(found) or ("", 0) in threads:
            yield "met", element
        elif is_join(net.elements[element]):
            yield "mixed", element

"""Processes inside processes, each explored on its own.

What runs inside an activity touches the outside only by ending, by throwing, or by being withdrawn; so a subprocess or a called
process is explored once, from its start, and is one step to whatever contains it. That is exact, not an approximation, and a
model of many small processes costs their sum and not their product.

A process that calls itself is explored with the assumption that the inner call does nothing, then again with what was found,
until nothing new is found.
"""

from collections.abc import Collection, Iterator, Mapping
from dataclasses import dataclass, field
from typing import Any, NamedTuple

from engine.core.model import ProcessDefinition
from engine.core.soundness.exploration import Exploration, Key, Meter
from engine.core.soundness.marking import Marking, Position
from engine.core.soundness.net import Level, Net
from engine.core.soundness.steps import WaysOf
from engine.core.soundness.ways import Outcome, Surroundings, Way, anything, is_known, ways
from engine.core.spiff.containers import CallActivity, Container, SubProcess
from engine.core.spiff.multi_instance import MultiInstance


class Module(NamedTuple):
    """A process to explore: which one, who catches escalations around it, and from where (None: its start events, or, if it is
    ``called``, its none start)."""

    process_key: str
    name: str
    levels: tuple[Level, ...] = ()
    start: Marking | None = None
    called: bool = False


@dataclass(slots=True)
class Modules:
    """Every process an instance of the root may come to run, and how far each was explored."""

    definitions: Mapping[str, ProcessDefinition]
    root: Module
    meter: Meter
    explored: dict[Module, Exploration] = field(default_factory=dict)
    unknown: dict[Module, tuple[str, ...]] = field(default_factory=dict)
    _nets: dict[tuple[str, str], Net] = field(default_factory=dict)
    _assumed: dict[Module, Outcome] = field(default_factory=dict)
    _leaned: set[Module] = field(default_factory=set)

    def explore(self) -> None:
        """Explore the root and everything inside it, the innermost first."""
        order = self._inside_out()
        while True:
            self._leaned.clear()
            self.explored.clear()
            for module in order:
                self._explore(module)
            found = {module: self._found(module) for module in self._leaned - self.unknown.keys()}
            if self.meter.is_exhausted or all(
                self._assumed.get(module, Outcome()) == outcome for module, outcome in found.items()
            ):
                return
            self._assumed.update(found)

    def again(self, module: Module, wanted: Collection[Key], meter: Meter) -> Exploration:
        """Look for the shortest traces to ``wanted``."""
        exploration = Exploration(self.net(module), self._ways_of(module), self._start(module), meter, reduced=False)
        exploration.run(wanted)
        return exploration

    def net(self, module: Module) -> Net:
        place = module.process_key, module.name
        if place not in self._nets:
            self._nets[place] = Net(module.process_key, self.definitions[module.process_key].specs[module.name])
        return self._nets[place]

    def children(self, module: Module, position: Position) -> list[Module]:
        """What runs inside an activity; nothing if it is no container, or its process is not given."""
        net = self.net(module)
        element = net.elements[position.element]
        place = self._inside(module, element)
        if place is None:
            return []
        levels = _without_repeats((*net.levels(element), *module.levels))
        called = isinstance(element, CallActivity)
        fresh = Module(*place, levels, None, called)
        running = [Module(*place, levels, start, called) for start in position.inner]
        return [*running, fresh] if element.multi_instance is not None or not running else running

    def _inside(self, module: Module, element: Any) -> tuple[str, str] | None:
        if isinstance(element, SubProcess):
            return module.process_key, element.spec
        if isinstance(element, CallActivity) and element.called_process in self.definitions:
            return element.called_process, element.called_process
        return None

    def _inside_out(self) -> list[Module]:
        order: list[Module] = []
        opened: set[Module] = set()
        stack = [(self.root, False)]
        while stack:
            module, is_leaving = stack.pop()
            if is_leaving:
                order.append(module)
            elif module not in opened:
                opened.add(module)
                stack.append((module, True))
                stack += [(child, False) for position in self._places(module) for child in self.children(module, position)]
        return order

    def _places(self, module: Module) -> Iterator[Position]:
        """Where something may run inside."""
        for name, element in self.net(module).elements.items():
            if isinstance(element, Container):
                yield Position(name)
        yield from (position for position in module.start or () if position.element in self.net(module).elements)

    def _explore(self, module: Module) -> None:
        net = self.net(module)
        unknown = tuple(name for name, element in net.elements.items() if not is_known(net, element))
        if unknown:
            self.unknown[module] = unknown
            return
        exploration = Exploration(net, self._ways_of(module), self._start(module), self.meter)
        exploration.run()
        self.explored[module] = exploration

    def _start(self, module: Module) -> tuple[Marking, ...]:
        net = self.net(module)
        if module.start is None:
            return net.fresh(called=module.called)
        return (tuple(position for position in module.start if position.element in net.elements),)

    def _ways_of(self, module: Module) -> WaysOf:
        net = self.net(module)
        around = Surroundings(lambda position: self._outcome(module, position), lambda code: _interrupts(module.levels, code))
        known: dict[Position, tuple[Way, ...]] = {}

        def ways_of(position: Position) -> tuple[Way, ...]:
            plain = position._replace(spawned_by="", slot=0)
            if plain not in known:
                known[plain] = ways(net, plain, around)
            return known[plain]

        return ways_of

    def _outcome(self, module: Module, position: Position) -> Outcome:
        """What an activity that holds a process may come to."""
        net = self.net(module)
        element = net.elements[position.element]
        children = self.children(module, position)
        outcomes = [self._found(child) for child in children]
        if not children or any(child in self.unknown or self._is_cut_short(child) for child in children):
            return anything(net, element)
        return Outcome(
            _completes(element, position, outcomes),
            frozenset(escape for outcome in outcomes for escape in outcome.escapes),
            frozenset(emission for outcome in outcomes for emission in outcome.emissions),
        )

    def _is_cut_short(self, module: Module) -> bool:
        """Was its exploration given up?"""
        return module in self.explored and not self.explored[module].decided

    def _found(self, module: Module) -> Outcome:
        exploration = self.explored.get(module)
        if exploration is None:
            self._leaned.add(module)
            return self._assumed.get(module, Outcome())
        return Outcome(exploration.completes, frozenset(exploration.escapes), frozenset(exploration.emissions))


def _completes(element: Any, position: Position, outcomes: list[Outcome]) -> bool:
    """Can the activity as a whole complete? (A list may be empty, a completion condition may hold early.)"""
    if element.multi_instance is None:
        return outcomes[0].completes
    if not position.inner:
        return True
    running = [outcome.completes for outcome in outcomes[: len(position.inner)]]
    early = isinstance(element.multi_instance, MultiInstance) and element.multi_instance.completion_condition is not None
    return any(running) if early else all(running)


def _interrupts(levels: tuple[Level, ...], code: str | None) -> bool:
    """Is an escalation that leaves the process caught by something that interrupts it?"""
    for level in levels:
        for wanted in (code, None):
            for caught, interrupting in level:
                if caught == wanted:
                    return interrupting
    return False


def _without_repeats(levels: tuple[Level, ...]) -> tuple[Level, ...]:
    """A place further out that catches the same as one further in never catches anything."""
    return tuple(dict.fromkeys(levels))

"""Which tokens of a running instance can never move again, whatever happens to the others?

Those that are in every marking that can be reached from the present one. Nothing is said of a process that was not explored
to its end, or where two tokens met: what comes after that is not explored.
"""

from collections import Counter
from collections.abc import Iterator
from typing import NamedTuple

from engine.core.model import ProcessModel
from engine.core.soundness.exploration import Exploration, Meter
from engine.core.soundness.marking import Marking, Position
from engine.core.soundness.modules import Module, Modules
from engine.core.soundness.verdict import Limits


class StrandedPlace(NamedTuple):
    """Where a token stands that can never move. ``flow_id``: over which flow it came, at a join; empty elsewhere."""

    process_key: str
    element_id: str
    flow_id: str


def stranded(model: ProcessModel, start: Marking, *, limits: Limits | None = None) -> tuple[StrandedPlace, ...]:
    """The places of ``start`` whose tokens can never move. Of a container, what is stuck inside is told."""
    bounds = limits or Limits()
    root = Module(model.root.key, model.root.spec.name, (), start)
    modules = Modules(model.processes, root, Meter(bounds.states, bounds.transitions))
    modules.explore()
    return tuple(_places(modules, root))


def _places(modules: Modules, module: Module) -> Iterator[StrandedPlace]:
    exploration = modules.explored.get(module)
    if exploration is None or not exploration.decided or exploration.stopped:
        return
    for position in _always_there(exploration):
        running = [child for child in modules.children(module, position) if child.start is not None]
        inside = [place for child in running for place in _places(modules, child)]
        yield from inside or [StrandedPlace(module.process_key, position.element, position.arrival)]


def _always_there(exploration: Exploration) -> list[Position]:
    markings = [_counted(state) for state in exploration.came]
    first = next(iter(exploration.came))
    return [
        position
        for position in first
        if not position.is_armed and all(other[_place(position)] >= markings[0][_place(position)] for other in markings)
    ]


def _counted(state: Marking) -> Counter[tuple[str, str]]:
    return Counter(_place(position) for position in state)


def _place(position: Position) -> tuple[str, str]:
    return position.element, position.arrival

"""What blocks that go on have in common.

Every block that is going on is an object that knows its parts; when a part is done it says so to the block around it. Nothing
is shared with the engine, and there are no tokens.
"""

from collections.abc import Callable
from dataclasses import dataclass, field
from itertools import count
from typing import Any

from tests.properties import blocks
from tests.properties.known import Known

Path = tuple[tuple[str, int | None], ...]
"""An element and the subprocesses and calls around it, inside out, each with the number of its instance."""


@dataclass
class World:
    """What is waited for, and what time it is (in days)."""

    day: int = 0
    numbers: Any = field(default_factory=lambda: count(1))
    tasks: list[Any] = field(default_factory=list)
    timers: list["Timer"] = field(default_factory=list)

    def write(self, known: Known, **variables: Any) -> Known:
        for name, value in variables.items():
            known = known.with_write(next(self.numbers), name, value)
        return known


@dataclass(frozen=True)
class Place:
    """Where a block goes on."""

    world: World
    scope: Any
    path: Path
    local: dict[str, Any]
    catchers: dict[str, Callable[[], None]]


Done = Callable[[Known], None]


class Timer:
    """Something that happens when its day has come."""

    def __init__(self, world: World, path: Path, due: int, happens: Callable[["Timer"], None]) -> None:
        self.world, self.path, self.due, self.happens = world, path, due, happens
        world.timers.append(self)

    def fire(self) -> None:
        self.world.timers.remove(self)
        self.happens(self)


class Running:
    """A block that goes on. ``latest`` is what is known in it, as long as it has no parts that know better."""

    is_instance = False

    def __init__(self, block: Any, place: Place, done: Done) -> None:
        self.block, self.place, self.done = block, place, done
        self.world = place.world
        self.alive = True
        self.latest = Known()
        self.part: Running | None = None

    def begin(self, known: Known) -> None:
        raise NotImplementedError

    def known(self) -> Known:
        return self.part.known() if self.part is not None else self.latest

    def cancel(self) -> None:
        self.alive = False
        if self.part is not None:
            self.part.cancel()

    def go_on(self, block: blocks.Block, known: Known, then: Done) -> None:
        """Let one part run."""
        self.latest = known
        self.part = running(block, self.place, lambda outcome: self._part_done(outcome, then))
        self.part.begin(known)

    def _part_done(self, outcome: Known, then: Done) -> None:
        if self.alive:
            self.part, self.latest = None, outcome
            then(outcome)

    def next_row(self, known: Known) -> tuple[Known, Any]:
        """What the script before a gateway writes, and the row of the table that counts."""
        name, table = f"k_{self.block.id}", self.block.table
        before = known.value(name)
        row = 1 if before is None else before % len(table) + 1
        return self.world.write(known, **{name: row}), table[row - 1]

    def number_of_instance(self) -> int | None:
        return self.place.local.get("loopCounter") if self.is_instance else None


KINDS: dict[type, type[Running]] = {}


def means(*kinds: type) -> Callable[[type[Running]], type[Running]]:
    """The class that says what these blocks mean."""

    def note(running_class: type[Running]) -> type[Running]:
        KINDS.update(dict.fromkeys(kinds, running_class))
        return running_class

    return note


def running(block: blocks.Block, place: Place, done: Done) -> Running:
    return KINDS[type(block)](block, place, done)

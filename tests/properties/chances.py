"""Random block trees for Hypothesis.

Parallel branches write different variables, most of the time: where the same could be written at once (reminders that come
twice, instances without an output collection), every answer is 1. What contradicts nevertheless must be an incident.
"""

from collections.abc import Callable
from dataclasses import dataclass, replace
from itertools import count
from typing import Any

from hypothesis import strategies as st

from tests.properties.blocks import (
    Block,
    Both,
    Boundary,
    Call,
    Choice,
    Fail,
    Guarded,
    Loop,
    Many,
    Model,
    Option,
    Race,
    Script,
    Sequence,
    Some,
    Sub,
    Task,
)

START = {"begun": 7, "shared": 0}
MAX_BLOCKS = 14


@dataclass(frozen=True)
class Surroundings:
    """``notes``: the variable of this branch; ``codes``: the errors that are caught around; ``items``: of the lists around."""

    notes: str = "note"
    constant: bool = False
    codes: tuple[str, ...] = ()
    items: tuple[str, ...] = ()


class Drawer:
    """Draws one tree."""

    def __init__(self, draw: Callable[..., Any]) -> None:
        self.draw = draw
        self.ids = count(1)
        self.left = MAX_BLOCKS

    def id(self, letter: str) -> str:
        return f"{letter}{next(self.ids)}"

    def number(self, least: int, most: int) -> int:
        drawn: int = self.draw(st.integers(least, most))
        return drawn

    def chance(self, one_in: int) -> bool:
        return self.number(1, one_in) == one_in

    def body(self, around: Surroundings, depth: int) -> Block:
        return self.sequence([self.block(around, depth) for _ in range(self.number(1, 3))])

    @staticmethod
    def sequence(parts: list[Block]) -> Block:
        return Sequence(tuple(parts)) if len(parts) > 1 else parts[0]

    def block(self, around: Surroundings, depth: int) -> Block:
        self.left -= 1
        if around.codes and self.chance(4):
            return self.fail(around, depth)
        if depth == 0 or self.left <= 0:
            return self.task(around)
        kinds = [self.task, self.guarded, self.activity, self.choice, self.both, self.some, self.loop, self.race, self.script]
        kind: Callable[[Surroundings, int], Block] = self.draw(st.sampled_from(kinds))
        return kind(around, depth)

    def task(self, around: Surroundings, depth: int = 0) -> Task:
        notes = "shared" if self.chance(12) else around.notes
        kind = self.draw(st.sampled_from(["user", "user", "service", "receive"]))
        return Task(self.id("a"), notes, around.constant, kind)

    def script(self, around: Surroundings, depth: int) -> Block:
        return self.sequence([Script(self.id("w")), self.task(around)])

    def branches(self, around: Surroundings, depth: int, *, at_once: bool) -> tuple[Block, ...]:
        """At once, one branch goes on with the variable written before; the others have one of their own."""
        number = self.number(2, 3)
        heir = self.number(0, number - 1)
        surroundings = [replace(around, notes=self.id("b")) if at_once and n != heir else around for n in range(number)]
        return tuple(self.body(inner, depth - 1) for inner in surroundings)

    def choice(self, around: Surroundings, depth: int) -> Block:
        branches = self.branches(around, depth, at_once=False)
        return Choice(self.id("x"), branches, tuple(self.number(0, len(branches) - 1) for _ in range(self.number(1, 3))))

    def both(self, around: Surroundings, depth: int) -> Block:
        return Both(self.id("p"), self.branches(around, depth, at_once=True))

    def some(self, around: Surroundings, depth: int) -> Block:
        branches = self.branches(around, depth, at_once=True)
        row = st.frozensets(st.integers(0, len(branches) - 2))
        return Some(self.id("o"), branches, tuple(self.draw(row) for _ in range(self.number(1, 3))))

    def loop(self, around: Surroundings, depth: int) -> Block:
        return Loop(self.id("l"), self.body(around, depth - 1), self.number(1, 3))

    def race(self, around: Surroundings, depth: int) -> Block:
        branches = self.branches(around, depth, at_once=False)
        return Race(self.id("r"), tuple(Option(self.id("e"), self.number(0, 3), branch) for branch in branches))

    def fail(self, around: Surroundings, depth: int) -> Block:
        code = self.draw(st.sampled_from(around.codes))
        return Fail(self.id("f"), code, tuple(self.draw(st.booleans()) for _ in range(self.number(1, 3))))

    def activity(self, around: Surroundings, depth: int) -> Task | Sub | Call | Many:
        kind = self.draw(st.sampled_from([self.sub, self.call, self.many]))
        drawn: Task | Sub | Call | Many = kind(around, depth)
        return drawn

    def sub(self, around: Surroundings, depth: int, last: Block | None = None) -> Sub:
        return Sub(self.id("s"), self.inside(around, depth, last))

    def inside(self, around: Surroundings, depth: int, last: Block | None) -> Block:
        body = self.body(around, depth - 1)
        return Sequence((body, last)) if last is not None else body

    def call(self, around: Surroundings, depth: int, last: Block | None = None) -> Call:
        name = self.id("c")
        takes = ("begun", "nothing", *around.items) if self.chance(2) else None
        answer = self.task(replace(around, items=() if takes is not None else around.items))
        gives = f"v_{answer.id}" if last is None and self.chance(2) else None
        inner = replace(around, items=takes[2:] if takes is not None else around.items)
        return Call(name, self.inside(inner, depth, last or answer), takes, gives)

    def many(self, around: Surroundings, depth: int) -> Many:
        collects, sequential = self.chance(2), self.chance(3)
        plain = not collects and not sequential
        notes = self.id("b")
        inner = replace(around, notes=notes, constant=around.constant or plain)
        answer = replace(self.task(inner), notes=notes)
        kind = self.number(0, 2) if depth > 0 and self.left > 0 else 0
        body: Task | Sub | Call = answer
        if kind == 1:
            name = self.id("s")
            inner = replace(inner, items=(*inner.items, f"item_{name}"))
            before = self.before(inner, depth, plain)
            body = Sub(name, Sequence((before, answer)))
        elif kind == 2:
            name = self.id("c")
            inner = replace(inner, items=(*inner.items, f"item_{name}"))
            before = self.before(inner, depth, plain)
            takes = ("begun", *inner.items) if self.chance(2) else None
            body = Call(name, Sequence((before, answer)), takes)
        until = self.number(1, 2) if self.chance(3) else None
        return Many(self.id("n"), body, self.number(0, 3), sequential, f"v_{answer.id}" if collects else None, until)

    def before(self, inner: Surroundings, depth: int, plain: bool) -> Block:
        """What comes before an instance's answer; nothing that counts where instances would count against each other."""
        if not plain:
            return self.body(inner, depth - 1)
        return self.task(inner)

    def guarded(self, around: Surroundings, depth: int) -> Block:
        boundaries = [self.timer(around, depth) for _ in range(self.number(0, 2))]
        inner = around
        if not boundaries or self.chance(2):
            code = self.id("E")
            boundaries.append(Boundary(self.id("t"), self.body(around, depth - 1), "error", code=code))
            inner = replace(around, codes=(*around.codes, code))
        kind = self.draw(st.sampled_from([self.task, self.sub, self.sub, self.call, self.many, self.many]))
        return Guarded(self.id("g"), kind(inner, depth), tuple(boundaries))

    def timer(self, around: Surroundings, depth: int) -> Boundary:
        if self.chance(2):
            return Boundary(self.id("t"), self.body(around, depth - 1), "timer", self.number(1, 4))
        handler = self.task(replace(around, notes=self.id("b"), constant=True))
        handler = replace(handler, notes=f"r_{handler.id}")
        return Boundary(self.id("t"), handler, "beside", self.number(1, 4), times=self.number(1, 2), terminates=self.chance(3))


@st.composite
def models(draw: Callable[..., Any]) -> Model:
    return Model(Drawer(draw).body(Surroundings(), 3), dict(START))

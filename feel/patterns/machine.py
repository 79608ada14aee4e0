"""Our own engine: all ways to match are followed at the same time, so its time is linear in the text (Ken Thompson, 1968; with
groups, Rob Pike)."""

import re
from collections.abc import Callable
from dataclasses import dataclass, field

from feel.errors import overspent
from feel.patterns.characters import as_class
from feel.patterns.tree import Anchor, Choice, Group, One, Part, Repeat, Sequence

Groups = tuple[int, ...]
"""Start and end of every group, that of the whole match first; -1 where it did not take part."""

MAX_PROGRAM = 5_000

STEPS_OF_A_PATTERN = 4
"""So many cost as much as one of an expression."""


@dataclass(slots=True)
class Step:
    """``kind`` is one, fork, jump, save, anchor or match; ``first`` and ``second`` are where it goes on, or a group's slot."""

    kind: str
    first: int = 0
    second: int = 0
    test: re.Pattern[str] | None = None
    anchor: Anchor | None = None
    known: dict[str, bool] = field(default_factory=dict)

    def takes(self, sign: str) -> bool:
        """Whether a character is one of its set."""
        taken = self.known.get(sign)
        if taken is None:
            assert self.test is not None
            taken = self.known[sign] = self.test.fullmatch(sign) is not None
        return taken


class Machine:
    """A pattern as a program of steps."""

    def __init__(self, part: Part, groups: int, flags: re.RegexFlag) -> None:
        self.flags = flags
        self.slots = 2 * (groups + 1)
        self.steps: list[Step] = []
        self.emit(part)
        self.add(Step("match"))

    def add(self, step: Step) -> Step:
        """Append a step."""
        if len(self.steps) >= MAX_PROGRAM:
            overspent("steps of a pattern", MAX_PROGRAM)
        self.steps.append(step)
        return step

    def emit(self, part: Part) -> None:
        """Append the steps of a part. A reference back to a group has none: the pattern keeps those from this engine."""
        if isinstance(part, One):
            self.add(Step("one", test=re.compile(as_class(part.ranges), self.flags)))
        elif isinstance(part, Sequence):
            for inner in part.parts:
                self.emit(inner)
        elif isinstance(part, Group):
            self.add(Step("save", part.number * 2))
            self.emit(part.part)
            self.add(Step("save", part.number * 2 + 1))
        elif isinstance(part, Choice):
            self.emit_choice(part)
        elif isinstance(part, Repeat):
            self.emit_repeat(part)
        elif isinstance(part, Anchor):
            self.add(Step("anchor", anchor=part))

    def emit_choice(self, choice: Choice) -> None:
        """A fork to each option, and a jump from its end behind them all."""
        jumps: list[Step] = []
        for option in choice.options[:-1]:
            fork = self.add(Step("fork", first=len(self.steps) + 1))
            self.emit(option)
            jumps.append(self.add(Step("jump")))
            fork.second = len(self.steps)
        self.emit(choice.options[-1])
        for jump in jumps:
            jump.first = len(self.steps)

    def emit_repeat(self, repeat: Repeat) -> None:
        """The part as often as it must be, then as often as it may be."""
        for _ in range(repeat.low):
            before = len(self.steps)
            self.emit(repeat.part)
            if len(self.steps) == before:
                break  # the part is empty, and so are thousands of it
        if repeat.high is None:
            start = len(self.steps)
            fork = self.fork()
            self.emit(repeat.part)
            self.add(Step("jump", first=start))
            self.join([fork], repeat.greedy)
            return
        forks = []
        for _ in range(repeat.high - repeat.low):
            forks.append(self.fork())
            self.emit(repeat.part)
        self.join(forks, repeat.greedy)

    def fork(self) -> Step:
        """A fork into the part that follows."""
        return self.add(Step("fork", first=len(self.steps) + 1))

    def join(self, forks: list[Step], greedy: bool) -> None:
        """Let forks end here; reluctant ones would rather."""
        for fork in forks:
            fork.second = len(self.steps)
            if not greedy:
                fork.first, fork.second = fork.second, fork.first

    def search(self, text: str, start: int, charge: Callable[[int], None]) -> Groups | None:
        """The first match from ``start`` on; of several there, the one Perl would find."""
        found: Groups | None = None
        threads: dict[int, Groups] = {}
        for position in range(start, len(text) + 1):
            work = len(threads)
            if found is None:
                work += self.follow(threads, 0, (position, *(-1,) * (self.slots - 1)), text, position)
            elif not threads:
                break
            following: dict[int, Groups] = {}
            sign = text[position : position + 1]
            for index, groups in threads.items():
                step = self.steps[index]
                if step.kind == "match":
                    found = (groups[0], position, *groups[2:])
                    break
                if sign and step.takes(sign):
                    work += self.follow(following, index + 1, groups, text, position + 1)
            charge(1 + work // STEPS_OF_A_PATTERN)
            threads = following
        return found

    def follow(self, threads: dict[int, Groups], index: int, groups: Groups, text: str, position: int) -> int:
        """Go on from a step to all that take a character, in the order of preference. Each is entered once.

        :returns: how many steps that took.
        """
        waiting = [(index, groups)]
        seen: set[int] = set()
        while waiting:
            index, groups = waiting.pop()
            if index in seen or index in threads:
                continue
            seen.add(index)
            step = self.steps[index]
            if step.kind in ("one", "match"):
                threads[index] = groups
            elif step.kind == "jump":
                waiting.append((step.first, groups))
            elif step.kind == "fork":
                waiting += [(step.second, groups), (step.first, groups)]
            elif step.kind == "save":
                waiting.append((index + 1, (*groups[: step.first], position, *groups[step.first + 1 :])))
            elif step.anchor is not None and _holds(step.anchor, text, position):
                waiting.append((index + 1, groups))
        return len(seen)


def _holds(anchor: Anchor, text: str, position: int) -> bool:
    if anchor.sign == "^":
        return position == 0 or (anchor.of_line and text[position - 1] == "\n" and position < len(text))
    return position == len(text) or (anchor.of_line and text[position] == "\n")

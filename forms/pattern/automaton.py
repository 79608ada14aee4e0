"""Matching without backtracking: all states the pattern can be in are followed side by side (Thompson's construction).

The time is at most the number of states times the length of the text, whatever the pattern.
"""

from dataclasses import dataclass, field

from forms.limits import MAX_PATTERN_STATES
from forms.pattern.syntax import WORD, Assertion, Characters, Choice, Node, PatternError, Repeat, Sequence, parse


@dataclass(frozen=True)
class _Fork:
    """Go on at every one of the targets, without reading."""

    targets: tuple[int, ...]


_Step = Characters | Assertion | _Fork


@dataclass(frozen=True)
class Pattern:
    """A compiled pattern."""

    text: str
    _steps: tuple[_Step, ...] = field(repr=False)

    def occurs_in(self, text: str) -> bool:
        """True when some part of the text matches, as ``RegExp.test`` says; ``^`` and ``$`` anchor it to the whole."""
        waiting: set[int] = set()
        for place in range(len(text) + 1):
            reached = self._closure(waiting | {0}, text, place)
            if len(self._steps) in reached:
                return True
            waiting = {step + 1 for step in reached if self._reads(step, text, place)}
        return False

    def _reads(self, step: int, text: str, place: int) -> bool:
        characters = self._steps[step]
        return place < len(text) and isinstance(characters, Characters) and text[place] in characters

    def _closure(self, states: set[int], text: str, place: int) -> set[int]:
        """Everything that can be reached without reading a character."""
        reached: set[int] = set()
        pending = list(states)
        while pending:
            state = pending.pop()
            if state in reached:
                continue
            reached.add(state)
            step = self._steps[state] if state < len(self._steps) else None
            if isinstance(step, _Fork):
                pending.extend(step.targets)
            elif isinstance(step, Assertion) and _holds(step.kind, text, place):
                pending.append(state + 1)
        return reached


def _holds(kind: str, text: str, place: int) -> bool:
    if kind == "^":
        return place == 0
    if kind == "$":
        return place == len(text)
    before = place > 0 and text[place - 1] in WORD
    after = place < len(text) and text[place] in WORD
    return (before is not after) is (kind == "b")


def compile_pattern(text: str) -> Pattern:
    """Compile a JavaScript regular expression.

    :raises PatternError: when it is wrong, too large, or needs backtracking.
    """
    steps: list[_Step] = []
    _emit(parse(text), steps)
    return Pattern(text, tuple(steps))


def _emit(node: Node, steps: list[_Step]) -> None:
    if len(steps) > MAX_PATTERN_STATES:
        raise PatternError("重复次数过大，匹配耗时过长", "it repeats too much and would take too long to match")
    if isinstance(node, Characters | Assertion):
        steps.append(node)
    elif isinstance(node, Sequence):
        if not node.items:
            steps.append(_Fork((len(steps) + 1,)))  # repeating nothing must cost something, or (((){999}){999}){999} is free
        for item in node.items:
            _emit(item, steps)
    elif isinstance(node, Choice):
        _emit_choice(node, steps)
    else:
        _emit_repeat(node, steps)


def _emit_choice(choice: Choice, steps: list[_Step]) -> None:
    fork = len(steps)
    steps.append(_Fork(()))
    starts: list[int] = []
    exits: list[int] = []
    for option in choice.options:
        starts.append(len(steps))
        _emit(option, steps)
        exits.append(len(steps))
        steps.append(_Fork(()))
    steps[fork] = _Fork(tuple(starts))
    for exit_step in exits:
        steps[exit_step] = _Fork((len(steps),))


def _emit_repeat(repeat: Repeat, steps: list[_Step]) -> None:
    for _ in range(repeat.least):
        _emit(repeat.item, steps)
    if repeat.most is None:
        start = len(steps)
        steps.append(_Fork(()))
        _emit(repeat.item, steps)
        steps.append(_Fork((start,)))
        steps[start] = _Fork((start + 1, len(steps)))
        return
    forks = []
    for _ in range(repeat.most - repeat.least):
        forks.append(len(steps))
        steps.append(_Fork(()))
        _emit(repeat.item, steps)
    for fork in forks:
        steps[fork] = _Fork((fork + 1, len(steps)))

"""A pattern ready for searching, and the choice between the two engines."""

import re
from collections.abc import Callable, Iterator
from dataclasses import dataclass
from functools import cached_property, lru_cache

from feel.errors import overspent
from feel.patterns.characters import as_class
from feel.patterns.machine import Machine
from feel.patterns.tree import Anchor, Back, Choice, Group, One, Part, PatternReader, Repeat, Sequence

MAX_PATTERN = 1_000
"""Characters of a pattern."""

MAX_WORK = 1_000_000
"""Characters Python's engine may have to look at in the worst case, about 20 ms."""

_ENDLESS = MAX_WORK * MAX_WORK


@dataclass(frozen=True, slots=True)
class Match:
    """Where a pattern was found. ``groups`` are starts and ends, those of the whole first."""

    source: str
    groups: tuple[int, ...]

    @property
    def start(self) -> int:
        """Where it begins."""
        return self.groups[0]

    @property
    def end(self) -> int:
        """Where the rest begins."""
        return self.groups[1]

    def text(self, group: int) -> str:
        """What a group matched; 0 is the whole. Empty if it took no part."""
        if 2 * group >= len(self.groups) or self.groups[2 * group] < 0:
            return ""
        return self.source[self.groups[2 * group] : self.groups[2 * group + 1]]


class Pattern:
    """A pattern of XPath."""

    def __init__(self, text: str, flags: str) -> None:
        reader = PatternReader(text, flags)
        self.part = reader.read()
        self.groups = reader.groups
        self.flags = re.IGNORECASE if "i" in flags else re.NOFLAG

    @staticmethod
    @lru_cache(maxsize=512)
    def of(text: str, flags: str) -> "Pattern | None":
        """The pattern, or None if the text or the flags are none.

        :raises FeelBudgetExceeded: it is longer than :data:`MAX_PATTERN`.
        """
        if len(text) > MAX_PATTERN:
            overspent("characters of a pattern", MAX_PATTERN)
        if set(flags) - set("smixq"):
            return None
        try:
            return Pattern(text, flags)
        except ValueError:
            return None

    @cached_property
    def python(self) -> re.Pattern[str]:
        """The pattern for Python's engine."""
        return re.compile(_in_python(self.part), self.flags)

    @cached_property
    def machine(self) -> Machine:
        """The pattern for our engine."""
        return Machine(self.part, self.groups, self.flags)

    @cached_property
    def refers_back(self) -> bool:
        """Whether it holds what only Python's engine can do."""
        return _refers_back(self.part)

    def search(self, text: str, start: int, charge: Callable[[int], None]) -> Match | None:
        """The first match from ``start`` on."""
        length = len(text) - start + 1
        work = _tries(self.part, length) * _size(self.part, length) * length
        if work <= MAX_WORK:
            charge(work // 1000)
            found = self.python.search(text, start)
            return None if found is None else Match(text, tuple(place for span in found.regs for place in span))
        if self.refers_back:
            overspent("steps of a pattern that refers back to a group", MAX_WORK)
        groups = self.machine.search(text, start, charge)
        return None if groups is None else Match(text, groups)

    def all_matches(self, text: str, charge: Callable[[int], None]) -> Iterator[Match]:
        """All matches that do not overlap, from the left."""
        position = 0
        while position <= len(text) and (match := self.search(text, position, charge)) is not None:
            charge(1)
            yield match
            position = max(match.end, match.start + 1)

    def replacement(self, text: str) -> list[str | int]:
        r"""A replacement as texts and numbers of groups. ``$1`` is a group, ``\$`` and ``\\`` are signs.

        :raises ValueError: any other ``$`` or ``\``.
        """
        parts: list[str | int] = []
        position = 0
        while position < len(text):
            sign, following = text[position], text[position + 1 : position + 2]
            position += 1
            if sign == "\\":
                if following not in ("\\", "$"):
                    raise ValueError(text)
                parts.append(following)
                position += 1
            elif sign == "$":
                digits = self._group_digits(text[position : position + 3])
                parts.append(int(digits))
                position += len(digits)
            else:
                parts.append(sign)
        return parts

    def _group_digits(self, text: str) -> str:
        """The longest number of a group there is, at least one digit."""
        digits = re.match(r"[0-9]+", text)
        if digits is None:
            raise ValueError(text)
        number = digits[0]
        while len(number) > 1 and int(number) > self.groups:
            number = number[:-1]
        return number


def _tries(part: Part, length: int) -> int:
    """In how many ways a part can match at one place of a text so long, at most; cut off at :data:`_ENDLESS`."""
    if isinstance(part, Sequence):
        ways = 1
        for inner in part.parts:
            ways = min(ways * _tries(inner, length), _ENDLESS)
        return ways
    if isinstance(part, Choice):
        return sum(_tries(option, length) for option in part.options)
    if isinstance(part, Group):
        return _tries(part.part, length)
    if isinstance(part, Repeat):
        inside = _tries(part.part, length)
        most = length if part.high is None else part.high
        if inside > 1:
            return inside + 1 if most <= 1 else _ENDLESS
        return max(1, most - part.low + 1)
    return 1


def _size(part: Part, length: int) -> int:
    """How many characters one way to match looks at, at most; cut off at :data:`_ENDLESS`."""
    if isinstance(part, Sequence):
        return min(sum(_size(inner, length) for inner in part.parts) + 1, _ENDLESS)
    if isinstance(part, Choice):
        return max(_size(option, length) for option in part.options)
    if isinstance(part, Group):
        return _size(part.part, length)
    if isinstance(part, Repeat):
        return min((length if part.high is None else part.high) * _size(part.part, length) + 1, _ENDLESS)
    return length if isinstance(part, Back) else 1


def _refers_back(part: Part) -> bool:
    if isinstance(part, Sequence):
        return any(map(_refers_back, part.parts))
    if isinstance(part, Choice):
        return any(map(_refers_back, part.options))
    if isinstance(part, Group | Repeat):
        return _refers_back(part.part)
    return isinstance(part, Back)


def _in_python(part: Part) -> str:
    if isinstance(part, One):
        return as_class(part.ranges)
    if isinstance(part, Sequence):
        return "".join(map(_in_python, part.parts))
    if isinstance(part, Choice):
        return f"(?:{'|'.join(map(_in_python, part.options))})"
    if isinstance(part, Group):
        return f"({_in_python(part.part)})"
    if isinstance(part, Back):
        return f"(?:\\{part.number})"
    if isinstance(part, Anchor):
        if part.of_line:
            return r"(?:\A|(?<=\n)(?!\Z))" if part.sign == "^" else r"(?=\n|\Z)"
        return r"\A" if part.sign == "^" else r"\Z"
    high = "" if part.high is None else part.high
    return f"(?:{_in_python(part.part)}){{{part.low},{high}}}{'' if part.greedy else '?'}"

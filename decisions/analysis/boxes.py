"""Rules as boxes in the space that the columns span, and the three questions about them: do two overlap, is a point in none,
is a box hidden by others. Sets of regions, and of rules, are the bits of an int."""

from collections.abc import Iterator, Sequence
from dataclasses import dataclass, field

from decisions.analysis.cells import NotDecided

MAX_SEARCH = 500_000
"""Regions the searches in one table look at; how many it takes grows with the columns faster than any polynomial."""

Point = tuple[int, ...]
"""A region of each axis."""


def bits(number: int) -> Iterator[int]:
    """The places of the bits that are set, from the lowest."""
    while number:
        lowest = number & -number
        yield lowest.bit_length() - 1
        number ^= lowest


@dataclass(slots=True, eq=False)
class Boxes:
    """``boxes[rule][axis]`` are the regions of an axis that a rule lets through."""

    boxes: Sequence[Sequence[int]]
    sizes: Sequence[int]
    """How many regions each axis has."""
    left: int = MAX_SEARCH
    _rules_at: list[list[int]] = field(init=False)

    def __post_init__(self) -> None:
        self._rules_at = [[0] * size for size in self.sizes]
        for number, box in enumerate(self.boxes):
            for axis, regions in enumerate(box):
                for region in bits(regions):
                    self._rules_at[axis][region] |= 1 << number

    def overlapping(self, rule: int) -> int:
        """The rules whose boxes have a point in common with that of ``rule``, itself included."""
        found = (1 << len(self.boxes)) - 1
        for axis, regions in enumerate(self.boxes[rule]):
            here = 0
            for region in bits(regions):
                here |= self._rules_at[axis][region]
            found &= here
        return found

    def common(self, one: int, other: int) -> Point:
        """The first point, by the order of the regions, that is in both of two boxes that overlap."""
        shared = [left & right for left, right in zip(self.boxes[one], self.boxes[other], strict=True)]
        return tuple(next(bits(regions)) for regions in shared)

    def outside(self, within: Sequence[int], rules: int) -> Point | None:
        """A point of the box ``within`` that is in none of the boxes of ``rules``; None if all of it is covered.

        :raises NotDecided: the search takes too long.
        """
        if not all(within):
            return None
        return _Search(self, within).from_axis(0, rules)

    def rules_at(self, axis: int, region: int) -> int:
        """The rules that let a region through."""
        return self._rules_at[axis][region]


class _Search:
    def __init__(self, space: Boxes, within: Sequence[int]) -> None:
        self._space = space
        self._within = within
        self._covered: set[tuple[int, int]] = set()
        self._whole = self._rules_of_all_from_axis()

    def _rules_of_all_from_axis(self) -> list[int]:
        """For each axis, the rules that let everything through there and on all axes behind it."""
        whole = [(1 << len(self._space.boxes)) - 1]
        for axis in range(len(self._within) - 1, -1, -1):
            passing = whole[0]
            for region in bits(self._within[axis]):
                passing &= self._space.rules_at(axis, region)
            whole.insert(0, passing)
        return whole

    def from_axis(self, axis: int, rules: int) -> Point | None:
        """The rest, from ``axis`` on, of a point that none of ``rules`` covers; they cover all axes before it."""
        if not rules:
            return tuple(next(bits(regions)) for regions in self._within[axis:])
        if rules & self._whole[axis] or (axis, rules) in self._covered:
            return None
        tried: set[int] = set()
        for region in bits(self._within[axis]):
            self._space.left -= 1
            if self._space.left < 0:
                raise NotDecided("表过于复杂", "the table is too complex")
            still = rules & self._space.rules_at(axis, region)
            if still in tried:
                continue
            tried.add(still)
            rest = self.from_axis(axis + 1, still)
            if rest is not None:
                return (region, *rest)
        self._covered.add((axis, rules))
        return None

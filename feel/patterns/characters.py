"""Sets of characters as ranges of code points, and those that patterns have names for."""

import re
import unicodedata
from collections.abc import Iterable
from functools import cache

Ranges = tuple[tuple[int, int], ...]
"""Ascending, apart from each other; both ends belong."""

LAST = 0x10FFFF
SPACE: Ranges = ((9, 10), (13, 13), (32, 32))
NEW_LINE: Ranges = ((10, 10), (13, 13))
EVERYTHING: Ranges = ((0, LAST),)


def union(ranges: Iterable[tuple[int, int]]) -> Ranges:
    """Ranges in any order, put together."""
    merged: list[tuple[int, int]] = []
    for low, high in sorted(ranges):
        if merged and low <= merged[-1][1] + 1:
            merged[-1] = (merged[-1][0], max(high, merged[-1][1]))
        else:
            merged.append((low, high))
    return tuple(merged)


def complement(ranges: Ranges) -> Ranges:
    """All other characters."""
    others: list[tuple[int, int]] = []
    start = 0
    for low, high in ranges:
        if low > start:
            others.append((start, low - 1))
        start = high + 1
    return tuple(others) if start > LAST else (*others, (start, LAST))


def difference(ranges: Ranges, without: Ranges) -> Ranges:
    """The characters of the first that are not in the second."""
    return complement(union([*complement(ranges), *without]))


@cache
def _categories() -> dict[str, Ranges]:
    """The characters of every Unicode category, by its two letters. One pass over all of them, made when first needed."""
    runs: dict[str, list[tuple[int, int]]] = {}
    start, current = 0, unicodedata.category("\0")
    for code in range(1, LAST + 2):
        category = unicodedata.category(chr(code)) if code <= LAST else ""
        if category != current:
            runs.setdefault(current, []).append((start, code - 1))
            start, current = code, category
    return {category: tuple(ranges) for category, ranges in runs.items()}


@cache
def category(name: str) -> Ranges:
    """The characters of ``Lu``, or of ``L`` and all that begins with it.

    :raises ValueError: no such category.
    """
    if not re.fullmatch(r"[LMNPZSC][a-z]?", name):
        raise ValueError(name)
    found = [ranges for key, ranges in _categories().items() if key.startswith(name)]
    if not found:
        raise ValueError(name)
    return union(run for ranges in found for run in ranges)


@cache
def named(letter: str) -> Ranges:
    r"""The characters of ``\d``, ``\w``, ``\s``, ``\i``, ``\c`` and, in capitals, all others.

    :raises KeyError: no such letter.
    """
    if letter.isupper():
        return complement(named(letter.lower()))
    if letter == "s":
        return SPACE
    if letter == "d":
        return category("Nd")
    if letter == "w":
        return complement(union([*category("P"), *category("Z"), *category("C")]))
    initial = union([*category("L"), *category("Nl"), (ord(":"), ord(":")), (ord("_"), ord("_"))])
    return {"i": initial, "c": union([*initial, *category("N"), *category("M"), (45, 46), (0xB7, 0xB7)])}[letter]


@cache
def as_class(ranges: Ranges) -> str:
    """The character class of Python that matches exactly these."""
    if not ranges:
        return r"[^\s\S]"
    parts = [f"\\U{low:08x}" if low == high else f"\\U{low:08x}-\\U{high:08x}" for low, high in ranges]
    return f"[{''.join(parts)}]"

"""What a branch knows, the plain way: of each variable every write that ever went into it."""

from collections.abc import Iterable
from typing import Any


class Conflict(Exception):
    """Two branches changed one variable differently."""


class Known:
    """Variables; of each all the writes that are known, as ``number: (value, numbers known before)``."""

    def __init__(self, writes: dict[str, dict[int, tuple[Any, frozenset[int]]]] | None = None) -> None:
        self.writes = writes or {}

    def with_write(self, number: int, name: str, value: Any) -> "Known":
        before = self.writes.get(name, {})
        return Known({**self.writes, name: {**before, number: (value, frozenset(before))}})

    def value(self, name: str) -> Any:
        writes = self.writes.get(name, {})
        overwritten = {number for _, before in writes.values() for number in before}
        return next((value for number, (value, _) in sorted(writes.items()) if number not in overwritten), None)

    def values(self) -> dict[str, Any]:
        return {name: self.value(name) for name in self.writes}

    def merged(self, other: "Known") -> "Known":
        together = dict(self.writes)
        for name, writes in other.writes.items():
            mine = self.writes.get(name, {})
            if mine.keys() - writes.keys() and writes.keys() - mine.keys() and self.value(name) != other.value(name):
                raise Conflict(name)
            together[name] = {**mine, **writes}
        return Known(together)


def merged(known: Iterable[Known]) -> Known:
    first, *others = known
    for other in others:
        first = first.merged(other)
    return first

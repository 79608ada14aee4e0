"""What the tokens of a snapshot know, written down once.

A thousand tasks may know the same megabyte. What several tokens know alike is one entry of a table, and a large value is one
entry of another, so that a snapshot grows by what differs. Entries are found by their content: how the objects in memory came
to be shared makes no difference to the bytes. They are loaded as shared objects, which is safe because values are never
changed in place and knowledge is copied when it is written to.
"""

from collections.abc import Sequence
from typing import Any

import orjson

from engine.core.spiff.variables import Knowledge
from engine.core.values import Value, Variables

LARGE = 256
"""Bytes from which on a value is an entry of its own."""
LARGE_TEXT = LARGE // 6
"""A shorter text is never large: a character takes at most six bytes."""


class Table:
    """Different things, each once, by number."""

    __slots__ = ("_numbers", "entries")

    def __init__(self) -> None:
        self.entries: list[orjson.Fragment] = []
        self._numbers: dict[bytes, int] = {}

    def number(self, encoded: bytes) -> int:
        """The place of an entry."""
        number = self._numbers.setdefault(encoded, len(self.entries))
        if number == len(self.entries):
            self.entries.append(orjson.Fragment(encoded))
        return number


class KnowledgeWriter:
    """Writes down variables and knowledge; the tables belong to the snapshot."""

    __slots__ = ("_seen", "_sizes", "knowledge", "values")

    def __init__(self) -> None:
        self.knowledge = Table()
        self.values = Table()
        self._seen: dict[tuple[int, int, int], int] = {}
        self._sizes: dict[int, int | None] = {}

    def variables(self, variables: Variables) -> tuple[Variables, dict[str, int]]:
        """What stands in the place of variables, and the numbers of those that are large, which are null there."""
        large: dict[str, int] = {}
        for name, value in variables.items():
            kind = type(value)
            if kind is list or kind is dict or (kind is str and len(value) >= LARGE_TEXT):  # type: ignore[arg-type]
                number = self._large(value)
                if number is not None:
                    large[name] = number
        return (variables | dict.fromkeys(large), large) if large else (variables, large)

    def _large(self, value: Value) -> int | None:
        key = id(value)
        if key not in self._sizes:
            encoded = orjson.dumps(value)
            self._sizes[key] = self.values.number(encoded) if len(encoded) >= LARGE else None
        return self._sizes[key]

    def number(self, knowledge: Knowledge) -> int:
        """The place of this knowledge in the table."""
        parts = (id(knowledge.values), id(knowledge.lineage), id(knowledge.agreed))
        number = self._seen.get(parts)
        if number is None:
            values, large = self.variables(knowledge.values)
            stored: dict[str, Any] = {"values": values, "lineage": knowledge.lineage}
            if large:
                stored["large"] = large
            if knowledge.agreed:
                stored["agreed"] = knowledge.agreed
            number = self._seen[parts] = self.knowledge.number(orjson.dumps(stored))
        return number


class KnowledgeReader:
    """Reads what a :class:`KnowledgeWriter` wrote."""

    __slots__ = ("_knowledge", "_values")

    def __init__(self, knowledge: Sequence[dict[str, Any]], values: Sequence[Value]) -> None:
        self._values = values
        self._knowledge = [
            Knowledge(self.variables(entry["values"], entry.get("large")), entry["lineage"], entry.get("agreed"))
            for entry in knowledge
        ]

    def variables(self, variables: Variables, large: dict[str, int] | None = None) -> Variables:
        """Variables as they were."""
        return variables | {name: self._values[number] for name, number in large.items()} if large else variables

    def __getitem__(self, number: int) -> Knowledge:
        return self._knowledge[number].copy()

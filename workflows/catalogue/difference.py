"""What differs between two versions, in words a person can check line by line."""

from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any


@dataclass(frozen=True, slots=True)
class Difference:
    """A field, and what it was and is. ``None`` where it was not or is not there."""

    field: str
    before: Any
    after: Any


def differences(before: Any, after: Any, field: str = "") -> list[Difference]:
    """Field by field; rows that have a name or code are compared by it, so that a moved row is no change."""
    if isinstance(before, Mapping) and isinstance(after, Mapping):
        names = [*before, *(name for name in after if name not in before)]
        return [
            found for name in names for found in differences(before.get(name), after.get(name), f"{field}.{name}".lstrip("."))
        ]
    if _are_named(before) and _are_named(after):
        return differences(_by_name(before), _by_name(after), field)
    return [] if before == after else [Difference(field, before, after)]


def _are_named(rows: Any) -> bool:
    if not isinstance(rows, list):
        return False
    names = [_name(row) for row in rows]
    return all(name is not None for name in names) and len(set(names)) == len(names)


def _by_name(rows: list[Mapping[str, Any]]) -> dict[str, Any]:
    return {f"[{_name(row)}]": row for row in rows}


def _name(row: Any) -> str | None:
    if not isinstance(row, Mapping):
        return None
    name = row.get("name", row.get("code", row.get("field")))
    return name if isinstance(name, str) else None

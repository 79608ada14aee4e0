"""From what the process holds to what the form holds: the way back of :meth:`Keyed.store`, for amounts of money."""

from collections.abc import Mapping
from copy import deepcopy
from typing import Any

from forms.compilation import Item, Scope


def present(scope: Scope, variables: Mapping[str, object]) -> dict[str, Any]:
    """A copy of the variables in which the fields of the form hold what the page shows for them."""
    shown = deepcopy(dict(variables))
    _present(scope, shown)
    return shown


def _present(scope: Scope, data: dict[str, Any]) -> None:
    for item in scope.items:
        inside = _object_around(item, data)
        if inside is None or item.path[-1] not in inside:
            continue
        value = inside[item.path[-1]]
        if item.rows is None:
            inside[item.path[-1]] = item.component.present(value)
        elif isinstance(value, list):
            for row in value:
                if isinstance(row, dict):
                    _present(item.rows, row)


def _object_around(item: Item, data: dict[str, Any]) -> dict[str, Any] | None:
    inside: Any = data
    for segment in item.path[:-1]:
        inside = inside.get(segment) if isinstance(inside, dict) else None
    return inside if isinstance(inside, dict) else None

"""One submission laid out as cells: every value of the form once, and those of a list once for each row."""

from collections.abc import Mapping, Sequence
from dataclasses import replace
from datetime import datetime
from typing import Any

from forms.allowance import Allowance
from forms.compilation import Item, Scope
from forms.components.container import Rows
from forms.errors import Label
from forms.expressions import Surroundings
from forms.limits import MAX_CELLS
from forms.schema import Path
from forms.values import Value


class TooManyCells(Exception):
    """The rows hold more values than one submission may."""


class Stand:
    """Where a scope's values stand: the form itself, or one row of a list.

    :param data: the object that conditions and expressions see; it changes while the form settles.
    """

    def __init__(
        self, scope: Scope, path: Path, data: dict[str, Any], surroundings: Surroundings, owner: "Cell | None"
    ) -> None:
        self.scope = scope
        self.path = path
        self.data = data
        self.surroundings = surroundings
        self.owner = owner

    @property
    def shown(self) -> bool:
        """False in a row of a list that is hidden, or that the page lets nobody change."""
        return self.owner is None or (self.owner.shown and not self.owner.locked)

    def put(self, path: Sequence[str], value: object) -> None:
        """Let conditions and expressions see a value."""
        put_at(self.data, path, value)

    def label(self, item_label: Label) -> Label:
        """The label with the row it stands in."""
        if self.owner is None or not isinstance(self.path[-1], int):
            return item_label
        return item_label.in_row(self.owner.label, self.path[-1])


class Cell:
    """One value in one place.

    :param typed: what the caller sent, already read; None when nothing (usable) was sent.
    """

    def __init__(self, item: Item, stand: Stand, typed: Value) -> None:
        self.item = item
        self.stand = stand
        self.typed = typed
        self.path: Path = (*stand.path, *item.path)
        self.rows: list[Stand] = []
        self.hidden = False
        self.locked = item.component.locked is True
        self.value: Value = None

    @property
    def shown(self) -> bool:
        """Whether the page shows it."""
        return not self.hidden and self.stand.shown

    @property
    def takes_input(self) -> bool:
        """Whether the caller's value counts."""
        return self.shown and not self.locked and self.item.component.takes_input

    @property
    def label(self) -> Label:
        return self.stand.label(self.item.label)


def lay_out(
    scope: Scope, typed: Mapping[str, Any], *, names: dict[str, Any], variables: Mapping[str, object], now: datetime
) -> tuple[list[Stand], list[Cell]]:
    """All stands and cells in the order of the page.

    :raises TooManyCells: beyond :data:`forms.limits.MAX_CELLS`.
    """
    surroundings = Surroundings(names, names, None, (), variables, now, Allowance())
    layout = _Layout()
    layout.add(Stand(scope, (), names, surroundings, None), typed)
    return layout.stands, layout.cells


class _Layout:
    def __init__(self) -> None:
        self.stands: list[Stand] = []
        self.cells: list[Cell] = []

    def add(self, stand: Stand, typed: Mapping[str, Any]) -> None:
        self.stands.append(stand)
        for item in stand.scope.items:
            cell = Cell(item, stand, value_at(typed, item.path))
            self.cells.append(cell)
            if len(self.cells) > MAX_CELLS:
                raise TooManyCells
            if isinstance(item.component, Rows):
                self._add_rows(cell)

    def _add_rows(self, cell: Cell) -> None:
        assert cell.item.rows is not None
        around = cell.stand.surroundings
        for index, typed in enumerate(cell.typed if isinstance(cell.typed, list) else []):
            assert isinstance(typed, dict), "the schema gives rows as objects"
            data: dict[str, Any] = {}
            inside = replace(around, row=data, parent=around, indexes=(*around.indexes, index + 1))
            row = Stand(cell.item.rows, (*cell.path, index), data, inside, cell)
            cell.rows.append(row)
            self.add(row, typed)


def put_at(target: dict[str, Any], path: Sequence[str], value: object) -> None:
    """Set the value under a path, and make the objects on the way to it."""
    for segment in path[:-1]:
        inside = target.get(segment)
        if not isinstance(inside, dict):
            inside = target[segment] = {}
        target = inside
    target[path[-1]] = value


def value_at(data: object, path: Sequence[str | int]) -> Any:
    """The value under a path, or None where the path leads nowhere."""
    for segment in path:
        if isinstance(segment, str) and isinstance(data, Mapping):
            data = data.get(segment)
        elif isinstance(segment, int) and isinstance(data, list) and segment < len(data):
            data = data[segment]
        else:
            return None
    return data

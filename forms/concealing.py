"""What conditions and expressions see where a field is hidden, as in form-js.

form-js takes hidden fields out of the data, and lays what is left over the data the page began with, name by name at the
top. So where nothing is left under a top-level name, its beginning shows through: the value the process had, else the
default, else the empty value of the component. A hidden part of an object that still has others is not there at all.
"""

from collections.abc import Sequence
from copy import deepcopy
from typing import Any

from forms.cells import Cell, put_at, value_at
from forms.compilation import Item, Scope
from forms.components.container import Rows
from forms.values import Value


class Concealing:
    """Takes hidden fields of the form (not of rows) out of sight, and brings them back.

    :param shown: the process variables as the form shows them.
    """

    def __init__(self, cells: Sequence[Cell], shown: object) -> None:
        self._shown = shown
        self._below: dict[str, list[Cell]] = {}
        for cell in filter(self.concerns, cells):
            self._below.setdefault(str(cell.path[0]), []).append(cell)
        self._begun_anew: set[str] = set()

    @staticmethod
    def concerns(cell: Cell) -> bool:
        """Whether a cell is the form's own; one in a row is just null while it is hidden."""
        return cell.stand.owner is None

    def conceal(self, cell: Cell) -> None:
        """Take a cell's value out of sight."""
        top = str(cell.path[0])
        if top in self._begun_anew:
            return
        _take_out(cell.stand.data, cell.item.path)
        if top not in cell.stand.data:
            self._begun_anew.add(top)
            for each in self._below[top]:
                each.stand.put(each.item.path, self._beginning(each))

    def reveal(self, cell: Cell) -> None:
        """Make room for a value that comes into sight: beside it, what was hidden is hidden again."""
        top = str(cell.path[0])
        if self.concerns(cell) and top in self._begun_anew:
            self._begun_anew.discard(top)
            cell.stand.data.pop(top)

    def _beginning(self, cell: Cell) -> Value:
        stored: Value = value_at(self._shown, cell.path)
        return _untouched(cell.item) if stored is None else deepcopy(stored)


def _untouched(item: Item) -> Value:
    """What a page holds for a component while nobody has touched it."""
    component = item.component
    if item.rows is not None and isinstance(component, Rows):
        return [_untouched_row(item.rows) for _ in range(component.default_rows)]
    default: Any = component.definition.attributes.get("defaultValue")
    return component.new_empty() if default is None else deepcopy(default)


def _untouched_row(scope: Scope) -> dict[str, Any]:
    row: dict[str, Any] = {}
    for item in scope.items:
        put_at(row, item.path, _untouched(item))
    return row


def _take_out(data: dict[str, Any], path: Sequence[str]) -> None:
    """Remove the value under a path, and what it leaves empty around it."""
    around = [data]
    for segment in path[:-1]:
        inside = around[-1].get(segment)
        if not isinstance(inside, dict):
            return
        around.append(inside)
    for inside, segment in zip(reversed(around), reversed(path), strict=True):
        inside.pop(segment, None)
        if inside:
            return

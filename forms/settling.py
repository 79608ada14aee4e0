"""Conditions and expressions read each other's fields; they are evaluated over and over until nothing changes.

What a hidden field holds is out of sight for all others (see :mod:`forms.concealing`). Going through the page in its order,
each step at once seen by the next, a chain of conditions comes to rest in one pass where each reads fields above it, and in
as many passes as it is long where it runs upwards. form-js stops after two passes; where it needs no more the result is the
same.
"""

from collections.abc import Sequence

from forms.cells import Cell, value_at
from forms.components.computed import Computed
from forms.concealing import Concealing
from forms.expressions import Formula, NotComputable
from forms.limits import MAX_SWEEPS
from forms.values import Value, same


class Settling:
    """Brings the cells of one submission to rest.

    :param shown: the process variables as the form shows them, for fields that nobody may change.

    After :meth:`run`, :attr:`restless` holds the cells that never came to rest and :attr:`broken` those with an expression
    that could not be computed.
    """

    def __init__(self, cells: Sequence[Cell], shown: object) -> None:
        self._cells = cells
        self._shown = shown
        self._concealing = Concealing(cells, shown)
        self.restless: list[Cell] = []
        self.broken: list[Cell] = []

    def run(self) -> None:
        for cell in self._cells:
            self._put(cell, self._visible_value(cell))
        for _ in range(MAX_SWEEPS):
            self.restless = [cell for cell in self._cells if self._changes(cell)]
            if not self.restless:
                return

    def _changes(self, cell: Cell) -> bool:
        """Evaluate one cell anew; True when that changed it."""
        if not cell.stand.shown:
            return False
        hidden, locked = self._hidden(cell), self._locked(cell)
        before = (cell.hidden, cell.locked, cell.value)
        cell.locked = locked
        value = None if hidden else self._visible_value(cell)
        if (hidden, locked) == before[:2] and same(value, before[2]):
            return False
        cell.hidden = hidden
        if hidden and self._concealing.concerns(cell):
            cell.value = None
            self._concealing.conceal(cell)
        else:
            self._put(cell, value)
        return True

    def _visible_value(self, cell: Cell) -> Value:
        component = cell.item.component
        if cell.locked:
            stored: Value = value_at(self._shown, cell.path)
            return component.new_empty() if stored is None else stored
        if isinstance(component, Computed):
            return self._computed(cell, component.formula)
        return component.new_empty() if cell.typed is None else cell.typed

    def _put(self, cell: Cell, value: Value) -> None:
        cell.value = value
        self._concealing.reveal(cell)
        as_rows = cell.item.rows is not None and not cell.locked and value is not None
        cell.stand.put(cell.item.path, [row.data for row in cell.rows] if as_rows else value)

    def _hidden(self, cell: Cell) -> bool:
        try:
            return any(condition.hides(cell.stand.surroundings) for condition in cell.item.hides)
        except NotComputable:
            return self._break(cell)

    def _locked(self, cell: Cell) -> bool:
        locked = cell.item.component.locked
        return locked if isinstance(locked, bool) else self._computed(cell, locked) is True

    def _computed(self, cell: Cell, formula: Formula | None) -> Value:
        if formula is None:
            return None
        try:
            return cell.stand.surroundings.evaluate(formula)
        except NotComputable:
            self._break(cell)
            return None

    def _break(self, cell: Cell) -> bool:
        if cell not in self.broken:
            self.broken.append(cell)
        return False

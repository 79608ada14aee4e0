"""One submission of a form, from the caller's data to what the process gets, or to everything that is wrong with it."""

from collections.abc import Iterator, Mapping
from datetime import datetime
from typing import Any

from forms.allowance import TooCostly
from forms.cells import Cell, Stand, TooManyCells, lay_out, value_at
from forms.compilation import Rule, Scope
from forms.components.container import Rows
from forms.errors import FieldError, FormErrors, Label, Problem, field_error
from forms.expressions import NotComputable
from forms.limits import MAX_CELLS, MAX_ERRORS
from forms.presentation import present
from forms.schema import Path, read
from forms.settling import Settling
from forms.values import Value


def fill(scope: Scope, title: Label, data: object, variables: Mapping[str, object], now: datetime) -> dict[str, Value]:
    """The clean data.

    :raises FormErrors: with everything that is wrong.
    """
    typed, problems = read(scope.schema, data)
    try:
        filling = _Filling(scope, title, typed, variables, now)
        filling.check(problems)
    except TooManyCells:
        raise FormErrors([field_error((), title, Problem("too-many-values", {"maximum": MAX_CELLS}))]) from None
    except TooCostly:
        raise FormErrors([field_error((), title, Problem("too-costly"))]) from None
    return filling.result()


class _Filling:
    def __init__(
        self, scope: Scope, title: Label, typed: Mapping[str, Any], variables: Mapping[str, object], now: datetime
    ) -> None:
        self._title = title
        self._variables = variables
        self._stands, self._cells = lay_out(scope, typed, names=present(scope, variables), variables=variables, now=now)
        self._settling = Settling(self._cells, present(scope, variables))
        self._settling.run()
        self._by_path = {cell.path: cell for cell in self._cells}

    # -- what is wrong

    def check(self, unreadable: list[tuple[Path, Problem]]) -> None:
        """:raises FormErrors: when anything is wrong."""
        open_paths, closed_paths = self._paths()
        found = [(path, problem) for path, problem in unreadable if self._concerns(path, open_paths, closed_paths)]
        wrong = {path for path, _ in found}
        for cell in self._cells:
            if cell.takes_input and cell.path not in wrong:
                found += [(cell.path, problem) for problem in self._cell_problems(cell)]
        found += [(cell.path, Problem("not-computable")) for cell in self._settling.broken]
        found += [(cell.path, Problem("conditions-unsettled")) for cell in self._settling.restless]
        told = self._in_page_order(found)[:MAX_ERRORS]
        errors = [field_error(path, self._label(path), problem) for path, problem in told]
        errors += self._rule_errors()
        if errors:
            raise FormErrors(errors[:MAX_ERRORS])

    def _paths(self) -> tuple[set[Path], set[Path]]:
        """Every path at or above a cell that takes input, and at or above one that does not."""
        paths: tuple[set[Path], set[Path]] = (set(), set())
        for cell in self._cells:
            reached = paths[0] if cell.takes_input else paths[1]
            reached.update(cell.path[:length] for length in range(1, len(cell.path) + 1))
        return paths

    def _concerns(self, path: Path, open_paths: set[Path], closed_paths: set[Path]) -> bool:
        """False when the path lies where the caller's data is dropped unseen."""
        if path in open_paths:
            return path not in self._by_path or self._by_path[path].takes_input
        if path in closed_paths:
            return False
        above = next((self._by_path[path[:n]] for n in range(len(path) - 1, 0, -1) if path[:n] in self._by_path), None)
        return above is None or above.takes_input

    def _cell_problems(self, cell: Cell) -> Iterator[Problem]:
        component = cell.item.component
        if isinstance(component, Rows):
            yield from component.row_problems(len(cell.rows), value_at(self._variables, cell.path))
        elif component.is_empty(cell.value):
            if component.required:
                yield Problem("required")
        else:
            try:
                yield from component.problems(cell.value, cell.stand.surroundings)
            except NotComputable:
                yield Problem("not-computable")

    def _rule_errors(self) -> Iterator[FieldError]:
        for stand in self._stands:
            if stand.shown:
                for rule in stand.scope.rules:
                    problem = _rule_problem(rule, stand)
                    if problem is not None:
                        path = (*stand.path, *rule.path)
                        yield field_error(path, stand.label(rule.label), problem)

    def _in_page_order(self, found: list[tuple[Path, Problem]]) -> list[tuple[Path, Problem]]:
        """Fields in the order of the page; then what belongs to none, by name."""
        places: dict[Path, int] = {}
        for number, cell in enumerate(self._cells):
            for length in range(1, len(cell.path) + 1):
                places.setdefault(cell.path[:length], number)
        last = len(self._cells)
        return sorted(found, key=lambda entry: (places.get(entry[0], last), [str(segment) for segment in entry[0]]))

    def _label(self, path: Path) -> Label:
        if not path:
            return self._title
        if path in self._by_path:
            return self._by_path[path].label
        segment = path[-1]
        if isinstance(segment, int) and path[:-1] in self._by_path:
            table = self._by_path[path[:-1]].label
            return Label(f"{table.zh}第{segment + 1}行", f"row {segment + 1} of {table.en}")
        return Label(str(segment), str(segment))

    # -- what the process gets

    def result(self) -> dict[str, Value]:
        """The values of what the page shows and lets people change, and what it computes."""
        result: dict[str, Any] = {}
        shown = [cell for cell in self._cells if cell.shown]
        for cell in shown:
            if not cell.locked:
                rows: list[Value] = [{} for _ in cell.rows]
                _put(result, cell.path, rows if cell.item.rows else cell.item.component.store(cell.value))
        for cell in shown:
            if cell.locked and len(cell.path) > 1 and cell.path[0] in result:
                self._keep(result, cell.path)
        return result

    def _keep(self, result: dict[str, Any], path: Path) -> None:
        """A locked field inside an object or row keeps its value, or completing the task would wipe it out."""
        stored = value_at(self._variables, path)
        if stored is not None:
            _put(result, path, stored)


def _rule_problem(rule: Rule, stand: Stand) -> Problem | None:
    try:
        if any(condition.hides(stand.surroundings) for condition in rule.hides):
            return None
        broken = stand.surroundings.evaluate(rule.formula) is False
    except NotComputable:
        return Problem("not-computable")
    return Problem("rule-violated", zh=rule.zh, en=rule.en) if broken else None


def _put(result: dict[str, Any], path: Path, value: object) -> None:
    target: Any = result
    for segment in path[:-1]:
        target = target.setdefault(segment, {}) if isinstance(segment, str) else target[segment]
    target[path[-1]] = value

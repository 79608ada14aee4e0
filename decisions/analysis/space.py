"""From a table to the space its rules are boxes in. What a cell lets through is not worked out a second time here: the cell
itself is asked about the value that speaks for a region, so the analysis can not differ from what is decided later."""

from dataclasses import dataclass
from typing import Any

from decisions.allowed import constant_compiler, constant_scope
from decisions.analysis.boxes import Boxes, Point
from decisions.analysis.cells import Constants, NotDecided
from decisions.analysis.regions import representatives
from decisions.item_types import restrictions
from decisions.tables.table import Input, Table
from feel import syntax
from feel.boundary import give
from feel.compiler.tests import any_of
from feel.json_values import to_json
from feel.lexer import quote
from feel.syntax import Node
from feel.values import Value
from feel.writing import written_value

MAX_QUESTIONS = 1_000_000
"""Constants of cells that values are compared with, in one table."""


@dataclass(frozen=True, slots=True, eq=False)
class Axis:
    """One input, though several columns may ask for it: its path, a value for each region, and those that may be missing."""

    path: tuple[str, ...]
    columns: tuple[int, ...]
    values: tuple[Value, ...]
    expects_null: bool
    questions: int


@dataclass(frozen=True, slots=True, eq=False)
class Space:
    """The axes of a table and the boxes of its rules."""

    axes: tuple[Axis, ...]
    boxes: Boxes

    @property
    def expected(self) -> list[int]:
        """The box of the inputs a table must have an answer for. A missing one is among them only if a cell speaks of null."""
        return [
            sum(1 << place for place, value in enumerate(axis.values) if value is not None or axis.expects_null or _alone(axis))
            for axis in self.axes
        ]

    def example(self, point: Point) -> dict[str, Any]:
        """The inputs of a point as JSON."""
        found: dict[str, Any] = {}
        for axis, region in zip(self.axes, point, strict=True):
            inner = found
            for key in axis.path[:-1]:
                inner = inner.setdefault(key, {})
            inner[axis.path[-1]] = to_json(give(constant_scope().run, axis.values[region]))
        return found

    def written(self, point: Point) -> str:
        """The inputs of a point for a reader."""
        parts = []
        for axis, region in zip(self.axes, point, strict=True):
            if _alone(axis):
                continue
            value = axis.values[region]
            text = quote(value) if isinstance(value, str) else written_value(constant_scope().run, value, within=True)
            parts.append(f"{'.'.join(axis.path)} = {text}")
        return ", ".join(parts) or "-"


def _alone(axis: Axis) -> bool:
    """Whether no cell asks anything of it."""
    return len(axis.values) == 1


def space_of(table: Table) -> Space:
    """The space of a table.

    :raises NotDecided: it asks for more than names and paths, or its cells are more than comparisons with constants.
    """
    paths: dict[tuple[str, ...], list[int]] = {}
    for place, clause in enumerate(table.inputs):
        paths.setdefault(_path(clause.asked), []).append(place)
    _refuse_nested(list(paths))
    axes = tuple(_axis(table, path, tuple(columns)) for path, columns in paths.items())
    if sum(axis.questions for axis in axes) > MAX_QUESTIONS:
        raise NotDecided("表过大", "the table is too large")
    answers = _Answers(table)
    boxes = [[answers.regions(number, axis) for axis in axes] for number in range(len(table.rules))]
    return Space(axes, Boxes(boxes, [len(axis.values) for axis in axes]))


def _path(node: Node) -> tuple[str, ...]:
    keys: list[str] = []
    while isinstance(node, syntax.Path):
        keys.insert(0, node.name)
        node = node.target
    if not isinstance(node, syntax.Name):
        raise NotDecided("输入列是计算表达式", "an input column is more than a name")
    return (node.name, *keys)


def _refuse_nested(paths: list[tuple[str, ...]]) -> None:
    """A value and a part of it can not be chosen freely."""
    for one in paths:
        for other in paths:
            if one != other and other[: len(one)] == one:
                raise NotDecided("一列是另一列的一部分", "one column asks for a part of another")


def _axis(table: Table, path: tuple[str, ...], columns: tuple[int, ...]) -> Axis:
    constants = Constants()
    clauses = [table.inputs[place] for place in columns]
    for rule in table.rules:
        for place in columns:
            constants.read(rule.tests[place])
    spoken_of = list(constants.values)
    for clause in clauses:
        for allowed in _limits(clause):
            constants.read(allowed.trees)
    declared = next((clause.type for clause in clauses if clause.type is not None), None)
    found = representatives(constants.values, constants.ordered, declared)
    possible = [value for value in found if all(_admits(clause, value) for clause in clauses)]
    # Null comes last, so that an example has it only if nothing else is one.
    questions = len(possible) * (len(spoken_of) + len(table.rules) * len(columns))
    return Axis(path, columns, (*possible, None), None in spoken_of, questions)


def _limits(clause: Input) -> list[Any]:
    return [*restrictions(clause.type), *([clause.allowed] if clause.allowed is not None else [])]


def _admits(clause: Input, value: Value) -> bool:
    return all(allowed.admits(value) for allowed in _limits(clause))


class _Answers:
    """What cells say about values; equal cells are asked once."""

    def __init__(self, table: Table) -> None:
        self._table = table
        self._known: dict[tuple[tuple[str, ...], str], int] = {}

    def regions(self, rule: int, axis: Axis) -> int:
        """The regions of an axis that a rule lets through in all its columns."""
        passed = (1 << len(axis.values)) - 1
        for place in axis.columns:
            passed &= self._asked(self._table.rules[rule].tests[place], axis)
        return passed

    def _asked(self, trees: tuple[Node, ...], axis: Axis) -> int:
        key = (axis.path, repr(trees))
        if key not in self._known:
            test = any_of(constant_compiler(), trees)
            scope = constant_scope(MAX_QUESTIONS)
            answers = (test(scope, value) is True for value in axis.values)
            self._known[key] = sum(1 << place for place, answer in enumerate(answers) if answer)
        return self._known[key]

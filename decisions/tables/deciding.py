"""Deciding by a table: which rules match, and the closure that does it."""

from collections.abc import Sequence
from dataclasses import dataclass

from lxml import etree

from decisions.allowed import constant_compiler
from decisions.boxed.reader import Reader, conform
from decisions.evaluation import Evaluation, RuleMatch, TableTrace, Trouble, evaluation_of
from decisions.tables.hit_policies import Outcome, Ranked, choose
from decisions.tables.table import HitPolicy, Input, Output, Rule, Table
from feel.boundary import give
from feel.compiler import Compiler
from feel.compiler.tests import Test, any_of, compile_test
from feel.functions import Code
from feel.json_values import to_json
from feel.scope import Scope
from feel.syntax import Anything, Node, Not
from feel.values import Value

_PASSES_NOTHING: Test = compile_test(constant_compiler(), Not((Anything(),)))


@dataclass(frozen=True, slots=True, eq=False)
class Row:
    """A rule, compiled."""

    rule: Rule
    tests: tuple[Test, ...]
    outputs: tuple[Code, ...]


def compile_table(reader: Reader, node: etree._Element, table: Table, compiler: Compiler) -> Code:
    """The closure of a table."""
    inputs = tuple(_input(compiler, clause, table) for clause in table.inputs)
    rows = tuple(_row(reader, node, compiler, rule) for rule in table.rules)
    defaults = tuple(None if output.default is None else compiler.compile(output.default) for output in table.outputs)

    def decide(scope: Scope) -> Value:
        run = evaluation_of(scope)
        run.charge(table.cells)
        values = [column(scope) for column in inputs]
        matched = _matching(scope, table, rows, values)
        _trace(run, table, values, matched)
        if not matched:
            return _otherwise(scope, table, defaults)
        outcomes = _Outcomes(scope, table, matched)
        return choose(run, table, outcomes)

    return decide


def _row(reader: Reader, node: etree._Element, compiler: Compiler, rule: Rule) -> Row:
    tests = tuple(_test(reader, node, compiler, trees) for trees in rule.tests)
    return Row(rule, tests, tuple(compiler.compile(tree) for tree in rule.outputs))


def _test(reader: Reader, node: etree._Element, compiler: Compiler, trees: tuple[Node, ...]) -> Test:
    """The test of a cell; one that can not be compiled lets nothing through."""
    return reader.compiled(compiler, node, lambda: any_of(compiler, trees), _PASSES_NOTHING)


def _input(compiler: Compiler, clause: Input, table: Table) -> Code:
    code = compiler.compile(clause.tree)

    def value_of(scope: Scope) -> Value:
        value = code(scope)
        if clause.type is not None:
            value = conform(scope, value, clause.type, clause.element_id, clause.label, from_text=True)
        if value is not None and clause.allowed is not None and not clause.allowed.admits(value):
            evaluation_of(scope).meet(
                _not_allowed("input-not-allowed", "输入", "input", clause.element_id, clause.label, table)
            )
            return None
        return value

    return value_of


def _matching(scope: Scope, table: Table, rows: Sequence[Row], values: list[Value]) -> list[Row]:
    matched: list[Row] = []
    for row in rows:
        if all(test(scope, value) is True for test, value in zip(row.tests, values, strict=True)):
            matched.append(row)
            if table.hit_policy is HitPolicy.FIRST:
                break
    return matched


def _trace(run: Evaluation, table: Table, values: list[Value], matched: list[Row]) -> None:
    rules = tuple(RuleMatch(row.rule.number, row.rule.id) for row in matched)
    inputs = tuple(to_json(give(run, value)) for value in values)
    run.record(TableTrace(table.decision_id, table.id, table.name, table.hit_policy, inputs, rules))


def _otherwise(scope: Scope, table: Table, defaults: Sequence[Code | None]) -> Value:
    """No rule matched: the default outputs, if there are any (DMN 1.5, 8.2.11)."""
    if not table.has_default:
        return Outcome.of_none(table)
    values = [None if code is None else code(scope) for code in defaults]
    checked = [_checked(scope, table, output, value) for output, value in zip(table.outputs, values, strict=True)]
    return Outcome.of(table, checked)


class _Outcomes:
    """What the rules that matched say, worked out as far as the hit policy asks for."""

    def __init__(self, scope: Scope, table: Table, rows: list[Row]) -> None:
        self._scope = scope
        self._table = table
        self._rows = rows
        self.numbers = [row.rule.number for row in rows]

    def __len__(self) -> int:
        return len(self._rows)

    def value(self, place: int) -> Value:
        """What the rule at a place says."""
        return Outcome.of(self._table, self._values(place))

    def ranked(self, place: int) -> Ranked:
        """That, and how important it is: less is more."""
        values = self._values(place)
        ranks = [_rank(output, value) for output, value in zip(self._table.outputs, values, strict=True) if output.order]
        return tuple(ranks), place, Outcome.of(self._table, values)

    def _values(self, place: int) -> list[Value]:
        codes = self._rows[place].outputs
        return [
            _checked(self._scope, self._table, output, code(self._scope))
            for output, code in zip(self._table.outputs, codes, strict=True)
        ]


def _rank(output: Output, value: Value) -> int:
    assert output.order is not None
    rank = output.order.rank(value)
    return len(output.order.trees) if rank is None else rank


def _checked(scope: Scope, table: Table, output: Output, value: Value) -> Value:
    """An output as its column wants it."""
    name = output.name or table.name
    if output.type is not None:
        value = conform(scope, value, output.type, output.element_id, name)
    if value is not None and output.allowed is not None and not output.allowed.admits(value):
        evaluation_of(scope).meet(_not_allowed("output-not-allowed", "输出", "output", output.element_id, name, table))
        return None
    return value


def _not_allowed(code: str, zh: str, en: str, element_id: str, label: str, table: Table) -> Trouble:
    return Trouble(
        code,
        element_id,
        label,
        f"决策表“{table.name}”的{zh}“{label}”不在允许值之列。",
        f"Expected the {en} {label!r} of table {table.name!r} to be one of its allowed values, but it is not.",
    )

"""Decision tables from XML. An empty input cell is a dash, as dmn-js writes it; an empty output cell is null."""

from typing import TypeVar

from lxml import etree

from decisions.boxed.reader import Reader, identity, reads
from decisions.document import first, text_of, under
from decisions.item_types import allowed_of
from decisions.tables.deciding import compile_table
from decisions.tables.table import Aggregation, HitPolicy, Input, Output, Rule, Table
from feel.syntax import Boxed, Literal, Node
from feel.types import FeelType

MAX_RULES = 2_000
MAX_COLUMNS = 100

_Word = TypeVar("_Word", HitPolicy, Aggregation)


@reads("decisionTable")
def decision_table(reader: Reader, node: etree._Element, expected: FeelType | None) -> Node:
    """A decision table."""
    table = _table(reader, node, expected)
    for check in (_bounds, _names, _policies):
        check(reader, node, table)
    reader.tables.append(table)
    return Boxed(table.nodes(), lambda compiler: compile_table(reader, node, table, compiler))


def _table(reader: Reader, node: etree._Element, expected: FeelType | None) -> Table:
    element_id, name = identity(node)
    inputs = tuple(_input(reader, clause) for clause in under(node, "input"))
    nodes = under(node, "output")
    outputs = tuple(_output(reader, clause, len(nodes) == 1, expected) for clause in nodes)
    return Table(
        id=element_id,
        name=name,
        decision_id=reader.owner.get("id", ""),
        hit_policy=_word(reader, node, "hitPolicy", HitPolicy.UNIQUE),
        aggregation=_word(reader, node, "aggregation", Aggregation.LIST),
        inputs=inputs,
        outputs=outputs,
        rules=tuple(
            rule
            for number, row in enumerate(under(node, "rule"), 1)
            if (rule := _rule(reader, row, number, len(inputs), len(outputs))) is not None
        ),
    )


def _word(reader: Reader, node: etree._Element, attribute: str, default: _Word) -> _Word:
    written = node.get(attribute)
    words = type(default)
    if written is None or written in list(words):
        return default if written is None else words(written)
    reader.report(
        node,
        "hit-policy",
        f"未知的{attribute}“{written}”。",
        f"Expected {attribute} to be one of {', '.join(words)}, but it is {written!r}.",
    )
    return default


def _input(reader: Reader, clause: etree._Element) -> Input:
    node = first(clause, "inputExpression")
    if node is None or not text_of(node):
        reader.report(
            clause, "input-expression", "输入列缺少表达式。", "Expected an expression for the input column, but it is empty."
        )
        node = clause if node is None else node
    tree = reader.text(node)
    kind_ = reader.types.reference(node)
    return Input(
        label=clause.get("label") or text_of(node),
        text=text_of(node),
        asked=tree.parts[0] if isinstance(tree, Boxed) else tree,
        tree=tree,
        type=kind_,
        allowed=reader.types.allowed(first(clause, "inputValues")) or allowed_of(kind_),
        element_id=identity(clause)[0],
    )


def _output(reader: Reader, clause: etree._Element, alone: bool, expected: FeelType | None) -> Output:
    own = reader.types.reference(clause)
    wanted = own or _component(expected, None if alone else clause.get("name", ""))
    listed = reader.types.allowed(first(clause, "outputValues"))
    default = first(clause, "defaultOutputEntry")
    return Output(
        name=clause.get("name", ""),
        type=own,
        allowed=listed,
        order=listed or allowed_of(wanted),
        default=None if default is None or text_of(default) in ("", "-") else reader.text(default),
        element_id=identity(clause)[0],
    )


def _component(expected: FeelType | None, name: str | None) -> FeelType | None:
    """What one column gives in a table that is to give ``expected``, or a list of it."""
    if expected is not None and expected.name == "list" and expected.parts:
        expected = expected.parts[0]
    if expected is None or name is None:
        return expected
    return dict(zip(expected.members, expected.parts, strict=False)).get(name)


def _rule(reader: Reader, row: etree._Element, number: int, inputs: int, outputs: int) -> Rule | None:
    tests = under(row, "inputEntry")
    results = under(row, "outputEntry")
    if (len(tests), len(results)) != (inputs, outputs):
        reader.report(
            row,
            "rule-cells",
            f"第{number}条规则有{len(tests)}个输入和{len(results)}个输出单元格，应为{inputs}和{outputs}个。",
            f"Expected {inputs} input and {outputs} output cells in rule {number}, but it has {len(tests)} and {len(results)}.",
        )
        return None
    return Rule(number, row.get("id", ""), tuple(map(reader.tests, tests)), tuple(_result(reader, cell) for cell in results))


def _result(reader: Reader, cell: etree._Element) -> Node:
    # Editors write a dash where an output does not matter.
    return Literal(None) if text_of(cell) == "-" else reader.text(cell)


def _bounds(reader: Reader, node: etree._Element, table: Table) -> None:
    columns = len(table.inputs) + len(table.outputs)
    if len(table.rules) > MAX_RULES or columns > MAX_COLUMNS:
        reader.report(
            node,
            "table-size",
            f"决策表有{len(table.rules)}条规则、{columns}列，上限为{MAX_RULES}条、{MAX_COLUMNS}列。",
            f"Expected at most {MAX_RULES} rules and {MAX_COLUMNS} columns, but there are {len(table.rules)} and {columns}.",
        )
    if not table.outputs:
        reader.report(
            node, "table-output", "决策表没有输出列。", "Expected the table to have an output column, but it has none."
        )


def _names(reader: Reader, node: etree._Element, table: Table) -> None:
    names = [output.name for output in table.outputs]
    if len(names) > 1 and (len(set(names)) < len(names) or "" in names):
        reader.report(
            node,
            "output-name",
            "多个输出列必须各有不同的名称。",
            "Expected several output columns to have different names each.",
            "为每个输出列填写名称。",
            "Give each output column a name.",
        )


def _policies(reader: Reader, node: etree._Element, table: Table) -> None:
    ordered = table.hit_policy in (HitPolicy.PRIORITY, HitPolicy.OUTPUT_ORDER)
    if ordered and not any(output.order for output in table.outputs):
        reader.report(
            node,
            "priority-values",
            f"{table.hit_policy}需要按优先顺序列出输出值，但没有列出。",
            f"Expected the output values of a {table.hit_policy} table in their order of priority, but none are listed.",
            "在输出列中按优先顺序填写允许的输出值。",
            "List the output values of a column, the most important first.",
        )
    if table.aggregation is not Aggregation.LIST and (table.hit_policy is not HitPolicy.COLLECT or len(table.outputs) != 1):
        reader.report(
            node,
            "aggregation",
            "汇总只能用于单一输出列的COLLECT决策表。",
            "Expected an aggregation only in a COLLECT table with one output column.",
        )

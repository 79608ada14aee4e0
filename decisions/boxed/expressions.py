"""The boxed expressions other than decision tables (DMN 1.5, 7.3.3, 7.3.6 and 10.2.2)."""

from lxml import etree

from decisions.boxed.reader import NULL, Reader, reads, typed
from decisions.document import expression_in, first, kind, text_of, under
from feel import syntax
from feel.compiler import Compiler
from feel.functions import Code
from feel.syntax import Node
from feel.types import FeelType

_RESULT = ""
"""The name of a context's result, which no expression can spell."""


@reads("literalExpression")
def literal_expression(reader: Reader, node: etree._Element, _expected: FeelType | None) -> Node:
    """An expression as text."""
    if not text_of(node):
        reader.report(node, "expression-missing", "表达式为空。", "Expected an expression, but the text is empty.")
    return reader.text(node)


@reads("context")
def context(reader: Reader, node: etree._Element, expected: FeelType | None) -> Node:
    """Entries, each of which may use those before it; one without a name is the result and comes last."""
    entries: list[tuple[str, Node]] = []
    components = dict(zip(expected.members, expected.parts, strict=True)) if expected is not None and expected.members else {}
    outside = reader.known
    for entry in under(node, "contextEntry"):
        variable = first(entry, "variable")
        name = _RESULT if variable is None else variable.get("name", "")
        if any(name == other for other, _ in entries):
            reader.report(
                entry,
                "context-entry",
                f"上下文条目“{name}”重复。",
                f"Expected entries of different names, but {name!r} comes twice.",
            )
        wanted = components.get(name) if variable is not None else expected
        entries.append((name, _entry(reader, entry, variable, wanted)))
        reader.known = reader.known.plus([name] if name else [])
    reader.known = outside
    tree: Node = syntax.ContextLiteral(tuple(entries))
    if not any(name == _RESULT for name, _ in entries):
        return tree
    if entries[-1][0] != _RESULT:
        reader.report(
            node, "context-entry", "没有名称的条目必须在最后。", "Expected the entry without a name to be the last one."
        )
    return syntax.Path(tree, _RESULT)


def _entry(reader: Reader, entry: etree._Element, variable: etree._Element | None, wanted: FeelType | None) -> Node:
    declared = None if variable is None else reader.types.reference(variable)
    value = reader.read_in(entry, declared or wanted)
    return value if declared is None else typed(value, declared, entry)


@reads("list")
def boxed_list(reader: Reader, node: etree._Element, expected: FeelType | None) -> Node:
    """A list of boxed expressions."""
    part = expected.parts[0] if expected is not None and expected.name == "list" and expected.parts else None
    return syntax.ListLiteral(tuple(reader.read(item, part) for item in node if _is_expression(item)))


@reads("relation")
def relation(reader: Reader, node: etree._Element, _expected: FeelType | None) -> Node:
    """Rows with a value for each column: a list of contexts."""
    columns = under(node, "column")
    names = [column.get("name", "") for column in columns]
    types = [reader.types.reference(column) for column in columns]
    rows: list[Node] = []
    for row in under(node, "row"):
        cells = [item for item in row if _is_expression(item)]
        if len(cells) != len(columns):
            reader.report(
                row,
                "relation-row",
                f"关系表的行有{len(cells)}个单元格，应为{len(columns)}个。",
                f"Expected a row of {len(columns)} cells, but it has {len(cells)}.",
            )
            continue
        values = [
            reader.read(cell) if wanted is None else typed(reader.read(cell, wanted), wanted, cell)
            for cell, wanted in zip(cells, types, strict=True)
        ]
        rows.append(_row(names, values))
    return syntax.ListLiteral(tuple(rows))


def _row(names: list[str], values: list[Node]) -> Node:
    """A context whose entries, unlike those of a written one, can not see each other."""

    def build(compiler: Compiler) -> Code:
        codes = [(name, compiler.compile(value)) for name, value in zip(names, values, strict=True)]
        return lambda scope: {name: code(scope) for name, code in codes}

    return syntax.Boxed(tuple(values), build)


@reads("functionDefinition")
def function_definition(reader: Reader, node: etree._Element, _expected: FeelType | None) -> Node:
    """A function with parameters and a body."""
    return function(reader, node, None)


def function(reader: Reader, node: etree._Element, result: FeelType | None) -> Node:
    """A function that is to give ``result``. Those of Java or PMML are refused: a model runs no code."""
    language = node.get("kind") or "FEEL"
    if language != "FEEL":
        reader.report(
            node,
            "function-kind",
            f"不支持“{language}”函数，只支持FEEL。",
            f"Expected a function of kind FEEL, but it is of kind {language}.",
        )
        return NULL
    parameters = under(node, "formalParameter")
    names = [parameter.get("name", "") for parameter in parameters]
    if len(set(names)) < len(names):
        reader.report(
            node, "parameter-name", "函数参数名称重复。", "Expected parameters of different names, but one comes twice."
        )
        return NULL
    with reader.within(names):
        body = reader.read_in(node, result)
    if result is not None:
        body = typed(body, result, node)
    return syntax.FunctionLiteral(tuple(_parameter(reader, parameter) for parameter in parameters), body)


def _parameter(reader: Reader, node: etree._Element) -> syntax.Parameter:
    wanted = reader.types.reference(node)
    if wanted is None:
        return syntax.Parameter(node.get("name", ""))
    name = (node.get("typeRef") or "").strip().removeprefix("feel:")
    return syntax.Parameter(node.get("name", ""), syntax.TypeNode(name if name in reader.types.types else wanted.name))


@reads("invocation")
def invocation(reader: Reader, node: etree._Element, _expected: FeelType | None) -> Node:
    """A call with arguments by name; what is called is written as text."""
    function = expression_in(node)
    if function is None or kind(function) != "literalExpression":
        reader.report(
            node, "invocation", "调用缺少被调用的函数。", "Expected the function to be called as a literal expression."
        )
        return NULL
    arguments: list[tuple[str, Node]] = []
    for binding in under(node, "binding"):
        parameter = first(binding, "parameter")
        value = expression_in(binding)
        arguments.append(
            ("" if parameter is None else parameter.get("name", ""), NULL if value is None else reader.read(value))
        )
    called = reader.text(function)
    if isinstance(called, syntax.Boxed):
        # The bare name: a variable that is no function must not hide the function of its name.
        called = called.parts[0]
    return reader.guarded(function, syntax.NamedCall(called, tuple(arguments)))


@reads("conditional")
def conditional(reader: Reader, node: etree._Element, expected: FeelType | None) -> Node:
    """``if``, ``then`` and ``else`` in boxes."""
    condition, consequent, alternative = (_part(reader, node, name, expected if name != "if" else None) for name in _BRANCHES)
    return syntax.If(condition, consequent, alternative)


_BRANCHES = ("if", "then", "else")


@reads("filter")
def boxed_filter(reader: Reader, node: etree._Element, _expected: FeelType | None) -> Node:
    """A list and what its items must be; an item is called ``item``."""
    return syntax.Filter(_part(reader, node, "in"), _part(reader, node, "match"))


@reads("for")
def boxed_for(reader: Reader, node: etree._Element, _expected: FeelType | None) -> Node:
    """What is returned for each item; ``partial`` is the list so far."""
    iterator = _iterator(reader, node)
    with reader.within([iterator.name]):
        return syntax.For((iterator,), _part(reader, node, "return"))


@reads("some")
@reads("every")
def quantified(reader: Reader, node: etree._Element, _expected: FeelType | None) -> Node:
    """Whether some items are so, or all."""
    iterator = _iterator(reader, node)
    with reader.within([iterator.name]):
        return syntax.Quantified(kind(node), (iterator,), _part(reader, node, "satisfies"))


def _iterator(reader: Reader, node: etree._Element) -> syntax.Iterator:
    name = node.get("iteratorVariable") or ""
    if not name:
        reader.report(
            node, "iterator-variable", "循环缺少变量名。", "Expected a name for the iterator variable, but there is none."
        )
    return syntax.Iterator(name, _part(reader, node, "in"))


def _part(reader: Reader, node: etree._Element, name: str, expected: FeelType | None = None) -> Node:
    part = first(node, name)
    if part is None:
        reader.report(node, "expression-missing", f"缺少“{name}”部分。", f"Expected a part {name!r}, but there is none.")
        return NULL
    tree = reader.read_in(part, expected)
    wanted = reader.types.reference(part)
    return tree if wanted is None else typed(tree, wanted, part)


def _is_expression(node: etree._Element) -> bool:
    return node.tag != "" and kind(node) not in ("description", "extensionElements")

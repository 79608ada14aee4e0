"""Syntax trees as text. Parsing the text gives the same tree, so a tool may change a tree and write it back."""

from collections.abc import Callable, Iterable
from decimal import Decimal
from typing import Any

from feel import syntax
from feel.lexer import quote
from feel.syntax import Node, TypeNode

_CLOSED = (
    syntax.Literal,
    syntax.AtLiteral,
    syntax.Name,
    syntax.ListLiteral,
    syntax.ContextLiteral,
    syntax.RangeLiteral,
    syntax.HalfRange,
    syntax.Path,
    syntax.Filter,
    syntax.Call,
    syntax.NamedCall,
)
"""What needs no brackets around it, wherever it stands."""


def print_expression(node: Node) -> str:
    """The text of a tree."""
    return _PRINTERS[type(node)](node)


def print_unary_tests(nodes: Iterable[Node]) -> str:
    """The text of a cell of a decision table."""
    return _listed(nodes)


def _part(node: Node) -> str:
    text = print_expression(node)
    return text if isinstance(node, _CLOSED) else f"({text})"


def _listed(nodes: Iterable[Node]) -> str:
    return ", ".join(map(print_expression, nodes))


def _literal(node: syntax.Literal) -> str:
    if isinstance(node.value, str):
        return quote(node.value)
    if isinstance(node.value, bool | None):
        return {None: "null", True: "true", False: "false"}[node.value]
    assert isinstance(node.value, Decimal)
    return str(node.value)


def _joined(word: str) -> Callable[[Any], str]:
    return lambda node: f" {word} ".join(map(_part, node.terms))


def _binary(node: syntax.Arithmetic | syntax.Comparison) -> str:
    return f"{_part(node.left)} {node.operator} {_part(node.right)}"


def _between(node: syntax.Between) -> str:
    return f"{_part(node.value)} between {_part(node.low)} and {_part(node.high)}"


def _if(node: syntax.If) -> str:
    return f"if {_part(node.condition)} then {_part(node.consequent)} else {_part(node.alternative)}"


def _iterators(iterators: tuple[syntax.Iterator, ...]) -> str:
    return ", ".join(
        f"{iterator.name} in {_part(iterator.domain)}" + (f"..{_part(iterator.end)}" if iterator.end is not None else "")
        for iterator in iterators
    )


def _quantified(node: syntax.Quantified) -> str:
    return f"{node.quantifier} {_iterators(node.iterators)} satisfies {_part(node.condition)}"


def _context(node: syntax.ContextLiteral) -> str:
    return f"{{{', '.join(f'{quote(name)}: {print_expression(value)}' for name, value in node.entries)}}}"


def _range(node: syntax.RangeLiteral) -> str:
    low, high = _part(node.low), _part(node.high)
    return f"{'[' if node.low_included else '('}{low}..{high}{']' if node.high_included else ')'}"


def _named_call(node: syntax.NamedCall) -> str:
    arguments = ", ".join(f"{name}: {print_expression(value)}" for name, value in node.arguments)
    return f"{_part(node.function)}({arguments})"


def _function(node: syntax.FunctionLiteral) -> str:
    parameters = ", ".join(
        parameter.name if parameter.type is None else f"{parameter.name}: {print_type(parameter.type)}"
        for parameter in node.parameters
    )
    return f"function({parameters}) {_part(node.body)}"


def print_type(node: TypeNode) -> str:
    """The text of a type."""
    parts = [print_type(part) for part in node.parts]
    if node.members:
        parts = [f"{name}: {part}" for name, part in zip(node.members, parts, strict=True)]
    if node.result is not None:
        return f"{node.name}<{', '.join(parts)}> -> {print_type(node.result)}"
    return f"{node.name}<{', '.join(parts)}>" if parts else node.name


_PRINTERS: dict[type, Callable[[Any], str]] = {
    syntax.Literal: _literal,
    syntax.AtLiteral: lambda node: f"@{quote(node.text)}",
    syntax.Name: lambda node: node.name,
    syntax.Negate: lambda node: f"-{_part(node.operand)}",
    syntax.Arithmetic: _binary,
    syntax.Comparison: _binary,
    syntax.Conjunction: _joined("and"),
    syntax.Disjunction: _joined("or"),
    syntax.Between: _between,
    syntax.In: lambda node: f"{_part(node.value)} in ({_listed(node.tests)})",
    syntax.HalfRange: lambda node: f"({node.operator} {_part(node.end)})",
    syntax.InstanceOf: lambda node: f"{_part(node.value)} instance of {print_type(node.type)}",
    syntax.If: _if,
    syntax.For: lambda node: f"for {_iterators(node.iterators)} return {_part(node.body)}",
    syntax.Quantified: _quantified,
    syntax.ListLiteral: lambda node: f"[{_listed(node.items)}]",
    syntax.ContextLiteral: _context,
    syntax.RangeLiteral: _range,
    syntax.Path: lambda node: f"{_part(node.target)}.{node.name}",
    syntax.Filter: lambda node: f"{_part(node.target)}[{print_expression(node.predicate)}]",
    syntax.Call: lambda node: f"{_part(node.function)}({_listed(node.arguments)})",
    syntax.NamedCall: _named_call,
    syntax.FunctionLiteral: _function,
    syntax.Not: lambda node: f"not({_listed(node.tests)})",
    syntax.Anything: lambda node: "-",
}

"""Numbers, texts and ranges from other values (DMN 1.5, tables 70 and 71)."""

from decimal import Decimal

from feel import syntax
from feel.builtins.registry import BUILT_INS, builtin
from feel.compiler.collections import make_range
from feel.errors import FeelError
from feel.names import KnownNames
from feel.numbers import from_text
from feel.parser import parse_expression
from feel.scope import Run
from feel.temporal.reading import parse_temporal
from feel.values import Value
from feel.writing import written_value

_MAX_DIGITS = 10_000
_CONSTRUCTORS = frozenset({"date", "time", "date and time", "duration"})


@builtin("number", "from: string, grouping separator?: any, decimal separator?: any")
def number_from_text(text: str, grouping: Value, point: Value) -> Value:
    """``number("1 234,5", " ", ",")``. Groups may be separated by space, comma or full stop; the point is one of the latter."""
    if grouping not in (None, " ", ",", ".") or point not in (None, ",", ".") or (point is not None and point == grouping):
        return None
    plain = text.replace(str(grouping), "") if grouping is not None else text
    plain = plain.replace(".", "?").replace(",", ".") if point == "," else plain
    allowed = plain.isascii() and plain.strip() == plain and not set(plain) - set("0123456789+-.eE")
    return from_text(plain) if allowed and len(plain) <= _MAX_DIGITS else None


@builtin("number", "from: number")
def number_from_number(number: Decimal) -> Value:
    """A number as it is."""
    return number


@builtin("string", "from: any", run=True)
def string(run: Run, value: Value) -> Value:
    """The value as text; null for null. Texts within lists and contexts are quoted."""
    if value is None or isinstance(value, str):
        return value
    return written_value(run, value)


@builtin("range", "from: string")
def range_from_text(text: str) -> Value:
    """``range("[1..10)")``; the ends are literals. null for anything else."""
    try:
        tree = parse_expression(text, KnownNames(_CONSTRUCTORS))
    except FeelError:
        return None
    if not isinstance(tree, syntax.RangeLiteral):
        return None
    low, high = _end(tree.low), _end(tree.high)
    if (low is None) != _is_null(tree.low) or (high is None) != _is_null(tree.high):
        return None
    return make_range(low, high, tree.low_included, tree.high_included)


def _is_null(node: syntax.Node) -> bool:
    return isinstance(node, syntax.Literal) and node.value is None


def _end(node: syntax.Node) -> Value:
    """What a literal stands for; None for anything that would have to be worked out."""
    if isinstance(node, syntax.Literal):
        return node.value
    if isinstance(node, syntax.AtLiteral):
        return parse_temporal(node.text)
    if isinstance(node, syntax.Negate) and isinstance(node.operand, syntax.Literal):
        return -node.operand.value if isinstance(node.operand.value, Decimal) else None
    if isinstance(node, syntax.Call) and isinstance(node.function, syntax.Name) and node.function.name in _CONSTRUCTORS:
        text = node.arguments[0] if len(node.arguments) == 1 else None
        if isinstance(text, syntax.Literal) and isinstance(text.value, str):
            overloads = BUILT_INS[node.function.name].overloads
            return overloads[0].implementation(text.value)
    return None


@builtin("is", "value1: any, value2: any")
def is_same(left: Value, right: Value) -> Value:
    """Whether two values are the same to the last detail: 12:00:00Z is not 13:00:00+01:00, though they are equal."""
    if type(left) is not type(right):
        return False
    return bool(left == right)

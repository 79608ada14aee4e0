"""The syntax tree: what a parsed expression says, before anything of it is worked out.

Trees compare by what they say; where a node stands in the text (``line``, ``column``) does not count.
"""

from collections.abc import Callable
from dataclasses import dataclass, field
from decimal import Decimal
from typing import Any


@dataclass(frozen=True, slots=True)
class Literal:
    """A number, a text, true, false or null."""

    value: Decimal | str | bool | None


@dataclass(frozen=True, slots=True)
class AtLiteral:
    """``@"2026-01-31"``: a date, time, date and time or duration."""

    text: str


@dataclass(frozen=True, slots=True)
class Name:
    """A name to be looked up. ``?`` is the value under test."""

    name: str
    line: int = field(default=0, compare=False)
    column: int = field(default=0, compare=False)


@dataclass(frozen=True, slots=True)
class Negate:
    """``-operand``"""

    operand: "Node"


@dataclass(frozen=True, slots=True)
class Arithmetic:
    """``left operator right`` with one of ``+ - * / **``."""

    operator: str
    left: "Node"
    right: "Node"


@dataclass(frozen=True, slots=True)
class Comparison:
    """``left operator right`` with one of ``= != < <= > >=``."""

    operator: str
    left: "Node"
    right: "Node"


@dataclass(frozen=True, slots=True)
class Conjunction:
    """``a and b and c``"""

    terms: tuple["Node", ...]


@dataclass(frozen=True, slots=True)
class Disjunction:
    """``a or b or c``"""

    terms: tuple["Node", ...]


@dataclass(frozen=True, slots=True)
class Between:
    """``value between low and high``"""

    value: "Node"
    low: "Node"
    high: "Node"


@dataclass(frozen=True, slots=True)
class In:
    """``value in tests``"""

    value: "Node"
    tests: tuple["Node", ...]


@dataclass(frozen=True, slots=True)
class HalfRange:
    """``< end``, a test or, in brackets, a range that has no other end."""

    operator: str
    end: "Node"


@dataclass(frozen=True, slots=True)
class InstanceOf:
    """``value instance of type``"""

    value: "Node"
    type: "TypeNode"


@dataclass(frozen=True, slots=True)
class If:
    """``if condition then consequent else alternative``"""

    condition: "Node"
    consequent: "Node"
    alternative: "Node"


@dataclass(frozen=True, slots=True)
class Iterator:
    """``name in domain`` or ``name in domain..end``"""

    name: str
    domain: "Node"
    end: "Node | None" = None


@dataclass(frozen=True, slots=True)
class For:
    """``for iterators return body``"""

    iterators: tuple[Iterator, ...]
    body: "Node"


@dataclass(frozen=True, slots=True)
class Quantified:
    """``some iterators satisfies condition``, or ``every``"""

    quantifier: str
    iterators: tuple[Iterator, ...]
    condition: "Node"


@dataclass(frozen=True, slots=True)
class ListLiteral:
    """``[a, b]``"""

    items: tuple["Node", ...]


@dataclass(frozen=True, slots=True)
class ContextLiteral:
    """``{name: value}``; later entries may use earlier ones."""

    entries: tuple[tuple[str, "Node"], ...]


@dataclass(frozen=True, slots=True)
class RangeLiteral:
    """``[low..high]``, with round or turned brackets where an end does not belong to it."""

    low: "Node"
    high: "Node"
    low_included: bool
    high_included: bool


@dataclass(frozen=True, slots=True)
class Path:
    """``target.name``"""

    target: "Node"
    name: str


@dataclass(frozen=True, slots=True)
class Filter:
    """``target[predicate]``"""

    target: "Node"
    predicate: "Node"


@dataclass(frozen=True, slots=True)
class Call:
    """``function(arguments)``"""

    function: "Node"
    arguments: tuple["Node", ...]


@dataclass(frozen=True, slots=True)
class NamedCall:
    """``function(name: argument)``"""

    function: "Node"
    arguments: tuple[tuple[str, "Node"], ...]


@dataclass(frozen=True, slots=True)
class Parameter:
    """A parameter of a function; without a type it takes anything."""

    name: str
    type: "TypeNode | None" = None


@dataclass(frozen=True, slots=True)
class FunctionLiteral:
    """``function(parameters) body``"""

    parameters: tuple[Parameter, ...]
    body: "Node"


@dataclass(frozen=True, slots=True)
class Not:
    """``not(tests)`` as a whole cell: none of the tests holds."""

    tests: tuple["Node", ...]


@dataclass(frozen=True, slots=True)
class Anything:
    """``-`` as a whole cell: any value at all."""


@dataclass(frozen=True, slots=True)
class TypeNode:
    """``number``, ``list<number>``, ``context<a: number>``, ``function<number> -> string``."""

    name: str
    parts: tuple["TypeNode", ...] = ()
    members: tuple[str, ...] = ()
    result: "TypeNode | None" = None
    line: int = field(default=0, compare=False)
    column: int = field(default=0, compare=False)


@dataclass(frozen=True, slots=True, eq=False)
class Boxed:
    """What is no text but is made of such: a decision table, say. ``build`` is given the compiler and gives the closure."""

    parts: tuple["Node", ...]
    build: Callable[[Any], Any] = field(repr=False)


Node = (
    Literal
    | AtLiteral
    | Name
    | Negate
    | Arithmetic
    | Comparison
    | Conjunction
    | Disjunction
    | Between
    | In
    | HalfRange
    | InstanceOf
    | If
    | For
    | Quantified
    | ListLiteral
    | ContextLiteral
    | RangeLiteral
    | Path
    | Filter
    | Call
    | NamedCall
    | FunctionLiteral
    | Not
    | Anything
    | Boxed
)

"""A decision table as it was read: what its columns ask, what its rules say, and what happens to rules that match together."""

from dataclasses import dataclass
from enum import StrEnum

from decisions.allowed import Allowed
from feel.syntax import Node
from feel.types import FeelType


class HitPolicy(StrEnum):
    """What happens when several rules match (DMN 1.5, 8.2.10)."""

    UNIQUE = "UNIQUE"
    ANY = "ANY"
    FIRST = "FIRST"
    PRIORITY = "PRIORITY"
    RULE_ORDER = "RULE ORDER"
    OUTPUT_ORDER = "OUTPUT ORDER"
    COLLECT = "COLLECT"

    @property
    def is_single(self) -> bool:
        """Whether the result is that of one rule."""
        return self in (HitPolicy.UNIQUE, HitPolicy.ANY, HitPolicy.FIRST, HitPolicy.PRIORITY)


class Aggregation(StrEnum):
    """What COLLECT makes of the outputs: ``+``, ``<``, ``>`` or ``#``; LIST if nothing is said."""

    LIST = "LIST"
    SUM = "SUM"
    MIN = "MIN"
    MAX = "MAX"
    COUNT = "COUNT"


@dataclass(frozen=True, slots=True, eq=False)
class Input:
    """An input column. ``asked`` is the bare tree of its expression, ``tree`` the one to work out."""

    label: str
    text: str
    asked: Node
    tree: Node
    type: FeelType | None
    allowed: Allowed | None
    element_id: str


@dataclass(frozen=True, slots=True, eq=False)
class Output:
    """An output column. ``order`` are the values that PRIORITY and OUTPUT ORDER go by, the most important first."""

    name: str
    type: FeelType | None
    allowed: Allowed | None
    order: Allowed | None
    default: Node | None
    element_id: str


@dataclass(frozen=True, slots=True, eq=False)
class Rule:
    """A row: the tests of each input column, and an expression for each output column."""

    number: int
    id: str
    tests: tuple[tuple[Node, ...], ...]
    outputs: tuple[Node, ...]


@dataclass(frozen=True, slots=True, eq=False)
class Table:
    """A decision table."""

    id: str
    name: str
    decision_id: str
    hit_policy: HitPolicy
    aggregation: Aggregation
    inputs: tuple[Input, ...]
    outputs: tuple[Output, ...]
    rules: tuple[Rule, ...]

    @property
    def cells(self) -> int:
        """How much it is to evaluate the table once."""
        return (len(self.rules) + 1) * (len(self.inputs) + len(self.outputs))

    @property
    def has_default(self) -> bool:
        """Whether something comes out when no rule matches."""
        return any(output.default is not None for output in self.outputs)

    def nodes(self) -> tuple[Node, ...]:
        """All trees in it."""
        trees = [clause.tree for clause in self.inputs]
        trees += [clause.default for clause in self.outputs if clause.default is not None]
        for rule in self.rules:
            trees += [test for tests in rule.tests for test in tests]
            trees += rule.outputs
        return tuple(trees)

"""Allowed values: what ``allowedValues`` of an item definition, ``inputValues`` and ``outputValues`` of a table list.

They are constant, so that they can be analysed and put in order; ``now()`` and ``today()`` are not among their functions.
"""

from collections.abc import Sequence
from dataclasses import dataclass, field
from datetime import UTC, datetime

from feel.budget import Budget
from feel.builtins import BUILT_INS
from feel.compiler import Compiler
from feel.compiler.tests import Test, compile_test
from feel.errors import FeelBudgetExceeded
from feel.names import KnownNames
from feel.parser import parse_unary_tests
from feel.scope import Run, Scope
from feel.syntax import Node
from feel.values import Value

_EPOCH = datetime(1970, 1, 1, tzinfo=UTC)
_STEPS = 10_000
_CONSTANT = {name: function for name, function in BUILT_INS.items() if name not in ("now", "today")}


@dataclass(frozen=True, slots=True, eq=False)
class Allowed:
    """Tests of which a value must pass one."""

    text: str
    trees: tuple[Node, ...]
    _tests: Sequence[Test] = field(repr=False)

    def rank(self, value: Value) -> int | None:
        """The number, from 0, of the first test that ``value`` passes; None if it passes none."""
        scope = constant_scope()
        try:
            return next((place for place, test in enumerate(self._tests) if test(scope, value) is True), None)
        except FeelBudgetExceeded:
            return None

    def admits(self, value: Value) -> bool:
        """Whether ``value`` passes one of the tests."""
        return self.rank(value) is not None


def constant_scope(steps: int = _STEPS) -> Scope:
    """Where what does not depend on anything can be worked out, in so many steps."""
    return Scope(Run({}, _EPOCH, Budget(steps=steps)), None, {})


def constant_compiler() -> Compiler:
    """A compiler of expressions that depend on nothing."""
    return Compiler(_CONSTANT, frozenset())


def read_allowed(text: str) -> Allowed:
    """The allowed values a text lists.

    :raises FeelError: the text is no list of unary tests, or depends on something.
    """
    trees = parse_unary_tests(text, KnownNames(_CONSTANT))
    compiler = constant_compiler()
    return Allowed(text, trees, [compile_test(compiler, tree) for tree in trees])

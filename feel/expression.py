"""Texts to things that can be evaluated: the door of this package."""

from collections.abc import Callable, Collection, Mapping
from dataclasses import dataclass, field
from datetime import datetime
from functools import cache
from typing import TypeVar

from feel.boundary import give, take
from feel.budget import DEFAULT, Budget, Meter
from feel.builtins import BUILT_INS
from feel.compiler import Compiler
from feel.compiler.tests import Test, any_of
from feel.errors import FeelBudgetExceeded, FeelError
from feel.functions import Code, External, Function
from feel.members import PROPERTY_NAMES
from feel.names import KnownNames
from feel.parser import parse_expression, parse_unary_tests
from feel.scope import Run, Scope
from feel.syntax import Name, Node
from feel.types import TYPE_NAMES, FeelType
from feel.values import Value

T = TypeVar("T")


@dataclass(frozen=True, slots=True, eq=False)
class Expression:
    """An expression, parsed and compiled. It holds no state: evaluate it as often and in as many threads as you like."""

    text: str
    names: frozenset[str]
    """Names the expression may read from its context, those included that a filtered item may turn out to have."""
    required: frozenset[str]
    """Those it reads from nowhere else."""
    unknown_function: Name | None
    """A name it calls that is no function: no variable can be one where variables are JSON."""
    tree: Node
    _code: Code = field(repr=False)

    def evaluate(
        self, context: Mapping[str, object], *, now: datetime, budget: Budget = DEFAULT, meter: Meter | None = None
    ) -> Value:
        """The value in a context. What goes wrong inside is null.

        :param context: variables; JSON or Python values.
        :param now: what ``now()`` and ``today()`` go by; with a zone.
        :param meter: what it shares with other evaluations; the steps it takes are taken from there.
        :raises FeelBudgetExceeded: it takes more than ``budget``, or than ``meter`` has left.
        """
        run = Run(context, now, budget if meter is None else meter.narrow(budget))
        try:
            return _guarded(run, lambda: give(run, self._code(Scope(run, None, {}))))
        finally:
            if meter is not None:
                meter.left -= run.budget.steps - run.steps


@dataclass(frozen=True, slots=True, eq=False)
class UnaryTests:
    """The tests in a cell of a decision table, parsed and compiled."""

    text: str
    names: frozenset[str]
    trees: tuple[Node, ...]
    _test: Test = field(repr=False)

    def matches(self, value: object, context: Mapping[str, object], *, now: datetime, budget: Budget = DEFAULT) -> bool:
        """Whether ``value`` passes one of the tests; what is unknown does not pass.

        :raises FeelBudgetExceeded: it takes more than ``budget``.
        """
        run = Run(context, now, budget)
        return _guarded(run, lambda: self._test(Scope(run, None, {}), take(run, value)) is True)


def _guarded(run: Run, work: Callable[[], T]) -> T:
    try:
        return work()
    except RecursionError as error:
        raise FeelBudgetExceeded(f"the expression goes deeper than {run.budget.depth} levels") from error


def _shallow(work: Callable[[], T]) -> T:
    """Parsing and compiling go as deep as the text is nested; its limits hold only if the caller is not deep already."""
    try:
        return work()
    except RecursionError as error:
        raise FeelError("the expression is nested too deeply") from error


def compile_expression(
    text: str,
    *,
    functions: Mapping[str, Callable[..., object]] | None = None,
    names: Collection[str] | None = None,
    types: Mapping[str, FeelType] | None = None,
) -> Expression:
    """Parse and compile an expression. A leading ``=`` is not part of it.

    :param functions: Python functions it may call beside the built-in ones.
    :param names: the variables there are. If given, any other name is an error, and names of several words are known.
    :param types: types it may name beside the built-in ones.
    :raises FeelError: the text is no expression, or uses a name that is not there.
    """
    compiler, known = prepared(functions, names, types)
    tree = _shallow(lambda: parse_expression(text, known))
    code = _shallow(lambda: compiler.compile(tree))
    functions_known = set(compiler.functions)
    return Expression(
        text,
        frozenset(compiler.free - functions_known),
        frozenset(compiler.required - functions_known),
        compiler.unknown_function(),
        tree,
        code,
    )


def compile_unary_tests(
    text: str,
    *,
    functions: Mapping[str, Callable[..., object]] | None = None,
    names: Collection[str] | None = None,
    types: Mapping[str, FeelType] | None = None,
) -> UnaryTests:
    """Parse and compile the tests of a cell: ``"a","b"``, ``not("a")``, ``[1..5]``, ``< 5``, ``? > low``, ``-``.

    :raises FeelError: the text is no list of tests, or uses a name that is not there.
    """
    compiler, known = prepared(functions, names, types)
    trees = _shallow(lambda: parse_unary_tests(text, known))
    test = _shallow(lambda: any_of(compiler, trees))
    return UnaryTests(text, frozenset(compiler.free - set(compiler.functions)), trees, test)


def prepared(
    functions: Mapping[str, Callable[..., object]] | None,
    names: Collection[str] | None,
    types: Mapping[str, FeelType] | None,
) -> tuple[Compiler, KnownNames]:
    """A compiler for texts that may use all this, and the names of several words they may hold."""
    available: dict[str, Function] = dict(BUILT_INS)
    for name, function in (functions or {}).items():
        available[name] = External(name, function)
    declared = None if names is None else frozenset(names)
    known = _standard_names()
    if functions or names or types:
        known = known.plus([*(functions or ()), *(names or ()), *(types or ())])
    return Compiler(available, declared, types), known


@cache
def _standard_names() -> KnownNames:
    return KnownNames([*BUILT_INS, *PROPERTY_NAMES, *TYPE_NAMES])

"""What reading of boxed expressions shares. They become syntax trees of FEEL, so that a boxed list, filter or loop can not mean
anything else than the written one; only tables and type checks are trees of their own.
"""

from collections.abc import Callable, Iterable, Iterator
from contextlib import contextmanager
from typing import TypeVar

from lxml import etree

from decisions.document import expression_in, kind, text_of
from decisions.evaluation import Trouble, evaluation_of
from decisions.findings import Finding, Severity, finding
from decisions.item_types import ItemTypes, read_text
from decisions.tables.table import Table
from feel.compiler import Compiler
from feel.compiler.operators import constant
from feel.errors import FeelError
from feel.functions import Code
from feel.names import KnownNames
from feel.parser import parse_expression, parse_unary_tests
from feel.scope import Scope
from feel.syntax import Anything, Boxed, Literal, Node
from feel.types import FeelType
from feel.values import Value, kind_of

T = TypeVar("T")

NULL = Literal(None)
_NOTHING: Code = constant(None)


class Reader:
    """Reads the boxed expressions of one decision, business knowledge model or service."""

    def __init__(self, owner: etree._Element, types: ItemTypes, known: KnownNames, *, tolerant: bool) -> None:
        self.owner = owner
        self.types = types
        self.known = known
        self.tolerant = tolerant
        self.findings: list[Finding] = []
        self.tables: list[Table] = []
        """The decision tables that were read, outer ones first."""

    def read(self, node: etree._Element, expected: FeelType | None = None) -> Node:
        """The tree of a boxed expression. ``expected`` is what it is read for; its allowed values order a table's outputs."""
        own = self.types.reference(node)
        tree = _READERS[kind(node)](self, node, own or expected)
        return tree if own is None else typed(tree, own, node)

    def read_in(self, node: etree._Element, expected: FeelType | None = None) -> Node:
        """The tree of the boxed expression in an element, which must hold one."""
        inner = expression_in(node)
        if inner is not None:
            return self.read(inner, expected)
        self.report(
            node,
            "expression-missing",
            f"“{kind(node)}”中缺少表达式。",
            f"Expected an expression in <{kind(node)}>, but there is none.",
        )
        return NULL

    @contextmanager
    def within(self, names: Iterable[str]) -> Iterator[None]:
        """More names are known for a while."""
        outside = self.known
        self.known = outside.plus(names)
        yield
        self.known = outside

    def text(self, node: etree._Element) -> Node:
        """The tree of the expression a text holds; null for one that is empty."""
        text = text_of(node)
        if not text:
            return NULL
        if not self._speaks_feel(node):
            return NULL
        try:
            return self.guarded(node, parse_expression(text, self.known))
        except FeelError as error:
            self.not_feel(node, error)
            return NULL

    def tests(self, node: etree._Element) -> tuple[Node, ...]:
        """The trees of the tests in a cell; an empty cell is a dash."""
        if not self._speaks_feel(node):
            return (NULL,)
        text = text_of(node)
        if text in ("", "-"):
            return (Anything(),)
        try:
            return parse_unary_tests(text, self.known)
        except FeelError as error:
            self.not_feel(node, error)
            return (NULL,)

    def guarded(self, node: etree._Element, tree: Node) -> Node:
        """``tree``, whose mistakes that only compiling shows are reported with the element."""

        def build(compiler: Compiler) -> Code:
            return self.compiled(compiler, node, lambda: compiler.compile(tree), _NOTHING)

        return Boxed((tree,), build)

    def compiled(self, compiler: Compiler, node: etree._Element, work: Callable[[], T], otherwise: T) -> T:
        """What ``work`` compiles; if it can not, a finding and something else instead."""
        frames = list(compiler.frames)
        try:
            return work()
        except FeelError as error:
            compiler.frames[:] = frames
            self.not_feel(node, error)
            return otherwise

    def not_feel(self, node: etree._Element, error: FeelError) -> None:
        """Report a text that is no FEEL."""
        text = text_of(node)
        shown = text if len(text) <= 80 else f"{text[:80]}…"
        self.report(
            node,
            "expression",
            f"表达式“{shown}”有误：{error}",
            f"Expected a FEEL expression, but {shown!r} is none: {error}",
        )

    def report(
        self, node: etree._Element, code: str, zh: str, en: str, suggestion_zh: str = "", suggestion_en: str = ""
    ) -> None:
        """Say what is wrong with an element. A tolerant reader goes on with null."""
        severity = Severity.WARNING if self.tolerant else Severity.ERROR
        self.findings.append(finding(node, code, zh, en, suggestion_zh, suggestion_en, severity=severity))

    def _speaks_feel(self, node: etree._Element) -> bool:
        language = node.get("expressionLanguage") or node.getroottree().getroot().get("expressionLanguage") or ""
        if not language or language.rstrip("/").lower().endswith("feel"):
            return True
        self.report(
            node,
            "expression-language",
            f"表达式语言“{language}”不受支持，只支持FEEL。",
            f"Expected the expression language FEEL, but it is {language!r}.",
        )
        return False


Read = Callable[[Reader, etree._Element, FeelType | None], Node]
_READERS: dict[str, Read] = {}


def reads(name: str) -> Callable[[Read], Read]:
    """Say that a function reads the boxed expressions of a kind."""

    def register(function: Read) -> Read:
        _READERS[name] = function
        return function

    return register


def typed(tree: Node, wanted: FeelType, node: etree._Element) -> Node:
    """``tree``, whose value must be of a type or is null (DMN 1.5, 10.3.2.9.4)."""
    element_id, name = identity(node)

    def build(compiler: Compiler) -> Code:
        code = compiler.compile(tree)
        return lambda scope: conform(scope, code(scope), wanted, element_id, name)

    return Boxed((tree,), build)


def conform(scope: Scope, value: Value, wanted: FeelType, element_id: str, name: str, *, from_text: bool = False) -> Value:
    """``value`` as a type; a trouble and null if it is not of it. ``from_text`` reads dates from ISO 8601 text."""
    converted = wanted.convert(read_text(value, wanted) if from_text else value, scope.run.charge)
    if value is not None and converted is None:
        found = kind_of(value)
        evaluation_of(scope).meet(
            Trouble(
                "type-mismatch",
                element_id,
                name,
                f"“{name or element_id}”应为{wanted.name}类型的允许值，但得到的是{found}。",
                f"Expected {name or element_id!r} to be an allowed value of type {wanted.name}, but it is a {found}.",
            )
        )
    return converted


def identity(node: etree._Element) -> tuple[str, str]:
    """The id and the name by which a finding or a trouble points at an element."""
    shown = finding(node, "", "", "")
    return shown.element_id, shown.element_name

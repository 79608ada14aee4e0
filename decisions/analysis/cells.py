"""Which cells the analysis understands: those that compare the input with constants, in any combination. Between two constants
that stand next to each other such a cell gives the same answer for every value, so one value there speaks for all."""

from collections.abc import Iterable

from decisions.allowed import constant_compiler, constant_scope
from feel import syntax
from feel.errors import FeelError
from feel.syntax import Node
from feel.values import Value

_MAKERS = frozenset({"date", "time", "date and time", "duration", "years and months duration"})
_INPUT = "?"


class NotDecided(Exception):
    """The analysis can not say. The message is why, in Chinese and in English."""

    def __init__(self, zh: str, en: str) -> None:
        self.zh = zh
        self.en = en
        super().__init__(en)


class Constants:
    """The constants of the cells of one column, and whether they are put in an order there."""

    def __init__(self) -> None:
        self.values: list[Value] = []
        self.ordered: list[Value] = []

    def read(self, tests: Iterable[Node]) -> None:
        """Take in the tests of a cell.

        :raises NotDecided: one of them is more than comparisons with constants.
        """
        for test in tests:
            self._test(test)

    def _test(self, node: Node) -> None:
        if isinstance(node, syntax.Anything):
            return
        if isinstance(node, syntax.Not):
            self.read(node.tests)
        elif isinstance(node, syntax.HalfRange):
            self._compared(node.operator, node.end)
        elif isinstance(node, syntax.RangeLiteral):
            self._ordered(node.low, node.high)
        elif isinstance(node, syntax.ListLiteral):
            for item in node.items:
                self._item(item)
        elif not self._condition(node):
            self.values.append(constant(node))

    def _item(self, node: Node) -> None:
        if isinstance(node, syntax.RangeLiteral | syntax.HalfRange):
            self._test(node)
        else:
            self.values.append(constant(node))

    def _condition(self, node: Node) -> bool:
        """Whether it is a condition about ``?``, which is then taken in."""
        if isinstance(node, syntax.Conjunction | syntax.Disjunction):
            for term in node.terms:
                if not self._condition(term):
                    raise _too_much(node)
            return True
        if isinstance(node, syntax.Comparison):
            sides = [side for side in (node.left, node.right) if side != syntax.Name(_INPUT)]
            if len(sides) != 1:
                raise _too_much(node)
            self._compared(node.operator, sides[0])
            return True
        if isinstance(node, syntax.Between) and node.value == syntax.Name(_INPUT):
            self._ordered(node.low, node.high)
            return True
        if isinstance(node, syntax.In) and node.value == syntax.Name(_INPUT):
            self.read(node.tests)
            return True
        return False

    def _compared(self, operator: str, end: Node) -> None:
        if operator in ("=", "!="):
            self.values.append(constant(end))
        else:
            self._ordered(end)

    def _ordered(self, *ends: Node) -> None:
        found = [constant(end) for end in ends]
        self.values += found
        self.ordered += found


def constant(node: Node) -> Value:
    """The value of a constant.

    :raises NotDecided: it is none.
    """
    while isinstance(node, syntax.Boxed) and len(node.parts) == 1:
        node = node.parts[0]
    if not _is_constant(node):
        raise _too_much(node)
    try:
        return constant_compiler().compile(node)(constant_scope())
    except FeelError as error:
        raise _too_much(node) from error


def _is_constant(node: Node) -> bool:
    if isinstance(node, syntax.Literal | syntax.AtLiteral):
        return True
    if isinstance(node, syntax.Negate):
        return _is_constant(node.operand)
    if isinstance(node, syntax.Call) and isinstance(node.function, syntax.Name):
        return node.function.name in _MAKERS and all(_is_constant(argument) for argument in node.arguments)
    return isinstance(node, syntax.ListLiteral) and all(map(_is_constant, node.items))


def _too_much(_node: Node) -> NotDecided:
    return NotDecided("单元格不只是与常量比较", "a cell is more than comparisons with constants")

"""Expressions, by precedence climbing, and unary tests."""

from decimal import Decimal

from feel import syntax
from feel.budget import MAX_DEPTH
from feel.errors import FeelError
from feel.lexer import END
from feel.parser.binding import ADD, AND, ARITHMETIC, COMPARATORS, COMPARE, OR
from feel.parser.primaries import PrimaryReader
from feel.syntax import Node
from feel.walk import depth_of


class ExpressionReader(PrimaryReader):
    """Reads whole texts."""

    def whole_expression(self) -> Node:
        """The text as one expression."""
        node = self.expression()
        self.end("operator", "end")
        return checked(node)

    def expression(self, binding: int = OR) -> Node:
        """An expression of operators that bind at least so tightly."""
        self.deeper()
        node = self.climb(self.unary(), binding)
        self.nesting -= 1
        return node

    def climb(self, left: Node, binding: int) -> Node:
        """Take in what follows ``left`` by operators that bind at least so tightly."""
        while (operator := self.operator()) and operator[1] >= binding:
            left = self.infix(left, operator[0])
        return left

    def operator(self) -> tuple[str, int] | None:
        """The operator at hand and how tightly it binds."""
        token = self.token
        if token.kind == "STRING":
            return None
        text = token.text
        if text in ARITHMETIC:
            return text, ARITHMETIC[text]
        if text in COMPARATORS or text in ("between", "in"):
            return text, COMPARE
        return {"and": (text, AND), "or": (text, OR)}.get(text)

    def infix(self, left: Node, operator: str) -> Node:
        """``left operator ...``"""
        self.position += 1
        if operator in ARITHMETIC:
            return syntax.Arithmetic(operator, left, self.expression(ARITHMETIC[operator] + 1))
        if operator in COMPARATORS:
            return syntax.Comparison(operator, left, self.expression(ADD))
        if operator == "between":
            low = self.expression(ADD)
            self.expect("and")
            return syntax.Between(left, low, self.expression(ADD))
        if operator == "in":
            return syntax.In(left, self.in_tests())
        return self.chain(left, operator)

    def chain(self, left: Node, operator: str) -> Node:
        """``a and b and c`` or ``a or b or c``, as one node however long it is."""
        binding = AND if operator == "and" else OR
        terms = [left, self.expression(binding + 1)]
        while self.accept(operator):
            terms.append(self.expression(binding + 1))
        return syntax.Conjunction(tuple(terms)) if operator == "and" else syntax.Disjunction(tuple(terms))

    def unary(self) -> Node:
        """A minus, or what has none."""
        minuses = 0
        while self.accept("-"):
            minuses += 1
        node = self.primary()
        if minuses and isinstance(node, syntax.Literal) and isinstance(node.value, Decimal) and self.at("instance"):
            node = syntax.Negate(node)  # the sign belongs to the number: ``-3 instance of number`` asks about -3
            minuses -= 1
        node = self.postfix(node)
        for _ in range(minuses):
            node = syntax.Negate(node)
        return node

    def postfix(self, node: Node) -> Node:
        """Paths, filters, calls and ``instance of`` behind ``node``."""
        while True:
            if self.accept("."):
                node = syntax.Path(node, self.member())
            elif self.at("("):
                node = self.call(node)
            elif self.at("[") and self.begins_expression(self.position + 1):
                self.position += 1
                node = syntax.Filter(node, self.expression())
                self.expect("]")
            elif self.at("instance"):
                self.position += 1
                self.expect("of")
                node = syntax.InstanceOf(node, self.type())
            else:
                return node

    def call(self, function: Node) -> Node:
        """``(arguments)`` behind a function."""
        self.expect("(")
        if self.accept(")"):
            return syntax.Call(function, ())
        if self.names_argument():
            return self.named_call(function)
        arguments = self.separated(self.expression)
        self.expect(")", ",")
        return syntax.Call(function, arguments)

    def names_argument(self) -> bool:
        """Whether ``name:`` is at hand."""
        position = self.position
        while self.tokens[position].kind == "NAME":
            position += 1
        return position > self.position and self.tokens[position].text == ":"

    def named_call(self, function: Node) -> Node:
        """``name: argument, ...)``"""
        arguments = self.separated(self.named_argument)
        self.expect(")", ",")
        return syntax.NamedCall(function, arguments)

    def named_argument(self) -> tuple[str, Node]:
        """``name: argument``"""
        if not self.names_argument():
            self.fail("name")
        name = self.words_until(":")
        self.expect(":")
        return name, self.expression()

    def in_tests(self) -> tuple[Node, ...]:
        """What stands behind ``in``: one test, or several in brackets."""
        if self.token.kind == "COMPARISON":
            return (self.half_range(),)
        if not self.accept("("):
            return (self.expression(ADD),)
        tests = self.separated(self.test)
        if len(tests) == 1 and self.at(".."):
            return (self.climb(self.postfix(self.range_from(tests[0], included=False)), ADD),)
        self.expect(")", ",")
        return tests if len(tests) > 1 else (self.climb(self.postfix(tests[0]), ADD),)

    def test(self) -> Node:
        """``< end`` or an expression."""
        return self.half_range() if self.token.kind == "COMPARISON" else self.expression()

    def whole_tests(self) -> tuple[Node, ...]:
        """The text as a cell of a decision table."""
        if self.at("-") and self.tokens[self.position + 1].kind == END:
            return (syntax.Anything(),)
        if self.at("not") and (negation := self.negation()):
            return (checked(negation),)
        tests = self.separated(self.test)
        self.end("operator", ",", "end")
        for test in tests:
            checked(test)
        return tests

    def negation(self) -> Node | None:
        """``not(tests)`` if that is the whole cell; ``not(a) and b`` is an expression."""
        self.position += 1
        if self.accept("("):
            tests = self.separated(self.test)
            self.expect(")", ",")
            if self.token.kind == END:
                return syntax.Not(tests)
        self.position = 0
        return None


def checked(node: Node) -> Node:
    """The tree, if it is not too deep to be worked with."""
    if depth_of(node) > MAX_DEPTH:
        raise FeelError("the expression is nested too deeply")
    return node

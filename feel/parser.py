"""Tokens to a syntax tree, by precedence climbing. An error says where it is, what stood there and what could have."""

from collections.abc import Callable
from typing import NoReturn, TypeVar

from feel import numbers, syntax
from feel.budget import MAX_DEPTH, MAX_NESTING
from feel.errors import FeelError
from feel.lexer import END, Token, text_of, tokenize
from feel.names import RESERVED, KnownNames, written
from feel.syntax import Node
from feel.walk import depth_of

T = TypeVar("T")

OR, AND, COMPARE, ADD, MULTIPLY, POWER = range(1, 7)
"""How tightly operators bind; unary minus binds tighter than all (``-3 ** 2`` is 9), instance of and paths tighter still."""

_ARITHMETIC = {"+": ADD, "-": ADD, "*": MULTIPLY, "/": MULTIPLY, "**": POWER}
_COMPARATORS = frozenset({"=", "!=", "<", "<=", ">", ">="})
_LITERALS: dict[str, bool | None] = {"null": None, "true": True, "false": False}


class Parser:
    """One pass over the tokens of one text."""

    def __init__(self, text: str, known: KnownNames) -> None:
        self.tokens = tokenize(text)
        self.position = 0
        self.nesting = 0
        self.known = known
        self.members = known

    # --- moving through the tokens

    @property
    def token(self) -> Token:
        """The token at hand."""
        return self.tokens[self.position]

    def at(self, *texts: str) -> bool:
        """Whether the token at hand is one of these words or signs."""
        token = self.token
        return token.text in texts and token.kind not in ("STRING", END)

    def accept(self, text: str) -> bool:
        """Step over ``text`` if it is at hand."""
        if not self.at(text):
            return False
        self.position += 1
        return True

    def expect(self, *texts: str) -> str:
        """Step over one of ``texts``, which must be at hand."""
        if not self.at(*texts):
            self.fail(*texts)
        self.position += 1
        return self.tokens[self.position - 1].text

    def fail(self, *expected: str) -> NoReturn:
        """Report what could have stood here."""
        token = self.token
        if token.kind == "OTHER" and token.text == '"':
            found = "a text without its closing quote"
        else:
            found = "the end" if token.kind == END else repr(token.text)
        wanted = " or ".join(repr(text) if not text.isalpha() or text in RESERVED else text for text in expected)
        raise FeelError(f"expected {wanted}, found {found}", token.line, token.column, expected)

    # --- whole texts

    def whole_expression(self) -> Node:
        """The text as one expression."""
        node = self.expression()
        self.end("operator", "end")
        return checked(node)

    def end(self, *expected: str) -> None:
        """Nothing may follow."""
        if self.token.kind != END:
            self.fail(*expected)

    # --- expressions

    def expression(self, binding: int = OR) -> Node:
        """An expression of operators that bind at least so tightly."""
        self.nesting += 1
        if self.nesting > MAX_NESTING:
            raise FeelError("the expression is nested too deeply", self.token.line, self.token.column)
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
        if text in _ARITHMETIC:
            return text, _ARITHMETIC[text]
        if text in _COMPARATORS or text in ("between", "in"):
            return text, COMPARE
        return {"and": (text, AND), "or": (text, OR)}.get(text)

    def infix(self, left: Node, operator: str) -> Node:
        """``left operator ...``"""
        self.position += 1
        if operator in _ARITHMETIC:
            return syntax.Arithmetic(operator, left, self.expression(_ARITHMETIC[operator] + 1))
        if operator in _COMPARATORS:
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
        node = self.postfix(self.primary())
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

    def begins_expression(self, position: int) -> bool:
        """Whether an expression can begin there; if not, a ``[`` before it closes a range: ``[1..3[``."""
        token = self.tokens[position]
        if token.kind == "NAME":
            return token.text not in RESERVED or token.text in (*_LITERALS, *_PREFIXES)
        return token.kind in ("NUMBER", "STRING", "AT") or token.text in ("(", "[", "]", "{", "-")

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

    def separated(self, item: Callable[[], T]) -> tuple[T, ...]:
        """One or more items with commas between them."""
        items = [item()]
        while self.accept(","):
            items.append(item())
        return tuple(items)

    # --- names

    def words_until(self, *ends: str) -> str:
        """All tokens before one of ``ends`` as a name."""
        start = self.position
        while not self.at(*ends) and self.token.kind not in (END, "STRING", "AT"):
            self.position += 1
        if self.position == start:
            self.fail("name")
        return written(self.tokens[start : self.position])

    def name(self) -> str:
        """The longest known name at hand, or one word."""
        length = self.known.longest(self.tokens, self.position)
        if not length and (self.token.kind != "NAME" or self.token.text in RESERVED):
            self.fail("name")
        start = self.position
        self.position += length or 1
        return written(self.tokens[start : self.position])

    def member(self) -> str:
        """A name behind a dot; there even ``in`` is a name."""
        if self.token.kind != "NAME":
            self.fail("name")
        start = self.position
        self.position += self.members.longest(self.tokens, start) or self.known.longest(self.tokens, start) or 1
        return written(self.tokens[start : self.position])

    # --- what an expression can begin with

    def primary(self) -> Node:
        """A literal, a name, something in brackets, or one of the words that begin an expression."""
        token = self.token
        if token.kind == "NAME" or self.known.longest(self.tokens, self.position):
            return self.word()
        if token.kind in ("NUMBER", "STRING", "AT"):
            self.position += 1
            return literal(token)
        brackets = {"(": self.parenthesised, "[": self.bracketed, "]": self.open_range, "{": self.context}
        if token.kind == "OTHER" and token.text in brackets:
            return brackets[token.text]()
        return self.fail("expression")

    def word(self) -> Node:
        """What a word begins."""
        token = self.token
        if not self.known.longest(self.tokens, self.position):
            if token.text in _LITERALS:
                self.position += 1
                return syntax.Literal(_LITERALS[token.text])
            if token.text in _PREFIXES:
                self.position += 1
                return _PREFIXES[token.text](self)
            if token.text in RESERVED:
                self.fail("expression")
        return syntax.Name(self.name(), token.line, token.column)

    def parenthesised(self) -> Node:
        """``(expression)``, ``(low..high)`` or ``(< end)``."""
        self.expect("(")
        if self.token.kind == "COMPARISON":
            node = self.half_range()
            self.expect(")")
            return node
        low = self.expression()
        if self.at(".."):
            return self.range_from(low, included=False)
        self.expect(")")
        return low

    def half_range(self) -> Node:
        """``< end``"""
        operator = self.token.text
        self.position += 1
        return syntax.HalfRange(operator, self.expression(ADD))

    def bracketed(self) -> Node:
        """``[items]`` or ``[low..high]``."""
        self.expect("[")
        if self.accept("]"):
            return syntax.ListLiteral(())
        first = self.expression()
        if self.at(".."):
            return self.range_from(first, included=True)
        items = [first]
        while self.accept(","):
            items.append(self.expression())
        self.expect("]", ",")
        return syntax.ListLiteral(tuple(items))

    def open_range(self) -> Node:
        """``]low..high]``"""
        self.expect("]")
        return self.range_from(self.expression(ADD), included=False)

    def range_from(self, low: Node, *, included: bool) -> Node:
        """``..high]`` behind the low end."""
        self.expect("..")
        high = self.expression(ADD)
        return syntax.RangeLiteral(low, high, included, self.expect("]", ")", "[") == "]")

    def context(self) -> Node:
        """``{name: value}``; the names are known in the values behind them."""
        self.expect("{")
        outside = self.known
        entries: list[tuple[str, Node]] = []
        if not self.at("}"):
            entries = [self.entry()]
            while self.accept(","):
                entries.append(self.entry())
        self.expect("}", ",")
        self.known = outside
        return syntax.ContextLiteral(tuple(entries))

    def entry(self) -> tuple[str, Node]:
        """``name: value`` or ``"name": value``"""
        if self.token.kind == "STRING":
            key = text_of(self.token)
            self.position += 1
        else:
            key = self.words_until(":", "}", ",")
        self.expect(":")
        value = self.expression()
        self.known = self.known.plus([key])
        self.members = self.members.plus([key])
        return key, value

    def if_(self) -> Node:
        """``condition then value else value`` behind ``if``."""
        condition = self.expression()
        self.expect("then")
        consequent = self.expression()
        self.expect("else")
        return syntax.If(condition, consequent, self.expression())

    def for_(self) -> Node:
        """``iterators return body`` behind ``for``."""
        outside = self.known
        iterators = self.separated(self.iterator)
        self.expect("return")
        body = self.expression()
        self.known = outside
        return syntax.For(iterators, body)

    def quantified(self) -> Node:
        """``iterators satisfies condition`` behind ``some`` or ``every``."""
        quantifier = self.tokens[self.position - 1].text
        outside = self.known
        iterators = self.separated(self.iterator)
        self.expect("satisfies")
        condition = self.expression()
        self.known = outside
        return syntax.Quantified(quantifier, iterators, condition)

    def iterator(self) -> syntax.Iterator:
        """``name in domain``; the name is known behind it."""
        name = self.words_until("in")
        self.expect("in")
        domain = self.expression()
        end = self.expression() if self.accept("..") else None
        self.known = self.known.plus([name])
        return syntax.Iterator(name, domain, end)

    def function(self) -> Node:
        """``(parameters) body`` behind ``function``."""
        outside = self.known
        self.expect("(")
        parameters = () if self.at(")") else self.separated(self.parameter)
        self.expect(")", ",")
        self.known = self.known.plus(parameter.name for parameter in parameters)
        body = self.expression()
        self.known = outside
        return syntax.FunctionLiteral(parameters, body)

    def parameter(self) -> syntax.Parameter:
        """``name`` or ``name: type``"""
        name = self.words_until(":", ",", ")")
        return syntax.Parameter(name, self.type() if self.accept(":") else None)

    # --- types

    def type(self) -> syntax.TypeNode:
        """``number``, ``list<number>``, ``date and time``, ``function<number> -> string``"""
        self.nesting += 1
        if self.nesting > MAX_NESTING:
            raise FeelError("the type is nested too deeply", self.token.line, self.token.column)
        node = self.type_of_parts()
        self.nesting -= 1
        return node

    def type_of_parts(self) -> syntax.TypeNode:
        """A type and what is in its angle brackets."""
        token = self.token
        if self.accept("function"):
            name = "function"
        else:
            name = self.member()
            while self.accept("."):
                name += f".{self.member()}"
        if name in ("list", "range") and self.accept("<"):
            part = self.type()
            self.expect(">")
            return syntax.TypeNode(name, (part,))
        if name == "context" and self.accept("<"):
            return self.context_type()
        if name == "function" and self.accept("<"):
            return self.function_type()
        return syntax.TypeNode(name, line=token.line, column=token.column)

    def context_type(self) -> syntax.TypeNode:
        """``name: type, ...>``"""
        members = self.separated(self.member_type)
        self.expect(">", ",")
        names, types = zip(*members, strict=True)
        return syntax.TypeNode("context", tuple(types), tuple(names))

    def member_type(self) -> tuple[str, syntax.TypeNode]:
        """``name: type``"""
        name = self.words_until(":", ">")
        self.expect(":")
        return name, self.type()

    def function_type(self) -> syntax.TypeNode:
        """``types> -> type``"""
        parameters = () if self.at(">") else self.separated(self.type)
        self.expect(">", ",")
        self.expect("->")
        return syntax.TypeNode("function", parameters, (), self.type())

    # --- tests

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


_PREFIXES: dict[str, Callable[[Parser], Node]] = {
    "if": Parser.if_,
    "for": Parser.for_,
    "some": Parser.quantified,
    "every": Parser.quantified,
    "function": Parser.function,
}


def literal(token: Token) -> Node:
    """What a number, a text or an at literal stands for."""
    if token.kind == "AT":
        return syntax.AtLiteral(text_of(token))
    if token.kind == "STRING":
        return syntax.Literal(text_of(token))
    number = numbers.from_text(token.text)
    if number is None:
        raise FeelError("a number out of range", token.line, token.column, ("number",))
    return syntax.Literal(number)


def checked(node: Node) -> Node:
    """The tree, if it is not too deep to be worked with."""
    if depth_of(node) > MAX_DEPTH:
        raise FeelError("the expression is nested too deeply")
    return node


def parse_expression(text: str, known: KnownNames) -> Node:
    """The tree of an expression.

    :raises FeelError: the text is no FEEL expression.
    """
    return Parser(text, known).whole_expression()


def parse_unary_tests(text: str, known: KnownNames) -> tuple[Node, ...]:
    """The trees of the tests in a cell of a decision table.

    :raises FeelError: the text is no list of FEEL unary tests.
    """
    return Parser(text, known).whole_tests()

"""What an expression can begin with: literals, names, brackets, and words such as ``if`` and ``for``."""

from abc import abstractmethod
from collections.abc import Callable

from feel import numbers, syntax
from feel.errors import FeelError
from feel.lexer import Token, text_of
from feel.names import RESERVED
from feel.parser.binding import ADD, OR
from feel.parser.types import TypeReader
from feel.syntax import Node

_LITERALS: dict[str, bool | None] = {"null": None, "true": True, "false": False}


class PrimaryReader(TypeReader):
    """Reads operands."""

    @abstractmethod
    def expression(self, binding: int = OR) -> Node:
        """An expression of operators that bind at least so tightly."""

    def begins_expression(self, position: int) -> bool:
        """Whether an expression can begin there; if not, a ``[`` before it closes a range: ``[1..3[``."""
        token = self.tokens[position]
        if token.kind == "NAME":
            return token.text not in RESERVED or token.text in (*_LITERALS, *_PREFIXES)
        return token.kind in ("NUMBER", "STRING", "AT") or token.text in ("(", "[", "]", "{", "-")

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


_PREFIXES: dict[str, Callable[[PrimaryReader], Node]] = {
    "if": PrimaryReader.if_,
    "for": PrimaryReader.for_,
    "some": PrimaryReader.quantified,
    "every": PrimaryReader.quantified,
    "function": PrimaryReader.function,
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

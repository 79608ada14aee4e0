"""Going through the tokens of a text, and saying what could have stood where something else does."""

from collections.abc import Callable
from typing import NoReturn, TypeVar

from feel.budget import MAX_NESTING
from feel.errors import FeelError
from feel.lexer import END, Token, tokenize
from feel.names import RESERVED, KnownNames, written

T = TypeVar("T")


class TokenReader:
    """The tokens of one text and the one at hand."""

    def __init__(self, text: str, known: KnownNames) -> None:
        self.tokens = tokenize(text)
        self.position = 0
        self.nesting = 0
        self.known = known
        self.members = known

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

    def end(self, *expected: str) -> None:
        """Nothing may follow."""
        if self.token.kind != END:
            self.fail(*expected)

    def deeper(self) -> None:
        """Go into one level more, out of which ``self.nesting -= 1`` leads.

        :raises FeelError: there are too many.
        """
        self.nesting += 1
        if self.nesting > MAX_NESTING:
            raise FeelError("the expression is nested too deeply", self.token.line, self.token.column)

    def separated(self, item: Callable[[], T]) -> tuple[T, ...]:
        """One or more items with commas between them."""
        items = [item()]
        while self.accept(","):
            items.append(item())
        return tuple(items)

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

"""Text to tokens. The words are declared in tokens.lark."""

import re
from dataclasses import dataclass
from functools import cache
from importlib.resources import files

from lark import Lark

from feel.budget import MAX_TEXT
from feel.errors import FeelError

END = "END"
_ESCAPE = re.compile(r"\\(?:u([0-9A-Fa-f]{4})|U([0-9A-Fa-f]{6})|(.))", re.DOTALL)
_ESCAPES = {"n": "\n", "r": "\r", "t": "\t", '"': '"', "'": "'", "\\": "\\"}


@dataclass(frozen=True, slots=True)
class Token:
    """A word and where it stands, counted from 1. ``kind`` is a terminal of tokens.lark or END."""

    kind: str
    text: str
    line: int
    column: int
    start: int = 0


@cache
def _words() -> Lark:
    # Lark wants a parser to build a lexer; only the lexer is ever used.
    return Lark(files("feel").joinpath("tokens.lark").read_text("utf-8"), parser="lalr", lexer="basic")


def tokenize(text: str) -> list[Token]:
    """The tokens of ``text``, the last of which is END.

    :raises FeelError: the text is longer than :data:`feel.budget.MAX_TEXT`.
    """
    if len(text) > MAX_TEXT:
        raise FeelError(f"an expression of more than {MAX_TEXT} characters")
    tokens = [Token(word.type, str(word), word.line or 0, word.column or 0, word.start_pos or 0) for word in _words().lex(text)]
    lines = text.split("\n")
    return [*tokens, Token(END, "", len(lines), len(lines[-1]) + 1, len(text))]


@cache
def words_of(name: str) -> tuple[str, ...]:
    """A name as the words it is made of: ``string length`` has two, ``Teacher's Evaluation`` four."""
    return tuple(token.text for token in tokenize(name)[:-1])


def text_of(token: Token) -> str:
    """What a STRING or AT token stands for.

    :raises FeelError: a ``\\u`` escape is no character.
    """
    quoted = token.text[token.text.index('"') + 1 : -1]
    if "\\" not in quoted:
        return quoted
    text = _ESCAPE.sub(_character, quoted)
    try:
        return text.encode("utf-16", "surrogatepass").decode("utf-16")
    except UnicodeError as error:
        raise FeelError("half a character in a \\u escape", token.line, token.column) from error


def _character(match: re.Match[str]) -> str:
    if code := match[1] or match[2]:
        return chr(min(int(code, 16), 0xFFFF if match[1] else 0x10FFFF))
    return _ESCAPES.get(match[3], match[0])


def quote(text: str) -> str:
    """The literal that stands for ``text``."""
    escaped = text.replace("\\", "\\\\").replace('"', '\\"')
    return '"' + escaped.replace("\n", "\\n").replace("\r", "\\r").replace("\t", "\\t") + '"'

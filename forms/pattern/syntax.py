"""Reading a JavaScript regular expression (ECMA-262 without the u flag) into a tree."""

from dataclasses import dataclass
from typing import TypeAlias

from forms.limits import MAX_PATTERN

MAX_GROUPS_IN_GROUPS = 20

Range: TypeAlias = tuple[str, str]

_DIGIT: tuple[Range, ...] = (("0", "9"),)
_WORD: tuple[Range, ...] = (("0", "9"), ("A", "Z"), ("_", "_"), ("a", "z"))
_SPACE: tuple[Range, ...] = (
    ("\t", "\r"), (" ", " "), ("\u00a0", "\u00a0"), ("\u1680", "\u1680"), ("\u2000", "\u200a"),
    ("\u2028", "\u2029"), ("\u202f", "\u202f"), ("\u205f", "\u205f"), ("\u3000", "\u3000"), ("\ufeff", "\ufeff"),
)  # fmt: skip
_LINE_END: tuple[Range, ...] = (("\n", "\n"), ("\r", "\r"), ("\u2028", "\u2029"))
_CONTROL = {"t": "\t", "n": "\n", "r": "\r", "f": "\f", "v": "\v", "0": "\0"}


class PatternError(ValueError):
    """The pattern can not be used; the reason in both languages."""

    def __init__(self, zh: str, en: str) -> None:
        super().__init__(en)
        self.zh = zh
        self.en = en


@dataclass(frozen=True)
class Characters:
    """Any one character of the ranges, or any one outside of them."""

    ranges: tuple[Range, ...]
    negated: bool = False

    def __contains__(self, char: object) -> bool:
        return any(low <= char <= high for low, high in self.ranges) is not self.negated  # type: ignore[operator]


@dataclass(frozen=True)
class Assertion:
    """A place between characters: ``^``, ``$``, ``b`` (edge of a word) or ``B`` (no edge)."""

    kind: str


@dataclass(frozen=True)
class Sequence:
    """One after the other."""

    items: tuple["Node", ...]


@dataclass(frozen=True)
class Choice:
    """Any one of the options."""

    options: tuple["Node", ...]


@dataclass(frozen=True)
class Repeat:
    """From ``least`` to ``most`` times; ``most`` None is without end."""

    item: "Node"
    least: int
    most: int | None


Node: TypeAlias = Characters | Assertion | Sequence | Choice | Repeat

_SHORTHANDS: dict[str, Characters] = {
    "d": Characters(_DIGIT), "D": Characters(_DIGIT, True),
    "w": Characters(_WORD), "W": Characters(_WORD, True),
    "s": Characters(_SPACE), "S": Characters(_SPACE, True),
}  # fmt: skip

WORD = _SHORTHANDS["w"]


def parse(pattern: str) -> Node:
    """:raises PatternError: when the pattern is wrong, too long or needs backtracking."""
    if len(pattern) > MAX_PATTERN:
        raise PatternError(f"超过{MAX_PATTERN}个字符", f"it is longer than {MAX_PATTERN} characters")
    reader = _Reader(pattern)
    node = reader.choice(0)
    if not reader.at_end():
        raise PatternError("多出一个“)”", "it closes a group that is not open")
    return node


class _Reader:
    """Recursive descent; one method for each production of the grammar."""

    def __init__(self, text: str) -> None:
        self._text = text
        self._next = 0

    def at_end(self) -> bool:
        return self._next >= len(self._text)

    def choice(self, depth: int) -> Node:
        if depth > MAX_GROUPS_IN_GROUPS:
            raise PatternError("括号嵌套过深", "its groups are nested too deeply")
        options = [self._sequence(depth)]
        while self._take("|"):
            options.append(self._sequence(depth))
        return options[0] if len(options) == 1 else Choice(tuple(options))

    def _sequence(self, depth: int) -> Node:
        items: list[Node] = []
        while not self.at_end() and self._peek() not in "|)":
            items.append(self._quantified(self._atom(depth)))
        return items[0] if len(items) == 1 else Sequence(tuple(items))

    def _atom(self, depth: int) -> Node:
        char = self._advance()
        if char == "(":
            return self._group(depth)
        if char == "[":
            return self._class()
        if char == "\\":
            return self._escape()
        if char == ".":
            return Characters(_LINE_END, negated=True)
        if char in "^$":
            return Assertion(char)
        if char in "*+?{":
            raise PatternError(f"“{char}”前面没有可重复的内容", f"“{char}” has nothing to repeat (write \\{char} for itself)")
        return _one(char)

    def _group(self, depth: int) -> Node:
        if self._take("?") and not self._take(":"):
            self._group_name()
        node = self.choice(depth + 1)
        if not self._take(")"):
            raise PatternError("缺少“)”", "a group is not closed")
        return node

    def _group_name(self) -> None:
        if not self._take("<") or (not self.at_end() and self._peek() in "=!"):
            raise PatternError("不支持前后断言（?=、?!、?<=、?<!）", "look-around is not supported")
        name = self._until(">")
        if not name.isidentifier():
            raise PatternError("分组名称有误", "the name of a group is wrong")

    def _quantified(self, item: Node) -> Node:
        bounds = self._bounds()
        if bounds is None:
            return item
        if isinstance(item, Assertion):
            raise PatternError("位置符号后不能有重复次数", "an assertion cannot be repeated")
        self._take("?")  # lazy or greedy: the same texts match
        if not self.at_end() and self._peek() in "*+?{":
            raise PatternError("重复次数连写", "it repeats a repetition")
        return Repeat(item, *bounds)

    def _bounds(self) -> tuple[int, int | None] | None:
        if self._take("*"):
            return 0, None
        if self._take("+"):
            return 1, None
        if self._take("?"):
            return 0, 1
        return self._counted() if self._take("{") else None

    def _counted(self) -> tuple[int, int | None]:
        low, comma, high = self._until("}").partition(",")
        if not _is_number(low) or (high and not _is_number(high)):
            raise PatternError("“{”后应为重复次数（字面的“{”请写作“\\{”）", "“{” needs a count (write \\{ for itself)")
        least = int(low)
        most = int(high) if high else (None if comma else least)
        if most is not None and most < least:
            raise PatternError("重复次数的上限小于下限", "a count ends before it begins")
        return least, most

    def _class(self) -> Node:
        negated = self._take("^")
        ranges: list[Range] = []
        while not self._take("]"):
            low = self._class_atom()
            if isinstance(low, Characters):
                ranges += _plain_ranges(low)
            elif self._is_range():
                self._advance()
                ranges.append(_range(low, self._class_atom()))
            else:
                ranges.append((low, low))
        return Characters(tuple(ranges), negated)

    def _is_range(self) -> bool:
        return self._text[self._next : self._next + 1] == "-" and self._text[self._next + 1 : self._next + 2] not in ("]", "")

    def _class_atom(self) -> "str | Characters":
        char = self._advance()
        if char != "\\":
            return char
        escaped = self._escape(in_class=True)
        assert isinstance(escaped, Characters), "assertions are not escapes of a class"
        low, high = escaped.ranges[0]
        return low if low == high else escaped

    def _escape(self, *, in_class: bool = False) -> Node:
        char = self._advance()
        if char in _SHORTHANDS:
            return _SHORTHANDS[char]
        if char in "bB" and not in_class:
            return Assertion(char)
        if char == "b":
            return _one("\b")
        if char in _CONTROL:
            return _one(_CONTROL[char])
        if char in "xu":
            return _one(self._code(2 if char == "x" else 4))
        if char.isascii() and char.isdigit():
            raise PatternError("不支持反向引用", "back-references are not supported")
        if char.isascii() and char.isalpha():
            raise PatternError(f"“\\{char}”在浏览器中没有意义", f"\\{char} means nothing in the browser")
        return _one(char)

    def _code(self, digits: int) -> str:
        code = self._text[self._next : self._next + digits]
        self._next += digits
        if len(code) < digits or not set(code) <= set("0123456789abcdefABCDEF"):
            raise PatternError("字符编码有误", f"a character code needs {digits} hexadecimal digits")
        return chr(int(code, 16))

    def _peek(self) -> str:
        return self._text[self._next]

    def _advance(self) -> str:
        if self.at_end():
            raise PatternError("提前结束", "it ends too early")
        self._next += 1
        return self._text[self._next - 1]

    def _take(self, char: str) -> bool:
        taken = not self.at_end() and self._peek() == char
        self._next += taken
        return taken

    def _until(self, end: str) -> str:
        start = self._next
        while self._advance() != end:
            pass
        return self._text[start : self._next - 1]


def _one(char: str) -> Characters:
    return Characters(((char, char),))


def _is_number(text: str) -> bool:
    return text.isascii() and text.isdigit() and len(text) <= 4


def _range(low: str, high: "str | Characters") -> Range:
    if isinstance(high, Characters) or high < low:
        raise PatternError("字符范围有误", "a range of characters is wrong")
    return low, high


def _plain_ranges(characters: Characters) -> tuple[Range, ...]:
    """The ranges of a shorthand inside a class; those of a negated one turned inside out."""
    if not characters.negated:
        return characters.ranges
    edges = ["\0", *(edge for low, high in characters.ranges for edge in (chr(ord(low) - 1), chr(ord(high) + 1)))]
    edges.append("\U0010ffff")
    return tuple((low, high) for low, high in zip(edges[::2], edges[1::2], strict=True) if low <= high)

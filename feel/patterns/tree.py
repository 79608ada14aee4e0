"""What a pattern says, and reading it. The syntax is that of XPath functions and operators 3.1, section 5.6.1."""

from dataclasses import dataclass
from typing import NoReturn

from feel.patterns.characters import EVERYTHING, NEW_LINE, Ranges, category, complement, difference, named, union

_ESCAPED = {"n": "\n", "r": "\r", "t": "\t"}
_SPECIAL = frozenset("\\|.?*+(){}$-[]^")
_MAX_NESTING = 50
MAX_REPEAT = 10_000


@dataclass(frozen=True, slots=True)
class One:
    """One character of a set."""

    ranges: Ranges


@dataclass(frozen=True, slots=True)
class Sequence:
    """One part after the other."""

    parts: tuple["Part", ...]


@dataclass(frozen=True, slots=True)
class Choice:
    """One of several, the first rather than the last."""

    options: tuple["Part", ...]


@dataclass(frozen=True, slots=True)
class Repeat:
    """A part ``low`` to ``high`` times; None is without end."""

    part: "Part"
    low: int
    high: int | None
    greedy: bool


@dataclass(frozen=True, slots=True)
class Group:
    """A part whose match is remembered."""

    part: "Part"
    number: int


@dataclass(frozen=True, slots=True)
class Anchor:
    """``^`` or ``$``, of the text or of a line."""

    sign: str
    of_line: bool


@dataclass(frozen=True, slots=True)
class Back:
    """What a group before matched, once more."""

    number: int


Part = One | Sequence | Choice | Repeat | Group | Anchor | Back


class PatternReader:
    """One pass over a pattern. A pattern that is none raises ValueError."""

    def __init__(self, text: str, flags: str) -> None:
        self.text = text
        self.flags = flags
        self.position = 0
        self.groups = 0
        self.closed: set[int] = set()
        self.nesting = 0

    def read(self) -> Part:
        """The whole pattern."""
        if "q" in self.flags:
            return Sequence(tuple(One(((ord(sign), ord(sign)),)) for sign in self.text))
        if "x" in self.flags:
            self.text = _without_space(self.text)
        part = self.choice()
        if self.position < len(self.text):
            self.fail()
        return part

    def fail(self) -> NoReturn:
        """The pattern is none."""
        raise ValueError(f"no pattern, from character {self.position + 1} on: {self.text[:100]!r}")

    @property
    def sign(self) -> str:
        """The character at hand; empty at the end."""
        return self.text[self.position : self.position + 1]

    def accept(self, sign: str) -> bool:
        """Step over ``sign`` if it is at hand."""
        found = self.text.startswith(sign, self.position)
        self.position += len(sign) * found
        return found

    def expect(self, sign: str) -> None:
        """Step over ``sign``, which must be at hand."""
        if not self.accept(sign):
            self.fail()

    def take(self) -> str:
        """Step over one character, which must be there."""
        if not self.sign:
            self.fail()
        self.position += 1
        return self.text[self.position - 1]

    def choice(self) -> Part:
        """``a|b``"""
        self.nesting += 1
        if self.nesting > _MAX_NESTING:
            self.fail()
        options = [self.sequence()]
        while self.accept("|"):
            options.append(self.sequence())
        self.nesting -= 1
        return options[0] if len(options) == 1 else Choice(tuple(options))

    def sequence(self) -> Part:
        """Pieces up to ``|`` or ``)``."""
        parts: list[Part] = []
        while self.sign and self.sign not in "|)":
            parts.append(self.piece())
        return parts[0] if len(parts) == 1 else Sequence(tuple(parts))

    def piece(self) -> Part:
        """An atom and how often."""
        part = self.atom()
        bounds = self.quantifier()
        if bounds is None:
            return part
        if isinstance(part, Anchor):
            self.fail()
        return Repeat(part, *bounds, greedy=not self.accept("?"))

    def quantifier(self) -> tuple[int, int | None] | None:
        """``?``, ``*``, ``+``, ``{2}``, ``{2,}``, ``{2,3}``"""
        for sign, bounds in (("?", (0, 1)), ("*", (0, None)), ("+", (1, None))):
            if self.accept(sign):
                return bounds
        if not self.accept("{"):
            return None
        low = self.number()
        high: int | None = low
        if self.accept(","):
            high = None if self.sign == "}" else self.number()
        self.expect("}")
        if max(low, high or 0) > MAX_REPEAT or (high is not None and high < low):
            self.fail()
        return low, high

    def number(self) -> int:
        """A whole number."""
        start = self.position
        while self.sign.isascii() and self.sign.isdigit():
            self.position += 1
        if not start < self.position < start + 10:
            self.fail()
        return int(self.text[start : self.position])

    def atom(self) -> Part:
        """A character, a set of them, a group or an anchor."""
        sign = self.take()
        if sign == "(":
            return self.group()
        if sign == "[":
            return One(self.character_class())
        if sign == "\\":
            return self.escape()
        if sign in "^$":
            return Anchor(sign, "m" in self.flags)
        if sign == ".":
            return One(EVERYTHING if "s" in self.flags else complement(NEW_LINE))
        if sign in "?*+{}])":
            self.fail()
        return One(((ord(sign), ord(sign)),))

    def group(self) -> Part:
        """``...)`` or ``?:...)``"""
        if self.accept("?:"):
            part = self.choice()
            self.expect(")")
            return part
        self.groups += 1
        number = self.groups
        part = self.choice()
        self.expect(")")
        self.closed.add(number)
        return Group(part, number)

    def escape(self) -> Part:
        r"""What stands behind ``\``."""
        if self.sign.isascii() and self.sign.isdigit() and self.sign != "0":
            number = int(self.take())
            if number not in self.closed:
                self.fail()
            return Back(number)
        return One(self.escaped_set())

    def escaped_set(self) -> Ranges:
        r"""``\n``, ``\.``, ``\d``, ``\p{L}``"""
        sign = self.take()
        if sign in "pP":
            self.expect("{")
            start = self.position
            while self.sign and self.sign != "}":
                self.position += 1
            ranges = category(self.text[start : self.position])
            self.expect("}")
            return complement(ranges) if sign == "P" else ranges
        if sign in "dDwWsSiIcC":
            return named(sign)
        if sign in _SPECIAL or sign in _ESCAPED:
            code = ord(_ESCAPED.get(sign, sign))
            return ((code, code),)
        return self.fail()

    def character_class(self) -> Ranges:
        """``a-z0-9]``, ``^a]``, ``a-z-[aeiou]]``"""
        negative = self.accept("^")
        ranges: list[tuple[int, int]] = []
        without: Ranges = ()
        while not self.accept("]"):
            if ranges and self.accept("-["):
                without = self.nested_class()
                self.expect("]")
                break
            ranges.extend(self.class_item())
        if not ranges:
            self.fail()
        found = union(ranges)
        return difference(complement(found) if negative else found, without)

    def nested_class(self) -> Ranges:
        """A class within a class."""
        self.nesting += 1
        if self.nesting > _MAX_NESTING:
            self.fail()
        ranges = self.character_class()
        self.nesting -= 1
        return ranges

    def class_item(self) -> Ranges:
        """A character, a range of them or an escape."""
        low = self.class_end()
        if len(low) != 1 or low[0][0] != low[0][1] or self.sign != "-" or self.text[self.position + 1 :][:1] in ("]", "["):
            return low
        self.expect("-")
        high = self.class_end()
        if len(high) != 1 or high[0][1] < low[0][0] or high[0][0] != high[0][1]:
            self.fail()
        return ((low[0][0], high[0][1]),)

    def class_end(self) -> Ranges:
        """One end of a range."""
        sign = self.take()
        if sign == "\\":
            return self.escaped_set()
        if sign in "[]":
            self.fail()
        return ((ord(sign), ord(sign)),)


def _without_space(text: str) -> str:
    """The pattern without space outside of classes, as the flag ``x`` wants it."""
    depth, kept, escaped = 0, "", False
    for sign in text:
        if not escaped:
            depth += (sign == "[") - (sign == "]")
        escaped = sign == "\\" and not escaped
        if depth > 0 or sign not in " \t\r\n":
            kept += sign
    return kept

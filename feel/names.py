"""Names of more than one word. FEEL allows ``Monthly Salary`` and ``string length``, but only once somebody said so: a
name is taken as long as it can be among those that are known where it stands (DMN 1.5, 10.3.1.4)."""

from collections.abc import Iterable, Sequence

from feel.lexer import Token, words_of

RESERVED = frozenset(
    {
        "if",
        "then",
        "else",
        "for",
        "in",
        "return",
        "some",
        "every",
        "satisfies",
        "between",
        "and",
        "or",
        "null",
        "true",
        "false",
        "function",
        "instance",
    }
)
"""Words that can not begin a name."""

Words = tuple[str, ...]


class KnownNames:
    """The names of several words that are known at some place; immutable."""

    __slots__ = ("_by_first",)

    def __init__(self, names: Iterable[str]) -> None:
        self._by_first: dict[str, list[Words]] = {}
        for name in names:
            words = words_of(name)
            if len(words) > 1:
                self._by_first.setdefault(words[0], []).append(words)
        for same_first in self._by_first.values():
            same_first.sort(key=len, reverse=True)

    def plus(self, names: Iterable[str]) -> "KnownNames":
        """These names and more; itself if none of them has several words."""
        more = KnownNames(names)
        if not more._by_first:
            return self
        for first, words in self._by_first.items():
            merged = {*words, *more._by_first.get(first, ())}
            more._by_first[first] = sorted(merged, key=len, reverse=True)
        return more

    def longest(self, tokens: Sequence[Token], start: int) -> int:
        """How many tokens from ``start`` are one known name; 0 if none is."""
        for words in self._by_first.get(tokens[start].text, ()):
            if all(token.text == word for token, word in zip(tokens[start : start + len(words)], words, strict=False)):
                return len(words)
        return 0


def written(tokens: Sequence[Token]) -> str:
    """Tokens as one name: spaces only where there were some in the text, and never more than one."""
    name = ""
    end = tokens[0].start if tokens else 0
    for token in tokens:
        name += (" " if token.start > end else "") + token.text
        end = token.start + len(token.text)
    return name

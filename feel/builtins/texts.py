"""Functions on texts (DMN 1.5, table 73). A character is a Unicode code point: 𠮷 has the length 1."""

from decimal import Decimal

from feel.builtins.registry import builtin
from feel.errors import overspent
from feel.patterns import Pattern
from feel.scope import Run
from feel.values import Value


@builtin("substring", "string: string, start position: number, length?: number")
def substring(text: str, start: Decimal, length: Decimal | None) -> Value:
    """``length`` characters from a place on, or all of them. Places count from 1, or from -1 at the end."""
    first = int(start)
    if first == 0 or abs(first) > len(text) or (length is not None and length < 1):
        return None
    index = first - 1 if first > 0 else len(text) + first
    return text[index:] if length is None else text[index : index + int(length)]


@builtin("string length", "string: string")
def string_length(text: str) -> Value:
    """How many characters a text has."""
    return Decimal(len(text))


@builtin("upper case", "string: string")
def upper_case(text: str) -> Value:
    """The text in capitals."""
    return text.upper()


@builtin("lower case", "string: string")
def lower_case(text: str) -> Value:
    """The text in small letters."""
    return text.lower()


@builtin("trim", "string: string")
def trim(text: str) -> Value:
    """The text without space around it. Not in the standard; Camunda and feelin have it."""
    return text.strip()


@builtin("substring before", "string: string, match: string")
def substring_before(text: str, match: str) -> Value:
    """What stands before the first ``match``; an empty text if there is none."""
    before, found, _ = text.partition(match) if match else ("", "", "")
    return before if found else ""


@builtin("substring after", "string: string, match: string")
def substring_after(text: str, match: str) -> Value:
    """What stands behind the first ``match``; an empty text if there is none."""
    return text.partition(match)[2] if match else text


@builtin("contains", "string: string, match: string")
def contains(text: str, match: str) -> Value:
    """Whether ``match`` is in the text."""
    return match in text


@builtin("starts with", "string: string, match: string")
def starts_with(text: str, match: str) -> Value:
    """Whether the text begins with ``match``."""
    return text.startswith(match)


@builtin("ends with", "string: string, match: string")
def ends_with(text: str, match: str) -> Value:
    """Whether the text ends with ``match``."""
    return text.endswith(match)


@builtin("matches", "input: string, pattern: string, flags?: any", run=True)
def matches(run: Run, text: str, pattern: str, flags: Value) -> Value:
    """Whether the pattern is found anywhere in the text. Patterns are those of XPath; ``flags`` are of ``s m i x q``."""
    compiled = _pattern(pattern, flags)
    return None if compiled is None else compiled.search(text, 0, run.charge) is not None


def _pattern(pattern: str, flags: Value) -> Pattern | None:
    return Pattern.of(pattern, "" if flags is None else flags) if flags is None or isinstance(flags, str) else None


@builtin("replace", "input: string, pattern: string, replacement: string, flags?: any", run=True)
def replace(run: Run, text: str, pattern: str, replacement: str, flags: Value) -> Value:
    """The text with ``replacement`` for every match; ``$1`` in it is what the first group matched, ``$0`` all of it.

    null for a pattern that matches the empty text (XPath, FORX0003).
    """
    compiled = _pattern(pattern, flags)
    if compiled is None or compiled.search("", 0, run.charge) is not None:
        return None
    parts = compiled.replacement(replacement)
    pieces: list[str] = []
    size = end = 0
    for match in compiled.all_matches(text, run.charge):
        groups = [match.text(part) if isinstance(part, int) else part for part in parts]
        pieces += [text[end : match.start], *groups]
        size += sum(map(len, groups))
        if size > run.budget.characters:
            overspent("characters", run.budget.characters)
        end = match.end
    return "".join(pieces) + text[end:]


@builtin("split", "string: string, delimiter: string", run=True)
def split(run: Run, text: str, delimiter: str) -> Value:
    """The parts of the text between matches of the pattern ``delimiter``; null if it matches the empty text."""
    compiled = Pattern.of(delimiter, "")
    if compiled is None or compiled.search("", 0, run.charge) is not None:
        return None
    pieces: list[Value] = []
    end = 0
    for match in compiled.all_matches(text, run.charge):
        pieces.append(text[end : match.start])
        end = match.end
    return [*pieces, text[end:]]


@builtin("string join", "list: list, delimiter?: any", run=True)
def string_join(run: Run, items: list[Value], delimiter: Value) -> Value:
    """The texts of a list as one, with ``delimiter`` between them; nulls are left out."""
    texts = [item for item in items if isinstance(item, str)]
    between = "" if delimiter is None else delimiter
    if not isinstance(between, str) or any(item is not None and not isinstance(item, str) for item in items):
        return None
    if sum(map(len, texts)) + len(between) * len(texts) > run.budget.characters:
        overspent("characters", run.budget.characters)
    return between.join(texts)

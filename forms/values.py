"""What may leave a form: JSON that every part of the system carries exactly, within bounds."""

from math import isfinite
from typing import TypeAlias

from forms.limits import MAX_CELLS, MAX_INTEGER, MAX_TEXT

Value: TypeAlias = "bool | int | float | str | list[Value] | dict[str, Value] | None"

_MAX_NESTING = 16


def admit(value: object, depth: int = 0) -> Value:
    """Return a copy of the value as plain JSON.

    :raises ValueError: when it is no JSON, too large or too deep.
    """
    if depth > _MAX_NESTING:
        raise ValueError("nested too deeply")
    if value is None or isinstance(value, bool):
        return value
    if isinstance(value, str):
        return _text(value)
    if isinstance(value, int | float):
        return _number(value)
    if isinstance(value, list | dict) and len(value) > MAX_CELLS:
        raise ValueError("too many entries")
    if isinstance(value, list):
        return [admit(entry, depth + 1) for entry in value]
    if isinstance(value, dict):
        return {_text(name): admit(entry, depth + 1) for name, entry in value.items()}
    raise ValueError(f"{type(value).__name__} is not JSON")


def is_storable(text: str) -> bool:
    """PostgreSQL stores no NUL, UTF-8 no lone surrogate; other control characters break the printed documents."""
    return not any((char < " " and char not in "\t\n\r") or "\ud800" <= char <= "\udfff" for char in text)


def same(left: object, right: object) -> bool:
    """Equality of JSON values. Python holds ``True == 1``; JSON does not."""
    if isinstance(left, bool) or isinstance(right, bool):
        return left is right
    if isinstance(left, list) and isinstance(right, list):
        return len(left) == len(right) and all(same(a, b) for a, b in zip(left, right, strict=True))
    if isinstance(left, dict) and isinstance(right, dict):
        return left.keys() == right.keys() and all(same(entry, right[name]) for name, entry in left.items())
    return left == right


def _text(text: object) -> str:
    if not isinstance(text, str) or len(text) > MAX_TEXT or not is_storable(text):
        raise ValueError("text that cannot be stored")
    return text


def _number(number: int | float) -> int | float:
    if (isinstance(number, float) and not isfinite(number)) or abs(number) > MAX_INTEGER:
        raise ValueError("a number that cannot be stored")
    return int(number) if number == int(number) else number

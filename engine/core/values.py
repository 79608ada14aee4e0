"""What a process variable may hold: JSON, within bounds that every part of the system can carry exactly.

RFC 8785 (and I-JSON, RFC 7493) limit integers to ±(2^53-1); history is digested in that form, so a larger number would be
a variable that cannot be recorded. It is refused at the door instead.
"""

from collections.abc import Mapping
from math import isfinite
from typing import TypeAlias

from engine.core.rejection import Rejection

Value: TypeAlias = "None | bool | int | float | str | list[Value] | dict[str, Value]"
Variables: TypeAlias = dict[str, Value]

MAX_INTEGER = 2**53 - 1
MAX_DEPTH = 32
MAX_STRING = 1_000_000
MAX_ITEMS = 10_000


def admit(variables: Mapping[str, object]) -> Variables:
    """Return ``variables`` as plain JSON values that share nothing with the argument.

    :raises Rejection: ``variable-not-storable``, naming the variable.
    """
    return {_name(name): _value(value, name, 0) for name, value in variables.items()}


def _name(name: object) -> str:
    if not isinstance(name, str) or not name or not _storable(name):
        raise Rejection("variable-not-storable", field=repr(name), expected="a name of Unicode text")
    return name


def _value(value: object, field: str, depth: int) -> Value:
    if depth > MAX_DEPTH:
        raise Rejection("variable-not-storable", field=field, expected=f"at most {MAX_DEPTH} levels of nesting")
    if value is None or isinstance(value, bool):
        return value
    if isinstance(value, int):
        if abs(value) > MAX_INTEGER:
            raise Rejection("variable-not-storable", field=field, expected="an integer within ±9007199254740991")
        return int(value)
    if isinstance(value, float):
        if not isfinite(value):
            raise Rejection("variable-not-storable", field=field, expected="a finite number")
        return value
    if isinstance(value, str):
        if len(value) > MAX_STRING or not _storable(value):
            raise Rejection("variable-not-storable", field=field, expected="Unicode text of reasonable length")
        return value
    if isinstance(value, list | tuple | Mapping) and len(value) > MAX_ITEMS:
        raise Rejection("variable-not-storable", field=field, expected=f"at most {MAX_ITEMS} entries")
    if isinstance(value, list | tuple):
        return [_value(item, f"{field}[{index}]", depth + 1) for index, item in enumerate(value)]
    if isinstance(value, Mapping):
        return {_name(key): _value(item, f"{field}.{key}", depth + 1) for key, item in value.items()}
    raise Rejection("variable-not-storable", field=field, expected="a JSON value")


def _storable(text: str) -> bool:
    """PostgreSQL stores no NUL, UTF-8 no lone surrogate."""
    return "\x00" not in text and not any("\ud800" <= char <= "\udfff" for char in text)

"""What a process variable may hold: JSON, within bounds that every part of the system can carry exactly.

RFC 8785 (and I-JSON, RFC 7493) limit integers to ±(2^53-1); history is digested in that form, so a larger number would be
a variable that cannot be recorded. It is refused at the door instead.
"""

import re
from collections.abc import Mapping
from math import isfinite
from typing import TypeAlias, cast

from engine.core.rejection import Rejection

Value: TypeAlias = "bool | int | float | str | list[Value] | dict[str, Value] | None"
Variables: TypeAlias = dict[str, Value]

MAX_INTEGER = 2**53 - 1
MAX_DEPTH = 32
MAX_STRING = 1_000_000
MAX_ITEMS = 10_000
_NOT_STORABLE = re.compile("[\x00\ud800-\udfff]")


def admit(variables: Mapping[str, object]) -> Variables:
    """Return ``variables`` as plain JSON values that share nothing with the argument.

    :raises Rejection: ``variable-not-storable``, naming the variable.
    """
    if len(variables) > MAX_ITEMS:
        raise _refused(f"({len(variables)})", f"one of at most {MAX_ITEMS}")
    return {_name(name): _value(value, name, 0) for name, value in variables.items()}


def copied(variables: Mapping[str, Value]) -> Variables:
    """Variables for somebody outside the core: what he does with them does not reach the branches that share the values."""
    return {name: _copied(value) for name, value in variables.items()}


def _copied(value: Value) -> Value:
    if isinstance(value, dict):
        return {key: _copied(item) for key, item in value.items()}
    return [_copied(item) for item in value] if isinstance(value, list) else value


def _name(name: object) -> str:
    if not isinstance(name, str) or not name or not storable(name):
        raise _refused(repr(name), "a name of Unicode text")
    return name


def _value(value: object, field: str, depth: int) -> Value:
    if depth > MAX_DEPTH:
        raise _refused(field, f"at most {MAX_DEPTH} levels of nesting")
    if isinstance(value, list | tuple | Mapping):
        return _collection(value, field, depth)
    expected = _scalar_problem(value)
    if expected is not None:
        raise _refused(field, expected)
    return cast(Value, value)


def _collection(value: "list[object] | tuple[object, ...] | Mapping[object, object]", field: str, depth: int) -> Value:
    if len(value) > MAX_ITEMS:
        raise _refused(field, f"at most {MAX_ITEMS} entries")
    if isinstance(value, Mapping):
        return {_name(key): _value(item, f"{field}.{key}", depth + 1) for key, item in value.items()}
    return [_value(item, f"{field}[{index}]", depth + 1) for index, item in enumerate(value)]


def _scalar_problem(value: object) -> str | None:
    """What was expected instead, if the value cannot be kept."""
    match value:
        case None | bool():
            return None
        case int():
            return None if abs(value) <= MAX_INTEGER else f"an integer within ±{MAX_INTEGER}"
        case float():
            return None if isfinite(value) else "a finite number"
        case str():
            return None if len(value) <= MAX_STRING and storable(value) else "Unicode text of reasonable length"
    return "a JSON value"


def _refused(field: str, expected: str) -> Rejection:
    return Rejection("variable-not-storable", field=field, expected=expected)


def storable(text: str) -> bool:
    """Whether every database can hold the text: PostgreSQL stores no NUL, UTF-8 no lone surrogate."""
    return _NOT_STORABLE.search(text) is None

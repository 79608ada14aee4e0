"""Functions on contexts (DMN 1.5, table 80)."""

from feel.builtins.registry import builtin
from feel.values import Value


@builtin("get value", "m: context, key: string")
def get_value(context: dict[str, Value], key: str) -> Value:
    """The value of an entry; null if there is none."""
    return context.get(key)


@builtin("get value", "context: context, keys: list")
def get_value_along(context: dict[str, Value], keys: list[Value]) -> Value:
    """The value at the end of a path of entries."""
    value: Value = context
    for key in keys:
        value = value.get(key) if isinstance(value, dict) and isinstance(key, str) else None
    return value if keys else None


@builtin("get entries", "m: context")
def get_entries(context: dict[str, Value]) -> Value:
    """The entries as a list of contexts with ``key`` and ``value``."""
    return [{"key": key, "value": value} for key, value in context.items()]


@builtin("context put", "context: context, key: string, value: any")
def context_put(context: dict[str, Value], key: str, value: Value) -> Value:
    """The context with one entry more, or another value in it."""
    return {**context, key: value}


@builtin("context put", "context: context, keys: list, value: any")
def context_put_along(context: dict[str, Value], keys: list[Value], value: Value) -> Value:
    """The context with another value at the end of a path of entries."""
    if not keys or not all(isinstance(key, str) for key in keys):
        return None
    path = [str(key) for key in keys]
    levels = [context]
    for key in path[:-1]:
        inner = levels[-1].get(key)
        if inner is not None and not isinstance(inner, dict):
            return None
        levels.append({} if inner is None else inner)
    for level, key in zip(reversed(levels), reversed(path), strict=True):
        value = {**level, key: value}
    return value


@builtin("context merge", "contexts: list")
def context_merge(contexts: list[Value]) -> Value:
    """The entries of all contexts; of equal names the last one's."""
    merged: dict[str, Value] = {}
    for context in contexts:
        if not isinstance(context, dict):
            return None
        merged |= context
    return merged


@builtin("context", "entries: list")
def context_of(entries: list[Value]) -> Value:
    """A context from a list of contexts with ``key`` and ``value``; null if a key is missing or comes twice."""
    context: dict[str, Value] = {}
    for entry in entries:
        if not isinstance(entry, dict) or "value" not in entry:
            return None
        key = entry.get("key")
        if not isinstance(key, str) or key in context:
            return None
        context[key] = entry["value"]
    return context

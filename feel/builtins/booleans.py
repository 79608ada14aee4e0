"""Functions on true, false and unknown (DMN 1.5, table 72, and ``all`` and ``any`` of table 74)."""

from feel.builtins.registry import builtin
from feel.values import Value


@builtin("not", "negand: any")
def negate(negand: Value) -> Value:
    """True for false and false for true; null for anything else."""
    return not negand if isinstance(negand, bool) else None


@builtin("all", "list...: list")
def all_true(items: list[Value]) -> Value:
    """False if an item is false, true if all are true, else null."""
    return _decide(items, decisive=False)


@builtin("any", "list...: list")
def any_true(items: list[Value]) -> Value:
    """True if an item is true, false if all are false, else null."""
    return _decide(items, decisive=True)


def _decide(items: list[Value], *, decisive: bool) -> Value:
    if any(item is decisive for item in items):
        return decisive
    return not decisive if all(isinstance(item, bool) for item in items) else None


@builtin("is defined", "value: any")
def is_defined(value: Value) -> Value:
    """Whether a value is not null. Not in the standard; form-js and feelin have it."""
    return value is not None

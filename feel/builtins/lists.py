"""Functions on lists (DMN 1.5, table 74). Places count from 1, or from -1 at the end."""

from decimal import ROUND_DOWN, Decimal
from functools import cmp_to_key

from feel.builtins.registry import builtin
from feel.builtins.statistics import ascending, place_of
from feel.comparison import equal
from feel.functions import Function, invoke
from feel.scope import Run
from feel.values import Value


def index_of_place(items: list[Value], place: Decimal) -> int | None:
    """A place of the language as an index of Python; None if the list has no such place."""
    whole = place.to_integral_value(ROUND_DOWN)
    if not 1 <= abs(whole) <= len(items):
        return None
    return int(whole) - 1 if whole > 0 else len(items) + int(whole)


@builtin("list contains", "list: list, element: any", run=True)
def list_contains(run: Run, items: list[Value], element: Value) -> Value:
    """Whether an item equals ``element``, which may be null."""
    return place_of(run, items, element) >= 0


@builtin("sublist", "list: list, start position: number, length?: number")
def sublist(items: list[Value], start: Decimal, length: Decimal | None) -> Value:
    """``length`` items from a place on, or all of them."""
    index = index_of_place(items, start)
    if index is None:
        return None
    if length is None:
        return items[index:]
    return items[index : index + int(length)] if 0 < length <= len(items) - index else None


@builtin("append", "list: list, item+: any")
def append(items: list[Value], more: list[Value]) -> Value:
    """The list and more items behind it."""
    return [*items, *more]


@builtin("concatenate", "list+: any")
def concatenate(lists: list[Value]) -> Value:
    """The items of all lists, one list after the other."""
    return _joined(lists)


def _joined(lists: list[Value]) -> list[Value] | None:
    if any(items is None for items in lists):
        return None
    return [item for items in lists for item in (items if isinstance(items, list) else [items])]


@builtin("union", "list+: any", run=True)
def union(run: Run, lists: list[Value]) -> Value:
    """The items of all lists, each once."""
    joined = _joined(lists)
    return None if joined is None else distinct_values(run, joined)


@builtin("insert before", "list: list, position: number, newItem: any")
def insert_before(items: list[Value], place: Decimal, item: Value) -> Value:
    """The list with one more item, which gets the place."""
    index = index_of_place(items, place)
    return None if index is None else [*items[:index], item, *items[index:]]


@builtin("remove", "list: list, position: number")
def remove(items: list[Value], place: Decimal) -> Value:
    """The list without the item at a place."""
    index = index_of_place(items, place)
    return None if index is None else [*items[:index], *items[index + 1 :]]


@builtin("list replace", "list: list, position: number, newItem: any")
def replace_at(items: list[Value], place: Decimal, item: Value) -> Value:
    """The list with another item at a place."""
    index = index_of_place(items, place)
    return None if index is None else [*items[:index], item, *items[index + 1 :]]


@builtin("list replace", "list: list, match: function, newItem: any", run=True)
def replace_matching(run: Run, items: list[Value], match: Value, item: Value) -> Value:
    """The list with another item in place of those for which ``match(item, newItem)`` is true."""
    if not isinstance(match, Function):
        return None
    verdicts = [invoke(run, match, [old, item]) for old in items]
    if not all(isinstance(verdict, bool) for verdict in verdicts):
        return None
    return [item if verdict else old for old, verdict in zip(items, verdicts, strict=True)]


@builtin("reverse", "list: list")
def reverse(items: list[Value]) -> Value:
    """The list from its end."""
    return items[::-1]


@builtin("index of", "list: list, match: any", run=True)
def index_of(run: Run, items: list[Value], match: Value) -> Value:
    """All places of items equal to ``match``."""
    return _places(run, items, match)


def _places(run: Run, items: list[Value], match: Value) -> list[Value]:
    run.charge(len(items))
    return [Decimal(place) for place, item in enumerate(items, start=1) if equal(run, item, match)]


@builtin("distinct values", "list: list", run=True)
def distinct_values(run: Run, items: list[Value]) -> Value:
    """The list without what came before."""
    seen: set[object] = set()
    distinct: list[Value] = []
    for item in items:
        if isinstance(item, Decimal | str | bool | None):
            # Plain values are found by hash; a list of 10,000 numbers must not be compared pair by pair.
            key = (type(item), item)
            if key not in seen:
                seen.add(key)
                distinct.append(item)
        elif place_of(run, distinct, item) < 0:
            distinct.append(item)
    return distinct


@builtin("duplicate values", "list: list", run=True)
def duplicate_values(run: Run, items: list[Value]) -> Value:
    """Each value the list has more than once. Not in the standard; Camunda and feelin have it."""
    distinct = distinct_values(run, items)
    assert isinstance(distinct, list)
    return [item for item in distinct if len(_places(run, items, item)) > 1]


@builtin("flatten", "list: list", run=True)
def flatten(run: Run, items: list[Value]) -> Value:
    """The items of the list and of the lists in it, at all levels, as one list."""
    flat: list[Value] = []
    for item in items:
        run.charge(1)
        if isinstance(item, list):
            inner = flatten(run, item)
            assert isinstance(inner, list)
            flat.extend(inner)
        else:
            flat.append(item)
    return flat


@builtin("sort", "list: list, precedes?: function", run=True)
def sort(run: Run, items: list[Value], precedes: Value) -> Value:
    """The list in order, or in the order of ``precedes(a, b)``: true if ``a`` comes first. Equals keep their order."""
    run.charge(len(items) * len(items).bit_length() // 8)
    if precedes is None:
        return ascending(items)
    if not isinstance(precedes, Function):
        return None

    def compare(left: Value, right: Value) -> int:
        if invoke(run, precedes, [left, right]) is True:
            return -1
        return 1 if invoke(run, precedes, [right, left]) is True else 0

    return sorted(items, key=cmp_to_key(compare))


@builtin("partition", "list: list, size: number")
def partition(items: list[Value], size: Decimal) -> Value:
    """Lists of ``size`` items each, the last one of what is left. Not in the standard; Camunda and feelin have it."""
    if not 1 <= size <= 10**9:
        return None
    step = int(size)
    return [items[start : start + step] for start in range(0, len(items), step)]


@builtin("is empty", "list: list")
def is_empty(items: list[Value]) -> Value:
    """Whether a list has no items. Not in the standard; Camunda and feelin have it."""
    return not items

"""The items in force, as the pages need them: all at once, by window and by department."""

from collections import Counter
from collections.abc import Iterable
from dataclasses import dataclass

from api.door import runtime
from api.resources.collection import fees_on
from engine.runtime.queries.paging import MAX_LIMIT
from workflows.catalogue.item import FeeReference, Item
from workflows.catalogue.item_register import ItemFilter, ItemLine, ItemRegister
from workflows.catalogue.storage import parsed

EVERYTHING = ItemFilter()


@dataclass(frozen=True, slots=True)
class Group:
    """Items that are found at one place. ``key``: what an address calls it."""

    key: str
    name: str
    count: int


def lines(wanted: ItemFilter = EVERYTHING) -> list[ItemLine]:
    """Every item in force that is wanted, by code."""
    register, now = ItemRegister(runtime().registers), runtime().clock()
    found: list[ItemLine] = []
    cursor: str | None = None
    while True:
        page = register.page(wanted, now, cursor, MAX_LIMIT, public=True)
        found += page.items
        cursor = page.next_cursor
        if cursor is None:
            return found


def published(code: str) -> Item:
    """:raises Rejection: as :meth:`ItemRegister.published`."""
    return parsed(ItemRegister(runtime().registers).published(code, runtime().clock()).content)


def windows(found: Iterable[ItemLine]) -> list[Group]:
    """With how many items each has."""
    names = {line.window_group: line.window for line in found}
    counts = Counter(line.window_group for line in found)
    return [Group(key, names[key], count) for key, count in sorted(counts.items(), key=lambda one: (-one[1], one[0]))]


def departments(found: Iterable[ItemLine]) -> list[Group]:
    """Lead agencies with how many items each has."""
    counts = Counter(line.department for line in found)
    return [Group(name, name, count) for name, count in sorted(counts.items(), key=lambda one: (-one[1], one[0]))]


def charged_today() -> frozenset[str]:
    """Codes of the fees in force: an item whose fees all ended is free, whatever its guide said once (R-42)."""
    return frozenset(str(fee["code"]) for fee in fees_on(None))


def is_free(item: Item | ItemLine, charged: frozenset[str]) -> bool:
    """Whether nothing is charged for it today."""
    fees: Iterable[FeeReference] = item.fees
    return not any(fee.code in charged for fee in fees)


def usual_hours(found: Iterable[ItemLine]) -> str:
    """What most guides say of when the hall is open."""
    counts = Counter(line.publication.hours for line in found)
    return counts.most_common(1)[0][0] if counts else ""

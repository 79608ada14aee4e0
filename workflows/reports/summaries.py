"""Adding cases up: by window, by item, by light, by the time used. Pure."""

from collections.abc import Callable, Iterable, Sequence
from dataclasses import dataclass

from workflows.clock.light import Colour
from workflows.reports.case_line import CaseLine, mean, share


@dataclass(frozen=True, slots=True)
class WindowRow:
    """A window's cases. ``on_time``: decided within the promise, in thousandths of what was decided."""

    window: str
    received: int
    accepted: int
    decided: int
    delivered: int
    open: int
    over_promise: int
    over_law: int
    on_time: int


@dataclass(frozen=True, slots=True)
class ItemRow:
    """An item's cases: what was promised against what it took, in working days."""

    item: str
    name: str
    department: str
    received: int
    decided: int
    promised_days: int | None
    mean_days: float | None
    longest_days: int | None
    over_promise: int
    over_law: int


@dataclass(frozen=True, slots=True)
class LightRow:
    """A window's open cases by light."""

    window: str
    green: int
    yellow: int
    red: int
    grey: int


@dataclass(frozen=True, slots=True)
class TimeRow:
    """How many decided cases of an item used how much of their promise."""

    item: str
    name: str
    half: int
    within: int
    over_promise: int
    over_law: int


def by_window(lines: Iterable[CaseLine]) -> list[WindowRow]:
    """One row a window."""
    return [_window(window, rows) for window, rows in _grouped(lines, lambda line: line.window)]


def by_item(lines: Iterable[CaseLine]) -> list[ItemRow]:
    """One row an item."""
    return [_item(item, rows) for item, rows in _grouped(lines, lambda line: line.item)]


def by_light(lines: Iterable[CaseLine]) -> list[LightRow]:
    """One row a window with open cases."""
    shining = [line for line in lines if line.light is not None]
    return [LightRow(window, *_lights(rows)) for window, rows in _grouped(shining, lambda line: line.window)]


def by_time(lines: Iterable[CaseLine]) -> list[TimeRow]:
    """One row an item with decided cases that had a promise."""
    decided = [line for line in lines if line.decided and line.used is not None and line.promised is not None]
    return [_time(item, rows) for item, rows in _grouped(decided, lambda line: line.item)]


def _grouped(lines: Iterable[CaseLine], key: Callable[[CaseLine], str]) -> list[tuple[str, list[CaseLine]]]:
    found: dict[str, list[CaseLine]] = {}
    for line in lines:
        found.setdefault(key(line), []).append(line)
    return sorted(found.items())


def _window(window: str, rows: Sequence[CaseLine]) -> WindowRow:
    decided = [line for line in rows if line.decided]
    return WindowRow(
        window,
        received=len(rows),
        accepted=sum(line.accepted for line in rows),
        decided=len(decided),
        delivered=sum(line.delivered for line in rows),
        open=sum(not line.delivered and not line.ended for line in rows),
        over_promise=sum(line.over_promise for line in rows),
        over_law=sum(line.over > 0 for line in rows),
        on_time=share(sum(not line.over_promise and line.over == 0 for line in decided), len(decided)),
    )


def _item(item: str, rows: Sequence[CaseLine]) -> ItemRow:
    taken = [line.used for line in rows if line.decided and line.used is not None]
    promises = [line.promised for line in rows if line.promised is not None]
    return ItemRow(
        item,
        name=rows[-1].item_name,
        department=rows[-1].department,
        received=len(rows),
        decided=sum(line.decided for line in rows),
        promised_days=promises[-1] if promises else None,
        mean_days=mean(taken),
        longest_days=max(taken, default=None),
        over_promise=sum(line.over_promise for line in rows),
        over_law=sum(line.over > 0 for line in rows),
    )


def _lights(rows: Sequence[CaseLine]) -> tuple[int, ...]:
    return tuple(
        sum(line.light is colour for line in rows) for colour in (Colour.GREEN, Colour.YELLOW, Colour.RED, Colour.GREY)
    )


def _time(item: str, rows: Sequence[CaseLine]) -> TimeRow:
    in_time = [line for line in rows if not line.over_promise and line.over == 0]
    half = sum(2 * (line.used or 0) <= (line.promised or 0) for line in in_time)
    over_law = sum(line.over > 0 for line in rows)
    return TimeRow(item, rows[-1].item_name, half, len(in_time) - half, len(rows) - len(in_time) - over_law, over_law)

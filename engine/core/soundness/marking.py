"""Where the tokens of one process or subprocess stand, without what they know.

A marking is a value: sorted, hashable, and the same for two states whose futures are the same. A token inside an activity
that holds a process carries that process's marking; nothing outside can see or change it, so it is explored on its own.
"""

from collections.abc import Iterable
from typing import NamedTuple

ARMED = "(armed)"
"""Where an event subprocess stands that waits for its event."""
FLOW_UNKNOWN = "(moved)"
"""The flow of a token that a repair put at a join."""
MIXED = -1
"""The slot of a token that a join made out of tokens of several threads of one event."""


class Position(NamedTuple):
    """Where one token stands.

    ``arrival`` is empty for a token at work on its element, the id of the sequence flow for one that waits at a join, or
    :data:`ARMED`. ``spawned_by`` and ``slot`` say which event that does not interrupt began the token's thread; empty for
    the main thread. ``spent`` are the events beside it that cannot happen again. ``inner`` are the markings of the
    processes running inside it (several for a multi-instance activity); empty when they have not begun.
    """

    element: str
    arrival: str = ""
    spawned_by: str = ""
    slot: int = 0
    spent: tuple[str, ...] = ()
    inner: tuple[tuple["Position", ...], ...] = ()

    @property
    def is_armed(self) -> bool:
        return self.arrival == ARMED

    @property
    def waits_at_join(self) -> bool:
        return self.arrival not in ("", ARMED)


Marking = tuple[Position, ...]


def marking(positions: Iterable[Position]) -> Marking:
    """The one marking for these positions: sorted, threads numbered in the order of where they stand."""
    found = list(positions)
    if not any(position.spawned_by for position in found):
        return tuple(sorted(found))
    numbers = _renumbered(found)
    return tuple(sorted(position._replace(slot=numbers.get(_thread(position), position.slot)) for position in found))


def is_finished(state: Marking) -> bool:
    """Is nothing left but what waits for an event that may never come?"""
    return all(position.is_armed for position in state)


def _thread(position: Position) -> tuple[str, int]:
    return position.spawned_by, position.slot


def _renumbered(positions: list[Position]) -> dict[tuple[str, int], int]:
    threads: dict[tuple[str, int], list[Position]] = {}
    for position in positions:
        if position.spawned_by and position.slot != MIXED:
            threads.setdefault(_thread(position), []).append(position._replace(slot=0))
    numbers: dict[tuple[str, int], int] = {}
    for event in {event for event, _ in threads}:
        mine = sorted((sorted(where), slot) for (other, slot), where in threads.items() if other == event)
        numbers.update({(event, slot): number for number, (_, slot) in enumerate(mine, start=1)})
    return numbers

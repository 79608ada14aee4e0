"""Spans of numbers that share a state and a keeper, and what a step makes of them. Pure."""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass, replace

from engine.core.rejection import Rejection, declare
from workflows.tickets.life import State, Step, after

declare(
    {
        "ticket-out-of-range": (
            "票据{first}至{last}不在已登记的号段内。",
            "Expected tickets {first} to {last} to be of a registered span, but they are not.",
        ),
        "ticket-overlap": (
            "票据{first}至{last}与已有号段重叠。",
            "Expected new numbers, but {first} to {last} overlap a span that is there.",
        ),
    }
)

LARGEST = 99_999_999
"""Eight digits, as they are printed."""


@dataclass(frozen=True, slots=True)
class Span:
    """Numbers ``first`` to ``last``, both included. ``department``, ``holder``: who has them; None while nobody has."""

    first: int
    last: int
    state: State
    department: str | None = None
    holder: str | None = None

    @property
    def count(self) -> int:
        """How many numbers."""
        return self.last - self.first + 1


@dataclass(frozen=True, slots=True)
class Keeper:
    """Who has numbers after a step; None where the step leaves that as it is."""

    department: str | None = None
    holder: str | None = None


def require_numbers(first: int, last: int) -> None:
    """:raises Rejection: ``ticket-out-of-range``: no numbers, or none that can be printed."""
    if not 1 <= first <= last <= LARGEST:
        raise Rejection("ticket-out-of-range", field="first", first=first, last=last)


def moved(spans: Sequence[Span], step: Step, first: int, last: int, keeper: Keeper) -> list[Span]:
    """What becomes of the spans a step touches: cut where it begins and ends, joined where nothing tells them apart.

    ``spans``: those that overlap ``first`` to ``last`` and their two neighbours, in order.

    :raises Rejection: ``ticket-out-of-range``: a number is of no span; and as :func:`workflows.tickets.life.after`.
    """
    require_numbers(first, last)
    require_covered(spans, first, last)
    pieces = []
    for span in spans:
        if span.last < first or span.first > last:
            pieces.append(span)
            continue
        if span.first < first:
            pieces.append(replace(span, last=first - 1))
        middle = replace(span, first=max(span.first, first), last=min(span.last, last))
        pieces.append(_stepped(middle, step, keeper))
        if span.last > last:
            pieces.append(replace(span, first=last + 1))
    return joined(pieces)


def joined(spans: Iterable[Span]) -> list[Span]:
    """Neighbours that differ in nothing but their numbers made one."""
    result: list[Span] = []
    for span in spans:
        before = result[-1] if result else None
        if before is not None and before.last + 1 == span.first and _same(before, span):
            result[-1] = replace(before, last=span.last)
        else:
            result.append(span)
    return result


def require_covered(spans: Sequence[Span], first: int, last: int) -> None:
    """:raises Rejection: ``ticket-out-of-range``."""
    expected = first
    for span in spans:
        if span.first <= expected <= span.last:
            expected = span.last + 1
    if expected <= last:
        raise Rejection("ticket-out-of-range", field="first", first=first, last=last)


def _stepped(span: Span, step: Step, keeper: Keeper) -> Span:
    state = after(step, span.state, span.first, span.last)
    department = keeper.department or span.department
    holder = keeper.holder or span.holder
    return replace(span, state=state, department=department, holder=None if _of_nobody(state) else holder)


def _of_nobody(state: State) -> bool:
    return state in (State.ISSUED, State.STUB_RETURNED, State.WRITTEN_OFF, State.ARCHIVED, State.DESTROYED)


def _same(one: Span, other: Span) -> bool:
    return (one.state, one.department, one.holder) == (other.state, other.department, other.holder)

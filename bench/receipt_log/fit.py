"""How well the drawing describes the log, and how little else it allows. Plain Python, without the product.

A case *fits* when all its events can be replayed in their order; it is *over* when the process may then have ended, and
otherwise still open, as cases are that were closed elsewhere or were still under way when the log was taken. A model that
allows everything would fit too, so three figures stand beside it: how many activities may come next on average, which share of
those was really taken (precision), and how many disturbed cases are refused.
"""

import random
from collections import Counter, defaultdict
from collections.abc import Callable, Sequence
from dataclasses import dataclass

from bench.receipt_log.log import Case
from bench.receipt_log.net import Front, Net

Trace = tuple[str, ...]
Disturbance = Callable[[Trace, random.Random, Sequence[str]], Trace]


@dataclass(frozen=True, slots=True)
class Walk:
    """A case on the drawing. ``left_at`` is the index of the event that can not happen there; None: the case fits."""

    left_at: int | None
    over: bool


@dataclass(frozen=True, slots=True)
class Precision:
    """``next_activities``: how many may come next, on average over all events. ``taken``: the share of the activities that may
    come next somewhere which the log, at the same place, takes at least once; 1 allows nothing that was never seen."""

    next_activities: float
    taken: float


def walk(net: Net, activities: Sequence[str]) -> Walk:
    """Replay one case."""
    front = net.start()
    for index, activity in enumerate(activities):
        front = net.after(front, activity)
        if not front:
            return Walk(index, False)
    return Walk(None, net.may_be_over(front))


def precision(net: Net, cases: Sequence[Case]) -> Precision:
    """Of the cases that fit. Places are the drawing's own states, and each counts as often as the log comes by."""
    visits: Counter[Front] = Counter()
    seen: defaultdict[Front, set[str]] = defaultdict(set)
    for case in cases:
        if walk(net, case.activities).left_at is not None:
            continue
        front = net.start()
        for activity in case.activities:
            visits[front] += 1
            seen[front].add(activity)
            front = net.after(front, activity)
    allowed = sum(count * len(net.enabled(front)) for front, count in visits.items())
    taken = sum(count * len(seen[front]) for front, count in visits.items())
    return Precision(allowed / visits.total(), taken / allowed)


def refused_share(net: Net, cases: Sequence[Case], disturb: Disturbance, seed: int = 0) -> float:
    """The share of disturbed cases that do not fit. Only cases that fit, of four events and more, are disturbed."""
    names, source = sorted(net.tasks), random.Random(seed)
    whole = [case.activities for case in cases if len(case.events) > 3 and walk(net, case.activities).left_at is None]
    disturbed = [disturb(trace, source, names) for trace in whole]
    return sum(walk(net, trace).left_at is not None for trace in disturbed) / len(disturbed)


def exchange(trace: Trace, source: random.Random, names: Sequence[str]) -> Trace:
    """Two events change places. What runs beside each other may do so; everything else should be refused."""
    first, second = source.sample(range(len(trace)), 2)
    events = list(trace)
    events[first], events[second] = events[second], events[first]
    return tuple(events)


def shuffle(trace: Trace, source: random.Random, names: Sequence[str]) -> Trace:
    """All events after the first in any order."""
    rest = list(trace[1:])
    source.shuffle(rest)
    return (trace[0], *rest)


def repeat(trace: Trace, source: random.Random, names: Sequence[str]) -> Trace:
    """One event happens twice."""
    at = source.randrange(len(trace))
    return (*trace[: at + 1], *trace[at:])


def drop(trace: Trace, source: random.Random, names: Sequence[str]) -> Trace:
    """One event, not the last, is missing."""
    at = source.randrange(len(trace) - 1)
    return (*trace[:at], *trace[at + 1 :])


def strange(trace: Trace, source: random.Random, names: Sequence[str]) -> Trace:
    """Any activity of the drawing happens once more, anywhere."""
    at = source.randrange(len(trace) + 1)
    return (*trace[:at], source.choice(names), *trace[at:])


DISTURBANCES: dict[str, Disturbance] = {
    "two exchanged": exchange,
    "shuffled": shuffle,
    "one repeated": repeat,
    "one dropped": drop,
    "a strange one": strange,
}

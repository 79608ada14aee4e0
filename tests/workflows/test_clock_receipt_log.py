"""The receipt log's deadlines, in plain calendar days (a Dutch law of the time: eight weeks, six more once, and suspensions).

J.C.A.M. Buijs, CoSeLoG project (NWO 638.001.211), 4TU.ResearchData. The log names no law; what its dates show is 56 days for
most cases, 98 = 56 + 42 for the next largest group, and all lengths in between for cases that stood still.
"""

import gzip
from collections import Counter
from collections.abc import Iterator
from datetime import date, datetime, time, timedelta

import pytest
from lxml import etree

from bench.receipt_log.log import LOG, XES
from tests.workflows.clocks import CALENDAR, at
from workflows.clock import Clock, LimitName, due
from workflows.clock.clock import Limit, Pause
from workflows.clock.kind import Ends
from workflows.clock.unit import Unit

pytestmark = pytest.mark.skipif(not LOG.is_file(), reason="the log lies beside the repository, not in it")

EIGHT_WEEKS, SIX_WEEKS = 56, 42


def deadlines() -> Iterator[tuple[date, date]]:
    """Of each case the day it began and the day it must end, as the municipality's own clock says."""
    with gzip.open(LOG) as file:
        for _, trace in etree.iterparse(file, tag=f"{XES}trace", resolve_entities=False, no_network=True):
            given = {child.get("key"): child.get("value") for child in trace}
            yield tuple(datetime.fromisoformat(str(given[key])).date() for key in ("startdate", "deadline"))  # type: ignore[misc]
            trace.clear()


def clock(begin: date, *, extended: int = 0, pause: tuple[date, date] | None = None) -> Clock:
    limit = Limit(LimitName.STATUTORY, EIGHT_WEEKS, Unit.CALENDAR, "receipt", extended=extended)
    pauses = () if pause is None else (suspension(*pause),)
    return Clock(
        "receipt", "C1", "", "receipt", "receipt", begin, at(begin), (limit,), Ends.CLOSING, "red-card", True, pauses=pauses
    )


def suspension(begin: date, end: date) -> Pause:
    stops = frozenset({LimitName.STATUTORY})
    return Pause("suspended", "", stops, begin, at(begin, time()), 1, "x", "x", "x", end, at(end, time()), "x")


def last_day(running: Clock) -> date:
    end = due(running, running.limits[0], CALENDAR)
    assert end is not None
    assert not end.provisional
    return end.day


def test_every_deadline_of_the_log() -> None:
    kinds: Counter[str] = Counter()
    for begin, deadline in deadlines():
        length = (deadline - begin).days
        if length == EIGHT_WEEKS:
            kinds["plain"] += 1
            assert last_day(clock(begin)) == deadline
        elif length == EIGHT_WEEKS + SIX_WEEKS:
            kinds["extended"] += 1
            assert last_day(clock(begin, extended=SIX_WEEKS)) == deadline
        elif length > EIGHT_WEEKS:
            kinds["suspended"] += 1
            stood = timedelta(days=length - EIGHT_WEEKS)
            middle = begin + timedelta(days=10)
            assert last_day(clock(begin, pause=(middle, middle + stood))) == deadline
        else:
            kinds["shorter"] += 1
    assert kinds["plain"] == 1080
    assert kinds["extended"] == 58
    assert kinds.total() == 1434

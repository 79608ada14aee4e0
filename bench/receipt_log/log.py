"""Reads the event log: an XES file, in its own order of cases and events."""

import gzip
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from datetime import datetime
from pathlib import Path

from lxml import etree

LOG = Path(__file__).resolve().parents[3] / "shared" / "data" / "receipt.xes.gz"
XES = "{http://www.xes-standard.org/}"


@dataclass(frozen=True, slots=True)
class LogEvent:
    """One activity finished by one person. ``at`` carries the offset the log gives."""

    activity: str
    resource: str
    at: datetime


@dataclass(frozen=True, slots=True)
class Case:
    """An application. ``ended`` is when the municipality closed the whole case; None: it was still open."""

    id: str
    events: tuple[LogEvent, ...]
    ended: datetime | None

    @property
    def activities(self) -> tuple[str, ...]:
        return tuple(event.activity for event in self.events)


@dataclass(frozen=True, slots=True)
class Occurrence:
    """An event in its place: the ``index``-th of its case."""

    case: Case
    index: int

    @property
    def event(self) -> LogEvent:
        return self.case.events[self.index]


def read_log(path: Path = LOG) -> list[Case]:
    """All cases.

    :raises FileNotFoundError: the data does not lie beside the project.
    """
    with gzip.open(path) as file:
        return [_case(trace) for trace in _traces(file)]


def in_time_order(cases: Sequence[Case]) -> list[Occurrence]:
    """All events as they happened. Events of one moment keep the order of the log."""
    occurrences = [Occurrence(case, index) for case in cases for index in range(len(case.events))]
    return sorted(occurrences, key=lambda occurrence: occurrence.event.at)


def resources(cases: Sequence[Case]) -> list[str]:
    """Everybody who did something, sorted."""
    return sorted({event.resource for case in cases for event in case.events})


def _traces(file: gzip.GzipFile) -> Iterator[etree._Element]:
    for _, trace in etree.iterparse(file, tag=f"{XES}trace", resolve_entities=False, no_network=True):
        yield trace
        trace.clear()


def _case(trace: etree._Element) -> Case:
    attributes = _attributes(trace)
    ended = attributes.get("enddate")
    return Case(
        id=attributes["concept:name"],
        events=tuple(_event(element) for element in trace.iterfind(f"{XES}event")),
        ended=None if ended is None else datetime.fromisoformat(ended),
    )


def _event(element: etree._Element) -> LogEvent:
    attributes = _attributes(element)
    at = datetime.fromisoformat(attributes["time:timestamp"])
    return LogEvent(attributes["concept:name"], attributes["org:resource"], at)


def _attributes(element: etree._Element) -> dict[str, str]:
    return {str(child.get("key")): str(child.get("value")) for child in element if child.get("key") is not None}

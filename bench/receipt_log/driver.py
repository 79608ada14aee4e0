"""Lets the people of the log do their work: every event, in the order of time, through the HTTP API.

A case is started by whoever did its first event. For every event its person looks for the task in their work list (by case and
element), claims it and completes it with the answers of :mod:`bench.receipt_log.choices`. If the task is not there, the case
has left the model: that is recorded with what was open instead, and the rest of the case is passed over.
"""

import time
from collections.abc import Sequence
from concurrent.futures import ThreadPoolExecutor
from dataclasses import dataclass, field

from bench.latency import Latencies
from bench.receipt_log.choices import answers
from bench.receipt_log.client import Client
from bench.receipt_log.log import Case, Occurrence, in_time_order
from bench.receipt_log.net import MODEL, Net
from bench.receipt_log.people import People
from bench.serving import HOST

FORMS = MODEL.with_name("forms")
ACTS = ("start", "find", "claim", "complete")

DEPLOY = "/api/deployments?override_reason=the+log+is+the+test:+more+branches+than+the+soundness+check+explores"


@dataclass(frozen=True, slots=True)
class Departure:
    """Where a case left the model: the ``index``-th of its events is not open. ``instead``: the activities that are."""

    case: str
    index: int
    activity: str
    instead: tuple[str, ...]


@dataclass(slots=True)
class Drive:
    """What came of driving cases. ``seconds`` is wall time. ``ended`` holds the cases whose process came to its end."""

    seconds: float = 0.0
    cases: int = 0
    events: int = 0
    passed_over: int = 0
    departures: list[Departure] = field(default_factory=list)
    ended: set[str] = field(default_factory=set)
    latencies: dict[str, Latencies] = field(default_factory=lambda: {act: Latencies() for act in ACTS})

    def add(self, other: "Drive") -> None:
        """Take in what another client did."""
        self.cases += other.cases
        self.events += other.events
        self.passed_over += other.passed_over
        self.departures += other.departures
        self.ended |= other.ended
        for act, latencies in other.latencies.items():
            self.latencies[act].nanoseconds += latencies.nanoseconds


def deploy(port: int, people: People) -> None:
    """Put the drawing and its forms into force.

    :raises bench.receipt_log.client.ApiError: they are refused.
    """
    with Client(HOST, port) as client:
        client.upload(DEPLOY, [MODEL, *sorted(FORMS.glob("*.form"))], token=people.designer)


def drive(port: int, cases: Sequence[Case], net: Net, people: People, clients: int = 1) -> Drive:
    """Do all events of the cases. With several clients each has cases of its own, so only the order inside a case is kept.

    :raises bench.receipt_log.client.ApiError: the product refuses a step that the model allows.
    """
    ordered = sorted(cases, key=lambda case: case.events[0].at)
    shares = [ordered[number::clients] for number in range(clients)]
    whole = Drive()
    begin = time.perf_counter()
    with ThreadPoolExecutor(clients) as pool:
        for part in pool.map(lambda share: _Hand(port, net, people).work(share), shares):
            whole.add(part)
    whole.seconds = time.perf_counter() - begin
    return whole


class _Hand:
    """One client at work on its share."""

    def __init__(self, port: int, net: Net, people: People) -> None:
        self._client = Client(HOST, port)
        self._net = net
        self._people = people
        self._drive = Drive()
        self._left: set[str] = set()

    def work(self, cases: Sequence[Case]) -> Drive:
        with self._client:
            for occurrence in in_time_order(cases):
                if occurrence.case.id in self._left:
                    self._drive.passed_over += 1
                else:
                    self._do(occurrence)
        return self._drive

    def _do(self, occurrence: Occurrence) -> None:
        if occurrence.index == 0:
            self._start(occurrence)
        task = self._find(occurrence)
        if task is None:
            self._left.add(occurrence.case.id)
            self._drive.passed_over += 1
            self._drive.departures.append(self._departure(occurrence))
            return
        self._command(occurrence, "claim", f"/api/user-tasks/{task}/claim", None)
        entered = {"variables": answers(occurrence.case, occurrence.index)}
        receipt = self._command(occurrence, "complete", f"/api/user-tasks/{task}/complete", entered)
        self._drive.events += 1
        if receipt["status"] == "completed":
            self._drive.ended.add(occurrence.case.id)

    def _start(self, occurrence: Occurrence) -> None:
        wanted = {"process_key": "receipt", "business_key": occurrence.case.id}
        self._command(occurrence, "start", "/api/process-instances", wanted)
        self._drive.cases += 1

    def _find(self, occurrence: Occurrence) -> str | None:
        """The open task of the event, as its person sees it."""
        element = self._net.tasks[occurrence.event.activity].id
        query = {"business_key": occurrence.case.id, "element_id": element, "limit": "1"}
        with self._drive.latencies["find"].measured():
            found = self._client.get("/api/user-tasks", query, token=self._people.tokens[occurrence.event.resource])
        return str(found["items"][0]["id"]) if found["items"] else None

    def _departure(self, occurrence: Occurrence) -> Departure:
        query = {"business_key": occurrence.case.id, "scope": "all"}
        found = self._client.get("/api/user-tasks", query, token=self._people.supervisor)
        instead = tuple(sorted(task["title"] for task in found["items"]))
        return Departure(occurrence.case.id, occurrence.index, occurrence.event.activity, instead)

    def _command(self, occurrence: Occurrence, act: str, path: str, body: object) -> dict[str, object]:
        event = occurrence.event
        key = f"{occurrence.case.id}.{occurrence.index}.{act}"
        with self._drive.latencies[act].measured():
            answer: dict[str, object] = self._client.post(
                path, body, token=self._people.tokens[event.resource], at=event.at, key=key
            )
        return answer

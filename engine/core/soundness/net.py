"""One process or subprocess as its tokens see it: what leads where, who waits for whom, who catches what.

Read from the spec objects the engine runs, never from XML, so that the check and the engine cannot disagree on the model.
"""

from collections import deque
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass
from itertools import combinations
from typing import Any, NamedTuple

from engine.core.soundness.marking import ARMED, Marking, Position, marking
from engine.core.spiff.definitions import EscalationDefinition
from engine.core.spiff.element import Element, SequenceFlow
from engine.core.spiff.gateways import InclusiveGateway, Join, ParallelGateway
from engine.core.spiff.reactions import EventSubProcess

MOST_FLOWS = 6
"""Into a join with more flows than this, tokens are moved in every order."""

Target = tuple[str, str]
"""An element, and the flow by which a token waits there if it is a join."""
Level = tuple[tuple[str | None, bool], ...]
"""The escalations one place catches: code (None: every one) and whether that interrupts."""


class Catch(NamedTuple):
    """Who catches something thrown: ``catcher`` is a boundary event of the activity, or an event subprocess around it."""

    catcher: Any
    at_boundary: bool


@dataclass(frozen=True, slots=True)
class Probe:
    """As much of a token as an inclusive gateway looks at when it decides whether to wait."""

    task_spec: Any
    element: Any
    flow_id: str | None = None
    others: tuple["Probe", ...] = ()
    stopped_in: None = None

    @property
    def scope(self) -> "Probe":
        return self

    def tokens(self) -> tuple["Probe", ...]:
        return self.others


class Net:
    """What the tokens of one process or subprocess move in."""

    def __init__(self, process_key: str, spec: Any) -> None:
        self.process_key = process_key
        self.name: str = spec.name
        self.elements: dict[str, Any] = {name: one for name, one in spec.task_specs.items() if isinstance(one, Element)}
        self.event_subprocesses: list[EventSubProcess] = list(spec.event_subprocesses)
        starts = list(spec.start.outputs)
        self.starts: tuple[str, ...] = tuple(event.name for event in starts)
        self.plain_starts: tuple[str, ...] = tuple(event.name for event in starts if event.definition is None) or self.starts
        self.parallel_joins = [one for one in self.elements.values() if isinstance(one, ParallelGateway) and is_join(one)]
        self.inclusive_joins = [one for one in self.elements.values() if isinstance(one, InclusiveGateway) and is_join(one)]
        self._answers: dict[tuple[str, str, frozenset[str]], bool] = {}
        self._reached: dict[str, frozenset[str]] = {}

    def fresh(self, *, called: bool) -> tuple[Marking, ...]:
        """The markings a run begins with, one for each start event. A process that is called begins at its none start."""
        armed = [Position(one.name, ARMED) for one in self.event_subprocesses if one.waits]
        return tuple(marking([Position(start), *armed]) for start in (self.plain_starts if called else self.starts))

    def within_reach(self, *, called: bool) -> frozenset[str]:
        """The elements some arrow leads to from where a run begins, and those that only react."""
        begun = [*(self.plain_starts if called else self.starts), *(one.name for one in self.event_subprocesses)]
        return frozenset(begun).union(*(self.reachable(name) for name in begun))

    def targets(self, flows: Iterable[SequenceFlow]) -> tuple[Target, ...]:
        """Where tokens come to over these flows."""
        return tuple((flow.target, flow.id if is_join(self.elements[flow.target]) else "") for flow in flows)

    def holds_up(self, name: str, join: InclusiveGateway, occupied: frozenset[str]) -> bool:
        """Must the join wait for a token at ``name``, when tokens have arrived over the flows ``occupied``?

        The gateway itself is asked, so that its rule is written in one place.
        """
        key = name, join.name, occupied
        if key not in self._answers:
            other = Probe(self.elements[name], self.elements[name])
            arrival = Probe(join, join, flow_id=min(occupied), others=(other,))
            self._answers[key] = not join._complete(arrival, dict.fromkeys(occupied, arrival))  # type: ignore[arg-type]
        return self._answers[key]

    def meaning(self, name: str, join: InclusiveGateway) -> frozenset[frozenset[str]] | str:
        """All a token at ``name`` means to the join: which arrivals it holds up. Its own name if that is too much to ask."""
        flows = [flow.id for flow in join.incoming]
        if len(flows) > MOST_FLOWS:
            return name
        sets = (frozenset(chosen) for count in range(1, len(flows) + 1) for chosen in combinations(flows, count))
        return frozenset(occupied for occupied in sets if self.holds_up(name, join, occupied))

    def reaches(self, source: str, target: str) -> bool:
        """Do flows and boundary events lead from one element to another, by one step at least?"""
        return target in self.reachable(source)

    def reachable(self, source: str) -> frozenset[str]:
        """Where flows and boundary events lead to from an element, by one step at least."""
        if source not in self._reached:
            self._reached[source] = self._reachable(source)
        return self._reached[source]

    def followers(self, element: Any) -> Iterator[str]:
        """The elements one step further."""
        yield from (flow.target for flow in element.outgoing)
        yield from (event.name for event in element.boundary_events)

    def _reachable(self, name: str) -> frozenset[str]:
        seen: set[str] = set()
        frontier = deque([name])
        while frontier:
            for follower in self.followers(self.elements[frontier.popleft()]):
                if follower not in seen:
                    seen.add(follower)
                    frontier.append(follower)
        return frozenset(seen)

    def catchers(self, element: Any) -> tuple[Sequence[Any], Sequence[EventSubProcess]]:
        """Who may catch what is thrown at ``element``, from the inside out, as the engine looks for them."""
        return element.boundary_events, [one for one in self.event_subprocesses if one is not element]

    def catch(self, element: Any, kind: Any, code: str | None) -> Catch | None:
        """Who in this process catches this; at each place its own code comes before catching all."""
        for catchers, at_boundary in zip(self.catchers(element), (True, False), strict=True):
            for wanted in (code, None):
                for catcher in catchers:
                    if isinstance(catcher.definition, kind) and catcher.definition.code == wanted:
                        return Catch(catcher, at_boundary)
        return None

    def levels(self, element: Any) -> tuple[Level, ...]:
        """Who in this process catches escalations from inside ``element``."""
        return tuple(level for level in (_escalations(catchers) for catchers in self.catchers(element)) if level)


def is_join(element: Any) -> bool:
    """Do tokens wait for each other here?"""
    return isinstance(element, Join) and len(element.incoming) >= 2


def _escalations(catchers: Sequence[Any]) -> Level:
    return tuple(
        (one.definition.code, one.interrupting) for one in catchers if isinstance(one.definition, EscalationDefinition)
    )

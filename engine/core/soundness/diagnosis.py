"""What is wrong, process by process: which of what was seen is a fault, how grave it is, and whom to blame."""

from collections.abc import Iterator, Sequence
from typing import NamedTuple

from engine.core.soundness.exploration import Exploration, Key
from engine.core.soundness.liveness import endless
from engine.core.soundness.marking import Marking, Position
from engine.core.soundness.modules import Module, Modules
from engine.core.soundness.steps import Step
from engine.core.soundness.verdict import Kind
from engine.core.soundness.wording import MIXED, Sentence
from engine.core.spiff.containers import Container
from engine.core.spiff.definitions import TerminateDefinition
from engine.core.spiff.events import EndEvent
from engine.core.spiff.reactions import EventSubProcess, Reaction


class Fact(NamedTuple):
    """Something wrong in one process, before it is put into words."""

    kind: Kind
    element: str
    key: Key | None = None
    steps: tuple[Step, ...] = ()
    waiting: tuple[str, ...] = ()
    is_grave: bool = True
    sentence: Sentence | None = None


class Diagnosis:
    """The faults of every process that is really entered."""

    def __init__(self, modules: Modules, *, may_be_called: bool) -> None:
        self.modules = modules
        self.may_be_called = may_be_called
        self.contexts: dict[Module, list[tuple[Module, Key]]] = {modules.root: []}
        self.facts: dict[Module, list[Fact]] = {}
        self._find_contexts()
        for module in modules.explored:  # the innermost first
            if module in self.contexts:
                self.facts[module] = self._wrong(module)

    def _find_contexts(self) -> None:
        """Which of the processes are really entered, and from where."""
        frontier = [self.modules.root]
        while frontier:
            module = frontier.pop()
            exploration = self.modules.explored.get(module)
            for key in exploration.seen if exploration is not None else ():
                for child in self._entered(module, key):
                    if child not in self.contexts:
                        self.contexts[child] = []
                        frontier.append(child)
                    self.contexts[child].append((module, key))

    def _entered(self, module: Module, key: Key) -> list[Module]:
        position = key[1] if key[0] == "entered" else None
        if not isinstance(position, Position) or position.arrival:
            return []
        element = self.modules.net(module).elements[position.element]
        return self.modules.children(module, position) if isinstance(element, Container) else []

    def _wrong(self, module: Module) -> list[Fact]:
        exploration = self.modules.explored[module]
        found = [*_meetings(exploration), *self._stuck(module, exploration)]
        if exploration.decided:
            found += self._endless(module, exploration)
            if not exploration.stopped and self.modules.root.start is None:
                found += self._dead(module, exploration, {name for fact in found for name in (fact.element, *fact.waiting)})
        if module == self.modules.root and not self.may_be_called:
            found += self._uncaught(exploration)
        return found

    def _stuck(self, module: Module, exploration: Exploration) -> Iterator[Fact]:
        net = exploration.net
        sets = sorted((key[1:] for key in exploration.seen if key[0] == "stuck"), key=len)
        told: list[set[str]] = []
        for waiting in sets:
            names = {str(name) for name in waiting}
            hopeless = {name for name in names if self._is_hopeless(module, name)}
            explained = hopeless | {name for name in names if any(net.reaches(other, name) for other in hopeless)}
            if any(before <= names for before in told) or names == explained:
                continue
            told.append(names)
            blamed = next((a for a in sorted(names) if not any(net.reaches(b, a) for b in names - {a})), min(names))
            key: Key = ("stuck", *sorted(names))
            ended = any(isinstance(net.elements[e], EndEvent) for step in exploration.way_to(key) for e in step.elements)
            kind = Kind.IMPROPER_COMPLETION if ended else Kind.DEADLOCK
            yield Fact(
                kind, blamed, key, waiting=tuple(sorted(names)), is_grave=not self._is_rescued(module, exploration.seen[key][0])
            )

    def _is_hopeless(self, module: Module, name: str) -> bool:
        """Is it an activity whose inside never completes, so that the inside is to blame?"""
        inside = self._inside(module, name)
        return any(self.facts.get(child) and not self.modules.explored[child].completes for child in inside)

    def _inside(self, module: Module, name: str) -> list[Module]:
        """The processes that were entered at this element, if it holds any."""
        keys = (key for key in self.modules.explored[module].seen if key[0] == "entered")
        entered = [key for key in keys if isinstance(key[1], Position) and key[1].element == name]
        return [child for key in entered for child in self._entered(module, key)]

    def _endless(self, module: Module, exploration: Exploration) -> Iterator[Fact]:
        """Blamed is an element from which no flow leads to an end, at the nearest marking with a token there."""
        states = endless(exploration, may_fail_outwards=module != self.modules.root)
        names = {position.element for state in states for position in state}
        if any(self._is_hopeless(module, name) for name in names):
            return
        net = exploration.net
        ends = [name for name, element in net.elements.items() if isinstance(element, EndEvent)]
        lost = {name for name in names.difference(ends) if not any(net.reaches(name, end) for end in ends)}
        for state in [state for state in states if any(one.element in lost for one in state)] or states[:1]:
            here = [position.element for position in state if not position.is_armed]
            blamed = next((name for name in here if name in lost), here[0])
            steps = exploration.trace(state)
            yield Fact(Kind.NO_WAY_TO_END, blamed, steps=steps, is_grave=not self._is_rescued(module, state))
            return

    def _dead(self, module: Module, exploration: Exploration, blamed: set[str]) -> Iterator[Fact]:
        """Elements that no run completes, though something completes just before them."""
        net = exploration.net
        fired = {str(key[1]) for key in exploration.seen if key[0] == "fired"}
        meant = net.within_reach(called=module.called)
        for name, element in net.elements.items():
            if name in fired or name in blamed or name not in meant or self._is_hopeless(module, name):
                continue
            sources = [flow.source for flow in element.incoming]
            sources += [other.name for other in net.elements.values() if element in other.boundary_events]
            before = [("fired", source) for source in sources if source in fired]
            if before or not sources:
                steps = min((exploration.way_to(key) for key in before), key=len, default=())
                yield Fact(Kind.DEAD_ELEMENT, name, steps=steps, is_grave=False)

    def _uncaught(self, exploration: Exploration) -> Iterator[Fact]:
        for escape in sorted(exploration.escapes, key=repr):
            if escape.kind == "error" and not escape.any_code:
                key: Key = ("left", escape)
                yield Fact(Kind.ERROR_NOT_CAUGHT, exploration.way_to(key)[-1].elements[-1], key, is_grave=False)

    def _is_rescued(self, module: Module, state: Marking) -> bool:
        """Is there, wherever the process is run, something around this marking that can withdraw it?"""
        elements = self.modules.net(module).elements
        if _can_interrupt([elements[position.element] for position in state if position.is_armed]):
            return True
        seen: set[Module] = set()
        frontier = [module]
        while frontier:
            inner = frontier.pop()
            if inner == self.modules.root:
                return False
            if inner not in seen:
                seen.add(inner)
                frontier += [parent for parent, key in self.contexts[inner] if not self._can_be_withdrawn(parent, key)]
        return True

    def _can_be_withdrawn(self, parent: Module, key: Key) -> bool:
        """Can the activity entered be interrupted by an event, or withdrawn by a terminate end that others may come to?"""
        net = self.modules.net(parent)
        name = key[1].element if isinstance(key[1], Position) else ""
        is_reaction = isinstance(net.elements[name], EventSubProcess) and net.elements[name].interrupting
        if _can_interrupt(net.elements[name].boundary_events) or (not is_reaction and _can_interrupt(net.event_subprocesses)):
            return True
        ends = [end.name for end in net.elements.values() if isinstance(getattr(end, "definition", None), TerminateDefinition)]
        beside = {
            position.element
            for state in (self.modules.explored[parent].came if ends else ())
            if any(position.element == name for position in state)
            for position in state
        }
        return any(net.reaches(other, end) for other in beside - {name} for end in ends)


def _meetings(exploration: Exploration) -> Iterator[Fact]:
    """Where two tokens meet first: further on they meet again, which is told once."""
    told: list[str] = []
    for kind in ("met", "mixed"):
        for key in sorted((key for key in exploration.seen if key[0] == kind), key=lambda key: len(exploration.way_to(key))):
            name = str(key[1])
            if name not in told and not any(exploration.net.reaches(before, name) for before in told):
                told.append(name)
                is_met = kind == "met"
                yield Fact(Kind.LACK_OF_SYNCHRONISATION, name, key, is_grave=is_met, sentence=None if is_met else MIXED)


def _can_interrupt(events: Sequence[Reaction]) -> bool:
    return any(event.interrupting and event.waits for event in events)

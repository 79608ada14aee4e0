"""From what was seen to findings: which of it is wrong, how grave it is, whom to blame, and the shortest way there."""

from collections.abc import Iterator, Sequence
from typing import NamedTuple

from engine.core.findings import Severity
from engine.core.model import ProcessDefinition, ProcessModel
from engine.core.soundness.exploration import Exploration, Key, Meter
from engine.core.soundness.liveness import endless
from engine.core.soundness.marking import Marking, Position
from engine.core.soundness.modules import Module, Modules
from engine.core.soundness.steps import Step
from engine.core.soundness.verdict import Kind, Limits, SoundnessFinding, Verdict
from engine.core.soundness.wording import MIXED, RESCUED_EN, RESCUED_ZH, SENTENCES, Sentence, trace_in_words
from engine.core.spiff.containers import Container
from engine.core.spiff.events import EndEvent
from engine.core.spiff.reactions import Reaction


class Fact(NamedTuple):
    """Something wrong in one process, before it is put into words."""

    kind: Kind
    element: str
    key: Key | None = None
    steps: tuple[Step, ...] = ()
    waiting: tuple[str, ...] = ()
    is_grave: bool = True
    sentence: Sentence | None = None


def examine(model: ProcessModel | ProcessDefinition, *, start: Marking | None = None, limits: Limits | None = None) -> Verdict:
    """Is the control flow sound: does every run end, with nothing left over and nothing done twice?

    :param model: a linked model is explored with the processes it calls; in a definition alone, a call is a step that ends
        or throws whatever the caller catches.
    :param start: the marking to begin with (:func:`~engine.core.soundness.running.marking_of`); dead elements are not looked
        for then.
    """
    return Examination(model, start, limits or Limits()).verdict()


class Examination:
    """One examination."""

    def __init__(self, model: ProcessModel | ProcessDefinition, start: Marking | None, limits: Limits) -> None:
        definition = model.root if isinstance(model, ProcessModel) else model
        self._is_linked = isinstance(model, ProcessModel)
        self._limits = limits
        self._meter = Meter(limits.states, limits.transitions)
        self._root = Module(definition.key, definition.spec.name, (), start)
        definitions = model.processes if isinstance(model, ProcessModel) else {definition.key: definition}
        self._modules = Modules(definitions, self._root, self._meter)
        self._facts: dict[Module, list[Fact]] = {}
        self._contexts: dict[Module, list[tuple[Module, Key]]] = {self._root: []}

    def verdict(self) -> Verdict:
        self._modules.explore()
        self._find_contexts()
        for module in self._modules.explored:  # the innermost first
            if module in self._contexts:
                self._facts[module] = self._wrong(module)
        facts = self._facts
        shortest = self._shortest_traces(facts)
        prefixes = self._prefixes(shortest)
        findings = [
            self._finding(module, fact, prefixes[module], shortest)
            for module, found in facts.items()
            for fact in [*self._without_place(module), *found]
        ]
        findings += self._not_decided()
        decided = not any(finding.kind is Kind.NOT_DECIDED for finding in findings)
        return Verdict(tuple(_distinct(findings)), decided, self._meter.states)

    def _find_contexts(self) -> None:
        """Which of the processes are really entered, and from where."""
        frontier = [self._root]
        while frontier:
            module = frontier.pop()
            exploration = self._modules.explored.get(module)
            for key in exploration.seen if exploration is not None else ():
                for child in self._entered(module, key):
                    if child not in self._contexts:
                        self._contexts[child] = []
                        frontier.append(child)
                    self._contexts[child].append((module, key))

    def _entered(self, module: Module, key: Key) -> list[Module]:
        position = key[1] if key[0] == "entered" else None
        if not isinstance(position, Position) or position.arrival:
            return []
        element = self._modules.net(module).elements[position.element]
        return self._modules.children(module, position) if isinstance(element, Container) else []

    # What is wrong.

    def _wrong(self, module: Module) -> list[Fact]:
        exploration = self._modules.explored[module]
        found = [*_meetings(exploration), *self._stuck(module, exploration)]
        if exploration.decided:
            found += self._endless(module, exploration)
            if not exploration.stopped and self._root.start is None:
                found += self._dead(module, exploration, {name for fact in found for name in (fact.element, *fact.waiting)})
        if module == self._root and self._is_linked:
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
            ended = any(isinstance(net.elements[e], EndEvent) for step in exploration.seen[key] for e in step.elements)
            kind = Kind.IMPROPER_COMPLETION if ended else Kind.DEADLOCK
            yield Fact(kind, blamed, key, waiting=tuple(sorted(names)), is_grave=not self._is_rescued(module))

    def _is_hopeless(self, module: Module, name: str) -> bool:
        """Is it an activity whose inside never completes, so that the inside is to blame?"""
        if not self._is_container(module, name):
            return False
        children = self._modules.children(module, Position(name))
        return any(self._facts.get(child) and not self._modules.explored[child].completes for child in children)

    def _is_container(self, module: Module, name: str) -> bool:
        return isinstance(self._modules.net(module).elements[name], Container)

    def _endless(self, module: Module, exploration: Exploration) -> Iterator[Fact]:
        """Blamed is an element from which no flow leads to an end, at the nearest marking with a token there."""
        states = endless(exploration, may_fail_outwards=module != self._root)
        names = {position.element for state in states for position in state}
        if any(self._is_hopeless(module, name) for name in names):
            return
        net = exploration.net
        ends = [name for name, element in net.elements.items() if isinstance(element, EndEvent)]
        lost = {name for name in names if not any(net.reaches(name, end) for end in ends)}
        for state in [state for state in states if any(one.element in lost for one in state)] or states[:1]:
            here = [position.element for position in state if not position.is_armed]
            blamed = next((name for name in here if name in lost), here[0])
            steps = exploration.trace(state)
            yield Fact(Kind.NO_WAY_TO_END, blamed, steps=steps, is_grave=not self._is_rescued(module))
            return

    def _dead(self, module: Module, exploration: Exploration, blamed: set[str]) -> Iterator[Fact]:
        """Elements that no run completes, though something completes just before them."""
        net = exploration.net
        fired = {str(key[1]) for key in exploration.seen if key[0] == "fired"}
        for name, element in net.elements.items():
            if name in fired or name in blamed or (self._is_container(module, name) and self._is_blamed_inside(module, name)):
                continue
            sources = [flow.source for flow in element.incoming]
            sources += [other.name for other in net.elements.values() if element in other.boundary_events]
            before = [("fired", source) for source in sources if source in fired]
            if before or not sources:
                steps = min((exploration.seen[key] for key in before), key=len, default=())
                yield Fact(Kind.DEAD_ELEMENT, name, steps=steps, is_grave=False)

    def _is_blamed_inside(self, module: Module, name: str) -> bool:
        return any(child in self._contexts for child in self._modules.children(module, Position(name)))

    def _uncaught(self, exploration: Exploration) -> Iterator[Fact]:
        for escape in sorted(exploration.escapes, key=repr):
            if escape.kind == "error" and not escape.any_code:
                key: Key = ("left", escape)
                yield Fact(Kind.ERROR_NOT_CAUGHT, exploration.seen[key][-1].elements[-1], key, is_grave=False)

    def _is_rescued(self, module: Module) -> bool:
        """Is there, wherever the process is run, an event around it that interrupts it from outside?"""
        seen: set[Module] = set()
        frontier = [module]
        while frontier:
            inner = frontier.pop()
            if inner in seen or self._waits_to_interrupt(self._modules.net(inner).event_subprocesses):
                continue
            seen.add(inner)
            if inner == self._root:
                return False
            for parent, key in self._contexts[inner]:
                position = key[1]
                assert isinstance(position, Position)
                if not self._waits_to_interrupt(self._modules.net(parent).elements[position.element].boundary_events):
                    frontier.append(parent)
        return True

    @staticmethod
    def _waits_to_interrupt(events: Sequence[Reaction]) -> bool:
        return any(event.interrupting and event.waits for event in events)

    # The way there.

    def _shortest_traces(self, facts: dict[Module, list[Fact]]) -> dict[tuple[Module, Key], tuple[Step, ...]]:
        """For every fact, and every entry on the way to it, the shortest trace within its process."""
        wanted: dict[Module, set[Key]] = {module: {f.key for f in found if f.key} for module, found in facts.items()}
        frontier = [module for module, found in facts.items() if found]
        seen = set(frontier)
        while frontier:
            for parent, key in self._contexts[frontier.pop()]:
                wanted[parent].add(key)
                if parent not in seen:
                    seen.add(parent)
                    frontier.append(parent)
        meter = Meter(self._limits.states, self._limits.transitions)
        traces: dict[tuple[Module, Key], tuple[Step, ...]] = {}
        for module, keys in wanted.items():
            known = self._modules.explored[module].seen
            better = self._modules.again(module, keys, meter).seen if keys else {}
            traces |= {(module, key): better.get(key, known[key]) for key in keys}
        return traces

    def _prefixes(self, shortest: dict[tuple[Module, Key], tuple[Step, ...]]) -> dict[Module, tuple[Step, ...]]:
        """The shortest way from the root into each process."""
        prefixes: dict[Module, tuple[Step, ...]] = {self._root: ()}
        changed = True
        while changed:
            changed = False
            for module, contexts in self._contexts.items():
                for parent, key in contexts:
                    if parent in prefixes and isinstance(key[1], Position):
                        steps = shortest.get((parent, key), self._modules.explored[parent].seen[key])
                        way = (*prefixes[parent], *steps, Step((key[1].element,)))
                        if module not in prefixes or len(way) < len(prefixes[module]):
                            prefixes[module] = way
                            changed = True
        return prefixes

    # Findings.

    def _finding(
        self,
        module: Module,
        fact: Fact,
        prefix: tuple[Step, ...],
        shortest: dict[tuple[Module, Key], tuple[Step, ...]],
    ) -> SoundnessFinding:
        steps = (*prefix, *(shortest[module, fact.key] if fact.key is not None else fact.steps))
        trace = tuple(element for step in steps for element in step.elements)
        words = {
            "element": self._title(fact.element, module),
            "trace": trace_in_words([self._title(element, module) for element in trace]) or "-",
        }
        waiting = [self._title(name, module) for name in fact.waiting]
        rescued = fact.kind in RESCUABLE and not fact.is_grave
        sentence = fact.sentence or SENTENCES[fact.kind]
        return SoundnessFinding(
            element_id=fact.element,
            element_name=words["element"],
            severity=Severity.ERROR if fact.is_grave else Severity.WARNING,
            code=fact.kind.value,
            zh=sentence.zh.format(**words, waiting="、".join(f"“{name}”" for name in waiting))
            + (RESCUED_ZH if rescued else ""),
            en=sentence.en.format(**words, waiting=", ".join(repr(name) for name in waiting)) + (RESCUED_EN if rescued else ""),
            suggestion_zh=sentence.suggestion_zh,
            suggestion_en=sentence.suggestion_en,
            kind=fact.kind,
            process_key=module.process_key,
            trace=trace,
            flows=tuple(flow for step in steps for flow in step.flows),
            waiting=fact.waiting,
        )

    def _title(self, element: str, module: Module) -> str:
        """The name of an element: of this process, or of one on the way to it."""
        for place in (module, *self._modules.explored):
            found = self._modules.net(place).elements.get(element)
            if found is not None:
                return str(found.title)
        return element

    def _without_place(self, module: Module) -> Iterator[Fact]:
        elements = self._modules.net(module).elements
        for position in module.start or ():
            if position.element not in elements:
                yield Fact(Kind.WITHOUT_PLACE, position.element, waiting=(position.element,))

    def _not_decided(self) -> Iterator[SoundnessFinding]:
        for module, names in self._modules.unknown.items():
            if module in self._contexts:
                why = "、".join(names), ", ".join(names)
                yield self._gave_up(module, names[0], f"不知道元素{why[0]}如何运行", f"how {why[1]} behave is not known")
        if self._meter.is_exhausted:
            states, steps = self._meter.states, self._meter.transitions
            yield self._gave_up(
                self._root,
                self._root.process_key,
                f"已检查{states}种状态、{steps}个步骤，未发现的问题仍可能存在",
                f"after {states} markings and {steps} steps there was more to explore; what was not found may still be there",
            )

    def _gave_up(self, module: Module, element: str, why_zh: str, why_en: str) -> SoundnessFinding:
        sentence = SENTENCES[Kind.NOT_DECIDED]
        return SoundnessFinding(
            element_id=element,
            element_name=self._title(element, module),
            severity=Severity.WARNING,
            code=Kind.NOT_DECIDED.value,
            zh=sentence.zh.format(why_zh=why_zh),
            en=sentence.en.format(why_en=why_en),
            suggestion_zh=sentence.suggestion_zh,
            suggestion_en=sentence.suggestion_en,
            kind=Kind.NOT_DECIDED,
            process_key=module.process_key,
        )


RESCUABLE = frozenset({Kind.DEADLOCK, Kind.IMPROPER_COMPLETION, Kind.NO_WAY_TO_END})


def _meetings(exploration: Exploration) -> Iterator[Fact]:
    """Where two tokens meet first: further on they meet again, which is told once."""
    told: list[str] = []
    for kind in ("met", "mixed"):
        for key in sorted((key for key in exploration.seen if key[0] == kind), key=lambda key: len(exploration.seen[key])):
            name = str(key[1])
            if name not in told and not any(exploration.net.reaches(before, name) for before in told):
                told.append(name)
                is_met = kind == "met"
                yield Fact(Kind.LACK_OF_SYNCHRONISATION, name, key, is_grave=is_met, sentence=None if is_met else MIXED)


def _distinct(findings: list[SoundnessFinding]) -> list[SoundnessFinding]:
    """One finding of a kind for an element: a process entered in two ways is told once, by the shorter way."""
    found: dict[tuple[str, str, Kind], SoundnessFinding] = {}
    for finding in sorted(findings, key=lambda one: (one.severity, len(one.trace))):
        found.setdefault((finding.process_key, finding.element_id, finding.kind), finding)
    return sorted(found.values(), key=lambda one: (one.severity, len(one.trace), one.process_key, one.element_id))

"""From faults to findings: the shortest way to each of them, in words."""

from collections.abc import Iterator

from engine.core.findings import Severity
from engine.core.model import ProcessDefinition, ProcessModel
from engine.core.soundness.diagnosis import Diagnosis, Fact
from engine.core.soundness.exploration import Key, Meter
from engine.core.soundness.marking import Marking, Position
from engine.core.soundness.modules import Module, Modules
from engine.core.soundness.steps import Step
from engine.core.soundness.verdict import Kind, Limits, SoundnessFinding, Verdict
from engine.core.soundness.wording import RESCUED_EN, RESCUED_ZH, SENTENCES, trace_in_words


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
        self._may_be_called = not isinstance(model, ProcessModel)
        self._limits = limits
        self._meter = Meter(limits.states, limits.transitions)
        self._root = Module(definition.key, definition.spec.name, (), start)
        definitions = model.processes if isinstance(model, ProcessModel) else {definition.key: definition}
        self._modules = Modules(definitions, self._root, self._meter)
        self._contexts: dict[Module, list[tuple[Module, Key]]] = {}

    def verdict(self) -> Verdict:
        self._modules.explore()
        diagnosis = Diagnosis(self._modules, may_be_called=self._may_be_called)
        self._contexts, facts = diagnosis.contexts, diagnosis.facts
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
            known = self._modules.explored[module]
            better = self._modules.again(module, keys, meter) if keys else known
            traces |= {(module, key): (better if key in better.seen else known).way_to(key) for key in keys}
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
                        steps = shortest.get((parent, key), self._modules.explored[parent].way_to(key))
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


def _distinct(findings: list[SoundnessFinding]) -> list[SoundnessFinding]:
    """One finding of a kind for an element: a process entered in two ways is told once, by the shorter way."""
    found: dict[tuple[str, str, Kind], SoundnessFinding] = {}
    for finding in sorted(findings, key=lambda one: (one.severity, len(one.trace))):
        found.setdefault((finding.process_key, finding.element_id, finding.kind), finding)
    return sorted(found.values(), key=lambda one: (one.severity, len(one.trace), one.process_key, one.element_id))

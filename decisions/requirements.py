"""The decision requirement graph: what a model is made of, and what of it each part needs (DMN 1.5, 6.3).

It has no cycles, knowledge included, so that everything can be worked out one after the other.
"""

from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from enum import StrEnum

from lxml import etree

from decisions.document import first, kind, under
from decisions.findings import Finding, finding

MAX_PARTS = 2_000


class Kind(StrEnum):
    """What a part of the graph is."""

    INPUT = "inputData"
    DECISION = "decision"
    KNOWLEDGE = "businessKnowledgeModel"
    SERVICE = "decisionService"
    IMPORTED = "imported"


@dataclass(frozen=True, slots=True, eq=False)
class Part:
    """A part of the graph. ``variable`` is the name it goes by in expressions; ``requires`` are ids."""

    id: str
    name: str
    variable: str
    kind: Kind
    node: etree._Element
    requires: tuple[str, ...]

    @property
    def declaration(self) -> etree._Element:
        """The element that has the type of the variable."""
        declared = first(self.node, "variable")
        return self.node if declared is None else declared


_REQUIREMENTS = ("informationRequirement", "knowledgeRequirement")
_SERVICE_PARTS = ("outputDecision", "encapsulatedDecision")
_SERVICE_INPUTS = ("inputData", "inputDecision")


class Graph:
    """The parts of a model by id, and the findings about them."""

    def __init__(self, root: etree._Element, imported: Mapping[str, Part]) -> None:
        self.findings: list[Finding] = []
        self.namespace = root.get("namespace") or ""
        self.parts: dict[str, Part] = {}
        self._named: dict[str, str] = {}
        self._imported = imported
        nodes = [node for node in root if kind(node) in (Kind.INPUT, Kind.DECISION, Kind.KNOWLEDGE, Kind.SERVICE)]
        if len(nodes) > MAX_PARTS:
            self._report(
                root,
                "too-many-parts",
                f"决策图超过{MAX_PARTS}个元素。",
                f"Expected at most {MAX_PARTS} parts, but there are {len(nodes)}.",
            )
        for node in nodes[:MAX_PARTS]:
            self._add(node)
        for part in list(self.parts.values()):
            self._resolve(part)
        self._refuse_cycles()

    def of_kind(self, kind_: Kind) -> list[Part]:
        """The parts of a kind, in the order of the file."""
        return [part for part in self.parts.values() if part.kind is kind_]

    def find(self, key: str) -> Part | None:
        """A part by id or, failing that, by name."""
        return self.parts.get(key) or self.parts.get(self._named.get(key, ""))

    def service(self, part: Part, *names: str) -> list[Part]:
        """The decisions or inputs a service lists under some names, in its order."""
        ids = [self._id_of(reference) for name in names for reference in under(part.node, name)]
        return [self.parts[id_] for id_ in ids if id_ in self.parts]

    def service_inputs(self, part: Part) -> list[Part]:
        """The parameters of a service: its input data, then its input decisions."""
        return self.service(part, *_SERVICE_INPUTS)

    def order(self, wanted: list[Part], given: frozenset[str] = frozenset()) -> tuple[Part, ...]:
        """What has to be worked out for some parts, first things first; nothing that is given, or needed for that alone."""
        found: dict[str, Part] = {}
        waiting = [(part, False) for part in reversed(wanted)]
        while waiting:
            part, ready = waiting.pop()
            if part.id in found or part.id in given:
                continue
            if ready:
                found[part.id] = part
                continue
            waiting.append((part, True))
            # A service brings what is inside it along when it is called.
            inner = () if part.kind is Kind.SERVICE else part.requires
            waiting.extend((self.parts[id_], False) for id_ in reversed(inner) if id_ in self.parts)
        return tuple(found.values())

    def _add(self, node: etree._Element) -> None:
        name = node.get("name") or ""
        id_ = node.get("id") or name
        if not id_ or id_ in self.parts or name in self._named:
            self._report(
                node,
                "name-twice",
                f"名称或标识“{name or id_}”重复。",
                f"Expected different ids and names, but {name or id_!r} comes twice.",
            )
            return
        declared = first(node, "variable")
        variable = name if declared is None else declared.get("name") or name
        self.parts[id_] = Part(id_, name, variable, Kind(kind(node)), node, ())
        self._named[name] = id_

    def _resolve(self, part: Part) -> None:
        references = [
            reference
            for requirement in under(part.node, *_REQUIREMENTS)
            for reference in under(requirement, "requiredInput", "requiredDecision", "requiredKnowledge")
        ]
        if part.kind is Kind.SERVICE:
            references = under(part.node, *_SERVICE_PARTS, *_SERVICE_INPUTS)
        requires = [self._required(part, reference) for reference in references]
        ids = tuple(dict.fromkeys(id_ for id_ in requires if id_))
        self.parts[part.id] = Part(part.id, part.name, part.variable, part.kind, part.node, ids)
        if part.kind is not Kind.SERVICE:
            self._refuse_same_names(part, [self.parts[id_] for id_ in ids])

    def _refuse_same_names(self, part: Part, required: list[Part]) -> None:
        names = [needed.variable for needed in required if needed.kind is not Kind.IMPORTED]
        for name in sorted({name for name in names if names.count(name) > 1}):
            self._report(
                part.node,
                "name-twice",
                f"“{part.name}”依赖两个同名的“{name}”。",
                f"Expected what {part.name!r} requires to have different names, but two are {name!r}.",
            )

    def _id_of(self, reference: etree._Element) -> str:
        namespace, _, id_ = (reference.get("href") or "").rpartition("#")
        return id_ if namespace in ("", self.namespace) else f"{namespace}#{id_}"

    def _required(self, part: Part, reference: etree._Element) -> str:
        id_ = self._id_of(reference)
        if id_ in self._imported:
            self.parts.setdefault(id_, self._imported[id_])
        if id_ in self.parts:
            return id_
        self._report(
            reference,
            "requirement-unknown",
            f"“{part.name}”依赖的“{reference.get('href')}”不存在。",
            f"Expected what {part.name!r} requires to be in the model, but {reference.get('href')!r} is not.",
            "在图中重新连接该依赖。",
            "Draw the requirement again.",
        )
        return ""

    def _refuse_cycles(self) -> None:
        for cycle in self._cycles():
            names = " → ".join(self.parts[id_].name for id_ in (*cycle, cycle[0]))
            self._report(
                self.parts[cycle[0]].node,
                "requirement-cycle",
                f"决策依赖形成循环：{names}。",
                f"Expected decisions not to depend on themselves, but these do: {names}.",
            )

    def _cycles(self) -> Iterator[tuple[str, ...]]:
        done: set[str] = set()
        for start in self.parts:
            path: list[str] = []
            waiting = [(start, False)]
            while waiting:
                id_, leaving = waiting.pop()
                if leaving:
                    done.add(path.pop())
                elif id_ in path:
                    yield tuple(path[path.index(id_) :])
                elif id_ not in done:
                    path.append(id_)
                    waiting.append((id_, True))
                    waiting.extend((needed, False) for needed in self.parts[id_].requires)

    def _report(
        self, node: etree._Element, code: str, zh: str, en: str, suggestion_zh: str = "", suggestion_en: str = ""
    ) -> None:
        self.findings.append(finding(node, code, zh, en, suggestion_zh, suggestion_en))

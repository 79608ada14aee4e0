"""A decision model: what a DMN file becomes, and deciding with it."""

from collections.abc import Callable, Mapping
from dataclasses import dataclass, field
from datetime import datetime
from typing import Any

from lxml import etree

import feel
from decisions import document
from decisions.analysis import TableReport, analyse
from decisions.compiling import Functions, Parts
from decisions.evaluation import DecisionTrouble, Evaluation, TableTrace, Trouble
from decisions.findings import DecisionModelError, Finding, Severity, finding
from decisions.inputs import Inputs
from decisions.item_types import ItemTypes
from decisions.requirements import Graph, Kind, Part
from feel.boundary import give
from feel.budget import DEFAULT
from feel.errors import FeelBudgetExceeded
from feel.functions import UserFunction
from feel.scope import Scope
from feel.values import Value


@dataclass(frozen=True, slots=True)
class Decision:
    """A decision, or a decision service, as others see it. ``inputs`` are the names of the variables it reads in the end."""

    id: str
    name: str
    inputs: frozenset[str]
    is_service: bool = False


@dataclass(frozen=True, slots=True)
class DecisionResult:
    """What was decided, and by which rules. ``troubles`` are empty unless troubles were to become null."""

    value: Any
    trace: tuple[TableTrace, ...] = ()
    troubles: tuple[Trouble, ...] = ()


@dataclass(frozen=True, slots=True, eq=False)
class DecisionModel:
    """A compiled model; it holds no state and may be shared by threads."""

    namespace: str
    name: str
    version: str
    decisions: Mapping[str, Decision]
    """By id; decision services too."""
    findings: tuple[Finding, ...]
    tables: tuple[TableReport, ...]
    _parts: Parts = field(repr=False)

    def find(self, decision: str) -> Decision | None:
        """A decision or service by id or, failing that, by name."""
        part = self._parts.graph.find(decision)
        return None if part is None else self.decisions.get(part.id)

    def evaluate(
        self,
        decision_id: str,
        inputs: Mapping[str, object],
        *,
        now: datetime,
        budget: feel.Budget = DEFAULT,
        meter: feel.Meter | None = None,
        strict: bool = True,
    ) -> DecisionResult:
        """Decide.

        :param decision_id: id or name of a decision or of a decision service.
        :param inputs: variables by name; JSON or Python values. More than are read does no harm.
        :param now: what ``now()`` and ``today()`` go by; with a zone.
        :param meter: what it shares with other evaluations; the steps it takes are taken from there.
        :param strict: whether what has no answer (an overlap of UNIQUE rules, a value of the wrong type, a missing input)
            raises, or becomes null as the standard has it.
        :raises LookupError: there is no such decision.
        :raises DecisionTrouble: it can not be decided; always, whether ``strict`` or not, if it takes more than ``budget``
            or than ``meter`` has left.
        """
        part = self._parts.graph.find(decision_id)
        if part is None or part.id not in self.decisions:
            raise LookupError(f"Expected a decision {decision_id!r} in {self.name!r}, but there is none.")
        is_open = self._parts.is_open
        run = Evaluation(inputs if is_open else {}, now, budget if meter is None else meter.narrow(budget), strict=strict)
        try:
            return _bounded(run, part, lambda: self._decide(run, part, inputs))
        finally:
            if meter is not None:
                meter.left -= run.budget.steps - run.steps

    def _decide(self, run: Evaluation, part: Part, inputs: Mapping[str, object]) -> Value:
        wanted = Inputs(run, inputs)
        graph = self._parts.graph
        if part.kind is Kind.SERVICE:
            return self._serve(run, part, wanted)
        order = graph.order([part])
        for needed in order:
            wanted.require_free(self._parts.free.get(needed.id, frozenset()))
        values = {
            needed.id: wanted.value_of(needed, self._parts.types)
            for needed in order
            if needed.kind is Kind.INPUT or wanted.replaces(needed)
        }
        return self._parts.work_out(run, order, values)[part.id]

    def _serve(self, run: Evaluation, part: Part, wanted: Inputs) -> Value:
        parameters = self._parts.graph.service_inputs(part)
        arguments = [wanted.value_of(needed, self._parts.types) for needed in parameters]
        service = self._parts.work_out(run, [part], {})[part.id]
        assert isinstance(service, UserFunction)
        return service.call(run, arguments)

    def knowledge(self, run: Evaluation, id_: str) -> Value:
        """A business knowledge model as a function, for a model that imports this one."""
        graph = self._parts.graph
        return self._parts.work_out(run, graph.order([graph.parts[id_]]), {})[id_]

    def imported(self, prefix: str) -> dict[str, Part]:
        """Its business knowledge models as parts of a model that imports it."""
        return {
            f"{self.namespace}#{part.id}": Part(f"{self.namespace}#{part.id}", part.name, prefix, Kind.IMPORTED, part.node, ())
            for part in self._parts.graph.of_kind(Kind.KNOWLEDGE)
        }

    @property
    def types(self) -> ItemTypes:
        """Its item definitions."""
        return self._parts.types


def _bounded(run: Evaluation, part: Part, work: Callable[[], Value]) -> DecisionResult:
    try:
        value = give(run, work())
    except (FeelBudgetExceeded, RecursionError) as error:
        raise DecisionTrouble(
            Trouble(
                "budget-exceeded",
                run.element or part.id,
                part.name,
                f"决策“{part.name}”的计算量超过上限：{error}",
                f"Expected the decision {part.name!r} to stay within its budget, but {error}.",
            )
        ) from error
    return DecisionResult(value, tuple(run.trace), tuple(run.troubles))


def compile_decisions(
    source: bytes,
    *,
    functions: Functions | None = None,
    imports: Mapping[str, DecisionModel] | None = None,
    tolerant: bool = False,
) -> DecisionModel:
    """Check and compile a ``.dmn`` file.

    :param functions: Python functions its expressions may call beside the built-in ones.
    :param imports: the models it may import, by namespace.
    :param tolerant: an expression that is none is a warning and null, as the test cases of the standard's kit want it.
    :raises DecisionModelError: with every finding, if one of them is an error. Warnings alone are kept on the model.
    """
    root = document.read(source)
    findings = list(document.unknown_elements(root))
    libraries = _imports(root, imports or {}, findings)
    types = ItemTypes(root, {prefix: model.types for prefix, model in libraries.items()})
    imported = {id_: part for prefix, model in libraries.items() for id_, part in model.imported(prefix).items()}
    graph = Graph(root, imported)
    findings += types.findings + graph.findings
    _refuse(findings)
    parts = Parts(graph, types, functions or {}, tolerant)
    for model in libraries.values():
        for id_ in model.imported(""):
            parts.codes[id_] = _library_code(model, id_)
    seen = len(types.findings)
    parts.compile()
    reports = tuple(analyse(table, tolerant=tolerant) for table in parts.tables)
    findings += parts.findings + types.findings[seen:] + _undrawn(parts)
    findings += [found for report in reports for found in report.findings]
    _refuse(findings)
    return DecisionModel(
        namespace=graph.namespace,
        name=root.get("name") or "",
        version=document.NAMESPACES[str(etree.QName(root).namespace)],
        decisions=_decisions(parts),
        findings=tuple(findings),
        tables=reports,
        _parts=parts,
    )


def _library_code(model: DecisionModel, id_: str) -> Callable[[Scope], Value]:
    own = id_.removeprefix(f"{model.namespace}#")

    def knowledge(scope: Scope) -> Value:
        assert isinstance(scope.run, Evaluation)
        return model.knowledge(scope.run, own)

    return knowledge


def _refuse(findings: list[Finding]) -> None:
    if any(found.severity is Severity.ERROR for found in findings):
        raise DecisionModelError(findings)


def _imports(root: etree._Element, known: Mapping[str, DecisionModel], findings: list[Finding]) -> dict[str, DecisionModel]:
    libraries: dict[str, DecisionModel] = {}
    for node in document.under(root, "import"):
        namespace = node.get("namespace") or ""
        model = known.get(namespace)
        if model is not None and node.get("importType", "") in document.NAMESPACES:
            libraries[node.get("name") or model.name] = model
            continue
        findings.append(
            finding(
                node,
                "import-unknown",
                f"引入的“{node.get('name') or namespace}”不可用。",
                f"Expected what is imported to be a known decision model, but {node.get('name') or namespace!r} is not.",
                "将所需内容复制到本文件。",
                "Put what is needed into this file.",
            )
        )
    return libraries


def _undrawn(parts: Parts) -> list[Finding]:
    """Decisions that read another one's result by its name without requiring it: they would find nothing there."""
    names = {part.variable: part for part in parts.graph.parts.values() if part.kind is not Kind.IMPORTED}
    return [
        finding(
            parts.graph.parts[id_].node,
            "requirement-missing",
            f"“{parts.graph.parts[id_].name}”使用了“{name}”，但没有连接依赖。",
            f"Expected {parts.graph.parts[id_].name!r} to require {name!r}, whose name it uses, but it does not.",
            "在图中连接该依赖。",
            "Draw the requirement.",
        )
        for id_, free in parts.free.items()
        for name in sorted(free & names.keys())
    ]


def _decisions(parts: Parts) -> dict[str, Decision]:
    found: dict[str, Decision] = {}
    for part in parts.graph.of_kind(Kind.DECISION):
        order = parts.graph.order([part])
        names = {needed.variable for needed in order if needed.kind is Kind.INPUT}
        found[part.id] = Decision(part.id, part.name, frozenset(names.union(*(parts.free.get(item.id, ()) for item in order))))
    for part in parts.graph.of_kind(Kind.SERVICE):
        names = {needed.variable for needed in parts.graph.service_inputs(part)}
        found[part.id] = Decision(part.id, part.name, frozenset(names), is_service=True)
    return found

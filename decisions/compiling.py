"""The parts of a model to closures. Each sees only what it requires; a decision of a model that declares no input data at all,
as dmn-js draws a lone table, reads its inputs by the names its expressions use."""

from collections.abc import Callable, Iterable, Mapping
from dataclasses import dataclass, field
from typing import TypeVar

from decisions.boxed import Reader, conform, identity
from decisions.boxed.expressions import function
from decisions.boxed.reader import typed
from decisions.document import expression_in, first
from decisions.evaluation import Evaluation, Trouble, evaluation_of
from decisions.findings import DecisionModelError, Finding, finding
from decisions.item_types import ItemTypes
from decisions.requirements import Graph, Kind, Part
from decisions.tables.table import Table
from feel.budget import Budget
from feel.compiler import Compiler
from feel.errors import FeelError
from feel.expression import prepared
from feel.functions import Code, UserFunction
from feel.scope import Scope
from feel.syntax import Node
from feel.types import FeelType
from feel.values import Value
from feel.walk import depth_of

T = TypeVar("T")
Functions = Mapping[str, Callable[..., object]]

MAX_TREE = Budget().depth
"""Levels of the syntax tree of a whole decision, boxes and texts together."""


@dataclass(slots=True, eq=False)
class Parts:
    """The compiled parts of a model."""

    graph: Graph
    types: ItemTypes
    functions: Functions
    tolerant: bool
    codes: dict[str, Code] = field(default_factory=dict)
    free: dict[str, frozenset[str]] = field(default_factory=dict)
    """The inputs that are declared nowhere, by the id of the decision that reads them."""
    tables: list[Table] = field(default_factory=list)
    findings: list[Finding] = field(default_factory=list)

    @property
    def is_open(self) -> bool:
        """Whether inputs need not be declared."""
        return not self.graph.of_kind(Kind.INPUT)

    def compile(self) -> None:
        """Compile every part."""
        for part in self.graph.parts.values():
            if part.kind is Kind.DECISION:
                self.codes[part.id] = self._decision(part)
            elif part.kind is Kind.KNOWLEDGE:
                self.codes[part.id] = self._knowledge(part)
            elif part.kind is Kind.SERVICE:
                self.codes[part.id] = self._service(part)

    def work_out(self, run: Evaluation, order: Iterable[Part], values: dict[str, Value]) -> dict[str, Value]:
        """The values of parts by id, one after the other; ``values`` are those that are known and grows."""
        for part in order:
            if part.id not in values:
                run.charge(1)
                run.element = part.id
                values[part.id] = self.codes[part.id](Scope(run, None, self._frame(part, values)))
        return values

    def _frame(self, part: Part, values: Mapping[str, Value]) -> dict[str, Value]:
        frame: dict[str, Value] = {}
        for id_ in part.requires if part.kind is not Kind.SERVICE else ():
            needed = self.graph.parts[id_]
            value = values.get(id_)
            if needed.kind is not Kind.IMPORTED:
                frame[needed.variable] = value
                continue
            library = frame.setdefault(needed.variable, {})
            assert isinstance(library, dict)
            library[needed.name] = value
        return frame

    def _decision(self, part: Part) -> Code:
        body = expression_in(part.node)
        if body is None:
            return lambda scope: _undecided(scope, part)
        wanted = self.types.reference(part.declaration)

        def read(reader: Reader) -> Node:
            tree = reader.read(body, wanted)
            return tree if wanted is None else typed(tree, wanted, part.node)

        return self._compiled(part, read, is_open=self.is_open)

    def _knowledge(self, part: Part) -> Code:
        logic = first(part.node, "encapsulatedLogic")
        if logic is None:
            self.findings.append(
                finding(
                    part.node,
                    "expression-missing",
                    f"业务知识模型“{part.name}”没有内容。",
                    f"Expected the business knowledge model {part.name!r} to have logic, but it has none.",
                )
            )
            return lambda _scope: None
        wanted = self._result(part)
        return self._compiled(part, lambda reader: function(reader, logic, wanted), is_open=False)

    def _result(self, part: Part) -> FeelType | None:
        """What a function must give. Its variable has a function type or, from older editors, that of the result."""
        declared = self.types.reference(part.declaration)
        return declared if declared is not None and declared.name != "function" else self.types.result(part.declaration)

    def _compiled(self, part: Part, read: Callable[[Reader], Node], *, is_open: bool) -> Code:
        required = [self.graph.parts[id_] for id_ in part.requires]
        names = {needed.variable for needed in required}
        compiler, known = prepared(self.functions, names, self.types.types)
        compiler.declared = None if is_open else frozenset()
        known = known.plus([needed.name for needed in required if needed.kind is Kind.IMPORTED])
        reader = Reader(part.node, self.types, known, tolerant=self.tolerant)
        code = self._shallow(part, lambda: _closure(compiler, names, read(reader)))
        self.free[part.id] = frozenset(compiler.required - set(compiler.functions))
        self.tables += reader.tables
        self.findings += reader.findings
        return code

    def _shallow(self, part: Part, work: Callable[[], T]) -> T:
        try:
            return work()
        except (RecursionError, FeelError) as error:
            message = finding(
                part.node,
                "too-deep",
                f"“{part.name}”的表达式嵌套过深。",
                f"Expected the expressions of {part.name!r} to be nested less deeply.",
            )
            raise DecisionModelError([message]) from error

    def _service(self, part: Part) -> Code:
        inputs = self.graph.service_inputs(part)
        outputs = self.graph.service(part, "outputDecision")
        order = self.graph.order(outputs, frozenset(needed.id for needed in inputs))
        types = tuple(self.types.reference(needed.declaration) for needed in inputs)
        wanted = self._result(part)
        self._check_service(part, order)

        def serve(scope: Scope) -> Value:
            run = evaluation_of(scope)
            given = {needed.id: scope.values[needed.variable] for needed in inputs}
            values = self.work_out(run, order, given)
            result: Value = {output.variable: values[output.id] for output in outputs}
            if len(outputs) == 1:
                result = values[outputs[0].id]
            return result if wanted is None else conform(scope, result, wanted, *identity(part.node))

        names = tuple(needed.variable for needed in inputs)
        return lambda scope: UserFunction(names, types, serve, scope, len(order) + 1, len(order) + 1)

    def _check_service(self, part: Part, order: Iterable[Part]) -> None:
        for needed in order:
            if needed.kind is Kind.INPUT:
                self.findings.append(
                    finding(
                        part.node,
                        "service-input",
                        f"决策服务“{part.name}”需要输入“{needed.name}”，但未列出。",
                        f"Expected the decision service {part.name!r} to list its input {needed.name!r}, but it does not.",
                    )
                )


def _closure(compiler: Compiler, names: set[str], tree: Node) -> Code:
    if depth_of(tree) > MAX_TREE:
        raise FeelError("nested too deeply")
    return compiler.compile_within(names, tree)


def _undecided(scope: Scope, part: Part) -> Value:
    evaluation_of(scope).meet(
        Trouble(
            "no-logic",
            part.id,
            part.name,
            f"决策“{part.name}”没有决策逻辑，也没有给出结果。",
            f"Expected the decision {part.name!r} to have logic or to be given, but neither is so.",
        )
    )
    return None

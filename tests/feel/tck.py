"""Reads cases of the DMN Technology Compatibility Kit and works out the decisions they are about.

Boxed expressions other than decision tables are worked out here, so that the expressions within them can be tested. Of models
with decision tables only the expressions are read; deciding is for those who test decisions.
"""

from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from datetime import UTC, datetime
from decimal import Decimal
from pathlib import Path

from lxml import etree

import feel
from feel.boundary import take
from feel.budget import DEFAULT
from feel.comparison import equal
from feel.durations import parse_duration
from feel.scope import Run
from feel.temporal.reading import parse_date, parse_date_time, parse_time

HOME = Path(__file__).parents[3] / "shared" / "data" / "dmn-tck"
NOW = datetime(2026, 1, 5, 1, 0, tzinfo=UTC)
XSI = "{http://www.w3.org/2001/XMLSchema-instance}"


def kind(node: etree._Element) -> str:
    """The name of an element without its namespace; empty for comments."""
    return etree.QName(node).localname if isinstance(node.tag, str) else ""


def under(node: etree._Element, *kinds: str) -> list[etree._Element]:
    """The children of some kinds."""
    return [child for child in node if kind(child) in kinds]


def only(node: etree._Element, *kinds: str) -> etree._Element:
    """The one child of some kinds."""
    (child,) = under(node, *kinds)
    return child


def text_of(node: etree._Element) -> str:
    """The expression a literal expression or a test holds."""
    return "".join(only(node, "text").itertext())


@dataclass(frozen=True)
class Case:
    """What one result of one test case should be."""

    id: str
    decision: str
    inputs: dict[str, object]
    expected: object
    is_error: bool


def cases(folder: Path) -> Iterator[Case]:
    """All results all test files of a folder ask for."""
    for file in sorted(folder.glob("*-test-*.xml")):
        for case in under(etree.parse(file).getroot(), "testCase"):
            inputs = {str(node.get("name")): value(node) for node in under(case, "inputNode")}
            invoked = case.get("invocableName")
            for result in under(case, "resultNode"):
                wanted = under(result, "expected")
                yield Case(
                    id=f"{folder.name}/{case.get('id')}/{result.get('name')}",
                    decision=str(invoked or result.get("name")),
                    inputs=inputs,
                    expected=value(wanted[0]) if wanted else None,
                    is_error=result.get("errorResult") == "true",
                )


def value(node: etree._Element) -> object:
    """The value an element of a test file holds."""
    if components := under(node, "component"):
        return {str(component.get("name")): value(component) for component in components}
    for child in under(node, "value", "list"):
        return [value(item) for item in under(child, "item")] if kind(child) == "list" else simple(child)
    return None


def simple(node: etree._Element) -> object:
    """A plain value by its XML Schema type."""
    if node.get(f"{XSI}nil") == "true":
        return None
    text = node.text or ""
    name = str(node.get(f"{XSI}type")).rpartition(":")[2]
    if name in ("decimal", "double", "integer", "int", "long", "float"):
        return Decimal(text)
    if name == "boolean":
        return text == "true"
    if name == "date":
        return parse_date(text)
    if name == "time":
        return parse_time(text)
    if name == "dateTime":
        return parse_date_time(text)
    if name in ("duration", "yearMonthDuration", "dayTimeDuration"):
        return parse_duration(text)
    return text


class Model:
    """A DMN file whose decisions are boxed expressions."""

    def __init__(self, file: Path) -> None:
        self.root = etree.parse(file).getroot()
        self.decisions = {str(node.get("name")): node for node in under(self.root, "decision")}
        self.knowledge = {str(node.get("name")): node for node in under(self.root, "businessKnowledgeModel")}
        self.names = {str(node.get("name")) for node in self.root.iter() if kind(node) != "definitions" and node.get("name")}

    @property
    def has_tables(self) -> bool:
        """Whether a decision table is in it."""
        return any(kind(node) == "decisionTable" for node in self.root.iter())

    def decide(self, name: str, inputs: Mapping[str, object]) -> object:
        """The value of a decision; what it needs is worked out first."""
        return Decisions(self, inputs).decision(name)


class Decisions:
    """The decisions of a model for one set of inputs."""

    def __init__(self, model: Model, inputs: Mapping[str, object]) -> None:
        self.model = model
        self.known: dict[str, object] = dict(inputs)
        self.functions = {name: self.function(node) for name, node in model.knowledge.items()}

    def decision(self, name: str) -> object:
        """The value of a decision."""
        node = self.model.decisions[name]
        for requirement in under(node, "informationRequirement"):
            for needed in under(requirement, "requiredDecision"):
                required = self.by_id(str(needed.get("href")))
                if required not in self.known:
                    self.known[required] = self.decision(required)
        return self.boxed(body_of(node), self.known)

    def by_id(self, href: str) -> str:
        """The name of the decision a reference points to."""
        wanted = href.partition("#")[2]
        return next(name for name, node in self.model.decisions.items() if node.get("id") == wanted)

    def function(self, knowledge: etree._Element) -> object:
        """A business knowledge model as a function."""
        logic = only(knowledge, "encapsulatedLogic")
        return self.function_of([str(node.get("name")) for node in under(logic, "formalParameter")], body_of(logic), {})

    def function_of(self, parameters: list[str], body: etree._Element, around: Mapping[str, object]) -> object:
        """A boxed function. Built by FEEL itself, so that it is called as FEEL calls functions."""

        def call(*arguments: object) -> object:
            return self.boxed(body, {**around, **dict(zip(parameters, arguments, strict=True))})

        listed = ", ".join(parameters)
        names = {*parameters, "body of the function"}
        source = f"function({listed}) body of the function({listed})"
        return feel.compile_expression(source, functions={"body of the function": call}, names=names).evaluate({}, now=NOW)

    def boxed(self, node: etree._Element, context: Mapping[str, object]) -> object:
        """The value of a boxed expression."""
        return getattr(self, f"boxed_{kind(node)}")(node, context)

    def boxed_literalExpression(self, node: etree._Element, context: Mapping[str, object]) -> object:
        """An expression as text; one that does not parse has no value."""
        try:
            expression = feel.compile_expression(text_of(node), names={*context, *self.functions, *self.model.names})
        except feel.FeelError:
            return None
        return expression.evaluate({**self.functions, **context}, now=NOW)

    def boxed_context(self, node: etree._Element, context: Mapping[str, object]) -> object:
        """Entries one after the other; the last one without a name is the result."""
        entries: dict[str, object] = {}
        for entry in under(node, "contextEntry"):
            result = self.boxed(body_of(entry), {**context, **entries})
            variables = under(entry, "variable")
            if not variables:
                return result
            entries[str(variables[0].get("name"))] = result
        return entries

    def boxed_list(self, node: etree._Element, context: Mapping[str, object]) -> object:
        """A list of boxed expressions."""
        return [self.boxed(item, context) for item in node if kind(item)]

    def boxed_relation(self, node: etree._Element, context: Mapping[str, object]) -> object:
        """Rows of named columns."""
        columns = [str(column.get("name")) for column in under(node, "column")]
        rows = [[self.boxed(cell, context) for cell in row if kind(cell)] for row in under(node, "row")]
        return [dict(zip(columns, row, strict=True)) for row in rows]

    def boxed_functionDefinition(self, node: etree._Element, context: Mapping[str, object]) -> object:
        """A function as a value."""
        return self.function_of([str(item.get("name")) for item in under(node, "formalParameter")], body_of(node), context)

    def boxed_invocation(self, node: etree._Element, context: Mapping[str, object]) -> object:
        """A call with arguments by name."""
        arguments = {
            str(only(binding, "parameter").get("name")): self.boxed(body_of(binding), context)
            for binding in under(node, "binding")
        }
        called = text_of(only(node, "literalExpression")).strip()
        source = f"{called}({', '.join(f'{name}: argument.{name}' for name in arguments)})"
        names = {*self.model.names, *self.functions, *context, "argument"}
        expression = feel.compile_expression(source, names=names)
        return expression.evaluate({**self.functions, **context, "argument": arguments}, now=NOW)

    def boxed_filter(self, node: etree._Element, context: Mapping[str, object]) -> object:
        """A list and what its items must be."""
        return self.joined(node, "({})[{}]", ("in", "match"), context)

    def boxed_some(self, node: etree._Element, context: Mapping[str, object]) -> object:
        """Whether an item is so."""
        name = str(node.get("iteratorVariable"))
        return self.joined(node, f"some {name} in ({{}}) satisfies ({{}})", ("in", "satisfies"), context)

    def joined(self, node: etree._Element, form: str, parts: tuple[str, str], context: Mapping[str, object]) -> object:
        """A boxed expression of two literal ones, as the text it stands for."""
        texts = [text_of(body_of(only(node, part))) for part in parts]
        expression = feel.compile_expression(form.format(*texts), names={*context, *self.model.names, "element"})
        return expression.evaluate({**self.functions, **context}, now=NOW)


def body_of(node: etree._Element) -> etree._Element:
    """The boxed expression in an element."""
    boxed = [child for child in node if hasattr(Decisions, f"boxed_{kind(child)}")]
    return boxed[0]


def agrees(actual: object, expected: object) -> bool:
    """Whether a value is the expected one; numbers to the digits that the kit writes."""
    run = Run({}, NOW, DEFAULT)
    return same(run, take(run, actual), take(run, expected))


def same(run: Run, actual: object, expected: object) -> bool:
    """As :func:`agrees`, for values of FEEL."""
    if isinstance(actual, Decimal) and isinstance(expected, Decimal):
        return abs(actual - expected) <= Decimal("1e-8") * max(1, abs(expected))
    if isinstance(actual, list) and isinstance(expected, list):
        return len(actual) == len(expected) and all(map(lambda one, other: same(run, one, other), actual, expected))
    if isinstance(actual, dict) and isinstance(expected, dict):
        return actual.keys() == expected.keys() and all(same(run, actual[key], expected[key]) for key in expected)
    return equal(run, actual, expected) is True


def passes(model: Model, case: Case) -> bool:
    """Whether the model decides as the case wants."""
    return agrees(model.decide(case.decision, case.inputs), case.expected)

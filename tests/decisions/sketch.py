"""DMN files from a few words, so that a test shows what it is about and nothing else."""

from collections.abc import Mapping, Sequence
from datetime import UTC, datetime
from typing import Any
from xml.sax.saxutils import escape, quoteattr

from decisions import DecisionModel, DecisionResult, compile_decisions

DMN_13 = "https://www.omg.org/spec/DMN/20191111/MODEL/"
NOW = datetime(2026, 1, 5, 1, 0, tzinfo=UTC)


def definitions(*parts: str, namespace: str = DMN_13, about: str = "") -> bytes:
    """A file of some parts."""
    return (
        f'<?xml version="1.0" encoding="UTF-8"?><definitions xmlns="{namespace}" id="file" name="file" '
        f'namespace="urn:test" {about}>{"".join(parts)}</definitions>'
    ).encode()


def text(expression: str) -> str:
    """A ``text`` element."""
    return f"<text>{escape(expression)}</text>"


def literal(expression: str, attributes: str = "") -> str:
    """A literal expression."""
    return f"<literalExpression {attributes}>{text(expression)}</literalExpression>"


def given(name: str, kind: str = "") -> str:
    """An input data element."""
    shown = quoteattr(name)
    return f"<inputData id={quoteattr('in_' + name)} name={shown}><variable name={shown}{_type(kind)}/></inputData>"


def decision(name: str, body: str, *, needs: Sequence[str] = (), kind: str = "") -> str:
    """A decision; ``needs`` are ids, of decisions ``d_name``, of inputs ``in_name``, of knowledge ``k_name``."""
    required = "".join(requirement(id_) for id_ in needs)
    return (
        f"<decision id={quoteattr('d_' + name)} name={quoteattr(name)}><variable name={quoteattr(name)}{_type(kind)}/>"
        f"{required}{body}</decision>"
    )


def requirement(id_: str) -> str:
    """What a decision needs."""
    if id_.startswith(("k_", "s_")):
        return f'<knowledgeRequirement><requiredKnowledge href="#{id_}"/></knowledgeRequirement>'
    element = "requiredInput" if id_.startswith("in_") else "requiredDecision"
    return f'<informationRequirement><{element} href="#{id_}"/></informationRequirement>'


def knowledge(name: str, parameters: Mapping[str, str], body: str, needs: Sequence[str] = ()) -> str:
    """A business knowledge model."""
    listed = "".join(f"<formalParameter name={quoteattr(key)}{_type(kind)}/>" for key, kind in parameters.items())
    required = "".join(requirement(id_) for id_ in needs)
    return (
        f"<businessKnowledgeModel id={quoteattr('k_' + name)} name={quoteattr(name)}><variable name={quoteattr(name)}/>"
        f"<encapsulatedLogic>{listed}{body}</encapsulatedLogic>{required}</businessKnowledgeModel>"
    )


def _type(kind: str) -> str:
    return f" typeRef={quoteattr(kind)}" if kind else ""


def table(
    inputs: Mapping[str, str],
    rules: Sequence[Sequence[str]],
    *,
    policy: str = "UNIQUE",
    aggregation: str = "",
    outputs: Sequence[str] = ("out",),
    values: Mapping[str, str] | None = None,
    output_values: Mapping[str, str] | None = None,
    defaults: Mapping[str, str] | None = None,
) -> str:
    """A decision table. ``inputs`` are expressions and their types; a rule is its input cells, then its output cells."""
    columns = "".join(
        f'<input id="i{place}"><inputExpression{_type(kind)}>{text(expression)}</inputExpression>'
        + (f"<inputValues>{text((values or {})[expression])}</inputValues>" if expression in (values or {}) else "")
        + "</input>"
        for place, (expression, kind) in enumerate(inputs.items(), 1)
    )
    results = "".join(
        f'<output id="o{place}" name={quoteattr(name)}>'
        + (f"<outputValues>{text((output_values or {})[name])}</outputValues>" if name in (output_values or {}) else "")
        + (f"<defaultOutputEntry>{text((defaults or {})[name])}</defaultOutputEntry>" if name in (defaults or {}) else "")
        + "</output>"
        for place, name in enumerate(outputs, 1)
    )
    rows = "".join(_row(number, rule, len(inputs)) for number, rule in enumerate(rules, 1))
    attributes = f' aggregation="{aggregation}"' if aggregation else ""
    return f'<decisionTable id="table" hitPolicy="{policy}"{attributes}>{columns}{results}{rows}</decisionTable>'


def _row(number: int, cells: Sequence[str], inputs: int) -> str:
    tests = "".join(f"<inputEntry>{text(cell)}</inputEntry>" for cell in cells[:inputs])
    results = "".join(f"<outputEntry>{text(cell)}</outputEntry>" for cell in cells[inputs:])
    return f'<rule id="r{number}">{tests}{results}<annotationEntry>{text("why")}</annotationEntry></rule>'


def model_of(*parts: str, **options: Any) -> DecisionModel:
    """A compiled model of some parts."""
    return compile_decisions(definitions(*parts), **options)


def one(body: str, *, kind: str = "", **options: Any) -> DecisionModel:
    """A model of one decision, ``d_one``, whose inputs are not declared."""
    return model_of(decision("one", body, kind=kind), **options)


def decide(model: DecisionModel, inputs: Mapping[str, object] | None = None, *, name: str = "one", strict: bool = True) -> Any:
    """The value of a decision."""
    return result(model, inputs, name=name, strict=strict).value


def result(
    model: DecisionModel, inputs: Mapping[str, object] | None = None, *, name: str = "one", strict: bool = True
) -> DecisionResult:
    """All that comes of a decision."""
    return model.evaluate(name, inputs or {}, now=NOW, strict=strict)

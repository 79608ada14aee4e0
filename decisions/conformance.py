"""Running the cases of the DMN Technology Compatibility Kit: folders of DMN files and test files, as the kit is published.

A result passes if the decision gives the expected value, numbers to the digits the kit writes; where an error is expected, the
value is null.
"""

from collections.abc import Iterator, Mapping
from dataclasses import dataclass, field
from datetime import UTC, datetime
from decimal import Decimal
from pathlib import Path

from lxml import etree

from decisions.document import kind, under
from decisions.evaluation import DecisionTrouble
from decisions.findings import DecisionModelError
from decisions.model import DecisionModel, compile_decisions
from feel.boundary import take
from feel.budget import DEFAULT
from feel.comparison import equal
from feel.durations import parse_duration
from feel.json_values import to_json
from feel.scope import Run
from feel.temporal.reading import parse_date, parse_date_time, parse_time
from feel.values import Value

NOW = datetime(2026, 1, 5, 1, 0, tzinfo=UTC)
_XSI = "{http://www.w3.org/2001/XMLSchema-instance}"
_NUMBERS = ("decimal", "double", "integer", "int", "long", "float")
_DIGITS = Decimal("1e-8")


@dataclass(frozen=True, slots=True)
class Failure:
    """A result that is not the expected one."""

    case: str
    reason: str


@dataclass(slots=True)
class FolderResult:
    """How a folder did: one count for each result that a case asks for."""

    folder: str
    passed: int = 0
    failures: list[Failure] = field(default_factory=list)

    @property
    def failed(self) -> int:
        """How many results are not the expected ones."""
        return len(self.failures)


@dataclass(frozen=True, slots=True)
class _Case:
    id: str
    decision: str
    result: str
    inputs: Mapping[str, object]
    expected: object


def run(directory: Path) -> list[FolderResult]:
    """Run all test files under a directory, a result for each folder that has some, in the order of their paths.

    :raises ValueError: there are no test files.
    """
    folders = sorted({file.parent for file in directory.rglob("*-test-*.xml")})
    if not folders:
        raise ValueError(f"Expected test files of the kit (*-test-*.xml) under {directory}, but there are none.")
    return [_run_folder(folder, str(folder.relative_to(directory))) for folder in folders]


def _run_folder(folder: Path, name: str) -> FolderResult:
    result = FolderResult(name)
    models: dict[str, DecisionModel | str] = {}
    for file in sorted(folder.glob("*-test-*.xml")):
        root = etree.parse(file, etree.XMLParser(remove_comments=True, resolve_entities=False, no_network=True)).getroot()
        model_name = "".join(node.text or "" for node in under(root, "modelName")).strip()
        model = models.setdefault(model_name, _model(folder, model_name))
        for case in _cases(root):
            reason = model if isinstance(model, str) else _reason(model, case)
            if reason:
                result.failures.append(Failure(f"{case.id}/{case.result}", reason))
            else:
                result.passed += 1
    return result


def _model(folder: Path, name: str) -> DecisionModel | str:
    """The model a test file is about, with the others of the folder to import; the reason if there is none."""
    others = [file for file in sorted(folder.glob("*.dmn")) if file.name != name]
    try:
        libraries = [compile_decisions(file.read_bytes(), tolerant=True) for file in others] if others else []
        imports = {library.namespace: library for library in libraries}
        return compile_decisions((folder / name).read_bytes(), imports=imports, tolerant=True)
    except (DecisionModelError, OSError) as error:
        return f"the model is refused: {error}"


def _cases(root: etree._Element) -> Iterator[_Case]:
    for case in under(root, "testCase"):
        inputs = {str(node.get("name")): _value(node) for node in under(case, "inputNode")}
        for result in under(case, "resultNode"):
            wanted = under(result, "expected")
            name = str(result.get("name"))
            yield _Case(
                id=case.get("id") or "",
                decision=case.get("invocableName") or name,
                result=name,
                inputs=inputs,
                expected=_value(wanted[0]) if wanted else None,
            )


def _reason(model: DecisionModel, case: _Case) -> str:
    """Why a case fails; empty if it passes."""
    try:
        value = model.evaluate(case.decision, case.inputs, now=NOW, strict=False).value
    except (LookupError, DecisionTrouble) as error:
        return str(error)
    if case.decision != case.result and isinstance(value, dict) and case.result in value:
        value = value[case.result]
    check = Run({}, NOW, DEFAULT)
    if _same(check, take(check, value), take(check, case.expected)):
        return ""
    return f"expected {to_json(case.expected)!r}, got {to_json(value)!r}"


def _same(check: Run, actual: Value, expected: Value) -> bool:
    if isinstance(actual, Decimal) and isinstance(expected, Decimal):
        return abs(actual - expected) <= _DIGITS * max(Decimal(1), abs(expected))
    if isinstance(actual, list) and isinstance(expected, list):
        return len(actual) == len(expected) and all(
            _same(check, one, other) for one, other in zip(actual, expected, strict=True)
        )
    if isinstance(actual, dict) and isinstance(expected, dict):
        return actual.keys() == expected.keys() and all(_same(check, actual[key], expected[key]) for key in expected)
    return equal(check, actual, expected) is True


def _value(node: etree._Element) -> object:
    """The value an element of a test file holds."""
    if components := under(node, "component"):
        return {str(component.get("name")): _value(component) for component in components}
    for child in under(node, "value", "list"):
        return [_value(item) for item in under(child, "item")] if kind(child) == "list" else _simple(child)
    return None


def _simple(node: etree._Element) -> object:
    """A plain value by its XML Schema type."""
    if node.get(f"{_XSI}nil") == "true":
        return None
    text = node.text or ""
    name = str(node.get(f"{_XSI}type")).rpartition(":")[2]
    if name in _NUMBERS:
        return Decimal(text)
    if name == "boolean":
        return text == "true"
    if name in ("duration", "yearMonthDuration", "dayTimeDuration"):
        return parse_duration(text)
    readers = {"date": parse_date, "time": parse_time, "dateTime": parse_date_time}
    return readers[name](text) if name in readers else text

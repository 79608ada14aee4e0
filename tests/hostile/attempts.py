"""The register of attempts: each is a function, named for what it tries, that says how it was contained.

An attempt runs in a process of its own, on a database of its own, and raises AssertionError where it got through. What it says
begins with one of :data:`WAYS`.
"""

import os
import tempfile
from collections.abc import Callable, Iterator, Sequence
from contextlib import contextmanager
from pathlib import Path
from typing import Any

import pytest

from engine.core.commands import CancelProcessInstance
from engine.core.findings import ModelError, Severity
from engine.core.model import compile_definition
from engine.core.rejection import Rejection
from engine.runtime.deployments import DeploymentRefused, ResourceFile
from forms import FormDefinitionError, FormErrors, compile_form
from tests.core.sketch import bpmn
from tests.runtime.halls import BEGIN, CLERK, Hall

WAYS = ("refused", "incident", "null", "form errors", "kept as data", "bounded")
"""How something may be contained. ``kept as data``: it means nothing to anybody, and comes out as it went in."""

Attempt = Callable[[str], str]
ATTEMPTS: dict[str, Attempt] = {}


def attempt(name: str) -> Callable[[Attempt], Attempt]:
    """Register a function as an attempt; it is given the URL of a fresh database."""

    def register(function: Attempt) -> Attempt:
        assert name not in ATTEMPTS, name
        ATTEMPTS[name] = function
        return function

    return register


def run(name: str, url: str, *, say: Callable[[Any], None]) -> str:
    """Make the attempt: the entry point of the process it runs in."""
    return ATTEMPTS[name](url)


@contextmanager
def canary() -> Iterator[Path]:
    """A file that hostile code would create; if it is there at the end, code was run."""
    with tempfile.TemporaryDirectory() as folder:
        path = Path(folder) / "canary"
        os.environ["CANARY"] = str(path)
        yield path
        assert not path.exists(), "hostile code was run"


def refused_model(source: bytes, *codes: str) -> str:
    """Compile a model that must be refused, for one of these reasons if any are given."""
    try:
        compile_definition(source)
    except ModelError as refused:
        found = {finding.code for finding in refused.findings if finding.severity is Severity.ERROR}
        assert not codes or found & set(codes), found
        return f"refused: {', '.join(sorted(found))}"
    raise AssertionError("the model was taken")


def findings_text(source: bytes) -> str:
    """Everything the refusal of a model says."""
    try:
        compile_definition(source)
    except ModelError as refused:
        return " ".join(f"{finding.zh} {finding.en}" for finding in refused.findings)
    raise AssertionError("the model was taken")


def incident(url: str, sketch: str, variables: dict[str, Any] | None = None, *codes: str, **called: str) -> str:
    """Run a model that must come to an incident, and hold that the case can be read, replayed and canceled after it."""
    called_files = [ResourceFile(f"{key}.bpmn", bpmn(inner, key)) for key, inner in called.items()]
    return runs_into_an_incident(url, bpmn(sketch), variables, *codes, others=called_files)


def runs_into_an_incident(
    url: str, source: bytes, variables: dict[str, Any] | None = None, *codes: str, others: Sequence[ResourceFile] = ()
) -> str:
    """The same for a model that is BPMN already."""
    hall = Hall(url)
    hall.runtime.deployments.deploy([ResourceFile("p.bpmn", source), *others], CLERK)
    instance_id = hall.start(variables).instance_id
    hall.runtime.run_due()
    found = {item.code for item in hall.runtime.queries.incidents().items}
    assert found, f"no incident: {hall.status(instance_id)}, {str(hall.variables(instance_id))[:500]}"
    assert not codes or found & set(codes), found
    _still_handled(hall, instance_id)
    return f"incident: {', '.join(sorted(found))}"


def _still_handled(hall: Hall, instance_id: str) -> None:
    """A supervisor can look at the case and end it, and the auditor can replay it."""
    hall.check(instance_id)
    if hall.status(instance_id) == "active":
        hall.submit(CancelProcessInstance, instance_id, reason="hostile")
    hall.check(instance_id)
    hall.close()


def refused_or_incident(url: str, sketch: str, *codes: str) -> str:
    """Whether the model is refused or stops, it does not do what it says."""
    source = bpmn(sketch)
    try:
        compile_definition(source)
    except ModelError:
        return refused_model(source, *codes)
    try:
        return incident(url, sketch, None, *codes)
    except DeploymentRefused as refused:
        return f"refused: {refused}"


def refused_or_runs(url: str, sketch: str | bytes, variables: dict[str, Any] | None = None) -> str:
    """Large but lawful: it may be refused; if it is not, a case on it starts and ends within the bounds."""
    source = sketch if isinstance(sketch, bytes) else bpmn(sketch)
    try:
        compile_definition(source)
    except ModelError:
        return refused_model(source)
    hall = Hall(url)
    hall.runtime.deployments.deploy([ResourceFile("p.bpmn", source)], CLERK)
    _still_handled(hall, hall.start(variables).instance_id)
    return "bounded: it runs"


def refused_form(source: Any, *codes: str) -> str:
    """Compile a form that must be refused."""
    try:
        compile_form(source)
    except FormDefinitionError as refused:
        found = {finding.code for finding in refused.findings}
        assert not codes or found & set(codes), found
        return f"refused: {', '.join(sorted(found))}"
    raise AssertionError("the form was taken")


def form_errors(components: list[dict[str, Any]], data: Any, variables: dict[str, Any] | None = None) -> str:
    """Fill in a form with what it must not admit."""
    try:
        cleaned = form(components).clean(data, variables=variables or {}, now=BEGIN)
    except FormErrors as refused:
        return f"form errors: {', '.join(sorted({error.code for error in refused.errors}))}"
    raise AssertionError(f"the form admitted {str(cleaned)[:200]}")


def form(components: list[dict[str, Any]]) -> Any:
    return compile_form({"schemaVersion": 19, "id": "test", "type": "default", "components": components})


def refused_command(act: Callable[[], Any], *codes: str) -> str:
    """Do what must be refused with a Rejection."""
    with pytest.raises(Rejection) as refused:
        act()
    assert not codes or refused.value.code in codes, refused.value.code
    return f"refused: {refused.value.code}"

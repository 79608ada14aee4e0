"""``lianban check MODEL...``: what a deployment would say, without a database."""

from collections.abc import Sequence
from pathlib import Path

import click

from api.cli.findings import as_json as findings_as_json
from api.cli.findings import say_findings
from api.cli.output import FOUND, json_option, say, say_json
from api.cli.resources import resource_files
from api.installation import operators
from api.settings import INSTALLATION
from engine.core.starts import start_messages
from engine.runtime.deployment_check import Compiled, DeploymentFinding, compile_files, reference_findings, start_findings
from engine.runtime.models import Models
from engine.runtime.whole_model_check import Definitions, lookup, whole_model_findings

INSTALLED = (INSTALLATION / "bpmn_models", INSTALLATION / "forms" / "definitions")


@click.command()
@click.argument("models", nargs=-1, required=True, type=click.Path(exists=True, path_type=Path))
@click.option("--alone", is_flag=True, help="Look for called processes and forms only among MODEL...")
@json_option
def check(models: tuple[Path, ...], alone: bool, as_json: bool) -> None:
    """Check models and forms (files or folders) as a deployment would.

    Called processes, forms and operators are looked for among MODEL... and those that come with the program. Exit code 1 if
    there is an error.
    """
    findings = _findings(models, alone)
    errors = sum(finding.is_error for finding in findings)
    if as_json:
        say_json({"errors": errors, "findings": findings_as_json(findings)})
    else:
        say_findings(findings)
        say(f"{errors} errors, {len(findings) - errors} warnings")
    raise SystemExit(FOUND if errors else 0)


def _findings(paths: tuple[Path, ...], alone: bool) -> list[DeploymentFinding]:
    models = Models()
    compiled, findings = compile_files(resource_files(paths), models)
    known = [] if alone else compile_files(resource_files(path for path in INSTALLED if path.exists()), models)[0]
    have = {kind: {item.key for item in known if item.kind == kind} for kind in ("process", "form", "decision")}
    found = findings + reference_findings(compiled, have, operators()) + start_findings(compiled, _start_messages(known))
    return found if any(finding.is_error for finding in found) else found + _whole_models(compiled, known)


def _start_messages(items: Sequence[Compiled]) -> dict[str, str]:
    """Messages that start a process, with its key."""
    definitions = [item.definition for item in items if item.definition is not None]
    return {message: definition.key for definition in definitions for message in start_messages(definition.spec)}


def _whole_models(compiled: Sequence[Compiled], known: Sequence[Compiled]) -> list[DeploymentFinding]:
    changed = {item.key: item.definition for item in compiled if item.definition is not None}
    everything = {item.key: item.definition for item in known if item.definition is not None} | changed
    calls = {key: definition.called_processes for key, definition in everything.items()}
    resources = {item.key: item.resource for item in compiled if item.definition is not None}
    definitions = Definitions(changed, {key: key for key in everything}, everything.__getitem__)
    return whole_model_findings(definitions, calls, resources, lookup([*known, *compiled]))

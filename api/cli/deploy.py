"""``lianban deploy PATH...``."""

from dataclasses import asdict
from pathlib import Path

import click

from api.cli.findings import as_json as findings_as_json
from api.cli.findings import say_findings
from api.cli.output import FOUND, json_option, say, say_json, say_table
from api.cli.resources import resource_files
from api.cli.session import OPERATOR, opened
from api.installation import enter_founding_rules
from engine.runtime.deployments import DeploymentRefused


@click.command()
@click.argument("paths", nargs=-1, required=True, type=click.Path(exists=True, path_type=Path))
@click.option("--override", "override_reason", default="", metavar="REASON", help="Why warnings about the flow do not matter.")
@json_option
def deploy(paths: tuple[Path, ...], override_reason: str, as_json: bool) -> None:
    """Deploy models and forms (files or folders): all of them, or none.

    A file that equals the latest version of its key is passed over. Rule documents that a folder's rule_documents.yaml
    names are entered first. Exit code 1 if they have an error, or a
    warning that needs a reason and got none.
    """
    with opened() as runtime:
        enter_founding_rules(runtime, paths, OPERATOR)
        try:
            made = runtime.deployments.deploy(resource_files(paths), OPERATOR, override_reason=override_reason)
        except DeploymentRefused as refused:
            if as_json:
                say_json({"deployed": False, "findings": findings_as_json(refused.findings)})
            else:
                say_findings(refused.findings)
            raise SystemExit(FOUND) from None
    if as_json:
        resources = [asdict(resource) for resource in made.resources]
        say_json({"deployed": True, "id": made.id, "resources": resources, "findings": findings_as_json(made.warnings)})
        return
    say_findings(made.warnings)
    say_table(
        ("kind", "key", "version", "file", "new"),
        [(item.kind, item.key, item.version, item.resource, "new" if item.created else "same") for item in made.resources],
    )
    say(f"{sum(item.created for item in made.resources)} new versions, {len(made.resources)} files")

"""Findings about models and forms, as the command line shows them."""

from collections.abc import Sequence
from dataclasses import asdict
from typing import Any

from api.cli.output import say
from engine.runtime.deployment_check import DeploymentFinding


def say_findings(findings: Sequence[DeploymentFinding]) -> None:
    """Each with its file, element and suggestion, in Chinese and English."""
    for finding in findings:
        element = f" {finding.element_name or ''}[{finding.element_id}]" if finding.element_id else ""
        say(f"{finding.severity}: {finding.resource}{element} {finding.code}\n    {finding.zh}\n    {finding.en}")
        if finding.suggestion_zh or finding.suggestion_en:
            say(f"    → {finding.suggestion_zh} {finding.suggestion_en}")


def as_json(findings: Sequence[DeploymentFinding]) -> list[dict[str, Any]]:
    """The same for a program."""
    return [asdict(finding) for finding in findings]

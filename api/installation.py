"""One process of the installation: a runtime with the centre's operators, as the environment sets it up."""

from collections.abc import Iterable, Sequence
from pathlib import Path

from argon2 import PasswordHasher

from engine.core.actor import Actor
from engine.runtime import migrations
from engine.runtime.clock import Clock, utc_now
from engine.runtime.deployments import DeploymentRule
from engine.runtime.operators import OperatorRegistry
from engine.runtime.runtime import Runtime
from engine.runtime.settings import Settings
from workflows.operators import register
from workflows.organisation.rule_citations import founding_documents, install, uncited_files
from workflows.schema import SCHEMA

SCHEMAS = (migrations.ENGINE, SCHEMA)
"""Every table of the installation."""
RULES: tuple[DeploymentRule, ...] = (uncited_files,)
"""What this installation asks of models beyond that they run."""


def operators() -> OperatorRegistry:
    """Every operator a model of this installation may name."""
    registry = OperatorRegistry()
    register(registry)
    return registry


def open_runtime(
    settings: Settings | None = None,
    *,
    hasher: PasswordHasher | None = None,
    deployment_rules: Sequence[DeploymentRule] = RULES,
    clock: Clock = utc_now,
) -> Runtime:
    """A runtime that does not work by itself yet.

    :raises ValueError: the environment does not say what it should.
    """
    return Runtime(
        settings or Settings.from_environment(),
        operators=operators(),
        hasher=hasher,
        schemas=SCHEMAS,
        deployment_rules=deployment_rules,
        clock=clock,
    )


def enter_founding_rules(runtime: Runtime, folders: Iterable[Path], operator: Actor) -> None:
    """Enter the rule documents that come with the models in these folders, and which of them rest on which (R-02)."""
    documents = [document for folder in folders for document in founding_documents(folder)]
    if documents:
        runtime.registers.change("EnterFoundingRules", operator, lambda session, now: install(session, now, documents))

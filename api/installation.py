"""One process of the installation: a runtime with the centre's operators, as the environment sets it up."""

from argon2 import PasswordHasher

from engine.runtime import migrations
from engine.runtime.operators import OperatorRegistry
from engine.runtime.runtime import Runtime
from engine.runtime.settings import Settings
from workflows.operators import register
from workflows.schema import SCHEMA

SCHEMAS = (migrations.ENGINE, SCHEMA)
"""Every table of the installation."""


def operators() -> OperatorRegistry:
    """Every operator a model of this installation may name."""
    registry = OperatorRegistry()
    register(registry)
    return registry


def open_runtime(settings: Settings | None = None, *, hasher: PasswordHasher | None = None) -> Runtime:
    """A runtime that does not work by itself yet.

    :raises ValueError: the environment does not say what it should.
    """
    return Runtime(settings or Settings.from_environment(), operators=operators(), hasher=hasher, schemas=SCHEMAS)

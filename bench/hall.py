"""A database with the approval of twelve deployed, and clerks who may do all of its tasks."""

import secrets

from argon2 import PasswordHasher

from api.installation import open_runtime
from bench.step.approval import GROUP, KEY, TASKS, files
from engine.core.actor import Actor
from engine.runtime.accounts import INSTALLER
from engine.runtime.settings import Settings

__all__ = ["GROUP", "KEY", "OPINION", "TASKS", "settle"]

OPINION = {"opinion": "nothing stands against it, as far as this office can see"}
"""What is entered into the form of each task."""
CHEAP = PasswordHasher(time_cost=1, memory_cost=8, parallelism=1)
"""Nobody logs in with these passwords."""


def settle(url: str, clerks: int) -> list[str]:
    """Bring the database to its shape, deploy, and put the people in. Gives a bearer token for each."""
    runtime = open_runtime(Settings(database_url=url), hasher=CHEAP, deployment_rules=())
    try:
        runtime.upgrade()
        runtime.deployments.deploy(files(), Actor("bench-designer"))
        tokens = []
        for number in range(clerks):
            name, password = f"clerk-{number}", secrets.token_hex(16)
            runtime.accounts.create(id=name, name=name, password=password, roles=["clerk"], groups=[GROUP])
            _, secret = runtime.access_tokens.issue(name, purpose="token", name="bench", lifetime=None, by=INSTALLER)
            tokens.append(secret)
        return tokens
    finally:
        runtime.stop()

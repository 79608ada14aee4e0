"""The sample hall's accounts, read from a table."""

from dataclasses import dataclass
from functools import lru_cache
from pathlib import Path

import yaml

from engine.core.actor import Actor
from engine.core.rejection import Rejection
from engine.runtime.runtime import Runtime
from workflows.sample.organisation import seed

TABLE = Path(__file__).with_name("accounts.yaml")
SAMPLE = Actor("sample")
PASSWORD = "lianban-demo"  # noqa: S105 - printed on the first start of a demonstration, and nowhere else in force
"""Of every sample account."""


@dataclass(frozen=True, slots=True)
class SampleAccount:
    """An office of the sample hall."""

    id: str
    name: str
    roles: tuple[str, ...]
    groups: tuple[str, ...]


@lru_cache(maxsize=1)
def sample_accounts() -> tuple[SampleAccount, ...]:
    """The table, in the order a person would read it."""
    rows = yaml.safe_load(TABLE.read_text("utf-8"))
    return tuple(SampleAccount(row["id"], row["name"], tuple(row["roles"]), tuple(row.get("groups", ()))) for row in rows)


def load(runtime: Runtime) -> list[SampleAccount]:
    """Create the accounts that are not there yet, and return those that were created; fill the register of the organisation."""
    runtime.registers.change("LoadSampleOrganisation", SAMPLE, seed)
    missing = [entry for entry in sample_accounts() if not _exists(runtime, entry.id)]
    password = runtime.accounts.hashed(PASSWORD)  # printed, and the same for all: one salt does
    for entry in missing:
        runtime.accounts.create(id=entry.id, name=entry.name, password=password, roles=entry.roles, groups=entry.groups)
    return missing


def _exists(runtime: Runtime, account_id: str) -> bool:
    try:
        runtime.accounts.get(account_id)
    except Rejection as rejection:
        if rejection.code != "account-not-found":
            raise
        return False
    return True

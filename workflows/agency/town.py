"""The streets, towns and townships whose agents file for their people, and whose agent somebody is."""

from collections.abc import Collection
from dataclasses import dataclass
from functools import lru_cache
from pathlib import Path

import yaml

from engine.core.rejection import Rejection, declare

TABLE = Path(__file__).with_name("towns.yaml")
GROUP = "agent-"

declare(
    {
        "agency-not-agent": (
            "{account}不是街镇乡代办员。",
            "Expected {account} to be a town's agent, but the account is of no such group.",
        ),
    }
)


@dataclass(frozen=True, slots=True)
class Town:
    """A street, town or township. ``office``: where its agents sit."""

    code: str
    name: str
    name_en: str
    office: str
    telephone: str

    @property
    def group(self) -> str:
        """The group of its agents' accounts."""
        return GROUP + self.code


@lru_cache(maxsize=1)
def towns() -> dict[str, Town]:
    """Every town, by code. Read once in a process."""
    return {row["code"]: Town(**row) for row in yaml.safe_load(TABLE.read_text("utf-8"))}


def is_agent(groups: Collection[str]) -> bool:
    """Whether an account with these groups acts for others."""
    return any(group.startswith(GROUP) for group in groups)


def town_of(account: str, groups: Collection[str]) -> Town:
    """The town somebody is an agent of.

    :raises Rejection: ``agency-not-agent``.
    """
    for town in towns().values():
        if town.group in groups:
            return town
    raise Rejection("agency-not-agent", account=account)

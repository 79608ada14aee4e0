"""The people of the log as accounts of the product, each with a bearer token and the groups their work shows.

The log names a group with most events, but leaves it out of a quarter of them and lets people act outside theirs. So somebody
belongs to the candidate groups of all tasks they are seen to have done.
"""

import secrets
from collections.abc import Iterable, Sequence
from dataclasses import dataclass

from argon2 import PasswordHasher

from api.installation import open_runtime
from bench.receipt_log.log import Case, resources
from bench.receipt_log.net import Net
from engine.runtime.accounts import INSTALLER
from engine.runtime.runtime import Runtime
from engine.runtime.settings import Settings

DESIGNER, SUPERVISOR = "bench-designer", "bench-supervisor"
CHEAP = PasswordHasher(time_cost=1, memory_cost=8, parallelism=1)
"""Nobody logs in with these passwords; 50 real hashes would take as many seconds."""


@dataclass(frozen=True, slots=True)
class People:
    """``tokens``: bearer token by resource of the log. ``designer`` and ``supervisor`` are tokens too."""

    tokens: dict[str, str]
    designer: str
    supervisor: str


def settle(url: str, cases: Sequence[Case], net: Net) -> People:
    """Bring the database to its shape and put the people in."""
    runtime = open_runtime(Settings(database_url=url), hasher=CHEAP, deployment_rules=())
    try:
        runtime.upgrade()
        groups, names = groups_of(cases, net), account_ids(resources(cases))
        tokens = {person: _person(runtime, names[person], person, "clerk", groups[person]) for person in names}
        return People(
            tokens,
            _person(runtime, DESIGNER, DESIGNER, "designer", ()),
            _person(runtime, SUPERVISOR, SUPERVISOR, "supervisor", ()),
        )
    finally:
        runtime.stop()


def groups_of(cases: Sequence[Case], net: Net) -> dict[str, set[str]]:
    """Candidate groups by resource."""
    found: dict[str, set[str]] = {}
    for event in (event for case in cases for event in case.events):
        group = net.tasks[event.activity].candidate_group
        assert group is not None, f"{event.activity} has no candidate group"
        found.setdefault(event.resource, set()).add(group)
    return found


def account_ids(people: Sequence[str]) -> dict[str, str]:
    """Account by resource: small letters, as accounts are. The log has both a ``test`` and a ``TEST``: two people."""
    found: dict[str, str] = {}
    for person in people:
        wanted = person.lower()
        while wanted in found.values():
            wanted += ".2"
        found[person] = wanted
    return found


def _person(runtime: Runtime, account: str, name: str, role: str, groups: Iterable[str]) -> str:
    runtime.accounts.create(id=account, name=name, password=secrets.token_hex(16), roles=[role], groups=sorted(groups))
    _, secret = runtime.access_tokens.issue(account, purpose="token", name="bench", lifetime=None, by=INSTALLER)
    return secret

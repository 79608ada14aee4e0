"""The officer of the made-up year who claims work and is then transferred away without handing it over.

His account is closed at the end of the year: what he held is what a supervisor finds as stuck.
"""

import secrets
from collections.abc import Callable

from engine.core.actor import Actor
from engine.core.rejection import Rejection
from engine.runtime.runtime import Runtime
from workflows.sample import sample_accounts

ACCOUNT, NAME = "officer-departed", "已调离的承办人"
INSTALLER = Actor("system")


class Departed:
    """May take the work of every post that clerks have. ``next_id``: makes command ids."""

    def __init__(self, runtime: Runtime, next_id: Callable[[], str]) -> None:
        self._runtime, self._next_id = runtime, next_id
        groups = {group for account in sample_accounts() if "clerk" in account.roles for group in account.groups}
        self._actor = Actor(ACCOUNT, tuple(sorted(groups)))

    def arrive(self) -> None:
        """Nobody is told the password."""
        password, groups = secrets.token_urlsafe(24), self._actor.groups
        self._runtime.accounts.create(id=ACCOUNT, name=NAME, password=password, roles=("clerk",), groups=groups)

    def claim(self, task_id: str) -> bool:
        """Whether he could take it."""
        try:
            self._runtime.user_tasks.claim(task_id, actor=self._actor, command_id=self._next_id())
        except Rejection:
            return False
        return True

    def leave(self) -> None:
        """The account is closed."""
        self._runtime.accounts.set_disabled(ACCOUNT, True, INSTALLER)

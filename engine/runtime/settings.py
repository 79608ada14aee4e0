"""What an operator of the installation may set, all of it from the environment (see docs/operations.md)."""

import os
from collections.abc import Mapping
from dataclasses import dataclass
from typing import Self

DEFAULT_DATABASE_URL = "sqlite:///var/lianban.db"


@dataclass(frozen=True)
class Settings:
    """Durations in seconds, counts as numbers."""

    database_url: str = DEFAULT_DATABASE_URL
    """``DATABASE_URL``: ``sqlite:///path`` or ``postgresql://user:password@host/name``."""
    host: str = "127.0.0.1"
    """``HOST``: address to serve on."""
    port: int = 8000
    """``PORT``: port to serve on."""
    pool_size: int = 10
    """``LIANBAN_POOL_SIZE``: database connections a process keeps open."""
    busy_seconds: float = 10.0
    """``LIANBAN_BUSY_SECONDS``: how long a statement waits for another's lock before it gives up."""
    live_instances: int = 1000
    """``LIANBAN_LIVE_INSTANCES``: process instances a process keeps ready in memory; 0 turns that off."""
    job_threads: int = 2
    """``LIANBAN_JOB_THREADS``: threads that run remote operators; 0 leaves them to other nodes."""
    job_lease_seconds: float = 120.0
    """``LIANBAN_JOB_LEASE_SECONDS``: after this a job whose worker died is taken again."""
    poll_seconds: float = 10.0
    """``LIANBAN_POLL_SECONDS``: how often a node looks for due work another node left; its own work wakes it at once."""
    stuck_grace_seconds: float = 300.0
    """``LIANBAN_STUCK_GRACE_SECONDS``: a timer or job this long overdue is shown to the supervisor as stuck."""
    session_hours: float = 12.0
    """``LIANBAN_SESSION_HOURS``: how long a login lasts."""

    @classmethod
    def from_environment(cls, environment: Mapping[str, str] | None = None) -> Self:
        """Read the process's environment.

        :raises ValueError: a variable is set to something that is not a number where one is expected.
        """
        given = os.environ if environment is None else environment
        return cls(
            database_url=given.get("DATABASE_URL") or DEFAULT_DATABASE_URL,
            host=given.get("HOST") or cls.host,
            port=int(_number(given, "PORT", cls.port)),
            pool_size=int(_number(given, "LIANBAN_POOL_SIZE", cls.pool_size)),
            busy_seconds=_number(given, "LIANBAN_BUSY_SECONDS", cls.busy_seconds),
            live_instances=int(_number(given, "LIANBAN_LIVE_INSTANCES", cls.live_instances)),
            job_threads=int(_number(given, "LIANBAN_JOB_THREADS", cls.job_threads)),
            job_lease_seconds=_number(given, "LIANBAN_JOB_LEASE_SECONDS", cls.job_lease_seconds),
            poll_seconds=_number(given, "LIANBAN_POLL_SECONDS", cls.poll_seconds),
            stuck_grace_seconds=_number(given, "LIANBAN_STUCK_GRACE_SECONDS", cls.stuck_grace_seconds),
            session_hours=_number(given, "LIANBAN_SESSION_HOURS", cls.session_hours),
        )


def _number(given: Mapping[str, str], name: str, default: float) -> float:
    text = given.get(name)
    if not text:
        return default
    try:
        return float(text)
    except ValueError:
        raise ValueError(f"Expected {name} to be a number, but it is {text!r}.") from None

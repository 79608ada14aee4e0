"""The first page of a work list with few and with many open tasks, in turns with a bare query for the same rows."""

import sqlite3
from collections.abc import Callable, Iterator, Sequence
from contextlib import closing, contextmanager
from dataclasses import dataclass, field

import psycopg

from api.installation import open_runtime
from bench.databases import place
from bench.latency import Latencies
from bench.lists.fill import CLERK, fill
from bench.step.approval import files
from engine.core.actor import Actor
from engine.runtime.database import Database
from engine.runtime.queries.paging import DEFAULT_LIMIT
from engine.runtime.queries.user_tasks import UserTaskFilter
from engine.runtime.runtime import Runtime
from engine.runtime.settings import Settings

LISTS: dict[str, tuple[UserTaskFilter, str]] = {
    "my work": (UserTaskFilter(actor=CLERK), "created"),
    "my work, newest first": (UserTaskFilter(actor=CLERK), "-created"),
    "mine": (UserTaskFilter(actor=CLERK, scope="mine"), "created"),
    "my groups'": (UserTaskFilter(actor=CLERK, scope="claimable"), "created"),
    "everybody's": (UserTaskFilter(scope="all"), "created"),
    "my work, by due date": (UserTaskFilter(actor=CLERK), "due"),
}
"""What is asked for, with its order."""
STATEMENT = "SELECT * FROM user_task JOIN process_instance ON process_instance.id = instance_id WHERE user_task.id IN ({})"
BOUND = 3_000_000_000
"""Nanoseconds: a list that took longer than this is not asked for again and again."""

Ask = Callable[[], object]


@dataclass(slots=True)
class Found:
    """Times of one list with so many open tasks, and of the bare query for the rows of its page."""

    database: str
    tasks: int
    name: str
    rows: int = 0
    page: Latencies = field(default_factory=Latencies)
    bare: Latencies = field(default_factory=Latencies)

    @property
    def milliseconds(self) -> float:
        return self.page.summary()["p50_ms"]

    @property
    def ratio(self) -> float:
        """How many bare queries a page costs, at the medians."""
        return self.milliseconds / self.bare.summary()["p50_ms"]


def measure(kind: str, sizes: Sequence[int], times: int) -> list[Found]:
    """All lists at each size, smallest first."""
    found: list[Found] = []
    with place(kind) as database, _filled(database.url) as (runtime, grow), _bare(database.url) as bare:
        for size in sorted(sizes):
            grow(size)
            found += [_measure(runtime, bare, Found(kind, size, name), times) for name in LISTS]
    return found


def _measure(runtime: Runtime, bare: Callable[[Sequence[str]], object], found: Found, times: int) -> Found:
    wanted, sort = LISTS[found.name]
    page = runtime.queries.user_tasks(wanted, sort=sort)
    ids = [task.id for task in page.items]
    found.rows = len(ids)
    assert found.rows <= DEFAULT_LIMIT
    for number in range(-2, times):
        measured = found if number >= 0 else Found(found.database, found.tasks, found.name)
        with measured.page.measured():
            runtime.queries.user_tasks(wanted, sort=sort)
        with measured.bare.measured():
            bare(ids)
        if sum(found.page.nanoseconds) > BOUND:
            break
    return found


@contextmanager
def _filled(url: str) -> Iterator[tuple[Runtime, Callable[[int], None]]]:
    runtime = open_runtime(Settings(database_url=url), deployment_rules=())
    try:
        runtime.upgrade()
        runtime.deployments.deploy(files(), Actor("bench-designer"))
        definition_id, there = runtime.queries.definitions().items[0].id, 0

        def grow(size: int) -> None:
            nonlocal there
            _fill(runtime.database, definition_id, there + 1, size)
            there = size

        yield runtime, grow
    finally:
        runtime.stop()


def _fill(database: Database, definition_id: str, first: int, last: int) -> None:
    with database.engine.begin() as connection:
        fill(connection, definition_id, first, last)
        connection.exec_driver_sql("ANALYZE")  # PostgreSQL does so by itself, after a while


@contextmanager
def _bare(url: str) -> Iterator[Callable[[Sequence[str]], object]]:
    """The rows by their primary keys, by the bare driver."""
    if url.startswith("sqlite"):
        with closing(sqlite3.connect(url.removeprefix("sqlite:///"))) as file:
            yield lambda ids: file.execute(STATEMENT.format(", ".join("?" * len(ids))), ids).fetchall()
    else:
        with psycopg.connect(url, autocommit=True) as server:
            yield lambda ids: server.execute(STATEMENT.format(", ".join(["%s"] * len(ids))), ids).fetchall()

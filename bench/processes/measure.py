"""One, two, four and eight processes, with as many clients; then a race for the same tasks; then the books are checked."""

from collections.abc import Sequence
from concurrent.futures import ThreadPoolExecutor
from contextlib import ExitStack
from dataclasses import dataclass

import psycopg

from bench.crew import Crew, Rates, crew, in_turns
from bench.databases import place
from bench.hall import KEY, OPINION, TASKS, settle
from bench.http.client import PlainClient
from bench.http.hands import Clerk
from bench.receipt_log.audit import audit
from bench.serving import EMPTY, HOST, product, serving

ALL_STEPS = "SELECT count(*) FROM history WHERE command = 'CompleteUserTask' AND outcome = 'accepted'"
DOUBLED = """
    SELECT count(*) FROM (
        SELECT instance_id FROM history WHERE command = 'CompleteUserTask' AND outcome = 'accepted'
        GROUP BY instance_id HAVING count(*) > %s
    ) AS instances
"""
CONFLICT = (404, 409, 412)
"""Answers to whoever comes too late."""


@dataclass(frozen=True, slots=True)
class Race:
    """Commands for the same tasks. Of each task one must have been accepted and all others refused."""

    tasks: int
    accepted: int
    refused: int
    otherwise: int

    @property
    def fair(self) -> bool:
        return self.accepted == self.tasks and self.otherwise == 0


@dataclass(frozen=True, slots=True)
class Found:
    """``steps`` is what clients were told they did, ``stored`` what history says; ``doubled`` cases have a task done twice."""

    clients: int
    rates: dict[int, Rates]
    race: Race
    steps: int
    stored: int
    doubled: int
    intact: bool

    @property
    def passed(self) -> bool:
        return self.race.fair and self.steps == self.stored and self.doubled == 0 and self.intact


def measure(counts: Sequence[int], clients: int, rounds: int, cases: int) -> Found:
    """All servers serve the same database; while one is measured the others wait."""
    with place("postgresql") as database:
        tokens = settle(database.url, clients)
        with ExitStack() as stack:
            ports = {count: stack.enter_context(serving(product(count), database.url, EMPTY)) for count in counts}
            crews = {str(count): _clerks(stack, ports[count], tokens, cases) for count in counts}
            rates = in_turns(rounds, **crews)
            raced = race(ports[max(counts)], tokens, cases)
        steps = (rounds + 1) * len(counts) * clients * cases * TASKS + raced.accepted
        stored, doubled = _books(database.url)
        intact = audit(database.url).passed
    by_count = {int(count): found for count, found in rates.items()}
    return Found(clients, by_count, raced, steps, stored, doubled, intact)


def _clerks(stack: ExitStack, port: int, tokens: Sequence[str], cases: int) -> Crew:
    return stack.enter_context(crew(len(tokens), lambda number: Clerk(port, tokens[number], cases)))


def _books(url: str) -> tuple[int, int]:
    with psycopg.connect(url) as connection:
        stored, doubled = connection.execute(ALL_STEPS).fetchone(), connection.execute(DOUBLED, (TASKS,)).fetchone()
    assert stored is not None
    assert doubled is not None
    return int(stored[0]), int(doubled[0])


def race(port: int, tokens: Sequence[str], cases: int) -> Race:
    """Every client wants to complete the first task of every case."""
    with PlainClient(HOST, port, tokens[0]) as client:
        started = [client.post("/api/process-instances", {"process_key": KEY}) for _ in range(cases * len(tokens))]
    tasks = [str(receipt["user_tasks"][0]["task_id"]) for receipt in started]
    with ThreadPoolExecutor(len(tokens)) as pool:
        told = pool.map(lambda token: _completed(port, token, tasks), tokens)
        answers = [status for statuses in told for status in statuses]
    accepted, refused = answers.count(200), sum(status in CONFLICT for status in answers)
    return Race(len(tasks), accepted, refused, len(answers) - accepted - refused)


def _completed(port: int, token: str, tasks: Sequence[str]) -> list[int]:
    """What one client was told, task by task."""
    with PlainClient(HOST, port, token) as client:
        return [client.try_post(f"/api/user-tasks/{task}/complete", {"variables": OPINION})[0] for task in tasks]

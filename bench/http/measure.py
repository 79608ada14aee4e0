"""Samples of the product and of its floors in turns, both kinds of comparison."""

from contextlib import ExitStack
from dataclasses import dataclass

from bench.crew import Crew, Hand, Rates, crew, in_turns
from bench.databases import place
from bench.hall import TASKS, settle
from bench.http import floor
from bench.http.hands import BareTransactions, Caller, Clerk, prepare_bare
from bench.serving import EMPTY, granian, product, serving


@dataclass(frozen=True, slots=True)
class Size:
    """How much is measured: rounds, and cases of each client in each round."""

    rounds: int
    cases: int


@dataclass(frozen=True, slots=True)
class Found:
    """Rates of the product's steps and of its floors, by name."""

    database: str
    processes: int
    clients: int
    step: Rates
    floors: dict[str, Rates]

    def share(self, floor_name: str) -> float:
        """The product's rate as a share of the floor's, at the medians."""
        return self.step.median / self.floors[floor_name].median


def one_process(kind: str, clients: int, size: Size) -> Found:
    """Beside the same server with a bare commit, on the same database."""
    with place(kind) as database, ExitStack() as stack:
        tokens = settle(database.url, clients)
        floor.prepare(database.url)
        port = stack.enter_context(serving(product(), database.url, EMPTY))
        bare = stack.enter_context(serving(granian("bench.http.floor:application"), database.url))
        requests = size.cases * TASKS

        def caller(path: str) -> Crew:
            def made(number: int) -> Hand:
                return Caller(bare, path, requests)

            return stack.enter_context(crew(clients, made))

        steps = stack.enter_context(crew(clients, lambda number: Clerk(port, tokens[number], size.cases)))
        rates = in_turns(size.rounds, step=steps, flask=caller("/flask"), wsgi=caller("/wsgi"))
    return Found(kind, 1, clients, rates.pop("step"), rates)


def several_processes(processes: int, clients: int, size: Size) -> Found:
    """Beside as many clients that speak to PostgreSQL themselves."""
    with place("postgresql") as database, ExitStack() as stack:
        tokens = settle(database.url, clients)
        prepare_bare(database.url, clients)
        port = stack.enter_context(serving(product(processes), database.url, EMPTY))
        transactions = size.cases * TASKS
        steps = stack.enter_context(crew(clients, lambda number: Clerk(port, tokens[number], size.cases)))
        bare = stack.enter_context(crew(clients, lambda number: BareTransactions(database.url, number, transactions)))
        rates = in_turns(size.rounds, step=steps, transaction=bare)
    return Found("postgresql", processes, clients, rates.pop("step"), rates)

"""``python -m bench receipt_log``: the log through the product, on one database after the other."""

from collections.abc import Sequence

import click
import orjson
from rich.console import Console

from bench.databases import KINDS, place
from bench.receipt_log.audit import audit
from bench.receipt_log.driver import deploy, drive
from bench.receipt_log.log import Case, in_time_order, read_log
from bench.receipt_log.net import read_net
from bench.receipt_log.people import settle
from bench.receipt_log.report import Report, fit, show
from bench.serving import HOST, serving

SHORT = 100
"""Cases of a short run."""
THREADS = 5
"""What the product takes on two processors."""


@click.command("receipt_log")
@click.option("--short", is_flag=True, help=f"Only the {SHORT} cases that began first.")
@click.option("--json", "as_json", is_flag=True, help="One line of JSON for each database instead of tables.")
@click.option("--database", "kinds", type=click.Choice(KINDS), multiple=True, help="Default: all of them.")
@click.option("--clients", type=click.IntRange(1, 64), default=1, show_default=True, help="Requests at a time.")
def command(short: bool, as_json: bool, kinds: Sequence[str], clients: int) -> bool:
    """A real year of 1,434 cases and 8,577 events through the HTTP API, each by its own person and at its own time.

    Fails if a chain of history is not intact, a case cannot be rebuilt from it, or the engine lets a case go another way than
    a token game in plain Python.
    """
    passed = True
    for kind in kinds or KINDS:
        report = run(kind, short=short, clients=clients)
        passed = passed and report.passed
        if as_json:
            click.echo(orjson.dumps(report.to_dict()))
        else:
            show(Console(), report)
    return passed


def run(kind: str, *, short: bool = False, clients: int = 1) -> Report:
    """Drive the log on a fresh database of this kind."""
    whole, net = read_log(), read_net()
    cases = _first(whole, SHORT) if short else whole
    with place(kind) as database:
        people = settle(database.url, cases, net)
        empty = database.size()
        with serving(_server, database.url) as port:
            deploy(port, people)
            driven = drive(port, cases, net, people, clients)
        grown = database.size() - empty
        audited = audit(database.url)
    return Report(kind, clients, frozenset(case.id for case in cases), driven, audited, grown / len(cases), fit(net, whole))


def _server(port: int) -> list[str]:
    """As the product serves (:mod:`api.server`), but the application of :mod:`bench.receipt_log.server`."""
    options = {"interface": "wsgi", "host": HOST, "port": port, "workers": 1, "blocking-threads": THREADS, "loop": "asyncio"}
    given = [part for name, value in options.items() for part in (f"--{name}", str(value))]
    quiet = ["--http", "1", "--no-ws", "--log-level", "warning"]
    return ["-m", "granian", *given, *quiet, "bench.receipt_log.server:application"]


def _first(cases: Sequence[Case], count: int) -> list[Case]:
    begun = [occurrence.case for occurrence in in_time_order(cases) if occurrence.index == 0]
    return begun[:count]

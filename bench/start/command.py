"""``python -m bench start``: from nothing to the first answer, twice on the same database."""

import time
from collections.abc import Sequence

import click
import orjson
from rich.console import Console
from rich.table import Table

from bench.databases import KINDS, place
from bench.serving import HOST, serving

STARTS = ("first", "second")
WITHIN = 3.0
"""Seconds that a second start may take."""


@click.command("start")
@click.option("--short", is_flag=True, help="The same: there is nothing to shorten.")
@click.option("--json", "as_json", is_flag=True, help="One line of JSON for each database instead of a table.")
@click.option("--database", "kinds", type=click.Choice(KINDS), multiple=True, help="Default: all of them.")
def command(short: bool, as_json: bool, kinds: Sequence[str]) -> bool:
    """Seconds until the server answers: with migrations, models and sample accounts to bring in, and without. Never fails."""
    found = {kind: run(kind) for kind in kinds or KINDS}
    if as_json:
        for kind, seconds in found.items():
            click.echo(orjson.dumps({"benchmark": "start", "database": kind, **seconds}))
    else:
        Console().print(_table(found))
    return True


def run(kind: str) -> dict[str, float]:
    """Seconds by start."""
    with place(kind) as database:
        return {start: _seconds(database.url) for start in STARTS}


def _seconds(url: str) -> float:
    begin = time.perf_counter()
    with serving(lambda port: ["-m", "api.cli", "serve", "--host", HOST, "--port", str(port)], url):
        return time.perf_counter() - begin


def _table(found: dict[str, dict[str, float]]) -> Table:
    table = Table("database", "first start s", "second start s", f"of {WITHIN:.0f} s", title="Until the server answers")
    for kind, seconds in found.items():
        second = seconds["second"]
        table.add_row(kind, f"{seconds['first']:.2f}", f"{second:.2f}", f"{second / WITHIN:.0%}")
    return table

"""``python -m bench http``: steps over HTTP beside their floors."""

from collections.abc import Sequence

import click
import orjson
from rich.console import Console
from rich.table import Table

from bench.databases import KINDS
from bench.http.measure import Found, Size, one_process, several_processes

FULL, SHORT = Size(rounds=7, cases=8), Size(rounds=1, cases=2)
CLIENTS = (1, 4)
PROCESSES, MANY = 4, 8


@click.command("http")
@click.option(
    "--short", is_flag=True, help=f"{SHORT.rounds} rounds of {SHORT.cases} cases instead of {FULL.rounds} of {FULL.cases}."
)
@click.option("--json", "as_json", is_flag=True, help="One line of JSON for each row instead of a table.")
@click.option("--database", "kinds", type=click.Choice(KINDS), multiple=True, help="Default: all of them.")
def command(short: bool, as_json: bool, kinds: Sequence[str]) -> bool:
    """A user task completed over HTTP, beside the same server with one bare commit and bare transactions. Never fails."""
    found = run(kinds or KINDS, SHORT if short else FULL, CLIENTS[-1:] if short else CLIENTS)
    if as_json:
        for each in found:
            click.echo(orjson.dumps(to_dict(each)))
    else:
        Console().print(_table(found))
    return True


def run(kinds: Sequence[str], size: Size, clients: Sequence[int] = CLIENTS) -> list[Found]:
    """One process on each database; on PostgreSQL also several."""
    found = [one_process(kind, count, size) for kind in kinds for count in clients]
    return [*found, several_processes(PROCESSES, MANY, size)] if "postgresql" in kinds else found


def to_dict(found: Found) -> dict[str, object]:
    """For programs. Rates are acts a second."""
    return {
        "benchmark": "http",
        "database": found.database,
        "processes": found.processes,
        "clients": found.clients,
        "step": found.step.summary(),
        "floors": {name: {**rates.summary(), "share": found.share(name)} for name, rates in found.floors.items()},
    }


def _table(found: Sequence[Found]) -> Table:
    heads = ("database", "processes", "clients", "steps /s", "floor", "floor /s", "share")
    table = Table(*heads, title="A step over HTTP beside its floor (medians of samples taken in turns)")
    for each in found:
        for name, rates in each.floors.items():
            place = (each.database, str(each.processes), str(each.clients), f"{each.step.median:.0f}")
            table.add_row(*place, name, f"{rates.median:.0f}", f"{each.share(name):.0%}")
    return table

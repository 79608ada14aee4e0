"""``python -m bench processes``: several processes on one PostgreSQL."""

from collections.abc import Sequence

import click
import orjson
from rich.console import Console
from rich.table import Table

from bench.databases import KINDS
from bench.processes.measure import Found, measure

COUNTS, SHORT_COUNTS = (1, 2, 4, 8), (1, 2)
CLIENTS = 8


@click.command("processes")
@click.option("--short", is_flag=True, help="One and two processes, and less work for each.")
@click.option("--json", "as_json", is_flag=True, help="A line of JSON instead of a table.")
@click.option("--database", "kinds", type=click.Choice(KINDS), multiple=True, help="Only PostgreSQL can be shared.")
def command(short: bool, as_json: bool, kinds: Sequence[str]) -> bool:
    """The rate of several processes against one process's, and a race. Fails if a step was lost or done twice."""
    if kinds and "postgresql" not in kinds:
        return True
    found = measure(SHORT_COUNTS, CLIENTS, 1, 1) if short else measure(COUNTS, CLIENTS, 5, 4)
    if as_json:
        click.echo(orjson.dumps(to_dict(found)))
    else:
        Console().print(_table(found))
        Console().print(_books(found))
    return found.passed


def to_dict(found: Found) -> dict[str, object]:
    """For programs. Rates are steps a second."""
    one = found.rates[1].median
    return {
        "benchmark": "processes",
        "database": "postgresql",
        "clients": found.clients,
        "rates": {str(count): {**rates.summary(), "ratio": rates.median / one} for count, rates in found.rates.items()},
        "race": {"tasks": found.race.tasks, "accepted": found.race.accepted, "refused": found.race.refused},
        "steps": found.steps,
        "stored": found.stored,
        "doubled": found.doubled,
        "intact": found.intact,
        "passed": found.passed,
    }


def _table(found: Found) -> Table:
    table = Table("processes", "clients", "steps /s", "against one", title="Several processes on one PostgreSQL (medians)")
    for count, rates in found.rates.items():
        ratio = rates.median / found.rates[1].median
        table.add_row(str(count), str(found.clients), f"{rates.median:.0f}", f"{ratio:.2f}")
    return table


def _books(found: Found) -> str:
    race = found.race
    return (
        f"A race for {race.tasks} tasks: {race.accepted} accepted, {race.refused} refused, {race.otherwise} otherwise. "
        f"Steps told {found.steps}, stored {found.stored}; cases with a step too many {found.doubled}; "
        f"history and replay {'agree' if found.intact else 'DO NOT AGREE'}."
    )

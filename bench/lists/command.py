"""``python -m bench lists``: work lists with few and with many open tasks."""

from collections.abc import Sequence

import click
import orjson
from rich.console import Console
from rich.table import Table

from bench.databases import KINDS
from bench.lists.measure import Found, measure

SIZES, SHORT = (10_000, 1_000_000), (5_000, 20_000)
TIMES, FEW = 100, 7


@click.command("lists")
@click.option("--short", is_flag=True, help=f"{SHORT[-1]} open tasks at most instead of {SIZES[-1]}.")
@click.option("--json", "as_json", is_flag=True, help="One line of JSON for each row instead of a table.")
@click.option("--database", "kinds", type=click.Choice(KINDS), multiple=True, help="Default: all of them.")
def command(short: bool, as_json: bool, kinds: Sequence[str]) -> bool:
    """The first page of work lists: many open tasks beside few, and beside a bare query for the same rows. Never fails."""
    sizes, times = (SHORT, FEW) if short else (SIZES, TIMES)
    found = [each for kind in kinds or KINDS for each in measure(kind, sizes, times)]
    if as_json:
        for each in found:
            click.echo(orjson.dumps(to_dict(each, growth(found, each))))
    else:
        Console().print(_table(found))
    return True


def growth(found: Sequence[Found], large: Found) -> float:
    """The time of this list as a multiple of the same list's with the fewest tasks."""
    same = [each for each in found if (each.database, each.name) == (large.database, large.name)]
    return large.milliseconds / min(same, key=lambda each: each.tasks).milliseconds


def to_dict(found: Found, grown: float) -> dict[str, object]:
    """For programs."""
    return {
        "benchmark": "lists",
        "database": found.database,
        "list": found.name,
        "open_tasks": found.tasks,
        "rows": found.rows,
        "page": found.page.summary(),
        "bare_query": found.bare.summary(),
        "ratio": found.ratio,
        "growth": grown,
    }


def _table(found: Sequence[Found]) -> Table:
    heads = ("database", "list", "open tasks", "rows", "page ms", "bare ms", "page / bare", "of the smallest")
    table = Table(*heads, title="The first page of a work list (medians)")
    for each in found:
        times = f"{each.milliseconds:.2f}", f"{each.bare.summary()['p50_ms']:.2f}", f"{each.ratio:.1f}"
        table.add_row(each.database, each.name, f"{each.tasks:,}", str(each.rows), *times, f"{growth(found, each):.1f}")
    return table

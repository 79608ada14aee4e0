"""``python -m bench size``: what a finished case takes."""

from collections.abc import Sequence

import click
import orjson
from rich.console import Console
from rich.table import Table

from bench.databases import KINDS
from bench.size.measure import Found, measure

CASES, SHORT = 500, 20
KILOBYTE = 1024
WITHIN = 12
"""Kilobytes that history and snapshot may take together."""


@click.command("size")
@click.option("--short", is_flag=True, help=f"{SHORT} cases instead of {CASES}.")
@click.option("--json", "as_json", is_flag=True, help="One line of JSON for each database instead of a table.")
@click.option("--database", "kinds", type=click.Choice(KINDS), multiple=True, help="Default: all of them.")
def command(short: bool, as_json: bool, kinds: Sequence[str]) -> bool:
    """History and snapshot of a finished case of twelve tasks. Never fails."""
    found = [measure(kind, SHORT if short else CASES) for kind in kinds or KINDS]
    if as_json:
        for each in found:
            click.echo(orjson.dumps(to_dict(each)))
    else:
        Console().print(_table(found))
    return True


def to_dict(found: Found) -> dict[str, object]:
    """For programs: bytes a case."""
    return {
        "benchmark": "size",
        "database": found.database,
        "cases": found.cases,
        "snapshot": found.snapshot,
        "history_heads": found.heads,
        "history_payloads": found.payloads,
        "together": found.together,
        "share_of_limit": found.together / KILOBYTE / WITHIN,
        "disk": found.disk,
    }


def _table(found: Sequence[Found]) -> Table:
    heads = ("database", "snapshot", "heads", "payloads", "together", f"of {WITHIN} kB", "on disk, with lists and indexes")
    table = Table(*heads, title="A finished case of twelve tasks, kB")
    for each in found:
        figures = (each.snapshot, each.heads, each.payloads, each.together)
        share = f"{each.together / KILOBYTE / WITHIN:.0%}"
        table.add_row(each.database, *(f"{each_ / KILOBYTE:.1f}" for each_ in figures), share, f"{each.disk / KILOBYTE:.1f}")
    return table

"""``python -m bench step``: a durable step beside a bare commit."""

from collections.abc import Sequence

import click
import orjson
from rich.console import Console
from rich.table import Table

from bench.databases import KINDS
from bench.step.measure import Measurement, measure

APPROVALS, SHORT = 100, 5


@click.command("step")
@click.option("--short", is_flag=True, help=f"{SHORT} approvals instead of {APPROVALS}.")
@click.option("--json", "as_json", is_flag=True, help="One line of JSON for each row instead of a table.")
@click.option("--database", "kinds", type=click.Choice(KINDS), multiple=True, help="Default: all of them.")
def command(short: bool, as_json: bool, kinds: Sequence[str]) -> bool:
    """A user task completed in an approval of twelve, beside a bare commit of the same bytes. Only measures; never fails."""
    found = run(kinds or KINDS, short=short)
    if as_json:
        for measurement in found:
            click.echo(orjson.dumps(to_dict(measurement)))
    else:
        Console().print(_table(found))
    return True


def run(kinds: Sequence[str], *, short: bool = False) -> list[Measurement]:
    """Every database, with instances kept alive in memory (as the product does) and loaded anew for each step."""
    count = SHORT if short else APPROVALS
    return [measure(kind, cached=cached, approvals=count) for kind in kinds for cached in (True, False)]


def to_dict(found: Measurement) -> dict[str, object]:
    """For programs."""
    return {
        "benchmark": "step",
        "database": found.database,
        "cached": found.cached,
        "step": found.step.summary(),
        "bare_commit": found.bare.summary(),
        "ratio": found.ratio,
        "bytes_per_step": found.bytes_per_step,
    }


def _table(found: Sequence[Measurement]) -> Table:
    heads = ("database", "instance", "step ms", "p95", "bare ms", "p95", "bytes", "ratio")
    table = Table(*heads, title="A durable step beside a bare commit of the same bytes (medians)")
    for each in found:
        step, bare = each.step.summary(), each.bare.summary()
        figures = [f"{value:.2f}" for value in (step["p50_ms"], step["p95_ms"], bare["p50_ms"], bare["p95_ms"])]
        instance = "in memory" if each.cached else "loaded"
        table.add_row(each.database, instance, *figures, f"{each.bytes_per_step:.0f}", f"{each.ratio:.1f}")
    return table

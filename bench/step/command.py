"""``python -m bench step``: a durable step beside a bare commit, early and late in a case, and its history read again."""

from collections.abc import Sequence
from dataclasses import asdict

import click
import orjson
from rich.console import Console
from rich.table import Table

from bench.databases import KINDS
from bench.step.audit import Audit, audit
from bench.step.endless import EARLY, LATE, Endurance, endure
from bench.step.measure import Measurement, measure

APPROVALS, SHORT = 100, 5
SHORT_LATE = 50


@click.command("step")
@click.option("--short", is_flag=True, help=f"{SHORT} approvals instead of {APPROVALS}, {SHORT_LATE} tasks instead of {LATE}.")
@click.option("--json", "as_json", is_flag=True, help="JSON lines instead of tables.")
@click.option("--database", "kinds", type=click.Choice(KINDS), multiple=True, help="Default: all of them.")
def command(short: bool, as_json: bool, kinds: Sequence[str]) -> bool:
    """A user task completed in an approval of twelve, beside a bare commit of the same bytes.

    Then a step around the tenth and around the thousandth task of a case, and how fast history is verified and replayed. Fails
    when a history turns out wrong.
    """
    kinds = kinds or KINDS
    steps = run(kinds, short=short)
    endurances = [endure(kind, late=SHORT_LATE, samples=20) if short else endure(kind) for kind in kinds]
    audits = [audit(kind, approvals=SHORT if short else APPROVALS) for kind in kinds]
    if as_json:
        for line in [*map(to_dict, steps), *map(_endurance_dict, endurances), *map(_audit_dict, audits)]:
            click.echo(orjson.dumps(line))
    else:
        for table in (_table(steps), _endurance_table(endurances), _audit_table(audits)):
            Console().print(table)
    return all(each.intact for each in audits)


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


def _endurance_dict(found: Endurance) -> dict[str, object]:
    early, late = found.early.summary(), found.late.summary()
    return {"benchmark": "step-late", "database": found.database, "early": early, "late": late, "ratio": found.ratio}


def _audit_dict(found: Audit) -> dict[str, object]:
    return {"benchmark": "step-audit", **asdict(found)}


def _table(found: Sequence[Measurement]) -> Table:
    heads = ("database", "instance", "step ms", "p95", "bare ms", "p95", "bytes", "ratio")
    table = Table(*heads, title="A durable step beside a bare commit of the same bytes (medians)")
    for each in found:
        step, bare = each.step.summary(), each.bare.summary()
        figures = [f"{value:.2f}" for value in (step["p50_ms"], step["p95_ms"], bare["p50_ms"], bare["p95_ms"])]
        instance = "in memory" if each.cached else "loaded"
        table.add_row(each.database, instance, *figures, f"{each.bytes_per_step:.0f}", f"{each.ratio:.1f}")
    return table


def _endurance_table(found: Sequence[Endurance]) -> Table:
    title = f"A step around the {EARLY}th and around the last task of a long case (medians)"
    table = Table("database", "early ms", "late ms", "ratio", title=title)
    for each in found:
        early, late = each.early.summary()["p50_ms"], each.late.summary()["p50_ms"]
        table.add_row(each.database, f"{early:.2f}", f"{late:.2f}", f"{each.ratio:.2f}")
    return table


def _audit_table(found: Sequence[Audit]) -> Table:
    table = Table("database", "verified", "replayed", "intact", title="Steps of history a second, one process")
    for each in found:
        rates = (each.verified_per_second, each.replayed_per_second)
        table.add_row(each.database, *(f"{rate:,.0f}" for rate in rates), "yes" if each.intact else "NO")
    return table

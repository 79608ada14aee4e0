"""``python -m bench memory``: memory after many cases, and whether it grows."""

import subprocess
import sys
import tempfile
from collections.abc import Sequence
from dataclasses import dataclass

import click
import orjson
from rich.console import Console
from rich.table import Table

from bench.databases import KINDS, place
from bench.serving import ROOT, environment

CASES, SHORT = 20_000, 50
MARKS = 10
MEGABYTE = 1_000_000
WITHIN = 250
"""Megabytes."""
PATIENCE = 3600
"""Seconds."""


@dataclass(frozen=True, slots=True)
class Found:
    """Bytes in memory by cases done."""

    database: str
    marks: dict[int, int]

    @property
    def half(self) -> int:
        """Bytes after half of the cases."""
        return list(self.marks.values())[len(self.marks) // 2 - 1]

    @property
    def whole(self) -> int:
        """Bytes at the end."""
        return list(self.marks.values())[-1]


@click.command("memory")
@click.option(
    "--short", is_flag=True, help=f"{SHORT} cases instead of {CASES}; the cache of live instances is still filling then."
)
@click.option("--json", "as_json", is_flag=True, help="One line of JSON for each database instead of a table.")
@click.option("--database", "kinds", type=click.Choice(KINDS), multiple=True, help="Default: SQLite.")
def command(short: bool, as_json: bool, kinds: Sequence[str]) -> bool:
    """The memory of a process that takes case after case of twelve tasks to its end. Never fails."""
    found = [measure(kind, SHORT if short else CASES) for kind in kinds or KINDS[:1]]
    if as_json:
        for each in found:
            click.echo(orjson.dumps(to_dict(each)))
    else:
        Console().print(_table(found))
    return True


def measure(kind: str, cases: int) -> Found:
    """In a process of its own."""
    with place(kind) as database, tempfile.TemporaryDirectory(prefix="lb-") as folder:
        done = subprocess.run(
            [sys.executable, "-m", "bench.memory.worker", str(cases), str(MARKS)],
            cwd=ROOT,
            env=environment(database.url, folder),
            stdout=subprocess.PIPE,
            text=True,
            check=True,
            timeout=PATIENCE,
        )
    marks = (line.split() for line in done.stdout.splitlines())
    return Found(kind, {int(count): int(size) for count, size in marks})


def to_dict(found: Found) -> dict[str, object]:
    """For programs: bytes."""
    return {
        "benchmark": "memory",
        "database": found.database,
        "by_cases": {str(count): size for count, size in found.marks.items()},
        "half": found.half,
        "whole": found.whole,
        "growth": found.whole / found.half,
        "share_of_limit": found.whole / MEGABYTE / WITHIN,
    }


def _table(found: Sequence[Found]) -> Table:
    table = Table("database", "cases", "MB", f"of {WITHIN} MB", "of the half", title="Memory of a process that runs cases")
    for each in found:
        for count, size in each.marks.items():
            of_half = f"{size / each.half:.2f}"
            table.add_row(each.database, f"{count:,}", f"{size / MEGABYTE:.0f}", f"{size / MEGABYTE / WITHIN:.0%}", of_half)
    return table

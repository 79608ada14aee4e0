"""``python -m bench peers``: the product beside other engines."""

import json
import subprocess
import tempfile
from collections.abc import Callable, Sequence
from dataclasses import dataclass
from functools import partial
from pathlib import Path

import click
import orjson
from rich.console import Console
from rich.table import Table

from bench.databases import KINDS, place
from bench.latency import Latencies
from bench.peers.installation import NotInstalled, node_peer, product, python_peer
from bench.serving import ROOT, environment
from bench.step.approval import files

PEERS: dict[str, Callable[[], list[str]]] = {
    "lianban": product,
    "bpmn-engine": partial(node_peer, "bpmn_engine"),
    "SpiffWorkflow": partial(python_peer, "spiffworkflow"),
    "django-viewflow": partial(python_peer, "viewflow"),
}
ROUNDS, APPROVALS = 5, 20
SHORT_ROUNDS, SHORT_APPROVALS = 1, 2
PATIENCE = 600
"""Seconds that a peer's round may take."""


@dataclass(frozen=True, slots=True)
class Found:
    """Steps of one engine; none, and why, if it cannot be had."""

    database: str
    name: str
    steps: Latencies
    missing: str = ""


@click.command("peers")
@click.option("--short", is_flag=True, help="One round of two approvals.")
@click.option("--json", "as_json", is_flag=True, help="One line of JSON for each row instead of a table.")
@click.option("--database", "kinds", type=click.Choice(KINDS), multiple=True, help="Default: all of them.")
@click.option("--only", type=click.Choice(list(PEERS)), multiple=True, help="Default: all of them, with the product.")
def command(short: bool, as_json: bool, kinds: Sequence[str], only: Sequence[str]) -> bool:
    """The same approval, taken by other engines: each in turn, on the same database. Installs them when first run.

    Peers keep a process in memory and store its state after each step; the product stores history and work lists with it.
    """
    rounds, approvals = (SHORT_ROUNDS, SHORT_APPROVALS) if short else (ROUNDS, APPROVALS)
    found = [each for kind in kinds or KINDS for each in measure(kind, only or list(PEERS), rounds, approvals)]
    if as_json:
        for each in found:
            click.echo(orjson.dumps(to_dict(each, found)))
    else:
        Console().print(_table(found))
    return True


def measure(kind: str, names: Sequence[str], rounds: int, approvals: int) -> list[Found]:
    """Rounds of all engines in turn."""
    commands, missing = _installed(names)
    steps = {name: Latencies() for name in names}
    with place(kind) as database, tempfile.TemporaryDirectory(prefix="lb-") as folder:
        model = Path(folder) / files()[0].name
        model.write_bytes(files()[0].content)
        for _ in range(rounds):
            for name, words in commands.items():
                steps[name].nanoseconds += _round([*words, database.url, str(model), str(approvals)], database.url, folder)
    return [Found(kind, name, steps[name], missing.get(name, "")) for name in names]


def _installed(names: Sequence[str]) -> tuple[dict[str, list[str]], dict[str, str]]:
    commands: dict[str, list[str]] = {}
    missing: dict[str, str] = {}
    for name in names:
        try:
            commands[name] = PEERS[name]()
        except NotInstalled as error:
            missing[name] = str(error) or "not to be had"
    return commands, missing


def _round(words: Sequence[str], url: str, folder: str) -> list[int]:
    done = subprocess.run(
        words, cwd=ROOT, env=environment(url, folder), stdout=subprocess.PIPE, text=True, check=True, timeout=PATIENCE
    )
    taken: list[int] = json.loads(done.stdout.splitlines()[-1])
    return taken


def to_dict(found: Found, every: Sequence[Found]) -> dict[str, object]:
    """For programs. ``ratio``: how many of the product's steps one of this engine's takes."""
    return {
        "benchmark": "peers",
        "database": found.database,
        "engine": found.name,
        "step": found.steps.summary(),
        "ratio": _ratio(found, every),
        "missing": found.missing,
    }


def _ratio(found: Found, every: Sequence[Found]) -> float | None:
    ours = next((each for each in every if (each.database, each.name) == (found.database, "lianban")), None)
    if ours is None or not (ours.steps.nanoseconds and found.steps.nanoseconds):
        return None
    return found.steps.summary()["p50_ms"] / ours.steps.summary()["p50_ms"]


def _table(found: Sequence[Found]) -> Table:
    table = Table(
        "database", "engine", "step ms", "p95", "of the product's", title="A durable step of the same approval (medians)"
    )
    for each in found:
        summary, ratio = each.steps.summary(), _ratio(each, found)
        figures = [f"{summary[name]:.2f}" if name in summary else "-" for name in ("p50_ms", "p95_ms")]
        table.add_row(each.database, each.name, *figures, each.missing if ratio is None else f"{ratio:.1f}")
    return table

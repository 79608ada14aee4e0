"""``python -m bench feel``: the cost of conditions, beside feelin in QuickJS and bkflow-feel."""

import json
import subprocess
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field

import click
import orjson
from rich.console import Console
from rich.markup import escape
from rich.table import Table

from bench.feel.conditions import CONDITIONS, DATA, ours
from bench.peers.installation import NotInstalled, bundle, is_installed, python_peer

PEERS = ("feelin-quickjs", "bkflow-feel")
REPETITIONS, SHORT = 2_000, 200
PEER_REPETITIONS, PEER_SHORT = 100, 10
PATIENCE = 300
"""Seconds that a peer may take."""


@dataclass(frozen=True, slots=True)
class Cost:
    """One condition. ``peers``: nanoseconds by name; none where the peer has no value or another one."""

    condition: str
    value: object
    compiling: float
    evaluating: float
    peers: dict[str, float | None] = field(default_factory=dict)


@click.command("feel")
@click.option("--short", is_flag=True, help="Fewer repetitions; peers only if they are installed.")
@click.option("--json", "as_json", is_flag=True, help="One line of JSON for each condition instead of a table.")
def command(short: bool, as_json: bool) -> bool:
    """The cost of a condition, beside feelin in QuickJS and bkflow-feel (which the full form installs).

    Compiled once, when its model is deployed, a condition is evaluated whenever a case comes by. The peers parse it each time.
    """
    found = [Cost(condition, *ours(condition, SHORT if short else REPETITIONS)) for condition in CONDITIONS]
    missing = "not installed: python -m bench feel installs them" if short and not is_installed("feel") else ""
    if not missing:
        try:
            _ask_peers(found, PEER_SHORT if short else PEER_REPETITIONS)
        except NotInstalled as error:
            missing = str(error) or "not to be had"
    if as_json:
        for cost in found:
            click.echo(orjson.dumps(_to_dict(cost)))
    else:
        Console().print(_table(found, missing))
    return all(cost.value in (True, "window-health") for cost in found)


def _ask_peers(found: Sequence[Cost], repetitions: int) -> None:
    """Let each peer evaluate the conditions.

    :raises NotInstalled: they cannot be had.
    """
    program = python_peer("feel")
    bundle("feel")
    question = json.dumps({"conditions": CONDITIONS, "data": DATA, "repetitions": repetitions})
    for name in PEERS:
        done = subprocess.run([*program, name], input=question, capture_output=True, text=True, check=True, timeout=PATIENCE)
        answers: list[Mapping[str, object]] = [json.loads(line) for line in done.stdout.splitlines()]
        for cost, answer in zip(found, answers, strict=True):
            taken = answer["nanoseconds"]
            right = answer["value"] == cost.value and isinstance(taken, int | float)
            cost.peers[name] = float(str(taken)) if right else None


def _to_dict(cost: Cost) -> dict[str, object]:
    """For programs, in microseconds."""
    peers = {name: None if taken is None else taken / 1000 for name, taken in cost.peers.items()}
    figures = {"compile_us": cost.compiling / 1000, "evaluate_us": cost.evaluating / 1000, "peers_us": peers}
    return {"benchmark": "feel", "condition": cost.condition, **figures}


def _table(found: Sequence[Cost], missing: str) -> Table:
    caption = f"Peers are {missing}" if missing else "Microseconds; in brackets how many of ours. - : no value, or a wrong one"
    table = Table("condition", "compile once", "evaluate", *PEERS, title="What a condition costs, µs", caption=caption)
    for cost in found:
        figures = [f"{cost.compiling / 1000:.0f}", f"{cost.evaluating / 1000:.2f}"]
        table.add_row(escape(cost.condition), *figures, *(_beside(cost, name) for name in PEERS))
    return table


def _beside(cost: Cost, name: str) -> str:
    taken = cost.peers.get(name)
    return "-" if taken is None else f"{taken / 1000:.0f} ({taken / cost.evaluating:.0f})"

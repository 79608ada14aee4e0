"""``python -m bench``: all benchmarks one after the other, or one by its name."""

import click

from bench.feel.command import command as feel
from bench.http.command import command as http
from bench.lists.command import command as lists
from bench.memory.command import command as memory
from bench.peers.command import command as peers
from bench.processes.command import command as processes
from bench.receipt_log.command import command as receipt_log
from bench.size.command import command as size
from bench.start.command import command as start
from bench.step.command import command as step

BENCHMARKS = (feel, step, http, processes, lists, size, memory, start, receipt_log)

LONG = (receipt_log,)
"""Takes too long for the short form of all; has a short form of its own."""


@click.group(invoke_without_command=True)
@click.option("--short", is_flag=True, help="A small part of each, to see that it runs.")
@click.option("--json", "as_json", is_flag=True, help="JSON lines instead of tables.")
@click.pass_context
def main(context: click.Context, short: bool, as_json: bool) -> bool:
    """Benchmarks of Lianban. Without a name: all of them.

    Slowness is no failure; the exit code is 1 only when what was measured turned out wrong.
    """
    if context.invoked_subcommand is not None:
        return True
    chosen = [benchmark for benchmark in BENCHMARKS if not short or benchmark not in LONG]
    return all([context.invoke(benchmark, short=short, as_json=as_json) for benchmark in chosen])


@main.result_callback()
def end(passed: bool, **options: object) -> None:
    """Make the verdict the exit code."""
    raise SystemExit(0 if passed else 1)


for benchmark in (*BENCHMARKS, peers):
    main.add_command(benchmark)

if __name__ == "__main__":
    main(prog_name="python -m bench")

"""``lianban verify``: every hash chain computed again."""

import sys
from dataclasses import asdict

import click
from rich.console import Console
from rich.progress import BarColumn, MofNCompleteColumn, Progress, TimeRemainingColumn

from api.cli.output import FOUND, json_option, say, say_json
from api.cli.session import opened


@click.command()
@json_option
def verify(as_json: bool) -> None:
    """Compute every hash chain and digest of the history again. Exit code 1 if one is not as it was written."""
    bar = Progress(
        "verify",
        BarColumn(),
        MofNCompleteColumn(),
        TimeRemainingColumn(),
        console=Console(stderr=True),
        disable=as_json or not sys.stderr.isatty(),
    )
    with opened() as runtime, bar:
        task = bar.add_task("verify", total=None)
        report = runtime.verification.run(lambda done, total: bar.update(task, completed=done, total=total))
    if as_json:
        say_json(
            {
                "intact": report.intact,
                "instances": report.instances,
                "rows": report.rows,
                "erased": report.erased,
                "problem_count": report.problem_count,
                "bad_instances": sorted(report.bad_instances),
                "problems": [asdict(problem) for problem in report.problems],
            }
        )
    else:
        for problem in report.problems:
            say(f"{problem.instance_id} step {problem.sequence}: {problem.code}: {problem.sentence}")
        if report.problem_count > len(report.problems):
            say(f"... and {report.problem_count - len(report.problems)} more")
        verdict = "intact" if report.intact else f"{report.problem_count} problems in {len(report.bad_instances)} cases"
        say(f"{report.instances} cases, {report.rows} rows, {report.erased} erased payloads: {verdict}")
    raise SystemExit(0 if report.intact else FOUND)

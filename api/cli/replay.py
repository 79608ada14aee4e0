"""``lianban replay CASE``: a case rebuilt from its history, and compared with what is stored."""

import sys
from collections.abc import Iterator
from dataclasses import asdict

import click
import orjson
from rich.progress import Progress

from api.cli.cases import instance_id_of
from api.cli.output import FOUND, json_option, say, say_json
from api.cli.session import opened
from engine.core import snapshot
from engine.runtime.queries import ProcessInstanceFilter
from engine.runtime.queries.paging import MAX_LIMIT
from engine.runtime.replay import ReplayReport
from engine.runtime.runtime import Runtime

SHOWN = 400
"""Characters of a difference that are shown to a person."""


@click.command()
@click.argument("case", required=False)
@click.option("--at", "sequence", type=click.IntRange(min=1), help="Show the case as it stood after this step instead.")
@click.option("--all", "everything", is_flag=True, help="Every case.")
@json_option
def replay(case: str | None, sequence: int | None, everything: bool, as_json: bool) -> None:
    """Rebuild CASE (its id or business key) from history alone, on its own model version.

    Says whether state and projections agree with what is stored; exit code 1 if they do not.
    """
    if (case is None) == (not everything):
        raise click.UsageError("Expected a CASE, or --all.")
    if sequence is not None and case is None:
        raise click.UsageError("Expected --at together with a CASE.")
    with opened() as runtime:
        if case is not None and sequence is not None:
            _show(runtime, instance_id_of(runtime, case), sequence, as_json)
            return
        identifiers = _identifiers(runtime) if case is None else iter([instance_id_of(runtime, case)])
        reports = _check(runtime, identifiers, quiet=as_json or not everything)
    _tell(reports, as_json)
    raise SystemExit(0 if all(report.agrees for report in reports) else FOUND)


def _identifiers(runtime: Runtime) -> Iterator[str]:
    cursor = None
    while True:
        page = runtime.queries.process_instances(ProcessInstanceFilter(), sort="started", cursor=cursor, limit=MAX_LIMIT)
        yield from (item.id for item in page.items)
        cursor = page.next_cursor
        if cursor is None:
            return


def _check(runtime: Runtime, identifiers: Iterator[str], *, quiet: bool) -> list[ReplayReport]:
    with Progress(disable=quiet or not sys.stderr.isatty()) as progress:
        task = progress.add_task("replay", total=None)
        reports = []
        for identifier in identifiers:
            reports.append(runtime.replay.check(identifier))
            progress.advance(task)
    return reports


def _tell(reports: list[ReplayReport], as_json: bool) -> None:
    differing = [report for report in reports if not report.agrees]
    if as_json:
        cases = [{**asdict(report), "agrees": report.agrees} for report in reports]
        say_json({"cases": len(reports), "differing": len(differing), "reports": cases})
        return
    for report in differing:
        assert report.difference is not None
        found = report.difference
        say(
            f"{report.instance_id}: differs at step {found.sequence} in {found.where}\n"
            f"    recorded: {found.recorded[:SHOWN]}\n    replayed: {found.replayed[:SHOWN]}"
        )
    steps, refused = sum(report.steps for report in reports), sum(report.refused for report in reports)
    verdict = "state and projections agree" if not differing else f"{len(differing)} differ"
    say(f"{len(reports)} cases, {steps} steps replayed, {refused} refused attempts passed over: {verdict}")


def _show(runtime: Runtime, instance_id: str, sequence: int, as_json: bool) -> None:
    rebuilt = runtime.replay.rebuild(instance_id, sequence)
    instance = rebuilt.instance
    tasks = [row["id"] for row in rebuilt.changes.rows("user_task") if row["ended_at"] is None]
    answer = {
        "instance_id": instance_id,
        "sequence": sequence,
        "version": instance.version,
        "status": str(instance.status),
        "variables": instance.variables(),
        "open_user_tasks": tasks,
    }
    if as_json:
        say_json({**answer, "state": orjson.loads(snapshot.dump(instance))})
        return
    say(f"{instance_id} after step {sequence}: version {instance.version}, {instance.status}")
    say(f"open tasks: {', '.join(tasks) or 'none'}")
    say(orjson.dumps(answer["variables"], option=orjson.OPT_INDENT_2).decode())

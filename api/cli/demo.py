"""``lianban demo``: a made-up year of the hall, for trying the product out."""

import logging
import sys
import time
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import asdict
from datetime import UTC, datetime, timedelta
from typing import Any

import click
from rich.console import Console
from rich.progress import BarColumn, MofNCompleteColumn, Progress, TimeElapsedColumn
from sqlalchemy import event

from api.cli.output import json_option, say, say_json
from api.cli.serve import prepare
from api.installation import open_runtime
from api.settings import DoorSettings
from engine.core.rejection import Rejection
from engine.runtime.queries import ProcessInstanceFilter
from engine.runtime.runtime import Runtime
from workflows.case_file import pass_code
from workflows.clock import hall_day
from workflows.demonstration.hall_clock import YearClock
from workflows.demonstration.year import Outcome, Year

SEED, CASES, MOST = 20260323, 2000, 20_000
BEFORE = timedelta(days=400)
"""The hall is set up so long ago, before the year begins."""


@click.command()
@click.option("--cases", type=click.IntRange(1, MOST), default=CASES, show_default=True, help="Applications in the year.")
@click.option("--seed", type=int, default=SEED, show_default=True, help="The same seed, the same year.")
@click.option("--if-empty", is_flag=True, help="Do nothing, instead of refusing, where there are cases already.")
@json_option
def demo(cases: int, seed: int, if_empty: bool, as_json: bool) -> None:
    """Fill an empty hall with a made-up year that ended yesterday: applications, payments, waivers, complaints, overdue cases.

    Everything is done by the commands users use, on a clock that jumps. Refused where there are cases already.
    """
    door, clock = DoorSettings.from_environment(), YearClock(datetime.now(UTC) - BEFORE)
    runtime = open_runtime(clock=clock)
    try:
        runtime.upgrade()
        if runtime.queries.process_instances(ProcessInstanceFilter(), limit=1).items:
            if if_empty:
                return
            raise Rejection("demonstration-not-empty")
        if not door.sample:
            raise Rejection("demonstration-without-samples")
        begun = time.monotonic()
        with _without_waiting(runtime):
            prepare(runtime, door)
            outcome = _live(runtime, clock, seed, cases, quiet=as_json)
        _tell(runtime, outcome, time.monotonic() - begun, as_json)
    finally:
        runtime.stop()


def _live(runtime: Runtime, clock: YearClock, seed: int, cases: int, *, quiet: bool) -> Outcome:
    yesterday = hall_day(datetime.now(UTC)) - timedelta(days=1)
    year = Year(runtime, clock, seed, cases, yesterday)
    bar = Progress(
        "demo",
        BarColumn(),
        MofNCompleteColumn(),
        TimeElapsedColumn(),
        console=Console(stderr=True),
        disable=quiet or not sys.stderr.isatty(),
    )
    with pass_code.cheaply(), _without_tracebacks(), bar:
        task = bar.add_task("demo", total=cases)
        for filed in year.run():
            bar.update(task, completed=filed)
    return year.outcome


@contextmanager
def _without_tracebacks() -> Iterator[None]:
    """Messages that cannot be sent are part of the year; they are counted, and a supervisor finds them."""
    jobs = logging.getLogger("engine.runtime.jobs")
    before = jobs.level
    jobs.setLevel(logging.CRITICAL)
    try:
        yield
    finally:
        jobs.setLevel(before)


@contextmanager
def _without_waiting(runtime: Runtime) -> Iterator[None]:
    """SQLite need not wait for the disk while nothing in the file is real; what was written is on it at the end."""
    if not runtime.database.is_sqlite:
        yield
        return
    engine = runtime.database.engine
    event.listen(engine, "connect", _hurry)
    try:
        yield
    finally:
        event.remove(engine, "connect", _hurry)
        engine.dispose()
        with engine.connect() as connection:
            connection.exec_driver_sql("ROLLBACK")
            connection.exec_driver_sql("PRAGMA wal_checkpoint(TRUNCATE)")
            connection.exec_driver_sql("BEGIN")


def _hurry(connection: Any, _record: object) -> None:
    connection.execute("PRAGMA synchronous=OFF")


def _tell(runtime: Runtime, outcome: Outcome, seconds: float, as_json: bool) -> None:
    figures = asdict(runtime.queries.figures())
    told = {**asdict(outcome), "troubles": dict(outcome.troubles), "seconds": round(seconds, 1), "hall": figures}
    if as_json:
        say_json(told)
        return
    say(
        f"{outcome.filed} cases, {outcome.tasks} tasks, {outcome.paid} payments, {outcome.waived} waivers, "
        f"{outcome.complaints} complaints, {outcome.rated} ratings, {outcome.cards} cards in {seconds:.0f} s"
    )
    say(f"today: {figures['active_instances']} cases under way, {figures['overdue_user_tasks']} tasks overdue")
    for trouble, times in outcome.troubles.most_common():
        say(f"left for a supervisor: {trouble} ({times})")

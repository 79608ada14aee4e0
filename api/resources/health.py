"""What a supervisor program asks: is it alive, and how much is there to do."""

from collections.abc import Callable, Iterator
from datetime import datetime
from typing import Any

from flask import Response

from api.blueprint import Blueprint
from api.door import door, runtime
from api.language import language
from api.metrics import CONTENT_TYPE, head, sample
from api.problems import http_problem
from engine.runtime.queries import Page, UserTaskFilter
from engine.runtime.queries.paging import MAX_LIMIT
from engine.runtime.runtime import Runtime

health = Blueprint("health", "/", "运行状态 · Health and figures")

COUNTED = 10_000
"""Waiting things are counted up to this many; more is an alarm anyway."""


@health.get("healthz")
@health.also_answers(200, "Alive, and the database answers", content_type="text/plain", schema={"type": "string"})
def healthz() -> Response:
    """是否正常 · Whether the service and its database answer"""
    try:
        runtime().queries.definitions(limit=1)
    except Exception:  # whatever the database's trouble is, the answer is the same
        return http_problem(503, language())
    return Response("ok\n", mimetype="text/plain")


@health.get("metrics")
@health.also_answers(200, "Prometheus text format", content_type="text/plain", schema={"type": "string"})
def metrics() -> Response:
    """运行指标 · Figures for Prometheus"""
    lines = [*door().metrics.lines(), *_waiting(runtime())]
    return Response("\n".join(lines) + "\n", content_type=CONTENT_TYPE)


def _waiting(here: Runtime) -> Iterator[str]:
    now, queries = here.clock(), here.queries
    counts = queries.user_task_counts(UserTaskFilter(scope="all"))
    yield from head("lianban_open_user_tasks", "gauge", "Open user tasks by light.")
    for light in ("green", "yellow", "red", "none"):
        yield sample("lianban_open_user_tasks", counts.by_light.get(light, 0), {"light": light})
    yield from _gauge("lianban_due_timers", "Timers that are due and have not fired.", _due_timers(here, now))
    yield from _gauge("lianban_jobs", "Jobs not done yet.", _count(queries.jobs))
    yield from _gauge("lianban_open_incidents", "Open incidents.", _count(queries.incidents))


def _gauge(name: str, text: str, value: int) -> Iterator[str]:
    yield from head(name, "gauge", text)
    yield sample(name, value)


def _due_timers(here: Runtime, now: datetime) -> int:
    return _count(here.queries.timers, lambda timer: timer.due <= now)


def _count(fetch: Callable[..., Page[Any]], matches: Callable[[Any], bool] = lambda item: True) -> int:
    """How many, in the list's order, until the first that does not match."""
    found, cursor = 0, None
    while found < COUNTED:
        page = fetch(cursor=cursor, limit=MAX_LIMIT)
        matching = sum(1 for item in page.items if matches(item))
        found, cursor = found + matching, page.next_cursor
        if cursor is None or matching < len(page.items):
            break
    return found

"""What a supervisor program asks: is it alive, and how much is there to do."""

from collections.abc import Iterator

from flask import Response

from api.blueprint import Blueprint
from api.door import door, runtime
from api.language import language
from api.metrics import CONTENT_TYPE, head, sample
from api.problems import http_problem
from engine.runtime.queries import Figures

health = Blueprint("health", "/", "运行状态 · Health and figures")

GAUGES = {
    "active_instances": "Cases under way.",
    "open_user_tasks": "Open user tasks.",
    "overdue_user_tasks": "Open user tasks past their due time.",
    "open_incidents": "Open incidents.",
    "waiting_timers": "Timers that have not fired.",
    "overdue_timers": "Timers that are due and have not fired.",
    "waiting_jobs": "Jobs not done yet.",
    "overdue_jobs": "Jobs that are due and not done yet.",
}


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
    lines = [*door().metrics.lines(), *_waiting(runtime().queries.figures())]
    return Response("\n".join(lines) + "\n", content_type=CONTENT_TYPE)


def _waiting(figures: Figures) -> Iterator[str]:
    for name, text in GAUGES.items():
        yield from head(f"lianban_{name}", "gauge", text)
        yield sample(f"lianban_{name}", getattr(figures, name))

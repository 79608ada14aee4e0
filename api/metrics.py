"""Figures of this process's requests, in the Prometheus text format (version 0.0.4), which is small enough to write by hand.

Each process counts for itself; what is read from the database (:mod:`api.resources.health`) is the same on every node.
"""

import threading
from bisect import bisect_left
from collections import Counter, defaultdict
from collections.abc import Iterable, Iterator, Mapping
from time import perf_counter

from flask import Flask, Response, g, request

CONTENT_TYPE = "text/plain; version=0.0.4; charset=utf-8"
BUCKETS = (0.005, 0.01, 0.025, 0.05, 0.1, 0.25, 0.5, 1.0, 2.5, 5.0, 10.0)
"""Upper bounds in seconds."""


class RequestMetrics:
    """Counts and durations by route. Safe for threads."""

    def __init__(self) -> None:
        self._lock = threading.Lock()
        self._requests: Counter[tuple[str, str, str]] = Counter()
        self._buckets: defaultdict[str, list[int]] = defaultdict(lambda: [0] * (len(BUCKETS) + 1))
        self._seconds: defaultdict[str, float] = defaultdict(float)

    def watch(self, app: Flask) -> None:
        """Count every request of the application."""
        app.before_request_funcs.setdefault(None, []).insert(0, _begin)
        app.after_request(self._end)

    def record(self, method: str, route: str, status: int, seconds: float) -> None:
        """One request was answered."""
        with self._lock:
            self._requests[method, route, str(status)] += 1
            self._buckets[route][bisect_left(BUCKETS, seconds)] += 1
            self._seconds[route] += seconds

    def lines(self) -> Iterator[str]:
        """What Prometheus reads."""
        with self._lock:
            requests = dict(self._requests)
            buckets = {route: list(counts) for route, counts in self._buckets.items()}
            seconds = dict(self._seconds)
        yield from head("lianban_http_requests_total", "counter", "Requests answered by this process.")
        for (method, route, status), count in sorted(requests.items()):
            yield sample("lianban_http_requests_total", count, {"method": method, "route": route, "status": status})
        yield from head("lianban_http_request_seconds", "histogram", "Time from request to answer.")
        for route, counts in sorted(buckets.items()):
            yield from _histogram(route, counts, seconds[route])

    def _end(self, response: Response) -> Response:
        route = request.url_rule.rule if request.url_rule is not None else "none"
        method = request.method if request.method in METHODS else "other"
        self.record(method, route, response.status_code, perf_counter() - g.get("began", perf_counter()))
        return response


METHODS = frozenset({"GET", "HEAD", "POST", "PUT", "PATCH", "DELETE", "OPTIONS"})
"""Others are somebody's inventions, and would make a time series each."""


def _begin() -> None:
    g.began = perf_counter()


def _histogram(route: str, counts: list[int], seconds: float) -> Iterator[str]:
    so_far = 0
    for bound, count in zip((*BUCKETS, "+Inf"), counts, strict=True):
        so_far += count
        yield sample("lianban_http_request_seconds_bucket", so_far, {"route": route, "le": str(bound)})
    yield sample("lianban_http_request_seconds_sum", seconds, {"route": route})
    yield sample("lianban_http_request_seconds_count", so_far, {"route": route})


def head(name: str, kind: str, text: str) -> Iterable[str]:
    """The two lines that introduce a metric."""
    return f"# HELP {name} {text}", f"# TYPE {name} {kind}"


def sample(name: str, value: float, labels: Mapping[str, str] | None = None) -> str:
    """One line."""
    inside = ",".join(f'{key}="{_escaped(text)}"' for key, text in (labels or {}).items())
    return f"{name}{{{inside}}} {value}" if inside else f"{name} {value}"


def _escaped(text: str) -> str:
    return text.replace("\\", "\\\\").replace('"', '\\"').replace("\n", "\\n")

"""The conditions that are measured, and what they cost here."""

import time
from datetime import UTC, datetime

import feel

NOW = datetime(2026, 1, 5, 1, 30, tzinfo=UTC)
ROUNDS = 5
DATA: dict[str, object] = {
    "amount": 12_000_000,
    "kind": "joint",
    "area": 86.5,
    "materials": [{"copies": 2, "received": True}, {"copies": 1, "received": True}, {"copies": 1, "received": False}],
    "opinions": ["agree", "agree", "object"],
}
CONDITIONS = (
    'kind = "joint"',
    'amount >= 10000000 and kind = "joint"',
    "area in [50..100]",
    'if area > 200 then "window-planning" else "window-health"',
    'some o in opinions satisfies o = "object"',
    "count(materials[received = false]) > 0",
    "sum(for m in materials return m.copies) = 4",
)


def ours(condition: str, repetitions: int) -> tuple[object, float, float]:
    """The value as JSON, and the nanoseconds of compiling and of evaluating once: the least of five rounds."""
    compiling = min(_round(lambda: feel.compile_expression(condition), max(repetitions // 20, 1)) for _ in range(ROUNDS))
    expression = feel.compile_expression(condition)
    evaluating = min(_round(lambda: expression.evaluate(DATA, now=NOW), repetitions) for _ in range(ROUNDS))
    return feel.to_json(expression.evaluate(DATA, now=NOW)), compiling, evaluating


def _round(work: object, repetitions: int) -> float:
    assert callable(work)
    begin = time.perf_counter_ns()
    for _ in range(repetitions):
        work()
    return (time.perf_counter_ns() - begin) / repetitions

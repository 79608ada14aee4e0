"""The cost of conditions in a peer: ``run.py feelin-quickjs|bkflow-feel``, conditions and data as JSON on standard input.

Prints one line of JSON for each condition: its value, null where it cannot be computed, and the nanoseconds of one
evaluation, the least of five rounds. What a peer can do once (loading, making a function) is done before.
"""

import json
import logging
import sys
import time
from collections.abc import Callable, Mapping
from pathlib import Path
from typing import Any

Evaluate = Callable[[str, Mapping[str, object]], Any]
ROUNDS = 5
NO_ZONES = "var Intl = {DateTimeFormat: function () { return {resolvedOptions: () => ({timeZone: 'UTC'})}; }};"
"""QuickJS has no Intl, which feelin's dates ask for when they are loaded; conditions without zones never use it."""
ANSWER = "function answer(expression, data) { return JSON.stringify(feelin.evaluate(expression, JSON.parse(data)).value); }"


def feelin_in_quickjs() -> Evaluate:
    """feelin, the engine of the bpmn.io editors, in a small engine of JavaScript inside Python."""
    import quickjs

    context = quickjs.Context()
    context.eval(NO_ZONES)
    context.eval((Path(__file__).parent / "node_modules" / "feelin.js").read_text())
    context.eval(ANSWER)
    answer = context.get("answer")
    return lambda expression, data: json.loads(answer(expression, json.dumps(data)))


def bkflow_feel() -> Evaluate:
    """A FEEL in Python, which parses anew each time."""
    from bkflow_feel.api import parse_expression

    return lambda expression, data: parse_expression(expression, dict(data))


def measured(evaluate: Evaluate, expression: str, data: Mapping[str, object], repetitions: int) -> dict[str, object]:
    """The value and what it costs."""
    try:
        value = evaluate(expression, data)
    except Exception:  # whatever a peer throws at an expression it does not know
        value = None
    if value is None:
        return {"value": None, "nanoseconds": None}
    return {"value": value, "nanoseconds": min(_round(evaluate, expression, data, repetitions) for _ in range(ROUNDS))}


def _round(evaluate: Evaluate, expression: str, data: Mapping[str, object], repetitions: int) -> float:
    begin = time.perf_counter_ns()
    for _ in range(repetitions):
        evaluate(expression, data)
    return (time.perf_counter_ns() - begin) / repetitions


if __name__ == "__main__":
    logging.disable()  # bkflow-feel logs a stack for each expression it does not know
    evaluating = {"feelin-quickjs": feelin_in_quickjs, "bkflow-feel": bkflow_feel}[sys.argv[1]]()
    asked = json.load(sys.stdin)
    for condition in asked["conditions"]:
        print(json.dumps(measured(evaluating, condition, asked["data"], asked["repetitions"]), default=str))

"""What the tests of FEEL share: a moment, and evaluating in one call."""

from collections.abc import Mapping
from datetime import UTC, datetime

import feel

NOW = datetime(2026, 1, 5, 23, 30, tzinfo=UTC)
"""The evening of the fifth in Greenwich; in the hall it is the sixth, 7:30."""


def run(text: str, context: Mapping[str, object] | None = None, budget: feel.Budget | None = None) -> object:
    """The value of an expression."""
    return feel.compile_expression(text).evaluate(context or {}, now=NOW, budget=budget or feel.Budget())


def passes(cell: str, value: object, context: Mapping[str, object] | None = None) -> bool:
    """Whether a value passes the tests of a cell."""
    return feel.compile_unary_tests(cell).matches(value, context or {}, now=NOW)

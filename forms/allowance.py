"""How much all expressions of one submission may cost together.

One evaluation is bounded by FEEL itself, but a form has thousands of cells that read each other; without a common bound a
form of a few lines could keep a worker busy for hours. The cost is counted, not timed, so that the same submission gets
the same answer on every machine.
"""

from collections.abc import Iterator, Mapping

import feel
from forms.limits import MAX_COST

_BASE = 10
_STEPS = (50, 200, 800, 3_200, 12_800, 51_200, 100_000)


class TooCostly(Exception):
    """The expressions of a submission cost more than :data:`forms.limits.MAX_COST` together."""


class Allowance:
    """What one submission may still spend."""

    def __init__(self) -> None:
        self._left = MAX_COST

    def spend(self, cost: int) -> None:
        """:raises TooCostly: when there is not so much left."""
        self._left -= cost
        if self._left < 0:
            raise TooCostly

    def budgets(self, context: Mapping[str, object]) -> Iterator[feel.Budget]:
        """Growing budgets to try an evaluation with; the size of what it reads, and each budget, is paid for.

        FEEL does not tell what an evaluation has used. Budgets that grow fourfold bound it from above within a factor of six.
        """
        self.spend(_BASE + sum(_size(value) for value in context.values()))
        for steps in _STEPS:
            self.spend(steps)
            yield feel.Budget(steps=steps)


def _size(value: object) -> int:
    if isinstance(value, Mapping):
        return 1 + sum(_size(entry) for entry in value.values())
    if isinstance(value, list):
        return 1 + sum(_size(entry) for entry in value)
    return 1

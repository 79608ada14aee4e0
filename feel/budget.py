"""How much one evaluation may use. An expression without loops is bounded by its own length, so only loops, function
calls and operations on whole lists and texts are charged; a plain condition pays nothing."""

from dataclasses import dataclass, replace

MAX_TEXT = 20_000
"""Characters of one expression."""

MAX_NESTING = 60
"""Brackets, branches and loops within each other in one expression."""

MAX_DEPTH = 150
"""Levels of the syntax tree of one expression; a chain of so many `+` is as deep."""

CHARACTERS_PER_STEP = 100
"""A text of so many characters costs one step to make or to search."""


@dataclass(frozen=True, slots=True)
class Budget:
    """Limits of one evaluation; passing one raises :class:`feel.FeelBudgetExceeded`."""

    steps: int = 100_000
    items: int = 100_000
    """Items of one list or context."""
    characters: int = 1_000_000
    """Characters of one text."""
    depth: int = 300
    """Syntax levels within function calls within each other."""


class Meter:
    """Steps that several evaluations have together, beside what each of them may take by itself."""

    __slots__ = ("left",)

    def __init__(self, steps: int) -> None:
        self.left = steps

    def narrow(self, budget: Budget) -> Budget:
        """The budget, with no more steps than are left."""
        return budget if budget.steps <= self.left else replace(budget, steps=max(self.left, 0))


DEFAULT = Budget()

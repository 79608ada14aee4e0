"""Where names live while an expression is evaluated, and the meter that counts what the evaluation uses."""

from collections.abc import Mapping
from datetime import datetime

from feel.budget import CHARACTERS_PER_STEP, Budget
from feel.errors import overspent
from feel.values import Value


class Run:
    """One evaluation: its input, its moment and what it may still use."""

    __slots__ = ("budget", "context", "depth", "imported", "now", "steps")

    def __init__(self, context: Mapping[str, object], now: datetime, budget: Budget) -> None:
        self.context = context
        self.now = now
        self.budget = budget
        self.steps = budget.steps
        self.depth = 0
        self.imported: dict[int, tuple[object, Value]] = {}
        """By identity: what came in and what it became. The first keeps the identity from being used again."""

    def charge(self, steps: int) -> None:
        """Take ``steps`` from the budget.

        :raises FeelBudgetExceeded: there are not so many left.
        """
        self.steps -= steps
        if self.steps < 0:
            overspent("steps", self.budget.steps)

    def charge_for(self, value: Value) -> None:
        """Take what it costs to make or to read a value, not counting what is within its items."""
        if isinstance(value, str):
            if len(value) > self.budget.characters:
                overspent("characters", self.budget.characters)
            self.charge(len(value) // CHARACTERS_PER_STEP)
        elif isinstance(value, list | dict):
            if len(value) > self.budget.items:
                overspent("items", self.budget.items)
            self.charge(len(value))

    def enter(self, levels: int) -> None:
        """Go into a function body of so many syntax levels; :meth:`leave` must follow."""
        self.depth += levels
        if self.depth > self.budget.depth:
            overspent("levels of function calls", self.budget.depth)

    def leave(self, levels: int) -> None:
        """Come back out of a function body."""
        self.depth -= levels


class Scope:
    """Names bound by the expression itself: a loop variable, the entries of a context, parameters, a filtered item."""

    __slots__ = ("parent", "run", "values")

    def __init__(self, run: Run, parent: "Scope | None", values: dict[str, Value]) -> None:
        self.run = run
        self.parent = parent
        self.values = values

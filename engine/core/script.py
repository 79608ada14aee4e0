"""The engine's own script engine: FEEL, which can compute and nothing else.

Compiled once when a definition is; evaluated against a token's variables with the command's ``now``. What goes wrong while
evaluating is :class:`~engine.core.trouble.Trouble`; what cannot be parsed never gets that far (:class:`feel.FeelError` at
deployment).
"""

import re
from collections.abc import Mapping
from dataclasses import dataclass
from datetime import datetime

import feel
from engine.core.budget import budget_at_hand
from engine.core.rejection import Rejection
from engine.core.trouble import Trouble
from engine.core.values import Value, admit

ASSIGNMENT = re.compile(r"^\s*([^\W\d]\w*)\s*=(?!=)\s*(.+?)\s*$")


@dataclass(frozen=True, slots=True)
class Formula:
    """A FEEL expression of a model, or a literal where the dialect allows one."""

    expression: feel.Expression | None
    literal: Value = None

    @classmethod
    def of(cls, text: str) -> "Formula":
        """Read an attribute: FEEL after a leading ``=``, a literal otherwise.

        :raises feel.FeelError: the expression does not parse.
        """
        stripped = text.strip()
        return cls.feel(stripped) if stripped.startswith("=") else cls(None, stripped)

    @classmethod
    def feel(cls, text: str) -> "Formula":
        """Read what is always FEEL; a leading ``=`` is allowed.

        :raises feel.FeelError: the expression does not parse, or calls what is no function.
        """
        expression = feel.compile_expression(text.strip().removeprefix("=").strip())
        if (unknown := expression.unknown_function) is not None:
            raise feel.FeelError(f"there is no function {unknown.name!r}", unknown.line, unknown.column)
        return cls(expression)

    @property
    def text(self) -> str:
        return self.expression.text if self.expression is not None else str(self.literal)

    def raw(self, context: Mapping[str, Value], now: datetime | None) -> object:
        """The FEEL value itself (a date, a duration ...).

        :raises Trouble: ``expression-failed``, ``budget-exceeded``.
        """
        if self.expression is None:
            return self.literal
        assert now is not None, "an expression is evaluated within a command"
        budget = budget_at_hand()
        budget.spend_expression(self.expression.text)
        try:
            return self.expression.evaluate(context, now=now, meter=budget.meter)
        except feel.FeelError as error:
            raise Trouble("expression-failed", f"Expected to evaluate {self.text!r}, but {error}.") from error

    def value(self, context: Mapping[str, Value], now: datetime | None) -> Value:
        """The value as a variable can hold it.

        :raises Trouble: ``expression-failed``, ``budget-exceeded``.
        """
        value = storable(feel.to_json(self.raw(context, now)), self.text)
        budget_at_hand().spend_value(value)
        return value


def storable(value: object, source: str) -> Value:
    """:raises Trouble: ``expression-failed``: the value cannot be kept in a variable."""
    try:
        return admit({"result": value})["result"]
    except Rejection as rejection:
        raise Trouble("expression-failed", f"Expected {source!r} to give a storable value: {rejection}") from rejection


@dataclass(frozen=True, slots=True)
class Condition:
    """The condition of a sequence flow. It must be true or false: null is a question the model forgot to ask."""

    formula: Formula

    @classmethod
    def of(cls, text: str) -> "Condition":
        return cls(Formula.feel(text))

    def holds(self, context: Mapping[str, Value], now: datetime | None) -> bool:
        """:raises Trouble: ``condition-not-boolean``, ``expression-failed``."""
        result = self.formula.raw(context, now)
        if not isinstance(result, bool):
            raise Trouble(
                "condition-not-boolean",
                f"Expected condition {self.formula.text!r} to be true or false, but it is {feel.to_json(result)!r}.",
            )
        return result


@dataclass(frozen=True, slots=True)
class Script:
    """The body of a script task: lines of ``name = expression``, each seeing the ones before it."""

    assignments: tuple[tuple[str, Formula], ...]

    @classmethod
    def of(cls, text: str) -> "Script":
        """:raises feel.FeelError: a line is not an assignment or does not parse."""
        lines = [line for line in text.splitlines() if line.strip() and not line.strip().startswith("//")]
        return cls(tuple(cls._assignment(line) for line in lines))

    @staticmethod
    def _assignment(line: str) -> tuple[str, Formula]:
        match = ASSIGNMENT.match(line)
        if match is None:
            raise feel.FeelError(f"expected a line 'name = expression', found {line.strip()[:80]!r}")
        return match[1], Formula.feel(match[2])

    def run(self, context: Mapping[str, Value], now: datetime | None) -> dict[str, Value]:
        """What the script assigns, in order.

        :raises Trouble: ``expression-failed``.
        """
        assigned: dict[str, Value] = {}
        for name, formula in self.assignments:
            assigned[name] = formula.value({**context, **assigned}, now)
        return assigned

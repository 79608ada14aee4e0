"""FEEL inside forms: formulas that are compiled once and evaluated in the surroundings of one field or one row."""

import re
from collections.abc import Mapping
from contextlib import suppress
from dataclasses import dataclass
from datetime import date, datetime
from zoneinfo import ZoneInfo

import feel
from forms.allowance import Allowance
from forms.attributes import Attributes
from forms.limits import MAX_EXPRESSION
from forms.values import Value, admit

SHANGHAI = ZoneInfo("Asia/Shanghai")


class NotComputable(Exception):
    """An expression costs too much, or its value can not be written as JSON."""


@dataclass(frozen=True)
class Formula:
    """A compiled FEEL expression."""

    expression: feel.Expression

    @property
    def names(self) -> frozenset[str]:
        """Names it reads from its surroundings."""
        return self.expression.names


@dataclass(frozen=True)
class Surroundings:
    """What an expression sees from where it stands.

    form-js shows every expression the whole form over the process variables, and in a row of a list also ``this`` (the
    row), ``parent`` (what is around the list) and ``i`` (row numbers from 1, outermost first). Each has a second name in
    underscores, for forms with a field of the same name.

    :param names: the form's data over the process variables. Shared, and changing while the form settles.
    :param row: the row the expression stands in, or the whole form.
    """

    names: Mapping[str, object]
    row: Mapping[str, object]
    parent: "Surroundings | None"
    indexes: tuple[int, ...]
    variables: Mapping[str, object]
    now: datetime
    allowance: Allowance

    @property
    def today(self) -> date:
        """The date in Shanghai."""
        return self.now.astimezone(SHANGHAI).date()

    def evaluate(self, formula: Formula) -> Value:
        """The value as JSON.

        :raises NotComputable: when it costs too much or is not JSON.
        :raises TooCostly: when all expressions together cost too much.
        """
        context = {name: self._seen_as(name) for name in formula.names if self._sees(name)}
        try:
            return admit(feel.to_json(self._evaluate(formula.expression, context)))
        except (feel.FeelError, TypeError, ValueError, ArithmeticError, RecursionError) as error:
            raise NotComputable(str(error)) from error

    def _evaluate(self, expression: feel.Expression, context: Mapping[str, object]) -> object:
        for budget in self.allowance.budgets(context):
            with suppress(feel.FeelBudgetExceeded):
                return expression.evaluate(context, now=self.now, budget=budget)
        raise NotComputable(expression.text)

    def _sees(self, name: str) -> bool:
        return name in self.names or name in _SPECIAL

    def _seen_as(self, name: str) -> object:
        if name in self.names and name not in _UNDERSCORED:
            return self.names[name]
        special = name.strip("_")
        if special == "this":
            return self.row
        if special == "i":
            return list(self.indexes)
        return None if self.parent is None else self.parent._as_parent()

    def _as_parent(self) -> dict[str, object]:
        """How a row inside these surroundings sees them under the name ``parent``."""
        outer = None if self.parent is None else self.parent._as_parent()
        return {"this": self.row, "parent": outer, "i": list(self.indexes), **self.row}


_UNDERSCORED = frozenset({"_this_", "_parent_", "_i_"})
_SPECIAL = _UNDERSCORED | {"this", "parent", "i"}


def formula(attributes: Attributes, name: str) -> Formula | None:
    """The expression of one attribute, or None; a bad expression becomes a finding."""
    text = attributes.text(name)
    if text is None:
        return None
    if not text.startswith("="):
        attributes.findings.add(attributes.where(name), "feel-needs-equals")
        return None
    return _compiled(text[1:], attributes, name)


def _compiled(text: str, attributes: Attributes, name: str) -> Formula | None:
    if len(text) > MAX_EXPRESSION:
        attributes.findings.add(attributes.where(name), "too-large", what="characters", maximum=MAX_EXPRESSION)
        return None
    try:
        return Formula(feel.compile_expression(text))
    except feel.FeelError as error:
        attributes.findings.add(attributes.where(name), "bad-feel", reason=str(error))
        return None


_NEGATION = re.compile(r"\s*not\s*\((.*)\)\s*", re.DOTALL)


@dataclass(frozen=True)
class HideCondition:
    """``conditional.hide``, read as form-js reads it: as a unary test with nothing to test.

    The field is hidden when the expression is true, and also when it is null, which is what comparing with an empty field
    gives; ``not(...)`` around the whole turns the answer round. A browser that hides a field the server then demands would
    leave the clerk stuck, so this is followed to the letter.
    """

    formula: Formula
    negated: bool

    def hides(self, surroundings: Surroundings) -> bool:
        """:raises NotComputable: when the expression costs too much."""
        value = surroundings.evaluate(self.formula)
        return (value is True or value is None) is not self.negated


def hide_condition(conditional: Attributes) -> HideCondition | None:
    """The hide condition of a component, or None."""
    whole = formula(conditional, "hide")
    text = conditional.get("hide")
    if whole is None or not isinstance(text, str):
        return None
    negation = _NEGATION.fullmatch(text[1:])
    if negation is None or not _closes_at_the_end(negation[1]):
        return HideCondition(whole, negated=False)
    inner = _compiled(negation[1], conditional, "hide")
    return None if inner is None else HideCondition(inner, negated=True)


def _closes_at_the_end(inner: str) -> bool:
    """True when the bracket after ``not`` encloses all the rest, as in ``not(a)`` but not in ``not(a) and not(b)``."""
    depth = 0
    in_text = False
    for char, before in zip(inner, " " + inner, strict=False):
        in_text ^= char == '"' and before != "\\"
        depth += 0 if in_text else {"(": 1, ")": -1}.get(char, 0)
        if depth < 0:
            return False
    return depth == 0 and not in_text

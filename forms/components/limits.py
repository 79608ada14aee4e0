"""A limit of a field: a number in the definition, or a FEEL expression over the rest of the form."""

from dataclasses import dataclass
from decimal import Decimal

from forms.attributes import Attributes, decimal
from forms.expressions import Formula, Surroundings, formula


@dataclass(frozen=True)
class Limit:
    """``min``, ``max``, ``minLength`` or ``maxLength`` of one field."""

    fixed: Decimal | None = None
    computed: Formula | None = None

    def value(self, surroundings: Surroundings) -> Decimal | None:
        """The limit as it stands now, or None when there is none (an expression that gives null sets no limit).

        :raises NotComputable: when the expression costs too much.
        """
        if self.computed is None:
            return self.fixed
        return decimal(surroundings.evaluate(self.computed))


def limit(validate: Attributes, name: str) -> Limit:
    """Read one limit."""
    given = validate.get(name)
    if isinstance(given, str) and given.startswith("="):
        return Limit(computed=formula(validate, name))
    return Limit(fixed=validate.number(name))


def limits(validate: Attributes, low: str, high: str) -> tuple[Limit, Limit]:
    """Read a pair of limits; a pair that nothing can satisfy is a finding."""
    least, most = limit(validate, low), limit(validate, high)
    if least.fixed is not None and most.fixed is not None and least.fixed > most.fixed:
        validate.findings.add(validate.where(low), "empty-range", low=low, high=high)
    return least, most


def plain(number: Decimal) -> str:
    """A number without exponent and without zeros that say nothing."""
    text = f"{number:f}"
    return text.rstrip("0").rstrip(".") if "." in text else text

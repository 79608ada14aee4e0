"""Where the options of a choice come from: the form, a process variable, or an expression."""

from abc import ABC, abstractmethod
from collections.abc import Sequence
from dataclasses import dataclass

from forms.definition import ComponentDefinition
from forms.expressions import Formula, Surroundings, formula
from forms.values import Value, admit


class Options(ABC):
    """The values one may choose."""

    @abstractmethod
    def values(self, surroundings: Surroundings) -> Sequence[Value]:
        """The values as they stand now.

        :raises NotComputable: when the expression that gives them costs too much.
        """


@dataclass(frozen=True)
class FixedOptions(Options):
    """Options written into the form."""

    fixed: tuple[Value, ...]

    def values(self, surroundings: Surroundings) -> Sequence[Value]:
        return self.fixed


@dataclass(frozen=True)
class VariableOptions(Options):
    """Options in a process variable. Only a process variable: a caller must not bring the options of his own answer."""

    name: str

    def values(self, surroundings: Surroundings) -> Sequence[Value]:
        return _values(surroundings.variables.get(self.name))


@dataclass(frozen=True)
class ComputedOptions(Options):
    """Options that an expression gives."""

    formula: Formula

    def values(self, surroundings: Surroundings) -> Sequence[Value]:
        return _values(surroundings.evaluate(self.formula))


def options(definition: ComponentDefinition) -> Options:
    """The source of a component's options, in the order of form-js; none at all is a finding."""
    attributes = definition.attributes
    key = attributes.text("valuesKey")
    if key is not None:
        return VariableOptions(key)
    if "values" in attributes:
        if not isinstance(attributes.get("values"), list):
            attributes.findings.add(attributes.where("values"), "not-a-list")
        return FixedOptions(_values(attributes.get("values")))
    computed = formula(attributes, "valuesExpression")
    if computed is not None:
        return ComputedOptions(computed)
    if "valuesExpression" not in attributes:
        attributes.findings.add(definition.place, "missing-options")
    return FixedOptions(())


def _values(entries: object) -> tuple[Value, ...]:
    """As form-js: an entry is a value, or an object with a value and perhaps a label; others are no options."""
    if not isinstance(entries, list):
        return ()
    values = (entry.get("value") if isinstance(entry, dict) else entry for entry in entries)
    return tuple(_storable(value) for value in values if value is not None and value not in ("", [], {}))


def _storable(value: object) -> Value:
    try:
        return admit(value)
    except ValueError:
        return None

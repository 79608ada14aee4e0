"""Fields whose value is an expression."""

from typing import ClassVar

from forms.components.base import Keyed
from forms.definition import ComponentDefinition
from forms.expressions import Formula, formula
from forms.values import Value


class Computed(Keyed):
    """Computed here from the rest of the form; what the browser computed is not looked at."""

    types: ClassVar = ("expression",)
    empty: ClassVar[Value] = None
    takes_input: ClassVar = False

    def __init__(self, definition: ComponentDefinition) -> None:
        super().__init__(definition)
        self.required = False
        self.formula: Formula | None = formula(definition.attributes, "expression")
        if "expression" not in definition.attributes:
            definition.attributes.findings.add(definition.place, "missing-key", type=definition.type, attribute="expression")

    def read(self, value: object) -> Value:
        return None

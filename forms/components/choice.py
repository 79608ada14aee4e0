"""Components that choose: one option, several options, or yes and no."""

from collections.abc import Iterator
from typing import ClassVar

from forms.components.base import Keyed
from forms.components.options import options
from forms.definition import ComponentDefinition
from forms.errors import Problem, Refused
from forms.expressions import Surroundings
from forms.limits import MAX_CHOICES
from forms.values import Value, admit, same


class Checkbox(Keyed):
    """Yes or no. A required one must be yes, as for a declaration that has to be made."""

    types: ClassVar = ("checkbox",)
    empty: ClassVar[Value] = False

    def read(self, value: object) -> Value:
        if not isinstance(value, bool):
            raise Refused("not-a-yes-or-no")
        return value


class OneChoice(Keyed):
    """The value of one option."""

    types: ClassVar = ("select", "radio")
    empty: ClassVar[Value] = None

    def __init__(self, definition: ComponentDefinition) -> None:
        super().__init__(definition)
        self.options = options(definition)

    def read(self, value: object) -> Value:
        return None if value == "" else _option(value)

    def problems(self, value: Value, surroundings: Surroundings) -> Iterator[Problem]:
        if not any(same(value, option) for option in self.options.values(surroundings)):
            yield Problem("not-an-option")


class SeveralChoices(Keyed):
    """The values of several options, each once, in the order they were chosen."""

    types: ClassVar = ("checklist", "taglist")
    empty: ClassVar[Value] = []

    def __init__(self, definition: ComponentDefinition) -> None:
        super().__init__(definition)
        self.options = options(definition)

    def read(self, value: object) -> Value:
        if not isinstance(value, list):
            raise Refused("not-a-list")
        if len(value) > MAX_CHOICES:
            raise Refused("too-many-entries", maximum=MAX_CHOICES, actual=len(value))
        chosen: list[Value] = []
        for entry in map(_option, value):
            if not any(same(entry, other) for other in chosen):
                chosen.append(entry)
        return chosen

    def problems(self, value: Value, surroundings: Surroundings) -> Iterator[Problem]:
        assert isinstance(value, list)
        allowed = self.options.values(surroundings)
        if not all(any(same(entry, option) for option in allowed) for entry in value):
            yield Problem("not-an-option")


def _option(value: object) -> Value:
    try:
        return admit(value)
    except ValueError:
        raise Refused("not-an-option") from None

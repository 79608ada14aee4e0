"""What every component that holds data can do: read a value, find its problems, and hand it on."""

from abc import ABC, abstractmethod
from collections.abc import Iterator
from copy import copy
from typing import ClassVar

from forms.attributes import Attributes
from forms.definition import ComponentDefinition
from forms.errors import Problem
from forms.expressions import Formula, Surroundings, formula
from forms.values import Value, same


class Component(ABC):
    """A component of the page. Those that hold no data at all (texts, pictures, buttons) are :class:`Display`."""

    types: ClassVar[tuple[str, ...]]
    """The form-js types this class stands for."""

    def __init__(self, definition: ComponentDefinition) -> None:
        """Read the definition; faults go to its findings."""
        self.definition = definition


class Display(Component):
    """Something the page shows and nobody fills in."""


class Container(Component):
    """Components around other components. :attr:`segments` is where their data lies."""

    def __init__(self, definition: ComponentDefinition) -> None:
        super().__init__(definition)
        self.segments = segments(definition.attributes, "path")


class Keyed(Component):
    """A component that holds one value."""

    empty: ClassVar[Value]
    """What form-js holds while nobody has filled it in."""

    takes_input: ClassVar[bool] = True
    """False when a caller's value is never looked at."""

    name_attribute: ClassVar[str] = "key"
    """The attribute that says where the value lies."""

    def __init__(self, definition: ComponentDefinition) -> None:
        super().__init__(definition)
        self.segments = segments(definition.attributes, self.name_attribute)
        self.required = definition.validate.flag("required")
        self.locked = _locked(definition.attributes)
        if self.name_attribute not in definition.attributes or not definition.attributes.get(self.name_attribute):
            definition.attributes.findings.add(
                definition.place, "missing-key", type=definition.type, attribute=self.name_attribute
            )

    @abstractmethod
    def read(self, value: object) -> Value:
        """The value as the form holds it: what conditions and expressions see, in the browser and here.

        :raises Refused: when it is of another kind.
        """

    def problems(self, value: Value, surroundings: Surroundings) -> Iterator[Problem]:
        """What is wrong with a value that is not empty.

        :raises NotComputable: when an expression in the definition costs too much.
        """
        return iter(())

    def new_empty(self) -> Value:
        """:attr:`empty`, for one answer alone: whoever gets a list may fill it."""
        return copy(self.empty)

    def is_empty(self, value: Value) -> bool:
        """True when nobody has filled it in."""
        return value is None or same(value, self.empty)

    def store(self, value: Value) -> Value:
        """The value as the process holds it, from the value as the form holds it."""
        return value

    def present(self, stored: Value) -> Value:
        """The value as the form holds it, from the value as the process holds it."""
        return stored


def segments(attributes: Attributes, name: str) -> tuple[str, ...]:
    """The names along a key or path: form-js reads ``applicant.phone`` as a field of an object."""
    text = attributes.text(name)
    if text is None:
        return ()
    names = tuple(text.split("."))
    for segment in names:
        if not segment.isidentifier() or segment.startswith("_") or len(segment) > 64:
            attributes.findings.add(attributes.where(name), "bad-key", value=segment[:64])
            return ()
    return names


def _locked(attributes: Attributes) -> Formula | bool:
    """Whether the page lets nobody change the value; ``readonly`` may be an expression."""
    if attributes.flag("disabled"):
        return True
    readonly = attributes.get("readonly")
    if isinstance(readonly, str) and readonly.startswith("="):
        return formula(attributes, "readonly") or False
    return attributes.flag("readonly")

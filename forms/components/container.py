"""Components around components: groups, and lists whose rows repeat the same components."""

from collections.abc import Iterator
from typing import ClassVar

from forms.components.base import Container, Keyed
from forms.definition import ComponentDefinition
from forms.errors import Problem, Refused
from forms.limits import MAX_ROWS
from forms.values import Value


class Group(Container):
    """Components that are shown together. With a ``path`` their data lies together in one object."""

    types: ClassVar = ("group",)


class Rows(Keyed):
    """A list of rows, each with the same components.

    ``validate.required`` asks for a row; the properties ``minRows`` and ``maxRows`` limit their number. With
    ``allowAddRemove`` false there are as many rows as the process variable of that path has (or ``defaultRepetitions``).
    """

    types: ClassVar = ("dynamiclist",)
    empty: ClassVar[Value] = []
    name_attribute: ClassVar = "path"

    def __init__(self, definition: ComponentDefinition) -> None:
        super().__init__(definition)
        attributes, properties = definition.attributes, definition.properties
        self.fewest = max(properties.count("minRows") or 0, int(self.required))
        most = properties.count("maxRows")
        self.most = MAX_ROWS if most is None else min(most, MAX_ROWS)
        self.grows = "allowAddRemove" not in attributes or attributes.flag("allowAddRemove")
        repetitions = attributes.count("defaultRepetitions")
        self.default_rows = 1 if repetitions is None else repetitions
        if self.fewest > self.most:
            properties.findings.add(properties.where("minRows"), "empty-range", low="minRows", high="maxRows")

    def read(self, value: object) -> Value:
        """The rows, unread: what is inside them is for their own components to say."""
        if not isinstance(value, list):
            raise Refused("not-a-list")
        if len(value) > self.most:
            raise Refused("too-many-rows", maximum=self.most, actual=len(value))
        return value

    def row_problems(self, actual: int, stored: Value) -> Iterator[Problem]:
        """What is wrong with the number of rows.

        :param stored: what the process holds under the same path.
        """
        expected = len(stored) if isinstance(stored, list) else self.default_rows
        if not self.grows and actual != expected:
            yield Problem("row-count", {"expected": expected, "actual": actual})
        elif actual < self.fewest:
            yield Problem("too-few-rows", {"minimum": self.fewest, "actual": actual})

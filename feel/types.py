"""The types of FEEL: whether a value is of one, and the two conversions the standard does by itself (DMN 1.5, 10.3.2.9):
a list of one item stands for its item, and one item for a list of it."""

from collections.abc import Callable, Mapping
from dataclasses import dataclass

from feel.errors import FeelError
from feel.syntax import TypeNode
from feel.temporal.moments import Date, at_midnight
from feel.values import Range, Value, kind_of

_SIMPLE = {
    "number": "number",
    "string": "string",
    "boolean": "boolean",
    "date": "date",
    "time": "time",
    "date and time": "date and time",
    "dateTime": "date and time",
    "days and time duration": "days and time duration",
    "dayTimeDuration": "days and time duration",
    "years and months duration": "years and months duration",
    "yearMonthDuration": "years and months duration",
    "list": "list",
    "context": "context",
    "range": "range",
    "function": "function",
}
TYPE_NAMES = (*_SIMPLE, "Any", "Null")


@dataclass(frozen=True, slots=True)
class FeelType:
    """``name`` is the FEEL name; ``parts`` are what lists and ranges hold, members of contexts, or parameters."""

    name: str
    parts: tuple["FeelType", ...] = ()
    members: tuple[str, ...] = ()

    def holds(self, value: Value, charge: Callable[[int], None]) -> bool:
        """Whether ``value`` is of this type; null is of ``Null`` alone."""
        charge(1)
        if self.name == "Any":
            return value is not None
        if self.name == "Null":
            return value is None
        if kind_of(value) != _SIMPLE[self.name]:
            return False
        if not self.parts:
            return True
        return self._holds_parts(value, charge)

    def _holds_parts(self, value: Value, charge: Callable[[int], None]) -> bool:
        part = self.parts[0]
        if isinstance(value, list):
            return all(part.holds_or_null(item, charge) for item in value)
        if isinstance(value, Range):
            return all(part.holds_or_null(end, charge) for end in (value.low, value.high))
        if isinstance(value, dict):
            pairs = zip(self.members, self.parts, strict=True)
            return all(member in value and kind.holds_or_null(value[member], charge) for member, kind in pairs)
        # What a function takes and gives is not known before it is called; the number of parameters is.
        return len(getattr(value, "parameters", ())) == len(self.parts)

    def holds_or_null(self, value: Value, charge: Callable[[int], None]) -> bool:
        """As :meth:`holds`, for places where null is a value of every type."""
        return value is None or self.holds(value, charge)

    def convert(self, value: Value, charge: Callable[[int], None]) -> Value:
        """``value`` as this type, or null if it is not and can not become one."""
        if value is None or self.holds(value, charge):
            return value
        if isinstance(value, list) and len(value) == 1 and self.name != "list":
            return value[0] if self.holds_or_null(value[0], charge) else None
        if self.name == "list" and self.holds([value], charge):
            return [value]
        if self.name in ("date and time", "dateTime") and isinstance(value, Date):
            return at_midnight(value)
        return None


def type_of(node: TypeNode, custom: Mapping[str, FeelType]) -> FeelType:
    """The type that is written there.

    :raises FeelError: no such type.
    """
    if node.name in custom:
        return custom[node.name]
    if node.name not in TYPE_NAMES:
        raise FeelError(f"expected a type, found {node.name!r}", node.line, node.column, TYPE_NAMES)
    return FeelType(node.name, tuple(type_of(part, custom) for part in node.parts), node.members)
